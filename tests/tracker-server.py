#!/usr/bin/python3
"""A tracker that speaks Conduit, keeps tasks while it runs, and fails as it is told: a stand-in for what real ones do not do on demand.
usage: tracker-server.py PORT-FILE CONTROL-FILE LOG-FILE STATE-FILE
In: requests, and lines of CONTROL-FILE. Out: answers; LOG-FILE has a JSON line a request; STATE-FILE is the state as JSON after GET /state.

Where PHORGE_URL and PHORGE_TOKEN_FILE are set it stands before that tracker: calls go there, unless an order lets them fail. Then the state
is what the tracker says: tasks beneath the parent (PHORGE_PARENT, T132324) that were made since the last "state forget", and what else came
of them.

Each line of CONTROL-FILE serves one request of its method and is then struck out; one that begins with "always" stays:
  METHOD 429|413|500|502|503   answer this, and do nothing
  METHOD html                  answer with status 200 and a page
  METHOD echo                  refuse the token, and repeat it
  METHOD no-session            refuse a call without a token
  METHOD core                  refuse the call for a reason of its own
  METHOD read-only             refuse every change
  METHOD reset                 read it, do nothing, and cut the connection
  METHOD reset-after           do it, and cut the connection
  METHOD garbled               do it, and give half of the answer
  METHOD shapeless             do it, and give a result of another shape
  METHOD slow                  do it, and answer never
  METHOD redirect              send it elsewhere
Orders of a state begin with "state":
  state hide NUMBER | state show NUMBER | state user OLD NEW | state drop-project SLUG | state project SLUG PHID | state close NUMBER STATUS DAYS-AGO
  state merge NUMBER INTO | state human-task TITLE | state forget
"""
import json, os, re, socket, struct, sys, time, urllib.parse, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock

PARENT, BOT, TOKEN = 132324, 'PHID-USER-botbotbotbotbotbotbo', 'api-standinstandinstandinstandin'
STATUSES = [('Open', 'open', False, 'default'), ('In Progress', 'progress', False, None), ('Stalled', 'stalled', False, None),
            ('Resolved', 'resolved', True, 'closed'), ('Invalid', 'invalid', True, None), ('Duplicate', 'duplicate', True, 'duplicate'),
            ('Declined', 'declined', True, None)]
PRIORITIES = [('Unbreak Now!', ['unbreak'], 100), ('Needs Triage', ['triage'], 90), ('High', ['high'], 80),
              ('Medium', ['normal', 'medium'], 50), ('Low', ['low'], 25), ('Lowest', ['lowest'], 10)]
REAL = os.environ.get('PHORGE_URL')
lock = RLock()
if REAL:
    PARENT = int(os.environ.get('PHORGE_PARENT', 'T132324')[1:])
    TOKEN = open(os.environ['PHORGE_TOKEN_FILE']).readline().strip()

def fresh():
    return {'tasks': {}, 'users': {'alice': 'PHID-USER-aliceaaaaaaaaaaaaaaa', 'bob': 'PHID-USER-bobbbbbbbbbbbbbbbbbb',
                                   'carol': 'PHID-USER-carolccccccccccccccc'},
            'projects': {'sre': 'PHID-PROJ-sresresresresresresr', 'clinic-duty': 'PHID-PROJ-clinicclinicclinicc',
                         'acl-sre': 'PHID-PROJ-aclaclaclaclaclaclac'},
            'merged': {}, 'effects': [], 'failed': 0, 'next': PARENT + 1, 'hidden': []}

state = fresh()
state['last'] = 0

def new_task(number, title, author, **more):
    task = {'id': number, 'phid': 'PHID-TASK-%020d' % number, 'title': title, 'description': '', 'author': author, 'status': 'open',
            'priority': 90, 'parents': [], 'projects': [], 'subscribers': [], 'view': 'users', 'closed': None, 'created': int(time.time()),
            'comments': [], 'edits': 0}
    task.update(more)
    state['tasks'][number] = task
    return task

def begin():
    new_task(PARENT, 'Reduce the amount of root@ mail (tracking)', 'PHID-USER-alice')

begin()

class Refused(Exception):
    def __init__(self, code, info):
        self.code, self.info = code, info

def task_by_phid(phid):
    return next((t for t in state['tasks'].values() if t['phid'] == phid), None)

# ---- Remarkup, as far as it does anything (TRACKER.md "Text from mail is hostile").

def unfenced(text):
    """What of a text is not code: a fence stands at top level, and ends with a line that ends in three backticks."""
    out, fenced, listed = [], False, False
    for line in text.split('\n'):
        if fenced:
            fenced = not re.search(r'```\s*$', line)
            continue
        listed = bool(re.match(r'\s*([-*#]|\d+[.)])\s', line)) or (listed and bool(line.strip()))
        if line.startswith('```') and not listed:
            fenced = not re.search(r'.```\s*$', line)
            continue
        out.append(line)
    return '\n'.join(out)

def side_effects(text):
    if re.search(r'^\w+\s*(\([^)]*\)\s*)?\{\{\{', unfenced(text), re.M):
        raise Refused('ERR-CONDUIT-CORE', 'Undefined array key 1')
    bare = re.sub(r'\B`(.+?)`\B', ' ', unfenced(text))
    found = ['mention ' + m for m in re.findall(r'(?<!\w)@([a-zA-Z0-9._-]*[a-zA-Z0-9_-])', bare)]
    bare = re.sub(r'<?\w{3,}://[^\s<>"]+>?', lambda m: ' ' if '@' not in m.group(0) else m.group(0), bare)
    found += ['edge ' + m for m in re.findall(r'(?<![#\w-])([TDPVQM]\d+)\b', bare)]
    found += ['file ' + m for m in re.findall(r'\{?(?<![#\w-])(F\d+)\b', bare)]
    found += ['project ' + m for m in re.findall(r'(?<![\w&])#([a-z][\w-]*)', bare)]
    state['effects'] += found

# ---- Methods.

def check_keys(params, *keys):
    wrong = [k for k in params if k not in keys]
    if wrong:
        raise Refused('ERR-CONDUIT-CALL', "API Method does not define these parameters: '%s'." % wrong[0])

def page(items, params, order='newest'):
    limit = params.get('limit', 100)
    if limit > 100:
        raise Refused('ERR-INVALID-PAGE-SIZE', 'Maximum page size for Conduit API method calls is 100')
    after = params.get('after')
    if after is not None:
        if not str(after).isdigit():
            raise Refused('ERR-CONDUIT-CORE', 'Task IDs must be integer numbers.')
        items = [i for i in items if i['id'] < int(after)]
    rest = items[limit:]
    items = items[:limit]
    return {'data': items, 'maps': {}, 'query': {'queryKey': None},
            'cursor': {'limit': limit, 'after': str(items[-1]['id']) if rest else None, 'before': None, 'order': None}}

def shown(task):
    return {'id': task['id'], 'type': 'TASK', 'phid': task['phid'], 'fields': {
        'name': task['title'], 'description': {'raw': task['description']}, 'authorPHID': task['author'], 'ownerPHID': None,
        'status': {'value': task['status'], 'name': task['status'].title(), 'color': None},
        'priority': {'value': task['priority'], 'name': next((p[0] for p in PRIORITIES if p[2] == task['priority']), '?'), 'color': 'x'},
        'dateClosed': task['closed'], 'dateCreated': task['created'], 'dateModified': task['created'],
        'policy': {'view': task['view'], 'interact': 'users', 'edit': 'users'}},
        'attachments': {'subscribers': {'subscriberPHIDs': task['subscribers']}, 'projects': {'projectPHIDs': task['projects']}}}

def maniphest_search(params):
    check_keys(params, 'constraints', 'order', 'limit', 'after', 'attachments')
    wanted = params.get('constraints', {})
    known = {'ids': int, 'phids': str, 'parentIDs': int, 'authorPHIDs': str, 'statuses': str, 'createdStart': None}
    for key, values in wanted.items():
        if key not in known:
            raise Refused('ERR-INVALID-CONSTRAINT', 'Parameter "constraints" includes an invalid key.')
        for value in values if known[key] else []:
            if type(value) is not known[key]:
                raise Refused('ERR-CONDUIT-CORE', 'Error while reading "%s[0]": Expected %s, got something else.' % (key, known[key].__name__))
    found = [t for t in state['tasks'].values() if t['id'] not in state['hidden']]
    parents = [task['phid'] for number, task in state['tasks'].items() if number in wanted.get('parentIDs', [])]
    tests = {'ids': lambda t, v: t['id'] in v, 'phids': lambda t, v: t['phid'] in v, 'authorPHIDs': lambda t, v: t['author'] in v,
             'statuses': lambda t, v: t['status'] in v, 'createdStart': lambda t, v: t['created'] >= v,
             'parentIDs': lambda t, v: any(p in parents for p in t['parents'])}
    for key, value in wanted.items():
        found = [t for t in found if tests[key](t, value)]
    return page([shown(t) for t in sorted(found, key=lambda t: -t['id'])], params)

def need_phids(values):
    if not isinstance(values, list):
        raise Refused('ERR-CONDUIT-CORE', 'Error while reading "value": Expected a list, but value is not a list.')
    for value in values:
        if not str(value).startswith('PHID-'):
            raise Refused('ERR-CONDUIT-CORE', 'Edge transactions must have destination PHIDs as in edge lists (found key "%s").' % value)

def check_change(kind, value):
    if kind == 'title' and (not value or len(value) > 255):
        raise Refused('ERR-CONDUIT-CORE', 'Validation errors:\n  - Task title cannot exceed 255 characters.')
    if kind == 'title' and any(ord(c) < 32 for c in value):
        raise Refused('ERR-CONDUIT-CORE', 'a control character in a title')
    if kind == 'priority' and not any(value in p[1] for p in PRIORITIES):
        raise Refused('ERR-CONDUIT-CORE', 'Validation errors:\n  - Task priority "%s" is not a valid task priority.' % value)
    if kind in ('parents.set', 'projects.add', 'subscribers.add'):
        need_phids(value)
    if kind not in ('title', 'description', 'parents.set', 'priority', 'projects.add', 'subscribers.add', 'view', 'status', 'comment'):
        raise Refused('ERR-CONDUIT-CORE', 'Transaction with key "1" has invalid type "%s".' % kind)
    if kind in ('description', 'comment'):
        side_effects(value)

def apply_change(task, kind, value):
    if kind == 'parents.set':
        task['parents'] = value
    elif kind in ('projects.add', 'subscribers.add'):
        task[kind[:-4]] += value
    elif kind == 'priority':
        task['priority'] = next(p[2] for p in PRIORITIES if value in p[1])
    elif kind == 'status':
        task['status'] = value
        task['closed'] = int(time.time()) if value in [s[1] for s in STATUSES if s[2]] else None
    elif kind == 'comment':
        task['comments'].append({'raw': value, 'author': BOT, 'at': int(time.time())})
    else:
        task[kind] = value

def maniphest_edit(params):
    check_keys(params, 'transactions', 'objectIdentifier')
    changes = params.get('transactions')
    if not isinstance(changes, list):
        raise Refused('ERR-CONDUIT-CORE', 'Parameter "transactions" is not a list of transactions.')
    name, task = params.get('objectIdentifier'), None
    if name is not None:
        number = int(name[1:]) if re.fullmatch(r'T\d+', str(name)) else 0
        task = state['tasks'].get(number)
        if not task or number in state['hidden']:
            raise Refused('ERR-CONDUIT-CORE', 'Monogram "%s" does not identify a valid object.' % name)
    elif not any(c.get('type') == 'title' for c in changes):
        raise Refused('ERR-CONDUIT-CORE', 'Validation errors:\n  - Tasks must have a title.')
    try:
        for change in changes:
            check_change(change['type'], change['value'])
    except Refused:
        state['failed'] += 1
        raise
    if not task:
        task = new_task(state['next'], '', BOT)
        state['next'] += 1
    for change in changes:
        apply_change(task, change['type'], change['value'])
    task['edits'] += 1
    return {'object': {'id': task['id'], 'phid': task['phid']}, 'transactions': [{'phid': 'PHID-XACT-TASK-x'}]}

def project_search(params):
    check_keys(params, 'constraints', 'limit', 'after', 'order')
    found = {s: {'slug': s, 'projectPHID': state['projects'][s]} for s in params['constraints']['slugs'] if s in state['projects']}
    result = page([{'id': i, 'phid': v['projectPHID'], 'fields': {'slug': s}} for i, (s, v) in enumerate(found.items())], params)
    result['maps'] = {'slugMap': found or []}
    return result

def user_search(params):
    check_keys(params, 'constraints', 'limit', 'after', 'order')
    asked = params['constraints']['usernames']
    return page([{'id': i, 'type': 'USER', 'phid': phid, 'fields': {'username': name, 'roles': ['verified', 'approved', 'activated']}}
                 for i, (name, phid) in enumerate(state['users'].items()) if name in asked], params)

def transaction_search(params):
    check_keys(params, 'objectIdentifier', 'limit', 'after')
    task = state['tasks'].get(int(params['objectIdentifier'][1:]))
    return page([{'id': 1000 - i, 'phid': 'PHID-XACT-TASK-x', 'type': 'comment', 'authorPHID': c['author'], 'dateCreated': c['at'],
                  'comments': [{'id': i, 'authorPHID': c['author'], 'removed': False, 'content': {'raw': c['raw']}}], 'fields': {}}
                 for i, c in reversed(list(enumerate(task['comments'])))], params)

def edge_search(params):
    check_keys(params, 'sourcePHIDs', 'types', 'limit', 'after')
    source = task_by_phid(params['sourcePHIDs'][0])
    into = state['merged'].get(source['id']) if source and params['types'] == ['task.duplicate'] else None
    return {'data': [{'sourcePHID': source['phid'], 'edgeType': 'task.duplicate', 'destinationPHID': state['tasks'][into]['phid']}] if into else [],
            'cursor': {'limit': 100, 'after': None, 'before': None}}

METHODS = {
    'user.whoami': lambda params: {'phid': BOT, 'userName': 'clinic-bot', 'roles': ['agent']},
    'maniphest.search': maniphest_search, 'maniphest.edit': maniphest_edit, 'project.search': project_search, 'user.search': user_search,
    'transaction.search': transaction_search, 'edge.search': edge_search,
    'maniphest.status.search': lambda params: {'data': [dict({'name': n, 'value': v, 'closed': c}, **({'special': s} if s else {}))
                                                        for n, v, c, s in STATUSES]},
    'maniphest.priority.search': lambda params: {'data': [{'name': n, 'keywords': k, 'value': v} for n, k, v in PRIORITIES]},
}

# ---- A real one.

def call(method, **params):
    """The answer of the real tracker as it is, and the result of it."""
    params['__conduit__'] = {'token': TOKEN}
    body = urllib.parse.urlencode({'params': json.dumps(params), 'output': 'json', '__conduit__': 1}).encode()
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(REAL.rstrip('/') + '/api/' + method, body, timeout=60) as answer:
        text = answer.read()
    return text, json.loads(text)

def all_of(method, **params):
    items, after = [], None
    while True:
        result = call(method, **dict(params, **({'after': after} if after else {})))[1]['result']
        items += result['data']
        after = result['cursor']['after']
        if not after:
            return items

def look():
    """The state of a real tracker in the form of our own."""
    bot = call('user.whoami')[1]['result']['phid']
    found = all_of('maniphest.search', constraints={'authorPHIDs': [bot]}, attachments={'subscribers': True, 'projects': True})
    found = sorted((t for t in found if t['id'] > state['last']), key=lambda t: t['id'])
    parent = call('maniphest.search', constraints={'ids': [PARENT]})[1]['result']['data'][0]
    beneath = {t['id'] for t in all_of('maniphest.search', constraints={'parentIDs': [PARENT]})}
    tasks, effects = {}, []
    for item in found:
        changes = all_of('transaction.search', objectIdentifier='T%d' % item['id'])
        said = [c for t in changes if t['type'] == 'comment' for c in t['comments']]
        tasks[item['id']] = {'id': item['id'], 'phid': item['phid'], 'title': item['fields']['name'], 'description': item['fields']['description']['raw'],
                             'status': item['fields']['status']['value'], 'parents': [parent['phid']] if item['id'] in beneath else [],
                             'comments': [{'raw': c['content']['raw']} for c in reversed(said)]}
        others = set(item['attachments']['subscribers']['subscriberPHIDs']) - {bot}
        effects += ['subscriber ' + phid for phid in others]
        edges = call('edge.search', sourcePHIDs=[item['phid']], types=['mention'])[1]['result']['data']
        effects += ['mention ' + e['destinationPHID'] for e in edges]
        effects += ['file' for t in changes if t['type'] == 'file']
    return {'tasks': tasks, 'effects': effects, 'failed': state['failed']}

def newest():
    result = call('maniphest.search', order='newest', limit=1)[1]['result']['data']
    return result[0]['id'] if result else 0

# ---- What it is told.

def keep():
    with open(sys.argv[4] + '.new', 'w') as out:
        json.dump(look() if REAL else dict(state, tasks={n: t for n, t in state['tasks'].items() if n != PARENT}), out)
    os.rename(sys.argv[4] + '.new', sys.argv[4])

def change_state(words):
    verb = words[0]
    if verb == 'hide':
        state['hidden'].append(int(words[1]))
    elif verb == 'show':
        state['hidden'].remove(int(words[1]))
    elif verb == 'user':
        state['users'][words[2]] = state['users'].pop(words[1])
    elif verb == 'drop-project':
        del state['projects'][words[1]]
    elif verb == 'project':
        state['projects'][words[1]] = words[2]
    elif verb == 'close':
        task = state['tasks'][int(words[1])]
        task['status'], task['closed'] = words[2], int(time.time() - 86400 * float(words[3]))
    elif verb == 'merge':
        state['tasks'][int(words[1])]['status'] = 'duplicate'
        state['merged'][int(words[1])] = int(words[2])
    elif verb == 'human-task':
        new_task(state['next'], ' '.join(words[1:]), 'PHID-USER-alice', parents=[state['tasks'][PARENT]['phid']])
        state['next'] += 1
    elif verb == 'forget':
        state.clear()
        state.update(fresh())
        begin()
        state['last'] = newest() if REAL else PARENT

def next_order(method):
    """The order for this request; those of the state are obeyed on the way."""
    try:
        lines = open(sys.argv[2]).read().splitlines()
    except FileNotFoundError:
        return None
    left, order = [], None
    for line in lines:
        words = line.split(' ')
        if words[0] == 'state':
            change_state(words[1:])
        elif order is None and words[0] == method:
            order = words[1]
        else:
            if order is None and words[0] == 'always' and words[1] == method:
                order = words[2]
            left.append(line)
    if left != lines:
        with open(sys.argv[2], 'w') as control:
            control.writelines(l + '\n' for l in left)
    return order

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    wbufsize, disable_nagle_algorithm = 65536, True

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind='application/json', headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def result(self, result, code=None, info=None):
        self.answer(200, json.dumps({'result': result, 'error_code': code, 'error_info': info}).encode(),
                    headers=[('Set-Cookie', 'phsid=stand-in; path=/')])

    def cut(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.connection.close()
        self.close_connection = True

    def fails(self, order, token):
        """Orders that keep the call from being made."""
        if order and order.isdigit():
            self.answer(int(order), b'TOO MANY REQUESTS' if order == '429' else b'<html>%s</html>' % order.encode(), 'text/html')
        elif order == 'html':
            self.answer(200, b'<!DOCTYPE html><html>Authentication Failure</html>', 'text/html')
        elif order == 'redirect':
            self.answer(302, b'', 'text/html', [('Location', 'http://127.0.0.1:9/api/user.whoami')])
        elif order == 'echo':
            self.result(None, 'ERR-INVALID-AUTH', 'API token "%s" is not valid.' % token)
        elif order == 'no-session':
            self.result(None, 'ERR-INVALID-SESSION', 'Session key is not present.')
        elif order == 'core':
            self.result(None, 'ERR-CONDUIT-CORE', 'Undefined array key 1 (%s)' % token)
        elif order == 'read-only':
            self.result(None, 'ERR-CONDUIT-CORE', 'Unable to establish a write-mode connection because this server is in read-only mode.')
        elif order == 'reset':
            self.cut()
        else:
            return False
        return True

    def params(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers['Content-Length'] or 0)).decode(), strict_parsing=True)
        params = json.loads(form['params'][0])
        token = params.pop('__conduit__', {}).get('token', '')
        is_form = self.headers['Content-Type'] == 'application/x-www-form-urlencoded'
        return params, token, is_form and form.get('output') == ['json'] and form.get('__conduit__') == ['1']

    def do_POST(self):
        params, token, is_well_formed = self.params()
        method = self.path.rsplit('/', 1)[-1]
        with lock:
            order = next_order(method)
            with open(sys.argv[3], 'a') as log:
                entry = {'at': time.time(), 'path': self.path, 'method': method, 'params': params, 'order': order, 'agent': self.headers['User-Agent'],
                         'cookie': self.headers['Cookie'], 'well_formed': is_well_formed}
                print(json.dumps(entry), file=log)
            if self.fails(order, token):
                return
            if token != TOKEN:
                return self.result(None, 'ERR-INVALID-AUTH', 'API token "%s" is not valid.' % token)
            if not self.path.endswith('/api/' + method) or method not in METHODS:
                return self.result(None, 'ERR-CONDUIT-CALL', 'Conduit API method "%s" does not exist.' % method)
            if REAL:
                return self.pass_on(method, params, order)
            try:
                result, refusal = METHODS[method](params), None
            except Refused as wrong:
                refusal = wrong
        if refusal:
            return self.result(None, refusal.code, refusal.info)
        if not self.loses(order, method):
            self.result(result)

    def loses(self, order, method):
        """Orders that keep the answer from coming."""
        if order == 'reset-after':
            self.cut()
        elif order == 'slow':
            with open(sys.argv[3], 'a') as log:
                print(json.dumps({'hangs': method}), file=log)
            time.sleep(120)
        elif order == 'garbled':
            self.answer(200, b'{"result":{"object"')
        elif order == 'shapeless':
            self.result({'thing': 1})
        else:
            return False
        return True

    def pass_on(self, method, params, order):
        text, answer = call(method, **params)
        state['failed'] += method.endswith('.edit') and answer['error_code'] is not None
        if not self.loses(order, method):
            self.answer(200, text)

    def do_GET(self):
        with lock:
            next_order(None)
            keep()
        self.answer(200, b'')

class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass

server = Server(('127.0.0.1', 0), Handler)
server.daemon_threads = True
with open(sys.argv[1] + '.new', 'w') as out:
    print(server.server_port, file=out)
os.rename(sys.argv[1] + '.new', sys.argv[1])
server.serve_forever()
