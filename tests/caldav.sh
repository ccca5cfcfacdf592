#!/bin/bash
# mailclinic flush: what stands in a calendar on a server after mails were delivered, whatever the server and people do meanwhile.
# In: mails made up here; Radicale and Xandikos where they are installed, and tests/calendar-server.py for faults. Out: TAP.
program=$PWD/mailclinic
preload=$PWD/tests/faults.so
tests=$(cd "${srcdir:-.}/tests" && pwd)
work=$(mktemp -d) || exit 99
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
n=0
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP python3 is not installed'
        exit 0
fi
mkdir -p "$work/filters/vendor"
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$work/filters LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$work/none
cat >filters/vendor/tidewater.yaml <<'END'
vendor: tidewater
name:   Tidewater
from:   ['@tidewater\.example$']
zone:   UTC
labels: {status: [State], title: [Title], start: [Start], end: [End], circuit: [Line], impact: [Effect]}
find:   ['^Work order (?<ref>\S+)$']
status: {CONFIRMED: ['planned'], CANCELLED: ['withdrawn'], RE-SCHEDULED: ['moved']}
impact: {OUTAGE: ['down']}
notices:
  - subject: ['Cable work']
END

# ok NAME COMMAND...: the command succeeds.
ok() {
        local name=$1
        shift
        n=$((n + 1))
        if "$@" >"$work/said" 2>&1; then
                echo "ok $n - $name"
        else
                echo "not ok $n - $name"
                sed 's/^/# /' "$work/said" "$work/flushed" 2>/dev/null
        fi
}

# has FILE PATTERN, lacks FILE PATTERN: of the lines unfolded.
has() {
        sed 's/\r$//' "$1" | sed -e ':a' -e 'N;$!ba' -e 's/\n //g' >"$work/unfolded"
        grep -q -- "$2" "$work/unfolded" || { echo "no '$2' in:"; cat "$work/unfolded"; return 1; }
}
lacks() {
        ! has "$1" "$2" >/dev/null || { echo "'$2' in:"; cat "$1"; return 1; }
}

# mail ID DAY STATE [START]: delivered, from a sender who was checked.
mail() {
        {
                printf 'Authentication-Results: mx.example.org; dkim=pass header.d=tidewater.example; dmarc=pass header.from=tidewater.example\n'
                printf 'Received: from tidewater.example by mx.example.org; %s Mar 2030 09:00:00 +0000\n' "$2"
                printf 'From: Tidewater NOC <noc@tidewater.example>\nTo: maint@example.org\nSubject: Cable work %s\n' "$1"
                printf 'Date: %s Mar 2030 09:00:00 +0000\nMessage-ID: <%s-%s@tidewater.example>\n\n' "$2" "$1" "$2"
                printf 'Work order %s\nState: %s\nTitle: Ship repair\nStart: %s March 2030 01:00\nEnd: %s March 2030 05:00\n' "$1" "$3" "${4:-20}" "${4:-20}"
                printf 'Line: TW/LON/1\nEffect: down\n'
        } | "$program" deliver --stream maint --config config.yaml --log log
}

# begin NAME URL [KEYS]: an empty ledger whose calendar is that.
begin() {
        rm -rf ledger
        mkdir -m 700 ledger
        printf 'ledger: %s/ledger\nauthserv_ids: [mx.example.org]\ncalendars:\n  - {name: %s, url: "%s"%s}\n' "$work" "$1" "$2" "${3:+, $3}" >config.yaml
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

# with_retry STATUS: as a person resumes what is parked.
with_retry() {
        local got
        flush --retry
        got=$?
        [ $got = "$1" ] || { echo "status $got, not $1"; return 1; }
}

# The backoff of acts is not waited for.
hurry() {
        python3 -c 'import sqlite3, sys
ledger = sqlite3.connect(sys.argv[1])
for name, in ledger.execute("select name from sqlite_master where type = ? and sql like ?", ("table", "%not_before%")).fetchall():
    ledger.execute("update %s set not_before = 0" % name)
ledger.commit()' ledger/ledger.sqlite
}

# http METHOD PATH [BODY-FILE]: as a person does it, with the password; the body goes to `got`.
http() {
        python3 - "$@" <<'END'
import base64, os, sys, urllib.request
body = open(sys.argv[3], 'rb').read() if len(sys.argv) > 3 else None
request = urllib.request.Request(open('base').read() + sys.argv[2], data=body, method=sys.argv[1])
request.add_header('Authorization', 'Basic ' + base64.b64encode(b'alice:secret').decode())
request.add_header('Content-Type', 'text/calendar; charset=utf-8')
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
    open('got', 'wb').write(answer.read())
END
}

uid() {
        sed -n 's/.* uid=\([^ ]*\) .*/\1/p' flushed | tail -1
}

# edited SED-SCRIPT: the object as a person changes it.
edited() {
        http GET "$event" && sed "$1" got >changed && http PUT "$event" changed
}

checked() {
        http GET "$event" && { [ ! -x "${check_ics:=${MAILCLINIC_SHARED:-$tests/../../shared}/tools/check-ics}" ] || /usr/bin/python3 "$check_ics" --object got; }
}

# ---- What every server must bear: run against each.

life_of_an_event() {
        local with=$1
        mail TW1 01 planned
        ok "$with: an event is made" flushes 0 'fate=done created'
        event=$(uid).ics
        http GET "$event"
        ok "$with: it says what and when" has got 'SUMMARY:Tidewater TW/LON/1: OUTAGE (TW1)'
        ok "$with: and stands in UTC" has got 'DTSTART:20300320T010000Z'
        ok "$with: it is sound" checked
        ok "$with: nothing is left to do" flushes 0
        ok "$with: and nothing is said" test ! -s flushed
        mail TW1 02 moved 21
        ok "$with: a change is made" flushes 0 'fate=done updated$'
        http GET "$event"
        ok "$with: the new time stands there" has got 'DTSTART:20300321T010000Z'
        ok "$with: SEQUENCE went up" has got 'SEQUENCE:1'
        edited 's/^SUMMARY:.*/SUMMARY:Mine/; s/^SEQUENCE:.*/SEQUENCE:7\r\nLOCATION:Room 5\r\nX-MINE:a\\, b/
                s/^END:VEVENT/BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:ring\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT/'
        mail TW1 03 moved 22
        ok "$with: a person's edit is merged" flushes 0 'what others added stays'
        http GET "$event"
        ok "$with: what is managed is ours" has got 'SUMMARY:Tidewater TW/LON/1: OUTAGE (TW1)'
        ok "$with: what the person added stays" has got 'LOCATION:Room 5'
        ok "$with: odd properties, too" has got 'X-MINE:a\\, b'
        ok "$with: and alarms" has got 'TRIGGER:-PT10M'
        ok "$with: SEQUENCE is above the person's" has got 'SEQUENCE:8'
        ok "$with: it is still sound" checked
        mail TW1 04 moved 23
        flush
        http GET "$event"
        ok "$with: a second change keeps it as well" has got 'LOCATION:Room 5'
        ok "$with: at its new time" has got 'DTSTART:20300323T010000Z'
        http DELETE "$event"
        mail TW1 05 moved 24
        ok "$with: what a person deleted comes again with news" flushes 0 'made again'
        http GET "$event"
        ok "$with: as it is now" has got 'DTSTART:20300324T010000Z'
        mail TW1 06 withdrawn 24
        ok "$with: a cancellation is made" flushes 0 'fate=done updated'
        http GET "$event"
        ok "$with: by status" has got 'STATUS:CANCELLED'
        ok "$with: and in the title" has got 'SUMMARY:CANCELLED: Tidewater'
        ok "$with: it is sound, too" checked
        rm ledger/ledger.sqlite*
        mail TW1 01 planned
        mail TW1 06 withdrawn 24
        ok "$with: a ledger made anew finds its events" flushes 0 'fate=done'
        http GET "$event"
        ok "$with: and what they say stays true" has got 'STATUS:CANCELLED'
}

# ---- Faults, by the stand-in.

orders() {
        printf '%s\n' "$@" >control
        : >requests
}

start_stand_in() {
        python3 "$tests/calendar-server.py" port control requests &
        server=$!
        for _ in $(seq 100); do [ -e port ] && break; sleep 0.1; done
        printf 'http://127.0.0.1:%s/cal/' "$(cat port)" >base
}

fresh=10
# another: one more maintenance is announced.
another() {
        fresh=$((fresh + 1))
        mail "TW$fresh" 01 planned
}

faults() {
        local status
        for status in 408 423 425 429 500 502 503; do
                another
                orders "PUT $status Retry-After: 60"
                ok "$status is tried again" flushes 75 fate=later
                ok "$status: not at once" flushes 0
                hurry
                ok "$status: and then done" flushes 0 'fate=done created'
        done
        for status in 400 403 405 413 415 422 207; do
                another
                another
                orders "PUT $status | <error xmlns=\"DAV:\"><valid-calendar-data/></error>"
                ok "$status parks one act" flushes 65 fate=parked
                ok "$status: the other is done" grep -q 'fate=done created' flushed
                hurry
                ok "$status: it is not tried again" flushes 0
        done
        "$program" status --config config.yaml >stands 2>&1
        ok 'what is parked is told by status' grep -q 'team: 7 to be done, 7 of them parked' stands
        ok 'with the reason' grep -q 'parked: [-0-9a-f]\{36\}: .*HTTP 415' stands
        ok 'and the way back' grep -q 'flush --retry' stands
        orders 'PUT 415'
        ok '--retry tries all of it again' with_retry 65
        ok 'what is refused still is parked again' test "$(grep -c fate=parked flushed)" = 1
        ok 'the others are done' test "$(grep -c 'fate=done created' flushed)" = 6
        ok '--retry once more' with_retry 0
        ok 'nothing is parked now' test "$(grep -c fate=done flushed)" = 1
        another
        orders 'PUT 403 | rateLimitExceeded'
        ok 'a quota is waited for' flushes 75 fate=later
        hurry
        flush
        another
        orders 'PUT 503 Retry-After: 7200'
        ok 'Retry-After is heard' flushes 75 fate=later
        python3 -c 'import sqlite3, sys, time
ledger = sqlite3.connect("ledger/ledger.sqlite")
waits = [row[0] - time.time() for name, in ledger.execute("select name from sqlite_master where type = ? and sql like ?", ("table", "%not_before%")).fetchall()
         for row in ledger.execute("select max(not_before) from %s" % name)]
print(max(waits))' >waited
        ok 'but for an hour at most' awk '$1 < 3500 || $1 > 3601 { exit 1 }' waited
        hurry
        flush
        another
        orders 'GET 200 | <html>Sign in</html>'
        ok 'garbage in the place of an event is no event' flushes 75 'no calendar with the event'
        hurry
        flush
        another
        orders 'PUT noetag'
        ok 'without an ETag it is fetched' flushes 0 'fate=done created'
        ok 'by a second GET' test "$(grep -c '^GET .* 200' requests)" = 1
        another
        orders 'PUT rewrite'
        ok 'a text that the server rewrites is taken' flushes 0 'fate=done created'
        mail "TW$fresh" 02 moved 21
        orders
        ok 'and can be changed' flushes 0 'fate=done updated'
        event=$(uid).ics
        http GET "$event"
        ok 'what the server added stays' has got X-SERVER:1
        orders 'PROPFIND 401'
        another
        ok 'a refused login stops the calendar' flushes 77 'HTTP 401'
        ok 'with nothing else asked' test "$(wc -l <requests)" = 1
        orders 'PROPFIND 401'
        ok 'again' flushes 77
        ok 'but it is said once' test ! -s flushed
        ok 'and goes on by itself' flushes 0 'fate=done created'
        another
        orders 'PROPFIND 404'
        ok 'no calendar there: nothing is parked' flushes 77 'no calendar'
        orders "PROPFIND 301 Location: /cal/"
        ok 'a redirection within the host is followed' flushes 0 'fate=done created'
        another
        orders 'PROPFIND 301 Location: http://127.0.0.1:9/cal/'
        ok 'one to another host is not' flushes 77 'no calendar'
        orders
        ok 'later it is' flushes 0 'fate=done created'
}

conflicts() {
        another
        flush
        event=$(uid).ics
        mail "TW$fresh" 02 moved 21
        orders 'PUT 412'
        ok 'a refusal that says 412 with the right ETag is one' flushes 65 fate=parked
        another
        orders "PUT 409 | <error xmlns=\"DAV:\"><no-uid-conflict xmlns=\"urn:ietf:params:xml:ns:caldav\"><href xmlns=\"DAV:\">/cal/$event</href></no-uid-conflict></error>"
        ok 'an object that lacks our event is not adopted' flushes 65 fate=parked
        another
        flush
        event=$(uid).ics
        http GET "$event"
        cp got moved.ics
        http DELETE "$event"
        http PUT other.ics moved.ics
        mail "TW$fresh" 02 moved 21
        orders 'PUT 404' "PUT 409 | <error xmlns=\"DAV:\"><no-uid-conflict xmlns=\"urn:ietf:params:xml:ns:caldav\"><href xmlns=\"DAV:\">/cal/other.ics</href></no-uid-conflict></error>"
        ok 'the object that holds the UID is adopted' flushes 0 'fate=done updated'
        http GET other.ics
        ok 'and changed' has got 'DTSTART:20300321T010000Z'
        mail "TW$fresh" 03 moved 22
        ok 'from then on it is known' flushes 0 'fate=done updated'
        ok 'by its name' grep -q '^PUT /cal/other.ics 204 If-Match' requests
}

killed() {
        another
        orders 'PUT hang'
        "$program" flush --config config.yaml >flushed 2>&1 &
        local flusher=$!
        for _ in $(seq 100); do grep -q hangs requests && break; sleep 0.1; done
        ok 'one flush at a time' flushes 0 'another one is at work'
        kill -9 $flusher
        wait $flusher 2>/dev/null
        orders
        ok 'killed between PUT and commit: it is there already' flushes 0 'fate=done there already'
        ok 'and is not written twice' test "$(grep -c PUT requests)" = 0
        event=$(uid).ics
        http GET "$event"
        ok 'nor counted twice' has got SEQUENCE:0
        mail "TW$fresh" 02 moved 21
        orders 'PUT hang'
        "$program" flush --config config.yaml >flushed 2>&1 &
        flusher=$!
        for _ in $(seq 100); do grep -q hangs requests && break; sleep 0.1; done
        kill -9 $flusher
        wait $flusher 2>/dev/null
        orders
        ok 'the same of a change' flushes 0 'fate=done there already'
        http GET "$event"
        ok 'which counts once' has got SEQUENCE:1
}

# G8: whatever the network does with a request or its answer, in the end one event stands there, as it should, and is counted once.
network() {
        local fault injected=0 wrong=
        for fault in 'PUT reset' 'PUT cut' 'PUT drop' 'PUT 500' 'PUT 502' 'PUT 429 Retry-After: 1' 'PUT 503 Retry-After: 1' 'GET drop' 'GET 500' 'PROPFIND drop' 'PROPFIND 503'; do
                another
                orders "$fault" "$fault"
                flush
                hurry
                flush
                hurry
                flush
                event=$(sed -n 's/.* uid=\([^ ]*\) .*/\1/p' flushed | tail -1).ics
                [ "$event" != .ics ] || event=$(sed -n 's|^PUT /cal/\([^ ]*\) .*|\1|p' requests | tail -1)
                injected=$((injected + 2))
                [ "$(sed -n 's|^PUT /cal/\([^ ]*\) .*|\1|p' requests | sort -u | wc -l)" = 1 ] || wrong="$wrong; $fault: not one object"
                orders
                http GET "$event" && has got 'SEQUENCE:0' >/dev/null && has got "SUMMARY:.*TW$fresh" >/dev/null || wrong="$wrong; $fault: what stands there"
                # And a change of it, whose answer is lost.
                mail "TW$fresh" 02 moved 21
                orders "$fault"
                flush
                hurry
                flush
                injected=$((injected + 1))
                orders
                http GET "$event" && has got 'SEQUENCE:1' >/dev/null && has got 'DTSTART:20300321T010000Z' >/dev/null || wrong="$wrong; $fault: the change"
                flushes 0 >/dev/null && [ ! -s flushed ] || wrong="$wrong; $fault: something is left"
        done
        ok "G8: $injected faults of the network: 0 events lost, 0 doubled" test -z "$wrong"
        [ -z "$wrong" ] || echo "# $wrong"
}

# G9: what has to wait does not wait for years because it was put off by a clock that ran ahead.
clock() {
        if ldd "$program" | grep -q libasan || [ ! -e "$preload" ]; then
                echo "ok $((n += 1)) - G9 # SKIP nothing can be put before libc here"
                return
        fi
        another
        orders 'PUT 503'
        LD_PRELOAD=$preload FAULT_SECONDS=315360000 "$program" flush --config config.yaml >flushed 2>&1
        ok 'G9: a clock ten years ahead: the server is busy' grep -q fate=later flushed
        ok 'G9: the clock is right again: it is done' flushes 0 'fate=done created'
        another
        orders 'PUT 503'
        LD_PRELOAD=$preload FAULT_SECONDS=-172800 "$program" flush --config config.yaml >flushed 2>&1
        ok 'G9: and of a clock two days back' flushes 0 'fate=done created'
}

modes() {
        local base
        base=$(cat base)
        begin team "$base" 'cancel_mode: title'
        another
        mail "TW$fresh" 02 withdrawn
        flush
        event=$(uid).ics
        http GET "$event"
        ok 'cancel_mode title: the status does not tell' has got 'STATUS:TENTATIVE'
        ok 'cancel_mode title: the title does' has got 'SUMMARY:CANCELLED: '
        begin team "$base" 'cancel_mode: delete'
        another
        flush
        event=$(uid).ics
        mail "TW$fresh" 02 withdrawn
        ok 'cancel_mode delete' flushes 0 'fate=done removed'
        ok 'cancel_mode delete: it is gone' test "$(grep -c "^DELETE /cal/$event 204 If-Match" requests)" = 1
        mail "TW$fresh" 03 planned
        ok 'cancel_mode delete: reopened, it comes again' flushes 0 'fate=done created'
        edited 's/^SUMMARY:.*/SUMMARY:Mine/'
        mail "TW$fresh" 04 withdrawn
        ok 'cancel_mode delete: edited or not' flushes 0 'fate=done removed'
}

dry_run() {
        local base
        base=$(cat base)
        echo hush >password
        chmod 600 password
        begin team "$base" "user: alice, password_file: $work/password"
        another
        orders
        ok 'a dry run prints the request' flush --dry-run
        ok 'with its condition' has flushed 'If-None-Match: \*'
        ok 'and the event' has flushed 'SUMMARY:Tidewater TW/LON/1'
        ok 'without the secret' lacks flushed hush
        ok 'and asks nobody' test ! -s requests
        ok 'nor does it change anything' flushes 0 'fate=done created'
        chmod 644 password
        another
        ok 'a secret that others can read is refused' flushes 78 'others may read it'
        begin team http://192.0.2.1/cal/
        another
        ok 'plain http is for 127.0.0.1 alone' flushes 77 'is not https'
        begin team "$base" "token_command: \"printf 'hush\\\\n'\""
        another
        ok 'a token from a command' flushes 0 'fate=done created'
        begin team "$base" 'token_command: "false"'
        another
        ok 'a command that fails' flushes 78 token_command
        kill "$server"
        server=
        begin team "$base"
        another
        ok 'nobody there: later' flushes 75
}

# ---- Radicale, a real one.

free_port() {
        python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

start_radicale() {
        local port
        rm -f port
        port=$(free_port)
        htpasswd -bcB users alice secret >/dev/null 2>&1
        cat >radicale.conf <<END
[server]
hosts = 127.0.0.1:$port
[auth]
type = htpasswd
htpasswd_filename = $work/users
htpasswd_encryption = bcrypt
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = $work/collections
END
        radicale --config radicale.conf >radicale.log 2>&1 &
        server=$!
        printf 'http://127.0.0.1:%s/alice/cal/' "$port" >base
        for _ in $(seq 100); do http MKCALENDAR '' 2>/dev/null && return; sleep 0.2; done
        sed 's/^/# /' radicale.log
}

with_radicale() {
        start_radicale
        echo secret >password
        chmod 600 password
        begin team "$(cat base)" "user: alice, password_file: $work/password"
        life_of_an_event Radicale
        echo wrong >password
        another
        ok 'Radicale: a wrong password' flushes 77 'HTTP 401'
        begin team "$(cat base | sed 's/cal/none/')" "user: alice, password_file: $work/password"
        echo secret >password
        another
        ok 'Radicale: no such calendar' flushes 77 'no calendar'
        kill "$server"
        server=
}

# ---- Xandikos, another: it keeps objects in git, byte for byte, and asks for no password.

with_xandikos() {
        local port
        port=$(free_port)
        xandikos --directory "$work/xandikos" --listen-address 127.0.0.1 --port "$port" --current-user-principal /alice --defaults >xandikos.log 2>&1 &
        server=$!
        printf 'http://127.0.0.1:%s/alice/calendars/calendar/' "$port" >base
        rm -f got
        for _ in $(seq 100); do http GET '' 2>/dev/null && break; sleep 0.2; done
        [ -s got ] || sed 's/^/# /' xandikos.log
        begin team "$(cat base)"
        life_of_an_event Xandikos
        begin team "$(sed 's/calendar.$/none/' base)"
        another
        ok 'Xandikos: no such calendar' flushes 77 'no calendar'
        kill "$server"
        server=
}

start_stand_in
begin team "$(cat base)"
orders
life_of_an_event stand-in
begin team "$(cat base)"
faults
conflicts
network
clock
killed
modes
dry_run
if command -v radicale >/dev/null && command -v htpasswd >/dev/null; then
        with_radicale
else
        echo "ok $((n += 1)) # SKIP Radicale is not installed"
fi
if command -v xandikos >/dev/null; then
        with_xandikos
else
        echo "ok $((n += 1)) # SKIP Xandikos is not installed"
fi
echo "1..$n"
