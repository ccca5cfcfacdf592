#!/bin/bash
# mailclinic oncall and what check says of a roster: now, the rest of the week, who is next; nobody; faults by file, line, field.
# In: rosters and configurations written here. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
oncall() {
        "$program" oncall --config "$work/config.yaml" "$@" 2>&1 | sed "s|$work|DIR|g"
        return "${PIPESTATUS[0]}"
}
# status COMMAND...: what it prints, then its status.
status() {
        "$@"
        echo "= $?"
}
configure() {
        printf 'roster: {file: %s, zone: Europe/Berlin}\npeople:\n  - {name: Ada, user: ada}\n  - {name: Linus, user: lt}\n' "$work/$1" >"$work/config.yaml"
}

configure roster.txt
printf '%s\n' 'Week Clinician Team' '2026-11-16 Linus Edge' '2026-11-23 Ada/Grace Data Persistence' '2026-11-30 No clinic duty this week' \
        '2026-12-14 Linus Edge' >"$work/roster.txt"
is 'a day: two names, the rest of the week, who is next' "$(status oncall 2026-11-26)" \
        '2026-11-26  Ada (ada) and Grace (no user of the tracker), Data Persistence
this week   4 d 0 h more, to Monday 00:00 Europe/Berlin (2026-11-29T23:00:00Z)
next        Linus (lt), Edge, from Monday 2026-12-14 on; nobody before
= 0'
is 'Sunday is still of the week' "$(oncall 2026-11-22 | head -n 2)" '2026-11-22  Linus (lt), Edge
this week   1 d 0 h more, to Monday 00:00 Europe/Berlin (2026-11-22T23:00:00Z)'
is 'next from the next week on' "$(oncall 2026-11-22 | tail -n 1)" 'next        Ada (ada) and Grace (no user of the tracker), Data Persistence, from Monday 2026-11-23 on'
is 'nobody, as the roster says' "$(status oncall 2026-12-01 | sed 2,3d)" '2026-12-01  nobody: no clinic duty this week
= 0'
is 'nobody, since the roster ends' "$(status oncall 2026-12-24 | sed 2d)" '2026-12-24  nobody: the roster does not have this week
next        nobody: the roster has nobody after this week
= 69'
is 'JSON' "$(status oncall --json 2026-11-23)" \
        '{"at":"2026-11-22T23:00:00Z","zone":"Europe/Berlin","now":{"start":"2026-11-22T23:00:00Z","end":"2026-11-29T23:00:00Z","people":[{"name":"Ada","user":"ada"},{"name":"Grace","user":null}],"team":"Data Persistence","line":3},"next":{"start":"2026-12-13T23:00:00Z","end":"2026-12-20T23:00:00Z","people":[{"name":"Linus","user":"lt"}],"team":"Edge","line":5}}
= 0'
is 'JSON: nobody' "$(status oncall --json 2026-12-25)" \
        '{"at":"2026-12-24T23:00:00Z","zone":"Europe/Berlin","now":{"start":"2026-12-20T23:00:00Z","end":"2026-12-27T23:00:00Z","people":[],"team":null,"line":null},"next":null,"nobody":"nobody: the roster does not have this week"}
= 69'

# Now, whatever day it is: the Monday of this week and the next, by the same zone.
now=$(TZ=Europe/Berlin date +%F)
monday=$(date -u -d "$now -$(($(date -u -d "$now" +%u) - 1)) days" +%F)
printf '%s Ada Edge\n%s Linus Edge\n' "$monday" "$(date -u -d "$monday +7 days" +%F)" >"$work/roster.txt"
is 'now' "$(status oncall | sed 2d | sed 's/, from.*//')" 'now         Ada (ada), Edge
next        Linus (lt), Edge
= 0'

configure roster.yaml
printf 'weeks:\n  - {week: 2026-11-23, names: [Ada, Grace], team: Edge}\n  - week: 2026-11-30\n' >"$work/roster.yaml"
is 'YAML' "$(oncall 2026-11-23 | head -n 1) $(oncall 2026-11-30 | head -n 1)" \
        '2026-11-23  Ada (ada) and Grace (no user of the tracker), Edge 2026-11-30  nobody: no clinic duty this week'
printf 'weeks:\n  - {week: 2026-11-24, names: [Ada]}\n' >"$work/roster.yaml"
is 'YAML: a day that is no Monday' "$(status oncall 2026-11-23)" \
        "mailclinic oncall: DIR/roster.yaml:2:12: weeks[0].week: '2026-11-24'; expected is the Monday of a week, such as 2026-11-23
= 78"

configure roster.tsv
printf '2026-11-23\tAda Lovelace\tEdge\n2026-11-31\tLinus\tEdge\n' >"$work/roster.tsv"
is 'a line that is wrong is named, the others hold' "$(status oncall 2026-11-23 | grep -v '^this week' | LC_ALL=C sort)" \
        "2026-11-23  Ada Lovelace (no user of the tracker), Edge
= 65
mailclinic oncall: line left out: DIR/roster.tsv:2:1: week: '2026-11-31' begins no date; expected is a Monday such as 2026-11-23
next        nobody: the roster has nobody after this week"
check() {
        MAILCLINIC_FILTERS=$work/filters "$program" check --config "$work/config.yaml" "$@" 2>&1 | sed "s|$work|DIR|g"
        return "${PIPESTATUS[0]}"
}
is 'check: a wrong line, a name without a user' "$(status check)" "DIR/roster.tsv:2:1: week: '2026-11-31' begins no date; expected is a Monday such as 2026-11-23
DIR/roster.tsv:1:1: names: 'Ada Lovelace' has no user of the tracker and subscribes nobody; expected is a name under people: of the configuration
2 faults in 1 files, 6 patterns, 0 samples
= 78"
is 'check: JSON' "$(check --json | grep -o '"path":"DIR/roster.tsv","line":1,"column":1' | wc -l)" 1
sed -i 's/Berlin/Berlinn/; s/Linus/ADA/' "$work/config.yaml"
is 'check: zone and people of the configuration' "$(check)" "DIR/config.yaml:4:12: people[1].name: 'ADA' is given twice; expected is one user for a name
DIR/config.yaml:1:$(($(sed -n 's/zone: .*//p' "$work/config.yaml" | tr -d '\n' | wc -c) + 7)): roster.zone: unknown zone 'Europe/Berlinn'; expected is a tz name such as Europe/Berlin
2 faults in 1 files, 6 patterns, 0 samples"
configure roster.txt
sed -i 's/name: Ada/nam: Ada/' "$work/config.yaml"
is 'an unknown key of people' "$(status oncall)" "mailclinic oncall: DIR/config.yaml:3:6: people[0].nam: unknown key; known here: name user (and 1 more)
= 78"

configure nowhere.txt
is 'no file' "$(status oncall | sed 's/: No such.*//')" 'mailclinic oncall: DIR/nowhere.txt: cannot be read: Failed to open file “DIR/nowhere.txt”
= 66'
echo 'roster: {file: roster.txt}' >"$work/config.yaml"
is 'no absolute path' "$(status oncall)" "mailclinic oncall: DIR/config.yaml: roster.file: 'roster.txt' is no absolute path
= 78"
echo 'ledger: /nowhere' >"$work/config.yaml"
is 'none is configured' "$(status oncall)" 'mailclinic oncall: no roster is configured; expected is roster: {file: PATH} in the configuration
= 78'
configure roster.txt
is 'no day' "$(status oncall tomorrow)" "mailclinic oncall: 'tomorrow' is no day; expected is one like 2026-11-24
= 64"
is 'two days' "$(status oncall 2026-11-23 2026-11-24)" "mailclinic oncall: '2026-11-24' is one DATE too many; see 'mailclinic oncall --help'
= 64"
printf '2026-11-23 \033[31mAda\033[0m Edge\n' >"$work/roster.txt"
is 'no escape reaches the terminal' "$(oncall 2026-11-23 | grep -c "$(printf '\033')")" 0
is 'help fits a screen' "$(oncall --help | awk 'length > 80 { wide++ } END { print (NR <= 24 && !wide) }')" 1
echo "1..$n"
