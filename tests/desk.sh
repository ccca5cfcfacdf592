#!/bin/bash
# mailclinic review --web: nothing is served to strangers; decisions by plain forms do what the terminal's do; two reviewers, faults.
# In: mails of samples. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/desk.bash"

forged=$samples/thread/forged
use one "$forged/01-new.eml" "$forged/02-cancelled-unchecked.eml"
start 0
is 'it listens on loopback alone' "$(awk -v port=":$(printf %04X "${base##*:}")" '$2 ~ port && $4 == "0A" { print $2 }' /proc/net/tcp)" \
        "0100007F:$(printf %04X "${base##*:}")"
has 'it says how to get there from elsewhere' "$(cat "$work/said")" "ssh -N -L ${base##*:}:127.0.0.1:${base##*:}"
is 'its command line and environment hold no secret' "$(cat "/proc/$desk/cmdline" "/proc/$desk/environ" | tr '\0' '\n' | grep -c "${address#*token=}")" 0

# Nothing without a cookie.
for path in / /resolved /timeline /issues /status '/mail?id=1' '/issue?id=rmf0' /wish '/work?key=tidewater:T-801' /desk.css /desk.js /desk.svg /nothing /decide; do
        is "without a cookie: $path" "$(code "$base$path")" 403
        lacks "and nothing of it: $path" "$(cat "$work/body")" tidewater
done
is 'without a cookie: a decision' "$(code "${origin[@]}" -d 'mail=2&deed=accept' "$base/decide")" 403
is 'a cookie that was guessed' "$(code -b 'mailclinic-00000000=00000000000000000000000000000000' "$base/")" 403
head=$(curl -s -D - -o /dev/null "$base/")
has 'even then nothing may be run or framed' "$head" "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'"
is 'a token that was guessed' "$(code "$base/open?token=00000000000000000000000000000000")" 403
is 'no token' "$(code "$base/open")" 403
is 'who only looks at the head does not use it up' "$(code -I "$address")" 405
is 'nor does a foreign page' "$(code -H 'Sec-Fetch-Site: cross-site' "$address")" 403
entered=$(curl -s -D - -o /dev/null -c "$work/jar" "$address")
has 'the token is exchanged by 303' "$entered" 'HTTP/1.1 303'
has 'for the queue' "$entered" 'Location: /'
is 'and a cookie for us alone' "$(grep -c '^Set-Cookie: mailclinic-[0-9a-f]\{8\}=[0-9a-f]\{32\}; Path=/; HttpOnly; SameSite=Strict' <<<"$entered")" 1
is 'once' "$(code "$address")" 403

# What every answer says.
# A jar leaves the cookie out where the host is said to be another.
cookie="Cookie: $(awk '/mailclinic-/ { print $6 "=" $7 }' "$work/jar")"
head=$(curl -s -D - -o /dev/null -b "$work/jar" "$base/")
for field in "frame-ancestors 'none'" "form-action 'self'" "base-uri 'none'" 'Referrer-Policy: same-origin' 'X-Content-Type-Options: nosniff' \
        'X-Frame-Options: DENY' 'Cache-Control: no-store' 'Content-Type: text/html; charset=utf-8'; do
        has "a page says: $field" "$head" "$field"
done
lacks 'nothing may run inline' "$head" unsafe

# Foreign hosts and pages, with the cookie.
for host in evil.example 127.0.0.1.evil.example localhost.evil.example evil.example:80 '127.0.0.1:80@evil.example' 10.0.0.1 ''; do
        is "foreign host: '$host'" "$(code -H "$cookie" -H "Host: $host" "$base/")" 403
done
is 'the port may be another: ssh -L' "$(code -H "$cookie" -H 'Host: localhost:8025' "$base/")" 200
for from in http://evil.example null "http://127.0.0.1" "http://localhost:${base##*:}" "https://${base#http://}" "$base.evil.example"; do
        is "foreign origin: $from" "$(code -b "$work/jar" -H "Origin: $from" "$base/")" 403
        is "and a decision from there: $from" "$(code -b "$work/jar" -H "Origin: $from" -d 'mail=2&deed=accept' "$base/decide")" 403
done
for site in cross-site same-site; do
        is "a request that the browser calls $site" "$(code -b "$work/jar" -H "Sec-Fetch-Site: $site" "$base/")" 403
done
is 'a decision without an origin' "$(code -b "$work/jar" -d 'mail=2&deed=accept' "$base/decide")" 403
is 'a decision without the word of our forms' "$(code -b "$work/jar" "${origin[@]}" -d 'mail=2&deed=accept' "$base/decide")" 403
is 'with another word' "$(code -b "$work/jar" "${origin[@]}" -d 'form=00000000000000000000000000000000&mail=2&deed=accept' "$base/decide")" 403
form=$(word form "$(page '/mail?id=2')")
is 'not as a form' "$(code -b "$work/jar" "${origin[@]}" -H 'Content-Type: text/plain' -d "form=$form&mail=2&deed=accept" "$base/decide")" 415
is 'a decision by GET' "$(code -b "$work/jar" "$base/decide?form=$form&mail=2&deed=accept")" 404
is 'another method' "$(code -b "$work/jar" "${origin[@]}" -X PUT -d x "$base/decide")" 405
head -c 300000 /dev/zero | tr '\0' x >"$work/long"
is 'a form too long' "$(code -b "$work/jar" "${origin[@]}" -d "@$work/long" "$base/decide")" 413
is 'a page that is not there' "$(code -b "$work/jar" "$base/../../etc/passwd")" 404
is 'nothing of all that did anything' "$("$program" review export -c "$work/config.yaml")" ''

# Decisions, without any script.
seen=$(page '/mail?id=2')
has 'who sent it, in words' "$seen" 'nobody we trust has checked the sender'
has 'the words that were read are marked' "$seen" '<mark title="status">withdrawn</mark>'
has 'what accepting comes to' "$seen" 'Accepting comes to'
has 'what nothing for the calendar comes to' "$seen" 'Its event stays, and nobody is asked to check it any more:'
has 'who checks senders, and what to do' "$seen" 'Authentication-Results'
has 'a selector says what was read' "$seen" 'as read: cancelled'
is 'looking changes nothing' "$(events)" 'tidewater:T-801 1 confirmed 2031-03-10T22:00 2031-03-11T02:00 seq 1 CHECK'
is 'accepting' "$(send /decide 2 deed=accept)" 303
is 'leads on' "$(location)" '/?done=2'
is 'acts at once' "$(events)" 'tidewater:T-801 1 cancelled 2031-03-10T22:00 2031-03-11T02:00 seq 2'
has 'and names who decided' "$("$program" review export -c "$work/config.yaml")" "\"by\":\"$(id -un)\""
has 'the queue is empty then' "$(page '/?done=2')" 'Nothing needs you.'
has 'with the way back' "$(page '/?done=2')" 'action="/undo"'
has 'in the words of what was done' "$(page '/?done=2')" '<b>accepted</b>: <a href="/mail?id=2">Work order T-801</a>'
has 'and among what is resolved' "$(page /resolved)" '<b class="calendar">cancelled in the calendar</b> '
lacks 'a cancellation is nothing that was added' "$(page '/mail?id=2')" 'dded to calendar'
has 'and what came of it' "$(page '/?done=2')" 'cancelled in the calendar, <time datetime="2031-03-10T22:00Z">'
has 'and so in the list of decisions' "$(page '/mail?id=2')" "$(id -un): accepted<"
is 'undo' "$(send /undo 2)" 303
has 'is told' "$(page "$(location)")" '<b>taken back</b>: '
is 'takes it back' "$(events)" 'tidewater:T-801 1 confirmed 2031-03-10T22:00 2031-03-11T02:00 seq 3 CHECK'
is 'a form in which nothing was changed' "$(send /decide 2 deed=correct kind= vendor=tidewater was-vendor=tidewater)" 422
is 'a time that is none' "$(send /decide 2 deed=correct start-0=tomorrow end-0=later)" 422
has 'is refused, and what was typed is kept' "$(cat "$work/body")" 'value="tomorrow"'
has 'marked' "$(cat "$work/body")" 'aria-invalid="true" aria-describedby="wrong-start-0" autofocus'
has 'by its label, with what was expected' "$(cat "$work/body")" 'id="wrong-start-0">Start &#39;tomorrow&#39; is no time: 2026-12-01 22:00 UTC is how it is written<'
has 'beside the mail' "$(cat "$work/body")" '<mark title="status">withdrawn</mark>'
is 'an end that is missing' "$(send /decide 2 deed=correct 'start-0=2031-03-12 22:00' end-0= start-1= end-1=)" 422
has 'is told at its field' "$(cat "$work/body")" 'id="wrong-end-0">End is missing: 2026-12-01 22:00 UTC is how it is written<'
is 'an end before the start' "$(send /decide 2 deed=correct 'start-0=2031-03-12 22:00' 'end-0=2031-03-13 02:00' start-1= end-1= \
        'start-2=2031-03-14 22:00' 'end-2=2031-03-14 02:00')" 422
has 'is told of its window, though one before it was left empty' "$(cat "$work/body")" '>End of window 2 &#39;2031-03-14 02:00&#39; is not after the start<'
is 'work that is not known' "$(send /decide 2 deed=correct same-as=tidewater:T-1)" 422
has 'is told there' "$(cat "$work/body")" 'id="wrong-same-as">Same work as &#39;tidewater:T-1&#39; is no work that the ledger has<'
has 'circuits with what was read of each' "$(page '/mail?id=2')" 'TW/LON/1 OUTAGE</textarea>'
is 'a circuit that is taken out of the list' "$(send /decide 2 deed=correct 'circuits=TW/LON/9 NO-IMPACT' 'was-circuits=TW/LON/1 OUTAGE' preview=1)" 200
has 'is called off, while the work stays' "$(cat "$work/body")" '<b class="calendar">changed in the calendar</b>: T-801, no longer in doubt; circuits added: TW/LON/9; circuits taken out: TW/LON/1; impact now NO-IMPACT'
before=$("$lines" "$ledger")
moved=(deed=correct kind=reschedule 'start-0=2031-03-12 23:00+01:00' 'end-0=2031-03-13 02:00' 'was-start-0=' 'was-end-0=')
is 'what a correction comes to' "$(send /decide 2 "${moved[@]}" preview=1)" 200
has 'is shown' "$(cat "$work/body")" 'Saving comes to</h3>'
has 'in the words of the history' "$(cat "$work/body")" '<b class="calendar">moved in the calendar</b>: T-801, moved to 2031-03-12 22:00 UTC'
has 'with what becomes of the feed' "$(cat "$work/body")" 'The calendar and its feed change.'
has 'and what was typed' "$(cat "$work/body")" 'value="2031-03-12 23:00+01:00"'
has 'to be saved next' "$(cat "$work/body")" '<button class="main" autofocus="autofocus">Save correction</button>'
is 'and nothing was done' "$("$lines" "$ledger")" "$before"
is 'what cannot be saved' "$(send /decide 2 deed=correct start-0=tomorrow end-0=later preview=1)" 422
has 'is refused then, too' "$(cat "$work/body")" 'id="wrong-start-0"'
is 'an end that is not known' "$(send /decide 2 deed=correct kind=reschedule 'start-0=2031-03-12 22:00' end-0= open-0=1)" 303
has 'is told' "$(page "$(location)")" '<time datetime="2031-03-12T22:00Z">Wed 2031-03-12 22:00</time> UTC, end not known'
"$program" publish -c "$work/config.yaml" --feed "$work/feed.ics" >/dev/null
has 'in the feed, too' "$(cat "$work/feed.ics")" '(end not known)'
is 'none is made up' "$(grep -c '^DTEND' "$work/feed.ics")" 0
is 'that is taken back' "$(send /undo 2)" 303
is 'a correction' "$(send /decide 2 deed=correct kind=reschedule 'start-0=2031-03-12 23:00+01:00' 'end-0=2031-03-13 02:00' $'circuits=TW/LON/9\r\nTW/LON/10')" 303
is 'says when' "$(events)" 'tidewater:T-801 1 confirmed 2031-03-12T22:00 2031-03-13T02:00 seq 6'
"$program" publish -c "$work/config.yaml" --feed "$work/feed.ics" >/dev/null
has 'the feed follows' "$(cat "$work/feed.ics")" 'DTSTART:20310312T220000Z'
is 'a note' "$(send /note 2 'text=asked by phone <b>')" 303
is 'leads back' "$(location)" '/mail?id=2&noted=2'
has 'is told' "$(page "$(location)")" '<b>Note kept</b>'
has 'is kept, as text' "$(page '/mail?id=2')" 'asked by phone &lt;b&gt;'

# Two reviewers.
# shellcheck disable=SC2034 # send() of the sourced file reads it
revision=$(word revision "$(page '/mail?id=2')")
"$program" review note 2 'I am at it' -c "$work/config.yaml" >/dev/null
before=$("$lines" "$ledger")
is 'a page that is stale' "$(send /decide 2 deed=correct not-a-maintenance=1)" 409
has 'shows how it stands' "$(cat "$work/body")" 'It stands so'
has 'and what would have come of it' "$(cat "$work/body")" 'Your decision would make of it'
has 'to be decided all the same' "$(cat "$work/body")" 'Decide so all the same'
is 'nothing was done' "$("$lines" "$ledger")" "$before"
unset revision
is 'no revision is a stale one' "$(revision='' send /decide 2 deed=accept)" 409

# What may be gone, or in the way.
is 'a mail that is not in the ledger' "$(code -b "$work/jar" "$base/mail?id=99")" 404
find "$ledger/mail" -type f -delete
has 'the bytes of a mail may be gone' "$(page '/mail?id=2')" 'The mail itself is not at hand'
is 'work that is not known' "$(code -b "$work/jar" "$base/work?key=none")" 404
is 'work that is' "$(code -b "$work/jar" "$base/work?key=tidewater%3AT-801")" 200
cp -R "$ledger" "$work/kept" && rm -rf "$ledger"
has 'a ledger that is gone is an empty one' "$(page /)" 'Nothing needs you.'
stop

# A full disk while deciding: the note is more than the file may grow by.
rm -rf "$ledger" "$work/said" && mv "$work/kept" "$ledger"
head -c 200000 /dev/zero | tr '\0' y >"$work/long"
(
        ulimit -f 120
        exec "$program" review --web -c "$work/config.yaml" -f "$samples/thread/filters" -f "$top/filters" >"$work/said" 2>&1 </dev/null
) &
desk=$!
until_open
enter
before=$("$lines" "$ledger")
is 'a disk that is full' "$(send /note 2 "text@$work/long")" 503
has 'is told' "$(cat "$work/body")" 'Nothing was done'
is 'what was typed can be sent again' "$(grep -c 'name="text" value="yyyy' "$work/body")" 1
is 'and nothing was done' "$("$lines" "$ledger")" "$before"
is 'the desk goes on' "$(code -b "$work/jar" "$base/")" 200
stop

# A socket of one's own.
start "$work/desk.sock"
is 'a socket that others cannot open' "$(stat -c %a "$work/desk.sock")" 600
has 'and how to reach it' "$(cat "$work/said")" ":$work/desk.sock"
base=http://localhost origin=(-H 'Origin: http://localhost')
is 'its token' "$(code --unix-socket "$work/desk.sock" -c "$work/jar" "http://localhost/open?token=${address#*token=}")" 303
is 'its pages' "$(code --unix-socket "$work/desk.sock" -b "$work/jar" http://localhost/)" 200
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
        chmod 711 "$work"
        chmod 666 "$work/desk.sock"
        cp "$work/jar" "$work/jar2" && chmod 644 "$work/jar2"
        is 'another user, though the socket were open' "$(setpriv --reuid=65533 --regid=65533 --clear-groups \
                curl -s -o /dev/null -w '%{http_code}' --unix-socket "$work/desk.sock" -b "$work/jar2" http://localhost/)" 403
        chmod 600 "$work/desk.sock"
        is 'and as it is' "$(setpriv --reuid=65533 --regid=65533 --clear-groups \
                curl -s -o /dev/null -w '%{http_code}' --unix-socket "$work/desk.sock" http://localhost/)" 000
else
        for _ in 1 2; do n=$((n + 1)) && echo "ok $n # SKIP only root can be another user"; done
fi
"$program" review --web --listen "$work/desk.sock" -c "$work/config.yaml" >"$work/out" 2>&1 </dev/null
is 'a second desk does not take it' $? 71
stop
is 'it leaves nothing behind' "$(find "$work" -name desk.sock)" ''

# Requests to a person.
cat >"$work/contract.eml" <<'END'
From: accounts@harbourfibre.example
Subject: Renewal of your contract HF-C-70150
Date: Tue, 04 Mar 2031 09:12:00 +0000
Message-ID: <contract@harbourfibre.example>

The term of your contract HF-C-70150 expires on 30 June 2031.
END
sed 's/<contract@/<notice@/; $a\Without your word until 31 May 2031 it renews.' "$work/contract.eml" >"$work/notice.eml"
cat >"$work/held.eml" <<'END'
From: maint-announce-owner@lists.example.net
Subject: maint-announce@lists.example.net post from changes@harbourfibre.example requires approval
Date: Tue, 04 Mar 2031 09:20:00 +0000
Message-ID: <held@lists.example.net>

As list administrator, your authorization is requested for the
following mailing list posting:

From: changes@harbourfibre.example
Subject: Our planned night
https://lists.example.net/postorius/lists/maint-announce.lists.example.net/held_messages
END
use three "$work/notice.eml"
start 0
enter
seen=$(page '/mail?id=1')
has 'of several days the deadline is the first' "$seen" '<input type="radio" name="day" value="2031-05-31" required><span><b>2031-05-31</b> “until 31 May 2031”: reads like a deadline'
has 'and the end of the contract one more' "$seen" '<input type="radio" name="day" value="2031-06-30" required>'
is 'another day can be said' "$(send /decide 1 deed=correct kind=new status=CONFIRMED day=other other-day=2031-05-30 vendor=harbourfibre)" 303
has 'which is told' "$(page "$(location)")" '<time datetime="2031-05-30T00:00Z">'
stop
use doubts "$samples/lumen/no-number.eml" "$samples/noise/moderation-google-pending.eml"
start 0
enter
has 'the queue names the doubt' "$(page /)" '<span class="why">no reference was found</span>'
has 'and what a mail asks for' "$(page /)" '<span class="why">moderation</span>'
lacks 'who sent it is no question where it decides nothing' "$(page '/mail?id=1')" 'Authentication-Results'
seen=$(page '/mail?id=2')
has 'the held post stands beside its request' "$seen" '<h3>The held post</h3>'
has 'with who wrote it' "$seen" 'From: Network Change &lt;networkchangemanagement@vodafone.com&gt;'
has 'and what it says, marked' "$seen" ': <mark title="ref">CRQ000007714999</mark>'
lacks 'which is told nowhere to be missing' "$seen" 'is not in this request'
stop
use two "$work/contract.eml" "$work/held.eml" "$work/held.eml"
start 0
enter
seen=$(page '/mail?id=1')
has 'a contract: its end is offered' "$seen" '<input type="radio" name="day" value="2031-06-30" required>'
is 'another day, and none is said' "$(send /decide 1 deed=correct kind=new status=CONFIRMED day=other other-day= vendor=harbourfibre)" 422
has 'is told at its field' "$(cat "$work/body")" 'id="wrong-other-day">Another day is missing: 2026-12-01 is how it is written<'
is 'make an all-day entry' "$(send /decide 1 deed=correct kind=new status=CONFIRMED day=2031-06-30 vendor=harbourfibre)" 303
is 'leads to the next mail' "$(location)" '/mail?id=2&done=1'
"$program" publish -c "$work/config.yaml" --feed "$work/feed.ics" >/dev/null
has 'which is told as what it is' "$(page '/mail?id=2&done=1')" '<b>all-day entry</b>: '
has 'and by its subject' "$(page '/mail?id=1')" 'Renewal of your contract HF-C-70150, announced'
has 'its title waits for no time' "$(tr -d '\r' <"$work/feed.ics")" 'SUMMARY:harbourfibre Renewal of your contract HF-C-70150'
is 'of none' "$(grep -c 'time TBD' "$work/feed.ics")" 0
has 'it is one of that day' "$(tr -d '\r' <"$work/feed.ics")" 'DTSTART;VALUE=DATE:20310630'
has 'and ends with it' "$(tr -d '\r' <"$work/feed.ics")" 'DTEND;VALUE=DATE:20310701'
seen=$(page '/mail?id=2')
has 'moderation: where to approve it' "$seen" 'href="https://lists.example.net/postorius/lists/maint-announce.lists.example.net/held_messages" rel'
has 'which learns nothing of us' "$seen" 'rel="noreferrer noopener"'
has 'and that the held post is not in it' "$seen" 'The held post itself is not in this request'
has 'which is the first step' "$seen" 'Approve the post there (opens the list&#39;s own page)'
has 'and that nothing is lost' "$seen" 'no event is lost'
is 'done here' "$(send /decide 2 deed=correct not-a-maintenance=1 "note=approved on the list's own page")" 303
has 'is told in words' "$(page '/mail?id=2')" 'marked as nothing for the calendar: approved on the list'
is 'and can be taken back' "$(send /undo 2)" 303
has 'into the queue' "$(page /)" 'requires approval'

# Problems of root@ mail.
"$program" replay --act -s root -c "$work/config.yaml" -f "$top/filters" "$samples"/root/cron/one-*.eml >/dev/null 2>&1
seen=$(page /issues)
has 'a problem, and how often it was seen' "$seen" '>2×<'
has 'and where' "$seen" 'web1, web22'
issue=$(grep -o '/issue?id=rmf[0-9a-f]*' <<<"$seen" | head -n 1)
has 'what its mails have in common' "$(page "$issue")" 'What its mails have in common'
# wish DEED [FIELD]: the form of the problem.
wish() {
        code -b "$work/jar" "${origin[@]}" -d "form=$(word form "$(page "$issue")")" -d "issue=${issue#*=}" -d "deed=$1" "${@:2}" "$base/wish"
}
is 'snooze' "$(wish snooze -d detail=2099-01-01)" 303
has 'is told' "$(page "$issue")" 'snoozed until 2099-01-01'
is 'a snooze until nobody knows when' "$(wish snooze -d detail=later)" 422
is 'undo of it' "$(wish undo-issue)" 303
is 'ignore' "$(wish ignore)" 303
lacks 'takes it out of the list' "$(page /issues)" "$issue"
has 'but not out of reach' "$(page '/issues?all=1')" "$issue"
is 'undo of that' "$(wish undo-issue)" 303
is 'a task that is none' "$(wish link -d detail=later)" 422
is 'link to a task' "$(wish link -d detail=T77)" 303
has 'which is its task' "$(page "$issue")" 'task: T77'
has 'and can be taken back' "$(page "$issue")" 'Undo the link to its task'
is 'and is' "$(wish undo-issue)" 303
has 'so that it has none' "$(page "$issue")" 'task: none'
"$program" replay --act -s root -c "$work/config.yaml" -f "$top/filters" "$samples"/root/smartd/*.eml >/dev/null 2>&1
other=$(page /issues | grep -o '/issue?id=rmf[0-9a-f]*' | grep -v "$issue" | head -n 1)
has 'another one to merge it into' "$(page "$issue")" "value=\"${other#*=}\""
is 'merged into itself' "$(wish merge -d "detail=${issue#*=}")" 422
is 'merged into none' "$(wish merge)" 422
is 'merged' "$(wish merge -d "detail=${other#*=}")" 303
has 'is told, too' "$(page "$issue")" 'merged into'
lacks 'and no longer listed' "$(page /issues)" "$issue"
is 'and undone' "$(wish undo-issue)" 303
is 'a problem that is not there' "$(code -b "$work/jar" "$base/issue?id=rmf00000000")" 404
is 'a mail of it: seen' "$(send /decide 3 deed=accept)" 303
stop

# How things stand: what `mailclinic status` worries about, in the same words.
printf 'calendars: [{name: team, url: "https://calendar.example/"}]\nroster: {file: %s/weeks.yaml}\n' "$work" >>"$work/config.yaml"
printf 'weeks: [{week: 2031-03-03, names: [Ada]}]\n' >"$work/weeks.yaml"
mkdir -p "$ledger/spool" && printf 'Subject: still here\n\n' >"$ledger/spool/$(date +%s).0.0.maint"
start 0
enter
seen=$(page /status)
worries=$("$program" status --json -c "$work/config.yaml" -f "$top/filters" | sed 's/.*"worries": \?\[//; s/\].*//')
is 'how things stand: the worries of the terminal' "$(grep -o '<ul class="worries">.*</ul>' <<<"$seen" | sed 's/<\/ul>.*//; s/<[^>]*><li>//; s/<\/li><li>/\n/g; s/<\/li>//')" \
        "$(sed 's/^"//; s/"$//; s/", \?"/\n/g' <<<"$worries")"
has 'which are some' "$worries" 'the roster does not have this week'
has 'a calendar that nothing was sent to' "$seen" 'never flushed'
lacks 'the page does not wait until all of the ledger was read' "$seen" ', whole'
has 'but on request' "$(page '/status?look=through')" ', whole'
stop
is 'each of these desks ended well' "$(cat "$work/ended" 2>/dev/null)" ''
echo "1..$n"
