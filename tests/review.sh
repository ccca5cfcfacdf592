#!/bin/bash
# mailclinic review: the queue, a mail beside its reading, decisions that act at once and can be taken back, and a ledger rebuilt from them.
# In: mails of samples/thread. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
lines=$PWD/tests/ledger-lines
mails=$top/samples/thread
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
n=0

# use NAME: a ledger of this name from now on.
use() {
        ledger=$work/$1
        printf 'ledger: %s\nauthserv_ids: [mx1.example.net]\nlink_template: https://posts.example/{msgid}\n' "$ledger" >"$work/config.yaml"
}

hear() {
        "$program" replay --act --jobs 1 -c "$work/config.yaml" -f "$mails/filters" -f "$top/filters" "$@" 2>&1
}

review() {
        "$program" review -c "$work/config.yaml" "$@" 2>&1
}

# events: what stands in the ledger.
events() {
        "$lines" "$ledger" | grep -v '^mail '
}

feed() {
        "$program" publish -c "$work/config.yaml" --feed "$work/feed.ics" >/dev/null && cat "$work/feed.ics"
}

# event STATE START END SEQ
event() {
        echo "tidewater:T-801 1 $1 2031-03-$2 2031-03-$3 seq $4"
}

use one
is 'an empty ledger needs nobody' "$(review)" 'Nothing needs you.'
is 'and is not made by looking' "$(find "$work/one" -name '*sqlite*' 2>/dev/null | wc -l)" 0
hear "$mails/forged/01-new.eml" "$mails/forged/02-cancelled-unchecked.eml" >/dev/null
list=$(review list)
is 'one line a mail below the headings' "$(wc -l <<<"$list")" 2
has 'why it needs you' "$list" 'a cancellation or an end from a sender that was not checked'
has 'a change is told as what it is' "$(hear "$mails/forged/01-new.eml" >/dev/null; review list --resolved)" 'added to calendar: T-801, announced'
has 'the same as JSON' "$(review list --json)" '"id":2,"message_id":"forged.2@tidewater.example","date":"2031-03-02T08:00:00Z","vendor":"tidewater","subject":"Work order T-801","resolution":"review"'
has 'what is resolved, in the words of the clinic' "$(review list --resolved)" 'added to calendar: '
has 'with its post, to tick it off there' "$(review list --resolved --links)" 'https://posts.example/forged.1%40tidewater.example'

show=$(review show 2 -f "$mails/filters")
has 'who sent it, in words' "$show" 'unchecked: nobody we trust has checked the sender'
has 'the mail itself, marked where it was read' "$show" 'State: [[withdrawn]]'
has 'what the calendar says' "$show" 'tidewater:T-801  confirmed  Mon 2031-03-10 22:00 to Tue 2031-03-11 02:00 UTC  CHECK'
has 'and a link that adds it by one click' "$(review show 2 --links -f "$mails/filters")" '&dates=20310310T220000Z/20310311T020000Z&details='
revision=$(sed -n 's/^mail 2, revision \([0-9a-f]*\): needs you$/\1/p' <<<"$show")
is 'the revision that a decision may name' "${#revision}" 8

review note 2 asked the vendor by phone >/dev/null
has 'a note is kept' "$(review show 2)" 'note: asked the vendor by phone'
late=$(review accept 2 --revision "$revision")
is 'a decision on what is not so any more does nothing' "$? $(events)" "75 $(event confirmed 10T22:00 11T02:00 '1 CHECK')"
has 'it shows how the mail stands' "$late" 'Nothing was done: the mail is not as it was when you looked. It stands so:'
has 'and what would have come of it' "$late" 'Your decision would make of it: cancelled in the calendar'
revision=$(review show 2 | sed -n 's/^mail 2, revision \([0-9a-f]*\):.*/\1/p')
before=$("$lines" "$ledger")
has 'what accepting comes to, before' "$(review accept 2 --dry-run)" 'mail 2 would be: cancelled in the calendar'
has 'and a correction' "$(review correct 2 --kind reschedule --start '2031-03-12 22:00' --end unknown -n)" 'T-801, moved to 2031-03-12 22:00 UTC'
is 'nothing is done by that' "$("$lines" "$ledger")" "$before"
accepted=$(review accept 2 --revision "$revision")
is 'upon what it is, it acts' "$? $(events)" "0 $(event cancelled 10T22:00 11T02:00 2)"
has 'and says what it did' "$accepted" 'mail 2: cancelled in the calendar'
has 'who and when is known' "$accepted" "accepted by $(id -un), "
has 'the feed follows' "$(feed)" 'STATUS:CANCELLED'
is 'the queue is worked to empty' "$(review list)" 'Nothing needs you.'
review undo 2 >/dev/null
is 'it can be taken back' "$(events)" "$(event confirmed 10T22:00 11T02:00 '3 CHECK')"
review undo 2 >/dev/null
is 'once' $? 66
review correct 2 --kind reschedule --start '2031-03-12 23:00+01:00' --end '2031-03-13 02:00' --circuit TW/LON/9 >/dev/null
is 'a person says when' "$(events)" "$(event confirmed 12T22:00 13T02:00 4)"
hear "$mails/forged/04-confirmed.eml" >/dev/null
is 'later mails go on from there' "$(events)" "$(event confirmed 10T22:00 11T02:00 5)"
hear "$mails/forged/03-completed-unchecked.eml" >/dev/null
review correct 4 --not-a-maintenance >/dev/null
is 'what is no maintenance leaves no doubt' "$(events | grep -c CHECK)" 0

is 'decisions.jsonl has all of them' "$(review export)" "$(cat "$ledger/decisions.jsonl")"
is 'and nobody else may read it' "$(stat -c %a "$ledger/decisions.jsonl")" 600
first=$("$lines" "$ledger")
feed >"$work/first.ics"
cp "$ledger/decisions.jsonl" "$work/decisions.jsonl"
use two
told=$(hear --decisions "$work/decisions.jsonl" "$mails"/forged/0[124]*.eml "$mails"/forged/03*.eml)
is 'mailbox and decisions rebuild the ledger' "$("$lines" "$ledger")" "$first"
has 'each of them is carried out again, as it was' "$told" '5 decisions of people were carried out again'
is 'and found what it was made upon' "$(grep -c 'otherwise than when it was made' <<<"$told")" 0
is 'the feed is the same to the byte' "$(feed | cksum)" "$(cksum <"$work/first.ics")"
rm "$ledger"/ledger.sqlite*
review note 1 too early >/dev/null
is 'a lost ledger is not decided upon' $? 66
hear "$mails"/forged/0[124]*.eml "$mails"/forged/03*.eml >/dev/null
is 'its own decisions.jsonl is taken by itself' "$("$lines" "$ledger")" "$first"
is 'and stays as it is' "$(cksum <"$ledger/decisions.jsonl")" "$(cksum <"$work/decisions.jsonl")"

sed "s/\"by\":\"[^\"]*\"/\"by\":\"jane\"/" "$work/decisions.jsonl" >"$work/janes.jsonl"
use four
hear --decisions "$work/janes.jsonl" "$mails"/forged/0[124]*.eml "$mails"/forged/03*.eml >/dev/null
before=$("$lines" "$ledger")
late=$(review accept 2)
is 'what somebody else decided is not decided over' "$? $("$lines" "$ledger")" "75 $before"
has 'but shown' "$late" '  jane  correct'
review undo 2 --revision "$(sed -n 's/^mail 2, revision \([0-9a-f]*\):.*/\1/p' <<<"$late")" >/dev/null
is 'who has seen it may' "$?" 0

# refused WORDS...: a status of wrong use.
refused() {
        review "$@" >"$work/out"
        is "refused: $*" $? 64
}
refused forget 1
refused accept
refused show one
refused list 1
refused correct 1
refused accept 1 --kind new
refused accept 1 --links
refused undo 1 --dry-run
refused correct 1 --kind maybe
refused correct 1 --start '2031-03-12 22:00'
refused correct 1 --start '2031-03-12 22:00' --end '2031-03-12 21:00'
refused correct 1 --start yesterday --end today
has 'what is wrong with it' "$(cat "$work/out")" "--start 'yesterday' is no time: 2026-12-01 22:00 UTC is how it is written"
refused correct 1 --start '2031-03-12 22:00' --end '2031-03-13 02:00' --start '2031-03-14 22:00'
has 'of which window' "$(cat "$work/out")" '--end of window 2 is missing'
refused correct 1 --same-as tidewater:T-1
review show 99 >"$work/out"
is 'a mail that is not there' $? 66

use three
printf 'From: x@stranger.example\nSubject: \033[31mred \342\200\256 turned\nDate: Sat, 01 Mar 2031 08:00:00 +0000\nMessage-ID: <s@stranger.example>\n\nHello \033[2J there.\n' >"$work/odd.eml"
hear "$work/odd.eml" >/dev/null
is 'nothing in a mail moves the cursor' "$({ review list; review show 1; } | grep -c "$(printf '\033')")" 0
review accept 1 >"$work/out"
is 'what says nothing cannot be accepted' $? 64
has 'but there is a way on' "$(cat "$work/out")" 'mailclinic review correct'
review correct 1 --vendor tidewater --kind new --id T-5 --start '2031-03-10 22:00' --end '2031-03-11 02:00' >/dev/null
is 'a person reads what no filter could' "$(events)" 'tidewater:T-5 1 tentative 2031-03-10T22:00 2031-03-11T02:00 seq 0'
review undo 1 >/dev/null
review correct 1 --vendor tidewater --kind new --id T-6 --start 2031-06-30 --end 2031-07-01 >/dev/null
has 'dates alone are whole days' "$(feed | tr -d '\r')" 'DTSTART;VALUE=DATE:20310630'
has 'of which the last is within' "$(feed | tr -d '\r')" 'DTEND;VALUE=DATE:20310702'
first=$("$lines" "$ledger")
rm "$ledger"/ledger.sqlite*
hear "$work/odd.eml" >/dev/null
is 'and are so again in a ledger that is rebuilt' "$("$lines" "$ledger")" "$first"

# An end that nobody knows yet.
use open
hear "$mails/forged/01-new.eml" >/dev/null
review correct 1 --start '2031-03-12 22:00' --end unknown >/dev/null
is 'an end that is not known is none' "$(events | tr -s ' ')" 'tidewater:T-801 1 confirmed 2031-03-12T22:00 - seq 1'
has 'and is said to be' "$(feed | tr -d '\r')" '(end not known)'
is 'and not made up' "$(feed | grep -c '^DTEND')" 0
first=$("$lines" "$ledger")
rm "$ledger"/ledger.sqlite*
hear "$mails/forged/01-new.eml" >/dev/null
is 'as it is in a ledger that is rebuilt' "$("$lines" "$ledger")" "$first"

# One circuit is called off, the others stay; each has its own impact.
use circuits
hear "$mails/forged/01-new.eml" >/dev/null
review correct 1 --circuit 'TW/LON/1 DEGRADED' --circuit 'TW LON 9 NO-IMPACT' --circuit TW/LON/10 >/dev/null
told=$(feed | tr -d '\r' | sed -e ':a' -e 'N;$!ba' -e 's/\n //g')
has 'an impact for each circuit' "$told" '\n- TW/LON/1: DEGRADED\n- TW LON 9: NO-IMPACT\n- TW/LON/10\n'
hear "$mails/forged/02-cancelled-unchecked.eml" >/dev/null
said=$(review correct 2 --without 'tw lon 9' --without TW/LON/10)
has 'a circuit that is called off is told' "$said" 'circuits taken out: TW LON 9, TW/LON/10'
has 'and that is all that is called off' "$(events)" "$(event confirmed 10T22:00 11T02:00 '')"
told=$(feed | tr -d '\r' | sed -e ':a' -e 'N;$!ba' -e 's/\n //g')
has 'the others stay, as the newest mail has them' "$told" 'Circuits:\n- TW/LON/1: OUTAGE\nWhen'
first=$("$lines" "$ledger")
rm "$ledger"/ledger.sqlite*
hear "$mails"/forged/0[12]*.eml >/dev/null
is 'and so in a ledger that is rebuilt' "$("$lines" "$ledger")" "$first"
review undo 2 >/dev/null
has 'undo brings it back' "$(feed | tr -d '\r' | sed -e ':a' -e 'N;$!ba' -e 's/\n //g')" '- TW LON 9: NO-IMPACT'

# What is corrected is corrected, and nothing else: work that is over stays so, and a circuit that was read keeps its impact.
use lasting
hear "$top/samples/equinix/completed-quoted.eml" >/dev/null
review correct 1 --start '2031-12-31 22:00' --end '2032-01-01 01:30' --circuit EX7091.1 --circuit EX7092.1 >/dev/null
is 'another end of work that is over' "$(events)" 'equinix:CHG0700091 1 completed 2031-12-31T22:00 2032-01-01T01:30 seq 0'
has 'the impact stays' "$(feed | tr -d '\r')" 'SUMMARY:Equinix EX7091.1 +1: REDUCED-REDUNDANCY (CHG0700091)'
echo "1..$n"
