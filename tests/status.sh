#!/bin/bash
# mailclinic replay into the ledger and mailclinic status: history is recorded once and not acted on; how things stand, for people and programs.
# In: mails made up here. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
replay() {
        MAILCLINIC_FILTERS=$work/filters "$program" replay --config "$work/config.yaml" "$@" 2>&1
}
status() {
        MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/config.yaml" "$@" 2>&1
}
# files: every name in the ledger's directory, with its bytes, but for the index that SQLite maps.
files() {
        find "$state" -type f ! -name '*-shm' -exec sha256sum {} + | sort
}

is 'nothing yet: well, and nothing is made' "$(status --check; [ ! -e "$state" ] || echo made)" 'MAILCLINIC OK - 0 mails need you | mails=0 review=0 spool=0 parked=0 undone=0 queue_age=0s flush_age=0s unread=0'
for mail in one two; do
        echo 'From noc@tidewater.example Fri Mar  1 09:00:00 2030'
        cat "$work/$mail"
        echo
done >"$work/box"
{ sed 's/^Date: .*/Date: Sun, 10 Mar 2030 02:00:00 +0000/; s/TW-1@/again@/' "$work/one"; } >"$work/last.eml"
replay "$work/box" "$work/last.eml" >"$work/out"
is 'replay: recorded' "$(tail -n 1 "$work/out")" '3 recorded, 0 known before'
is 'replay: the past is not acted on' "$(counts)" '3 2 0 0'
is 'replay: another mail with the same facts needs no action' "$(resolved none)" 1
is 'replay: the raw mails are kept' "$(cat "$state"/mail/*/*/* | grep -c '^Work order')" 3
before=$(files)
replay "$work/box" >"$work/out"
is 'replay again: known' "$(tail -n 1 "$work/out")" '0 recorded, 2 known before'
is 'replay again: not a byte changed' "$(files)" "$before"
is 'delivered later: known too' "$(deliver <"$work/one" && counts)" '3 2 0 0'
is 'replay --act: what ends after the newest mail' "$(replay --act "$work/box" | grep -c '2 events are queued')" 1
is 'replay --act again: once' "$(replay --act "$work/box" | grep -c '0 events are queued') $(counts)" '1 3 2 2 0'
fresh
sed 's/^Date: .*/Date: Sun, 10 Mar 2030 02:31:00 +0000/; s/TW-1/TW-9/' "$work/one" >"$work/late.eml"
is 'replay --act: nothing that was over by then' "$(replay --act "$work/one" "$work/late.eml" | grep -c '0 events are queued')" 1

is 'status: for people' "$(status | sed -n '1p;5p;7p' | tr -s ' ' | sed "s|$state|STATE|; s/, [0-9.]* MB//")" "mails 2
maintenances 2, with 2 events
ledger STATE, whole"
is 'status: all members' "$(status --json | grep -oE '"[a-z_]+":' | paste -sd' ')" '"ledger": "directory": "bytes": "fault": "is_checked": "mails": "all": "calendar": "none": "task": "review": "oldest_review": "maintenances": "events": "outbox": "acts": "targets": "spool": "mails": "unfinished": "unfiled": "confinement": "filters": "vendors": "left_out": "queue_age": "unread": "roster": "now": "next": "gap": "worries":'
as_exim MAILCLINIC_FILTERS="$work/nowhere" "$program" deliver --config "$work/config.yaml" --log "$log" <"$work/two" >"$work/said" 2>&1
is 'status --check: a mail in the spool' "$(status --check | cut -d'|' -f1; status --check >/dev/null; echo $?)" 'MAILCLINIC WARNING - 1 mails wait in the spool, 1 mails need you 
1'
cp "$work/config.yaml" "$work/plain.yaml"
printf 'roster: {file: %s/roster.yaml}\n' "$work" >>"$work/config.yaml"
monday=$(date -u -d "$(($(date -u +%u) - 1)) days ago" +%F)
printf 'weeks: [{week: %s, names: [Ada]}]\n' "$monday" >"$work/roster.yaml"
is 'status: who has duty' "$(status | grep '^duty')" 'duty          Ada, then nobody'
is 'status --check: the roster ends' "$(status --check | grep -c 'the roster does not have next week, ')" 1
printf 'weeks: [{week: %s, names: [Ada]}, {week: %s, names: [Grace]}]\n' "$monday" "$(date -u -d "$monday + 7 days" +%F)" >"$work/roster.yaml"
is 'status --check: it goes on' "$(status --check | grep -c roster)" 0
printf 'weeks: 7\n' >"$work/roster.yaml"
is 'status --check: a roster that is none' "$(status --check | grep -c 'roster.yaml:1')" 1
cp "$work/plain.yaml" "$work/config.yaml"
printf 'calendars: [{name: team, url: "https://calendar.example/"}]\n' >>"$work/config.yaml"
is 'status: a calendar that nothing was sent to' "$(status | grep -c '^ *team: [0-9]* to be done, 0 of them parked; never flushed$')" 1
cp "$work/plain.yaml" "$work/config.yaml"
sed 's/^Date: .*/Date: Fri, 01 Mar 2019 09:00:00 +0000/; s/TW-1/TW-OLD/; s/^State: .*/State: withdrawn/' "$work/one" >"$work/old.eml"
replay "$work/old.eml" >/dev/null
is 'status --check: a mail that waits too long' "$(status --check | grep -cE 'a mail waits for [0-9]+ days, .* queue_age=[0-9]+s')" 1
is 'status: how long' "$(status | grep -cE 'need you, the oldest for [0-9]+ days$')" 1
is 'status: what holds the reader' "$(status | grep -c '^reader        Landlock\|^reader        no')" 1
is 'status: one screen' "$([ "$(status | wc -l)" -le 24 ] && echo yes)" yes
rm "$state"/ledger.sqlite-*
seq 1000 >"$state/ledger.sqlite"
is 'status --check: a damaged ledger' "$(status --check | grep -c '^MAILCLINIC CRITICAL - .* is damaged'; status --check >/dev/null; echo $?)" '1
2'
is 'status: a damaged ledger' "$(status >/dev/null; echo $?)" 65
is 'replay: a damaged ledger' "$(replay "$work/one" >/dev/null; echo $?)" 65
echo 'ledgr: x' >"$work/config.yaml"
is 'status --check: a broken configuration' "$(status --check | grep -c '^MAILCLINIC UNKNOWN - '; status --check >/dev/null; echo $?)" '1
3'
is 'status: an operand' "$(status now >/dev/null; echo $?)" 64
echo "1..$n"
