#!/usr/bin/python3
"""Issues put straight into a ledger, so that a test of the tracker rests on no filter and no grouping.
usage: tracker-issues.py LEDGER.sqlite VERB ...   In: a ledger that mailclinic made. Out: rows.

  add NUMBER [JSON]          an issue that is to have a task, with its act; JSON overrides columns, "hosts" and "fields" of it
  sight NUMBER [JSON]        three sightings more, an hour ago, with the act of a comment; JSON: columns
  act KIND NUMBER SEQUENCE   one more act
  hurry                      nothing waits any longer: neither acts nor intents
  age SECONDS                what readers were told is that much older
  imported PARENT            `issue import` was run
  fuzz SEED N                N issues whose texts attack the tracker's markup
  secrets                    issues with a secret in every text; the secrets are printed
  task NUMBER                "STATE T-NUMBER TOLD-OF" of the issue's task
  undone                     how many acts are not done; "N parked"
"""
import base64, json, os, random, sqlite3, sys, time

ledger = sqlite3.connect(sys.argv[1], timeout=10)
now = int(time.time())

def fingerprint(number):
    """Names of another run are other names: a real tracker forgets no task."""
    return 'rmf%08x%024x' % (int(os.environ.get('RUN', '0')), int(number))

def act(kind, number, sequence):
    ledger.execute('insert into act (kind, uid, sequence) values (?, ?, ?) on conflict do nothing', (kind, fingerprint(number), sequence))

def add(number, more):
    hosts = more.pop('hosts', ['db1001'])
    row = {'fingerprint': fingerprint(number), 'kind': 'cron', 'title': 'cron: /usr/local/bin/prune %s' % number,
           'template': 'rm: cannot remove <*>: No such file or directory', 'fields': json.dumps(more.pop('fields', {'job': '/usr/local/bin/prune'})),
           'sightings': 3, 'first_seen': now - 7200, 'last_seen': now - 3600, 'phase': 'recurring', 'quiet_after': 604800, 'returns': 0,
           'wish': 'watch', 'snoozed_until': 0, 'merged_into': None, 'is_sensitive': 0, 'is_fileable': 1, 'newest_id': 'x%s@db1001' % number,
           'newest_mail': 1}
    row.update(more)
    ledger.execute('insert into issue (%s) values (%s)' % (', '.join(row), ', '.join('?' * len(row))), list(row.values()))
    for host in hosts:
        ledger.execute('insert or ignore into issue_host values (?, ?, 3, ?, ?)', (row['fingerprint'], host, row['first_seen'], row['last_seen']))
    act('create', number, 0)

def sight(number, more):
    row = {'last_seen': now - 60}
    row.update(more)
    ledger.execute('update issue set sightings = sightings + 3 where fingerprint = ?', (fingerprint(number),))
    for column, value in row.items():
        ledger.execute('update issue set %s = ? where fingerprint = ?' % column, (value, fingerprint(number)))
    sequence = ledger.execute('select count(*) from act').fetchone()[0] + 1000
    act('comment', number, sequence)

ATTACKS = ['@alice', 'cc @bob, @carol', 'T132324', '{T132324}', 'see T1 and T2', 'F1', '{F1}', '{F1, layout=link}', '#sre', '#clinic-duty',
           'cowsay{{{ x }}}', 'cowsay {{{', 'figlet(font=big){{{ x }}}', 'graphviz{{{', '```', '````', '``', '`', '`@alice`', '```lang=php', '~~~',
           '%%%', '%%%@alice%%%', '##@alice##', '**@alice**', '//@alice//', '[[ T1 | @alice ]]', '[[https://x.example/ | T1]]', '> @alice',
           'NOTE: @alice T1', '(WARNING) @alice', '| @alice | T1 |', '|---|---|', '- @alice\n  ```\n  @bob', '* item\n  T1', '# @alice', '1. @alice',
           '== @alice ==', '\t@alice', '  @alice', '    T1', '<table><tr><td>@alice</td></tr></table>', '{icon heart}', '{image uri=x}', '{nav T1}',
           '{key ctrl}', '{meme, src=x}', '{P1}', 'P1', 'D1', 'rP1', 'Q1', 'M1', 'V1', 'C1', 'Z1', 'line ends ```', '``` @alice', '\u2028@alice', '\u202e@alice',
           '\u200b@alice', '\x00@alice', '\x0b@alice', '\x0c```', '\x1b[31m', '\x85@alice', '\r@alice', '\r\n```\r\n@alice', '$$x$$', '!!@alice!!', '~~T1~~', '__T1__', '&lt;@alice&gt;',
           '\\@alice', '"@alice"', "'T1'", '(T1)', '<@alice>', 'x@alice', 'root@T1', 'T1@alice', '\U0001f4e7@alice', 'é@alice', 'ünïT1', 'T\u0661', '@' * 300,
           '`' * 300, '{' * 300, 'Fingerprint: `rmf%032x`' % 999, '\n\n\n', '', ' ', '-', '--- \n@alice', '-----BEGIN', 'http://T1/@alice', 'https://x.example/T1?@alice#sre']

def fuzz_text(dice):
    parts = [dice.choice(ATTACKS) for _ in range(dice.randint(1, 12))]
    return ''.join(p + dice.choice(['', ' ', '\n', '\n\n', '\t', '```', '`', '\n```\n']) for p in parts)

def fuzz(seed, n):
    for i in range(n):
        dice = random.Random('%s %d' % (seed, i))
        text = lambda: fuzz_text(dice).replace('\x00', '\u2400')
        add(100000 + i, {'title': text(), 'template': text(), 'kind': text() or 'x', 'newest_id': text(), 'hosts': [text() for _ in range(dice.randint(0, 30))],
                         'fields': {key: text() for key in ('user', 'job', 'unit', 'device', 'service', 'exit', 'event', 'address')}})

def secrets():
    planted = {'api-' + 'k3j5h7g9f2d4s6a8q1w0e2r4t6y8': '{}', 'hunter2hunter2': 'password={}', 'Sw0rdf1sh': 'mysql -u root -p{} -h db',
               'correcthorse': 'https://alice:{}@tracker.example/', 'b4tteryst4ple': 'tool --password {} --all', 'c00kiem0nster': 'Cookie: sid={}; lang=en',
               'MIIBOgIBAAJBAKj34Gkx': '-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----',
               'deadbeefdeadbeefdeadbeefdeadbeef': 'id {}', 'ghp_abcdefghij0123456789abcdefghij012345': 'push with {}', 'xoxb-123456789012-abcdefABCDEF': '{}',
               'AKIAIOSFODNN7EXAMPLE': 'aws {}', 'tr0ub4dor': 'PGPASSWORD={} psql', 'w1reless': 'curl -u alice:{} https://x.example/', 'carol.x@mail.example.net': 'to {}'}
    number = 200000
    for secret, form in planted.items():
        line, half = form.format(secret), len(secret) // 2
        encoded = base64.b64encode(line.encode()).decode()
        split = form.format(secret[:half] + '\n' + secret[half:])
        wrapped = encoded[:20] + '\n' + encoded[20:]
        texts = [line, split, 'before %s after' % line, encoded, wrapped, base64.b64encode(secret.encode()).decode()]
        for text in texts:
            one = text.replace('\n', ' ') if text is not split and text is not wrapped else line
            add(number, {'title': one, 'template': text, 'kind': one, 'newest_id': one, 'hosts': [one], 'fields': {'job': one, 'user': one, 'unit': one}})
            number += 1
        for shown in (secret, encoded, base64.b64encode(secret.encode()).decode().rstrip('='), secret[half:]):
            print(shown)

def task(number):
    row = ledger.execute('select state, number, told_of from task where fingerprint = ?', (fingerprint(number),)).fetchone()
    print('%s %s %s' % row if row else 'none')

def undone():
    print(ledger.execute("select count(*) from act left join fate on fate.act = act.id and target = 'tracker' where ifnull(is_done, 0) = 0").fetchone()[0],
          ledger.execute("select count(*) from fate where is_parked").fetchone()[0], 'parked')

verb, rest = sys.argv[2], sys.argv[3:]
if verb == 'add':
    add(rest[0], json.loads(rest[1]) if rest[1:] else {})
elif verb == 'sight':
    sight(rest[0], json.loads(rest[1]) if rest[1:] else {})
elif verb == 'act':
    act(*rest)
elif verb == 'hurry':
    ledger.execute('update fate set not_before = 0')
    ledger.execute('update task set started_at = started_at - 3000')
elif verb == 'age':
    ledger.execute('update task set told_at = told_at - ?, told_until = told_until - ?', (rest[0], rest[0]))
    ledger.execute('update telling set at = at - ?', (rest[0],))
elif verb == 'imported':
    ledger.execute("insert or replace into note values ('tracker', ?, 'yes')", ('imported ' + rest[0],))
elif verb == 'fuzz':
    fuzz(rest[0], int(rest[1]))
elif verb == 'secrets':
    secrets()
elif verb == 'task':
    task(rest[0])
elif verb == 'undone':
    undone()
ledger.commit()
