#!/bin/bash
# mailclinic flush: what stands in a tracker after problems came up, whatever the tracker and people do meanwhile.
# In: issues put into a ledger (tests/tracker-issues.py), tests/tracker-server.py; where PHORGE_URL and PHORGE_TOKEN_FILE are set that tracker
# behind it; names of parts, if not all that lose no answers (tests/tracker-faults.sh). Out: TAP; figures as comments.
program=$PWD/mailclinic
flusher=$PWD/mailclinic-flush
tests=$(cd "${srcdir:-.}/tests" && pwd)
work=$(mktemp -d) || exit 99
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
n=0
failed=0
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP python3 is not installed'
        exit 0
fi
cd "$work" || exit 99
export MAILCLINIC_FILTERS=${MAILCLINIC_FILTERS:-$tests/../filters} LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$work/none PYTHONDONTWRITEBYTECODE=1
export RUN=0
token=api-standinstandinstandinstandin
parent=T132324
names='projects: [sre], subscribers: [alice], '
parts='life_of_an_issue people troubles waits quiet excerpts owners hostile secrets mails import dry_run'
if [ -n "${PHORGE_URL-}" ] && [ -n "${PHORGE_TOKEN_FILE-}" ]; then
        # What people do there, and names that may not be there, are left to the stand-in.
        RUN=$(($(date +%s) % 2147483648))
        token=$(head -n 1 "$PHORGE_TOKEN_FILE")
        parent=${PHORGE_PARENT:-T132324}
        parts='hostile secrets'
        names=
fi

# ok NAME COMMAND...: the command succeeds.
ok() {
        local name=$1
        shift
        n=$((n + 1))
        if "$@" >"$work/said" 2>&1; then
                echo "ok $n - $name"
        else
                echo "not ok $n - $name"
                sed 's/^/# /' "$work/said" "$work/flushed" 2>/dev/null | head -20
                [ $((failed += 1)) -lt 20 ] || { echo 'Bail out!  too much fails'; exit 1; }
        fi
}

ledger() {
        python3 "$tests/tracker-issues.py" ledger/ledger.sqlite "$@"
}

# begin [KEYS]: an empty ledger, an empty tracker; keys of `tracker:`, more of the file on standard input if it is no terminal.
begin() {
        # A tracker that is real still has the tasks of the part before.
        RUN=$((RUN + 1))
        rm -rf ledger
        mkdir -m 700 ledger
        printf '%s\n' "$token" >token
        chmod 600 token
        printf 'ledger: %s/ledger\ntracker: {url: "%s", contact: noc@example.org, token_file: "%s/token", parent: %s, pause: 0, patience: 30%s}\n' \
                "$work" "$(cat base)" "$work" "$parent" "${1:+, $1}" >config.yaml
        orders 'state forget'
        nudge
        flush
        ledger imported "$parent"
        : >requests
}

# Orders of the state are obeyed, and `state` is written.
nudge() {
        exec 3<>"/dev/tcp/127.0.0.1/$(cat port)"
        printf 'GET /state HTTP/1.0\r\n\r\n' >&3
        cat <&3 >/dev/null
        exec 3>&-
}

orders() {
        printf '%s\n' "$@" >control
        : >requests
}

# shellcheck disable=SC2120 # called through ok, too
flush() {
        "$program" flush --config config.yaml "$@" >flushed 2>&1
}

# flushes STATUS [PATTERN]: it ends with that status and says that.
flushes() {
        flush
        local got=$?
        [ $got = "$1" ] || { echo "status $got, not $1"; return 1; }
        [ -z "${2-}" ] || grep -q -- "$2" flushed || { echo "no '$2' in:"; cat flushed; return 1; }
}

# asks EXPRESSION: of the tracker (`tasks`, a list without the parent; `state`) and the requests (`requests`), in Python; name(N) is that of
# an issue.
asks() {
        nudge
        python3 - "$1" <<'END'
import json, os, sys
requests = [json.loads(line) for line in open('requests')]
state = json.load(open('state'))
tasks = sorted(state['tasks'].values(), key=lambda t: t['id'])
def name(number):
    return 'rmf%08x%024x' % (int(os.environ['RUN']), number)
def sent(method):
    return [r['params'] for r in requests if r.get('method') == method]
result = eval(sys.argv[1])
if result is not True:
    print(result, json.dumps(tasks)[:1500], sep='\n')
sys.exit(result is not True)
END
}

is() {
        [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; return 1; }
}

start_stand_in() {
        : >control
        : >requests
        python3 "$tests/tracker-server.py" port control requests state &
        server=$!
        for _ in $(seq 100); do [ -e port ] && break; sleep 0.1; done
        printf 'http://127.0.0.1:%s/' "$(cat port)" >base
}

# ---- What is made of an issue.

life_of_an_issue() {
        begin 'projects: [sre], subscribers: [alice], priority: low'
        ledger add 1 '{"hosts": ["db1001", "db1002"]}'
        ok 'a task is made' flushes 0 'act=create fate=done created'
        ok 'one' asks 'len(tasks) == 1'
        ok 'beneath the parent' asks 'tasks[0]["parents"] == ["PHID-TASK-%020d" % 132324]'
        ok 'with its project' asks 'tasks[0]["projects"] == ["PHID-PROJ-sresresresresresresr"]'
        ok 'and subscriber' asks 'tasks[0]["subscribers"] == ["PHID-USER-aliceaaaaaaaaaaaaaaa"]'
        ok 'and priority' asks 'tasks[0]["priority"] == 25'
        ok 'the marker is its last line' asks 'tasks[0]["description"].endswith("\n\nFingerprint: `%s`" % name(1))'
        ok 'it quotes the template' asks '"```lang=text\nrm: cannot remove <*>: No such file or directory\n```" in tasks[0]["description"]'
        ok 'it names the hosts' asks '"Hosts: `db1001` (3), `db1002` (3)" in tasks[0]["description"]'
        ok 'it is known' is "$(ledger task 1)" 'filed 132325 3'
        ok 'every request is well formed' asks 'all(r["well_formed"] and r["path"].startswith("/api/") for r in requests)'
        ok 'and says who asks' asks 'all("noc@example.org" in r["agent"] and r["agent"].startswith("mailclinic/") for r in requests)'
        ok 'no cookie is kept' asks 'all(r["cookie"] is None for r in requests)'
        orders
        ok 'nothing is left to do' flushes 0
        ok 'and nobody is asked' test ! -s requests
        ledger sight 1
        ok 'a comment on the same day waits' flushes 0
        ok 'without a request' test ! -s requests
        ledger age 90000
        ledger hurry
        ok 'a day later it is made' flushes 0 'act=comment fate=done commented'
        ok 'and says what it covers' asks 'tasks[0]["comments"][0]["raw"].startswith("Seen 3 times more from ") and "(6 in all)" in tasks[0]["comments"][0]["raw"]'
        ledger act comment 1 4711
        ledger age 90000
        ok 'without news there is none' flushes 0 'fate=done nothing new'
        ok 'without a request' asks 'len(sent("maniphest.edit")) == 1'
}

people() {
        begin
        for issue in 1 2 3 4 5; do ledger add $issue; done
        flush
        orders 'state close 132325 resolved 3' 'state close 132326 declined 3' 'state merge 132327 132328' 'state hide 132329'
        for issue in 1 2 3 5; do ledger sight $issue; done
        ledger age 400000
        ok 'people closed, merged and hid tasks' flushes 65 'fate=done reopened'
        ok 'what was resolved is reopened' asks 'state["tasks"]["132325"]["status"] == "open"'
        ok 'with its comment, in one edit' asks 'state["tasks"]["132325"]["edits"] == 2 and len(state["tasks"]["132325"]["comments"]) == 1'
        ok 'what was declined is left alone' asks 'state["tasks"]["132326"]["status"] == "declined" and not state["tasks"]["132326"]["comments"]'
        ok 'one merged into the task of another issue needs a person' grep -q 'is the task of another issue' flushed
        ok 'so does one that cannot be seen' grep -q 'T132329 cannot be seen' flushed
        begin
        ledger add 1
        flush
        orders 'state human-task Clean up prune' 'state merge 132325 132326'
        ledger sight 1
        ledger age 90000
        ok 'merged into the task of a person' flushes 0 'fate=done commented'
        ok 'that one is told' asks 'len(state["tasks"]["132326"]["comments"]) == 1 and not state["tasks"]["132325"]["comments"]'
        ok 'from then on' is "$(ledger task 1)" 'filed 132326 6'
        orders 'state close 132326 resolved 0.5'
        ledger sight 1
        ledger age 90000
        ok 'mails of the day after a repair are no news' flushes 0 'left alone: it is resolved'
        ok 'the task stays closed' asks 'state["tasks"]["132326"]["status"] == "resolved"'
        ledger act reopen 1 1
        ok 'unless the problem had been quiet' flushes 0 'fate=done reopened'
        ok 'nothing was closed by us' asks '[c for p in sent("maniphest.edit") for c in p["transactions"] if c["type"] == "status" and c["value"] != "open"] == []'
}

# ---- Faults: exactly one task, whatever answer is lost.

# settled: flush until nothing is undone; a person runs it again and again.
settled() {
        local _
        for _ in 1 2 3 4 5 6; do
                ledger hurry
                flush
                [ "$(ledger undone)" = '0 0 parked' ] && return
        done
        cat flushed
        ledger undone
        return 1
}

one_task() {
        asks 'len([t for t in tasks if t["description"].endswith("`%s`" % name('"$1"'))]) == 1' && [ "$(ledger task "$1" | cut -d' ' -f1)" = filed ]
}

faults() {
        local method order orders_of made=0
        begin "$names"'caps: {tasks_per_day: 1000, tasks_per_run: 1000}'
        for method in user.whoami maniphest.search maniphest.status.search maniphest.priority.search ${names:+project.search user.search} maniphest.edit; do
                case $method in
                user.whoami | maniphest.edit) orders_of='429 413 500 502 503 html redirect echo no-session core read-only reset reset-after garbled shapeless' ;;
                *) orders_of='429 502 core reset-after shapeless' ;;
                esac
                for order in $orders_of; do
                        made=$((made + 1))
                        ledger add $made
                        orders "$method $order"
                        flush
                        grep -q "$token" flushed && echo "not ok $((n += 1)) - the token is in: $(cat flushed)"
                        [ -s requests ] || echo "not ok $((n += 1)) - $method $order met nothing"
                        settled >said || { echo "not ok $((n += 1)) - $method $order settles"; sed 's/^/# /' said; }
                done
        done
        # The same where the answers to all creates of a run, and to the look-up after it, are lost.
        for order in reset reset-after garbled 502 core; do
                made=$((made + 1))
                ledger add $made
                orders "maniphest.edit $order" 
                flush
                orders "always maniphest.search $order"
                ledger hurry
                flush
                orders
                settled >said || echo "not ok $((n += 1)) - $order after $order settles"
        done
        ok 'exactly one task for each issue over all faults' asks "[i for i in range(1, $made + 1) if len([t for t in tasks if t['description'].endswith('\`%s\`' % name(i))]) != 1] == [] and len(tasks) == $made"
        echo "# faults injected: $made; tasks: $(python3 -c 'import json; print(len(json.load(open("state"))["tasks"]))')"
}

# A create that is refused again and again does not stop the others.
refusals() {
        begin 'caps: {tasks_per_day: 100, tasks_per_run: 100}'
        ledger add 1
        orders 'always maniphest.edit core'
        flush
        for _ in 1 2 3 4; do
                ledger hurry
                flush
        done
        ok 'a create that is always refused is parked' is "$(ledger undone)" '1 1 parked'
        orders
        ledger add 2
        ok 'the next one is made' flushes 0 'fate=done created'
        ok 'once' asks 'len(tasks) == 1'
}

comments_lost() {
        local order
        begin 'caps: {tasks_per_day: 100, tasks_per_run: 100}'
        ledger add 1
        flush
        for order in reset-after garbled reset 502; do
                ledger sight 1
                ledger age 90000
                orders "maniphest.edit $order"
                flush
                ok "a comment whose answer is lost ($order)" settled
        done
        ok 'each is there once' asks 'len(tasks[0]["comments"]) == 4 and len(set(c["raw"] for c in tasks[0]["comments"])) == 4'
        ledger sight 1
        ledger age 90000
        orders 'maniphest.edit reset-after'
        flush
        ledger sight 1
        ledger hurry
        ok 'more mails came before the next run' flushes 0 'said already'
        ok 'what one comment told waits a day' asks 'len(tasks[0]["comments"]) == 5'
}

# kill -9 at each system call that writes to the ledger or the network, from the first to the last of a run.
killed() {
        local call when made=0 kills=0 traced
        if ! command -v strace >/dev/null || ldd "$flusher" | grep -q libasan || ! strace -qq -o /dev/null true 2>/dev/null; then
                echo "ok $((n += 1)) - kill -9 at every step # SKIP strace does not work here"
                return
        fi
        begin 'caps: {tasks_per_day: 10000, tasks_per_run: 1000}'
        for call in pwrite64 fdatasync fsync sendto recvfrom; do
                for when in $(seq 200); do
                        made=$((made + 1))
                        ledger add $made
                        orders
                        (strace -qq -f -o trace -e trace=$call -e inject=$call:signal=SIGKILL:when="$when" "$flusher" --config config.yaml >flushed 2>&1; exit $?) 2>/dev/null
                        traced=$?
                        [ $traced = 137 ] && kills=$((kills + 1))
                        settled >said || { echo "not ok $((n += 1)) - $call $when settles"; sed 's/^/# /' said; }
                        [ $traced = 137 ] || break
                done
        done
        ok 'exactly one task for each issue over all kills' asks "[i for i in range(1, $made + 1) if len([t for t in tasks if t['description'].endswith('\`%s\`' % name(i))]) != 1] == [] and len(tasks) == $made"
        ok 'it was killed often' test $kills -gt 30
        echo "# killed: $kills of $made runs; tasks: $(python3 -c 'import json; print(len(json.load(open("state"))["tasks"]))')"
}

# ---- What keeps the tracker from being reached: one clear alert, and it goes on by itself.

# alerts NAME ORDER STATUS PATTERN CURE
alerts() {
        ledger add "$((made += 1))"
        orders "$2"
        ok "$1" flushes "$3" "$4"
        ok "$1: no task is made" asks 'sent("maniphest.edit") == [] or tasks == []'
        ledger hurry
        flush
        ok "$1: it is said once" test ! -s flushed
        orders "$5"
        ledger hurry
        ok "$1: it goes on by itself" flushes 0 'fate=done created'
}

troubles() {
        local made=0
        begin 'projects: [sre], subscribers: [alice], caps: {tasks_per_day: 100, tasks_per_run: 100}'
        alerts 'down' 'always user.whoami 502' 75 'tracker: user.whoami: HTTP 502' ''
        alerts 'a page in place of an answer' 'always user.whoami html' 75 'no answer of Conduit' ''
        alerts 'a revoked token' 'always user.whoami echo' 77 'API token "(token)" is not valid' ''
        alerts 'no session' 'always user.whoami no-session' 77 'Session key is not present' ''
        alerts 'the parent is invisible' 'state hide 132324' 77 'the parent T132324 cannot be seen' 'state show 132324'
        alerts 'a project is unknown' 'state drop-project sre' 78 "unknown to the tracker: project 'sre'" 'state project sre PHID-PROJ-sresresresresresresr'
        alerts 'a user was renamed' 'state user alice alicia' 78 "unknown to the tracker: user 'alice'" 'state user alicia alice'
        ledger add 50
        orders 'always maniphest.edit read-only'
        ok 'read-only' flushes 75 'read-only mode'
        ledger hurry
        flush
        ok 'read-only: it is told once on standard error' test "$(grep -c '^mailclinic flush' flushed)" = 0
        orders
        ledger hurry
        ok 'read-only: it goes on by itself' flushes 0 'fate=done created'
        chmod 644 token
        ledger add 51
        ok 'a token that others can read is refused' flushes 78 'others may read it'
        chmod 600 token
        ok 'and then taken' flushes 0 'fate=done created'
        printf '[phabricator_bot]\nhost = %sapi/\nusername = clinic-bot\ntoken = %s\n' "$(cat base)" "$token" >bot.ini
        chmod 600 bot.ini
        printf 'ledger: %s/ledger\ntracker: {bot_file: "%s/bot.ini", parent: T132324}\n' "$work" "$work" >config.yaml
        ledger add 52
        ok 'the ini file of a bot' flushes 0 'fate=done created'
        ok 'one request a second at most' asks 'min(b["at"] - a["at"] for a, b in zip(requests[-5:], requests[-4:])) > 0.95'
}

# ---- Who waits, and for what.

waits() {
        begin 'caps: {tasks_per_day: 3, tasks_per_run: 2, comments_per_day: 1}'
        for issue in 1 2 3 4 5; do ledger add $issue; done
        ok 'tasks of a run' flushes 0
        ok 'are capped' asks 'len(tasks) == 2'
        flush
        ok 'those of a day, too' asks 'len(tasks) == 3'
        ledger hurry
        flush
        ok 'however often it runs' asks 'len(tasks) == 3'
        ledger age 90000
        ledger hurry
        flush
        ok 'the next day it goes on' asks 'len(tasks) == 5'
        for issue in 1 2 3; do ledger sight $issue; done
        flush
        ok 'comments of a day are capped' asks 'sum(len(t["comments"]) for t in tasks) == 1'
        begin
        ledger add 1 '{"is_sensitive": 1}'
        ledger add 2 '{"wish": "ignore"}'
        ledger add 3 '{"wish": "snooze", "snoozed_until": 9999999999}'
        ledger add 4 '{"is_fileable": 0}'
        ok 'sensitive, ignored, snoozed, of strangers' flushes 0
        ok 'none is filed' test ! -s requests
        sed -i 's/pause: 0/pause: 0, view: acl-sre/' config.yaml
        ledger hurry
        ok 'under a policy that was verified' flushes 0 'fate=done created'
        ok 'the sensitive one is' asks 'len(tasks) == 1 and tasks[0]["view"] == "PHID-PROJ-aclaclaclaclaclaclac"'
        ok 'the view comes with the task' asks '[c["type"] for c in sent("maniphest.edit")[0]["transactions"]][-1] == "view"'
        begin
        ledger add 1 '{"is_sensitive": 1}'
        sed -i 's/pause: 0/pause: 0, view: no-such-project/' config.yaml
        ok 'under one that is not there' flushes 78 'no-such-project'
        ok 'nothing is' asks 'tasks == []'
        begin
        ledger add 1
        sqlite3_forget_import
        ok 'before the import nothing is made' flushes 0 'issue import'
        ok 'nor asked' test ! -s requests
        flush
        ok 'it is said once' test ! -s flushed
}

# Going quiet is told once.
quiet() {
        begin
        ledger add 1
        ledger add 2
        flush
        ledger age 90000
        python3 -c 'import sqlite3, time
ledger = sqlite3.connect("ledger/ledger.sqlite")
ledger.execute("pragma foreign_keys = off")
ledger.execute("update issue set last_seen = last_seen - 900000 where title like ?", ("%prune 1",))
ledger.execute("insert into sighting (mail, issue, via, at, is_ours) select 1, fingerprint, fingerprint, last_seen, 1 from issue where title like ?", ("%prune 2",))
ledger.commit()'
        ok 'an issue that went quiet' flushes 0 'fate=done commented'
        ok 'is told of' asks 'tasks[0]["comments"][0]["raw"].startswith("Not seen since ") and len(tasks[1]["comments"]) == 0'
        ledger age 90000
        ok 'once' flushes 0
        ok 'and no more' asks 'len(tasks[0]["comments"]) == 1'
}

# quote: excerpt, from the mail as it was kept.
excerpts() {
        begin 'quote: excerpt, view: acl-sre'
        mkdir -p ledger/mail
        printf 'From: root@db1001\nSubject: Cron\n\nprune: cannot remove /srv/x of host seven\npassword=hunter2\n```\n@alice\n' >ledger/mail/one
        python3 -c 'import sqlite3
ledger = sqlite3.connect("ledger/ledger.sqlite")
ledger.execute("insert into mail (id, stream, message_id, text_hash, raw, resolution, reasons, reading) values (1, ?, ?, ?, ?, ?, ?, ?)",
               ("root", "x", "x", "mail/one", "task", "[]", "{}"))
ledger.commit()'
        ledger add 1
        ok 'an excerpt' flushes 0 'fate=done created'
        ok 'is shown where few may see it' asks '"of host seven" in tasks[0]["description"]'
        ok 'without its secret' asks '"hunter2" not in tasks[0]["description"] and state["effects"] == []'
        sed -i 's/view: acl-sre/view: users/' config.yaml
        ledger add 2
        ok 'not where all may' flushes 0 'fate=done created'
        ok 'but the template' asks '"of host seven" not in tasks[1]["description"] and "cannot remove <*>" in tasks[1]["description"]'
}

sqlite3_forget_import() {
        python3 -c 'import sqlite3
ledger = sqlite3.connect("ledger/ledger.sqlite")
ledger.execute("delete from note where name like ?", ("imported%",))
ledger.commit()'
}

owners() {
        begin 'projects: [sre], priority: low'
        cat >>config.yaml <<'END'
owners:
  - {kind: smartd, projects: [clinic-duty], priority: high}
  - {host: 'db*', job: '/prune$/', subscribers: [bob]}
  - {host: '/^web\d+$/', subscribers: [carol, alice]}
  - {projects: [acl-sre]}
END
        ledger add 1 '{"kind": "smartd"}'
        ledger add 2
        ledger add 3 '{"hosts": ["x", "web12"]}'
        ledger add 4 '{"hosts": ["web"]}'
        ok 'rules of owners' flushes 0
        ok 'by kind' asks 'tasks[0]["projects"][1:] == ["PHID-PROJ-clinicclinicclinicc"] and tasks[0]["priority"] == 80'
        ok 'by host and job' asks 'tasks[1]["subscribers"] == ["PHID-USER-bobbbbbbbbbbbbbbbbbb"] and tasks[1]["priority"] == 25'
        ok 'by a pattern' asks 'tasks[2]["subscribers"] == ["PHID-USER-carolccccccccccccccc", "PHID-USER-aliceaaaaaaaaaaaaaaa"]'
        ok 'else' asks 'tasks[3]["projects"][1:] == ["PHID-PROJ-aclaclaclaclaclaclac"]'
        cat >>config.yaml <<'END'
  - {kind: '/(/', projects: [x]}
END
        ledger add 5
        ok 'a wrong rule holds everything' flushes 78 'config.yaml:8:.* owners\[4\]'
        "$program" check --config config.yaml >checked 2>&1
        ok 'check names its line' grep -q '^config.yaml:8:[0-9]*: owners\[4\].kind: ' checked
        ok 'and that it is never reached' grep -q '^config.yaml:8:[0-9]*: owners\[4\]: is never reached' checked
}

# ---- Text from mail.

hostile() {
        local made
        begin 'caps: {tasks_per_day: 1000, tasks_per_run: 1000, comments_per_day: 1000}'
        ledger fuzz mailclinic 250
        ok 'issues that attack the markup' flushes 0
        ok 'all have a task' asks 'len(tasks) == 250'
        made=$(python3 -c 'import json; print(len(json.load(open("state"))["tasks"]))')
        for i in $(seq 100000 100249); do echo "$i"; done | python3 -c 'import os, sqlite3, sys
ledger = sqlite3.connect("ledger/ledger.sqlite")
for number in sys.stdin:
    name = "rmf%08x%024x" % (int(os.environ["RUN"]), int(number))
    ledger.execute("update issue set sightings = 9, last_seen = last_seen + 1 where fingerprint = ?", (name,))
    ledger.execute("update issue_host set first_seen = 99999999999 where issue = ?", (name,))
    ledger.execute("insert into act (kind, uid, sequence) values (?, ?, 1)", ("comment", name))
ledger.commit()'
        ledger age 90000
        ok 'and their comments' flushes 0
        ok 'all have a comment' asks 'sum(len(t["comments"]) for t in tasks) == 250'
        ok 'no mention, edge, file or project' asks 'state["effects"] == []'
        ok 'no call failed' asks 'state["failed"] == 0'
        ok 'each has its own marker, and no other' asks 'all(t["description"].endswith("Fingerprint: `%s`" % name(100000 + i)) for i, t in enumerate(tasks))'
        echo "# fuzzed: $made tasks, $made comments; $(python3 -c 'import json; s = json.load(open("state")); print(len(s["effects"]), "side effects,", s["failed"], "failing calls")')"
}

secrets() {
        begin 'caps: {tasks_per_day: 1000, tasks_per_run: 1000, comments_per_day: 1000}'
        sed -i '1i link_template: "https://lists.example.org/{msgid}"' config.yaml
        ledger secrets >planted
        ok 'issues with secrets' flushes 0
        ok 'all have a task' asks 'len(tasks) == 84'
        python3 - >leaked <<'END'
import json, urllib.parse
sent = ''
for line in open('requests'):
    request = json.loads(line)
    if request['method'] == 'maniphest.edit':
        sent += json.dumps(request['params'], ensure_ascii=False).replace('\\n', '\n')
bare = sent.replace('\n', '')
for secret in open('planted').read().split('\n'):
    if secret and (secret in sent or secret in bare or secret in urllib.parse.unquote(sent)):
        print(secret)
END
        ok 'none of them is in any string of any request' test ! -s leaked
        sed 's/^/# leaked: /' leaked
        echo "# secrets planted: $(wc -l <planted) strings in 84 issues; leaked: $(wc -l <leaked)"
}

# ---- From mail to task.

# cron NUMBER HOST ERROR: a mail of cron that our server got from there on that day of November 2026.
cron() {
        printf 'Received: from %s (unknown [10.1.2.3]) by mx1.example.org (Postfix) with ESMTP id X; %d Nov 2026 06:00:00 +0000\n' "$2" "$1"
        printf 'From: Cron Daemon <root@%s>\nTo: root@example.org\nSubject: Cron <root@%s> /usr/local/bin/report --password=hunter2\n' "$2" "$2"
        printf 'Message-ID: <%s.%s@example.net>\nDate: %d Nov 2026 06:00:00 +0000\n\nreport: error: %s\n' "$1" "$2" "$1" "$3"
}

mails() {
        local day
        begin 'caps: {tasks_per_run: 10}'
        sed -i '1i internal: [10.0.0.0/8]\nopen: {after: 3, within: 7 days}' config.yaml
        for day in 1 2 3; do
                cron $day db1001 'no table of accounts, ask @alice, see T123' | "$program" deliver --stream root --config config.yaml --log log
                cron $day db1002 'no table of accounts, ask @alice, see T123' | "$program" deliver --stream root --config config.yaml --log log
                cron $day db1001 'cannot reach the printer' | "$program" deliver --stream root --config config.yaml --log log
        done
        cron 4 db1003 'seen but once' | "$program" deliver --stream root --config config.yaml --log log
        ok 'mails of two problems' flushes 0 'fate=done created'
        ok 'have two tasks' asks 'len(tasks) == 2'
        ok 'of which one is of two hosts' asks 'sum("`db1001`" in t["description"] and "`db1002`" in t["description"] for t in tasks) == 1'
        ok 'nobody is mentioned, nothing linked' asks 'state["effects"] == []'
        ok 'and no password told' test "$(grep -c hunter2 requests)" = 0
        orders 'state close 132325 resolved 0' 'state close 132326 resolved 0'
        nudge
        ok 'the next day' flushes 0
        ok 'nothing is said without a mail' test ! -s flushed
}

# ---- Subtasks that people made.

# issue WORDS...: with the configuration.
issue() {
        "$program" issue "$@" --config config.yaml >flushed 2>&1
}

import() {
        begin
        orders 'state human-task Prune fails on db1001' 'state human-task Buy new disks' 'state human-task clean up smartd mail of ms-be2001'
        nudge
        sqlite3_forget_import
        ledger add 1
        ledger add 2 '{"kind": "smartd", "title": "smartd: /dev/sda", "hosts": ["ms-be2001.codfw.example"], "fields": {"device": "/dev/sda"}, "template": "smartd found a failing disk"}'
        ok 'open subtasks are listed' issue list --open
        ok 'all of them' is "$(grep -c '^T1323' flushed)" 3
        ok 'import' issue import
        ok 'proposes by job and host' grep -q '^T132325 .*job prune, host db1001.*issue link rmf[0-9a-f]* T132325' flushed
        ok 'and by host and words' grep -q '^T132327 .*host ms-be2001.*issue link rmf[0-9a-f]* T132327' flushed
        ok 'and nothing for what is like none' grep -q '^T132326 .*Buy new disks *$' flushed
        ok 'a link is taken' issue link "$(printf 'rmf%08x%024x' "$RUN" 1)" T132325
        ok 'then tasks are made' flushes 0 'fate=done created'
        ok 'for the rest' asks 'len(tasks) == 4 and tasks[3]["title"].startswith("root@ mail: smartd")'
        ledger sight 1
        ok 'the linked one is told' flushes 0 'fate=done commented'
        ok 'on the task of the person' asks 'len(state["tasks"]["132325"]["comments"]) == 1'
        python3 -c 'import sqlite3
ledger = sqlite3.connect("ledger/ledger.sqlite")
ledger.execute("delete from task where number = 132328")
ledger.commit()'
        ok 'a task with our marker that the ledger does not know' issue import
        ok 'is adopted' grep -q '^T132328 .*its marker: adopted' flushed
        ok 'and known' is "$(ledger task 2)" 'filed 132328 3'
        ok 'as JSON' issue list --open --json
        ok 'a line each' asks 'len([json.loads(line) for line in open("flushed")]) == 4'
        rm token
        ok 'without a token' is "$(issue import; echo $?)" 78
}

dry_run() {
        begin 'projects: [sre], subscribers: [alice]'
        ledger add 1
        orders
        ok 'a dry run prints the requests' flush --dry-run
        ok 'the create' grep -q '"title"' flushed
        ok 'as it would be' grep -q 'Fingerprint: `rmf' flushed
        ok 'without the token' test "$(grep -c "$token" flushed)" = 0
        ok 'and asks nobody' test ! -s requests
        ok 'nor does it change anything' flushes 0 'fate=done created'
}

start_stand_in
# shellcheck disable=SC2086 # words
[ $# -gt 0 ] || set -- $parts
for part; do
        $part
done
echo "1..$n"
