#!/bin/bash
# Root mail into the ledger: problems opened, told, quiet and back; strangers; people's wishes; a ledger rebuilt from mailbox and decisions.
# In: mails made here, filters/root/. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC MAILCLINIC_FILTERS=$top/filters XDG_CONFIG_HOME=/nonexistent XDG_STATE_HOME=/nonexistent
n=0

# use NAME: a ledger of this name from now on.
use() {
        ledger=$work/$1
        printf 'ledger: %s\ninternal: [10.0.0.0/8, example.net]\nopen: {after: 3, within: 7 days}\n' "$ledger" >"$work/config.yaml"
}

# cron HOST DAY ERROR [CLIENT]: a mail of cron, of that day of 2030, as our server got it from that client.
cron() {
        local at
        echo >>"$work/ids"
        at=$(date -ud "2030-01-01 06:00 UTC +$2 days" -R)
        printf 'Received: from %s by mx1.example.org (Postfix) with ESMTP id X; %s\n' "${4-"$1 (unknown [10.1.2.3])"}" "$at"
        printf 'From: Cron Daemon <root@%s.example.net>\nTo: root@example.org\nSubject: Cron <root@%s> /usr/local/bin/report\n' "$1" "$1"
        printf 'Message-ID: <%s@example.net>\nDate: %s\n\nreport: starting\nreport: error: %s\n' "$(wc -l <"$work/ids")" "$at" "$3"
}

hear() {
        cat >"$work/mail.eml"
        { echo 'From - Mon Jan  1 00:00:00 2030'; cat "$work/mail.eml"; echo; } >>"$work/all.mbox"
        "$program" deliver --stream root -c "$work/config.yaml" --log "$work/log" <"$work/mail.eml"
}

# last KEY: what the log says of the last mail.
last() {
        tail -n 1 "$work/log" | sed -nE "s/.* $1=(\"[^\"]*\"|[^ ]*).*/\\1/p"
}

issue() {
        "$program" issue -c "$work/config.yaml" "$@" 2>&1
}

# standing: each issue as "PHASE WISH SIGHTINGS HOSTS TITLE".
standing() {
        issue list --all --json | jq -r '[.phase, .wish, .sightings, (.hosts | map(.name) | join(",")), .title] | join(" ")'
}

# of WORDS: the fingerprint of the issue whose template has them.
of() {
        issue list --all --json | jq -r --arg words "$1" 'select(.template | contains($words)) | .fingerprint'
}

if ! command -v jq >/dev/null || ! date -ud '2030-01-01 UTC +1 days' >/dev/null 2>&1; then
        echo '1..0 # SKIP no jq, or no GNU date'
        exit 0
fi

use first
hear < <(cron db1001 0 'disk quota exceeded')
is 'the first of a problem needs a person' "$(last resolution) $(last acts)" 'review 0'
hear < <(cron db1002 1 'disk quota exceeded')
is 'the second is known' "$(last resolution) $(last acts)" 'none 0'
hear < <(cron db1001 2 'disk quota exceeded')
is 'the third is to have a task' "$(last resolution) $(last acts)" 'task 1'
is 'three mails of two hosts are one problem' "$(standing)" 'recurring watch 3 db1001,db1002 cron: /usr/local/bin/report'
quota=$(of quota)
is 'a fingerprint is rmf and 32 digits' "$(grep -cxE 'rmf[0-9a-f]{32}' <<<"$quota")" 1
is 'the log says which it is' "$(last issue)" "$quota"
is 'the first mail is settled by the task' "$("$program" review -c "$work/config.yaml" list --json | wc -l)" 0
cp "$work/mail.eml" "$work/again.eml"
hear <"$work/again.eml"
is 'the same mail again changes nothing' "$(standing)" 'recurring watch 3 db1001,db1002 cron: /usr/local/bin/report'
hear < <(cron db1001 3 'connection refused')
is 'another error is another problem' "$(standing | sort)" \
        "$(printf '%s\n' 'new watch 1 db1001 cron: /usr/local/bin/report' 'recurring watch 3 db1001,db1002 cron: /usr/local/bin/report')"

# A stranger writes what cron writes, word for word.
before=$(issue show "$quota" --json)
for day in 4 5 6 7; do
        hear < <(cron db1001 $day 'disk quota exceeded' 'db1001.example.net (evil.example [203.0.113.9])')
done
is "a stranger's mail dressed as cron is known, and has no task" "$(last resolution) $(last acts)" 'none 0'
is 'it is no sighting of ours' "$(issue show "$quota" --json)" "$before"
is 'but counted and shown' "$(standing | grep -c '^recurring watch 4 db1001')" 1
strange=$(issue list --json | jq -r 'select(.is_fileable | not) | .fingerprint')
has 'as what is not filed' "$(issue show "$strange")" 'none: it is counted, and not filed'
hear < <(cron db1001 8 'disk quota exceeded' 'db1001.example.net (unknown [10.1.2.3]) by mx1 (evil.example [203.0.113.9])')
is 'nor if his name for himself holds an address of ours' "$(last issue)" "$strange"

# Quiet, and back.
hear < <(cron db1009 40 'no route to host')
has 'what was not seen for long is quiet' "$(standing)" 'quiet watch 3 db1001,db1002 cron'
is 'and listed so' "$(issue list --quiet --json | jq -r .fingerprint | sort)" "$(printf '%s\n' "$quota" "$strange" | sort)"
hear < <(cron db1001 41 'disk quota exceeded')
is 'seen again it is back' "$(last resolution) $(issue show "$quota" --json | jq -r .phase)" 'task back'

# What people want.
has 'an issue is named by the beginning of its fingerprint' "$(issue show "${quota:0:9}")" "$quota"
has 'or without rmf' "$(issue show "${quota:3:8}")" "$quota"
has 'a beginning of several is refused' "$(issue show rmf)" 'more than one issue'
has 'as is one of none' "$(issue show rmf0123456789zz)" 'there is no issue'
refused=$(of refused)
issue ignore "$refused" >/dev/null
hear < <(cron db1003 42 'connection refused')
is 'what is ignored is silent' "$(last resolution) $(last acts)" 'none 0'
is 'and listed with --all alone' "$(issue list --json | grep -c "$refused")" 0
issue undo "$refused" >/dev/null
is 'taken back it is as before' "$(issue show "$refused" --json | jq -r .wish)" watch
has 'there is nothing more to take back' "$(issue undo "$refused")" 'no decision to undo'
issue snooze "$quota" 2030-02-20 >/dev/null
hear < <(cron db1001 43 'disk quota exceeded')
is 'what is snoozed is silent' "$(last resolution) $(last acts)" 'none 0'
hear < <(cron db1001 51 'disk quota exceeded')
is 'until its time' "$(last resolution) $(last acts)" 'none 1'
issue link "$quota" T123 >/dev/null
is 'a task of people is linked' "$(issue show "$quota" --json | jq -r '"\(.task) \(.task_state)"')" '123 filed'
has 'one task is of one issue' "$(issue link "$refused" T123)" 'is the task of another issue'
hear < <(cron db1001 52 'disk quota exceeded')
has 'from then on the task is told of' "$(last reason)" 'of task T123'
counts=$(issue show "$quota" --json | jq .sightings)
issue merge "$refused" "$quota" >/dev/null
is 'what is merged counts there' "$(issue show "$quota" --json | jq .sightings)" $((counts + 2))
hear < <(cron db1003 53 'connection refused')
is 'and comes there' "$(last issue)" "$quota"
has 'it cannot be merged back' "$(issue merge "$quota" "$refused")" 'is the same as'
issue undo "$refused" >/dev/null
is 'taken apart again each has its own' "$(issue show "$quota" --json | jq .sightings) $(issue show "$refused" --json | jq .sightings)" "$counts 3"
has 'a task that is none is refused' "$(issue link "$refused" X1)" 'is no task'
has 'a time that is none is refused' "$(issue snooze "$refused" soon)" 'is neither a day'

# Mailbox and decisions make the same ledger again, however the mails come.
was=$(issue list --all --json | sort)
cp "$ledger/decisions.jsonl" "$work/decisions.jsonl"
use second
"$program" replay --stream root -c "$work/config.yaml" --decisions "$work/decisions.jsonl" "$work/all.mbox" >"$work/out" 2>&1
is 'a ledger rebuilt from mailbox and decisions is the same' "$(issue list --all --json | sort)" "$was"
is 'none of the decisions is found otherwise' "$(grep -c '^mailclinic replay: decision' "$work/out")" 0
"$program" replay --stream root -c "$work/config.yaml" "$work/all.mbox" >/dev/null 2>&1
is 'replayed again nothing changes' "$(issue list --all --json | sort)" "$was"
is 'and says of each mail what it is of' \
        "$("$program" replay --dry-run --stream root --format json -c "$work/config.yaml" "$work/all.mbox" 2>/dev/null | jq -r .issue | sort | uniq -c | sort -rn | head -n 1 | sed 's/ *//')" \
        "$(issue show "$quota" --json | jq -r '"\(.sightings + 1) \(.fingerprint)"')"

# What must never be an issue by accident.
use odd
: >"$work/all.mbox"
{ cron db1001 0 x; head -c 52428800 /dev/zero | tr '\0' 'x' | fold -w 76; } >"$work/large"
hear <"$work/large"
is 'a mail of 50 MB' "$(last resolution) $(last acts) $(find "$ledger/mail" -type f -size +49M | wc -l)" 'review 0 1'
{ cron db1001 0 x; head -c 10485760 /dev/zero | tr '\0' 'y'; echo; } | hear
is 'a line of 10 MB' "$(last resolution) $(last acts)" 'review 0'
{ cron db1001 0 x; head -c 100000 /dev/urandom; } | hear
is 'a body that is no text' "$(last resolution) $(last acts)" 'review 0'
head -c 100000 /dev/urandom | hear
is 'no mail at all' "$(last resolution) $(last acts)" 'review 0'
{ echo 'X-Phabricator-Sent-This-Message: Yes'; cron db1001 0 x; } | hear
is "the tracker's own mail" "$(last resolution) $(last acts)" 'review 0'
is 'none of them is an issue' "$(standing)" ''
is 'all of them are kept' "$(find "$ledger/mail" -type f | wc -l)" 5

# With `internal:` unset nothing is filed.
ledger=$work/unset
echo "ledger: $ledger" >"$work/config.yaml"
for day in 0 1 2 3; do
        hear < <(cron db1001 $day 'disk quota exceeded')
done
is 'with nobody ours it is counted, and not filed' "$(last resolution) $(last acts) $(standing)" 'none 0 recurring watch 4 db1001 cron: /usr/local/bin/report'
printf 'ledger: %s\ninternal: [10.0.0.0/33]\n' "$ledger" >"$work/config.yaml"
has 'a network that is none is refused with its place' "$(issue list)" 'config.yaml:2:12'
printf 'ledger: %s\nkinds: [{kind: cron, open: {after: 0}}]\n' "$ledger" >"$work/config.yaml"
has 'as is a rule' "$(issue list)" 'config.yaml:2:'
echo "1..$n"
