#!/usr/bin/python3
"""A CalDAV server that does as it is told: a stand-in for the faults that real ones do not show on demand.
usage: calendar-server.py PORT-FILE CONTROL-FILE LOG-FILE   In: requests, and lines of CONTROL-FILE. Out: answers; LOG-FILE lists them.

Each line of CONTROL-FILE serves one request of its method and is then struck out:
  METHOD STATUS [Name: value]... [| body]   answer this, and do nothing
  METHOD hang                               do it, and never answer
  METHOD reset                              do it, and break the connection
  METHOD cut                                do it, and break the connection in the middle of the answer
  METHOD drop                               break the connection, and do nothing
  METHOD noetag                             do it, and give no ETag
  METHOD rewrite                            do it, but store another text, and give no ETag
"""
import hashlib, os, socket, struct, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

objects = {}
CALENDAR = ('<multistatus xmlns="DAV:"><response><href>/cal/</href><propstat><prop><resourcetype><collection/>'
            '<calendar xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype></prop></propstat></response></multistatus>')

def etag(text):
    return '"%s"' % hashlib.sha256(text).hexdigest()[:16]

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, status, headers=(), body=b''):
        conditions = ' '.join(h for h in ('If-Match', 'If-None-Match') if self.headers[h])
        with open(sys.argv[3], 'a') as log:
            print(self.command, self.path, status, conditions, file=log)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def order(self):
        try:
            lines = open(sys.argv[2]).read().splitlines()
        except FileNotFoundError:
            return None
        for i, line in enumerate(lines):
            if line.split(' ')[0] == self.command:
                with open(sys.argv[2], 'w') as control:
                    control.writelines(l + '\n' for l in lines[:i] + lines[i + 1:])
                return line.split(' ', 1)[1]
        return None

    def told(self, order):
        head, _, body = order.partition(' | ')
        status, _, headers = head.partition(' ')
        fields = [tuple(headers.split(': ', 1))] if headers else []
        self.answer(int(status), fields, body.encode())

    def broken(self, begun):
        with open(sys.argv[3], 'a') as log:
            print(self.command, self.path, 'broken', file=log)
        self.wfile.write(begun)
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.connection.close()
        self.close_connection = True

    def fails(self):
        there = objects.get(self.path)
        wanted = self.headers['If-Match']
        return (self.headers['If-None-Match'] == '*' and there is not None) or (wanted and (there is None or etag(there) != wanted))

    def do(self):
        body = self.rfile.read(int(self.headers['Content-Length'] or 0))
        order = self.order()
        if order and order[0].isdigit():
            return self.told(order)
        if order == 'drop':
            return self.broken(b'')
        if self.command == 'PROPFIND':
            return self.answer(207, body=CALENDAR.encode())
        if self.command == 'GET':
            text = objects.get(self.path)
            return self.answer(404) if text is None else self.answer(200, [('ETag', etag(text))], text)
        if self.command not in ('PUT', 'DELETE'):
            return self.answer(405)
        if self.fails():
            return self.answer(412)
        if self.command == 'DELETE':
            return self.answer(204 if objects.pop(self.path, None) is not None else 404)
        is_new = self.path not in objects
        objects[self.path] = body.replace(b'END:VEVENT', b'X-SERVER:1\r\nEND:VEVENT') if order == 'rewrite' else body
        if order in ('reset', 'cut'):
            return self.broken(b'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\nhalf' if order == 'cut' else b'')
        if order == 'hang':
            with open(sys.argv[3], 'a') as log:
                print('hangs', file=log)
            time.sleep(60)
        self.answer(201 if is_new else 204, [] if order in ('noetag', 'rewrite') else [('ETag', etag(body))])

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = do

server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
with open(sys.argv[1] + '.new', 'w') as out:
    print(server.server_port, file=out)
os.rename(sys.argv[1] + '.new', sys.argv[1])
server.serve_forever()
