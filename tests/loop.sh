#!/bin/bash
# From a correction to a better filter: a mail read wrongly is corrected, becomes a sample that nobody is named in, a change of the filter makes
# the sample pass, and the dry run tells what else that change does.
# In: a filter and mails made up here. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
program=$PWD/mailclinic
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor" "$work/mails"
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$work/filters LC_ALL=C.UTF-8
n=0

# has NAME TEXT WORDS; lacks NAME TEXT WORDS: the words stand in the text, whatever the case, or do not.
has() {
        is "$1" "$(grep -ciF -- "$3" <<<"$2" | sed 's/^[1-9].*/yes/')" yes
}
lacks() {
        is "$1" "$(grep -iF -- "$3" <<<"$2")" ''
}

# filter PATTERN...: the vendor's filter, with these words for a cancellation.
filter() {
        printf "vendor: tidewater\nfrom:   ['@tidewater\\\\.example$']\nzone:   UTC\n" >filters/vendor/tidewater.yaml
        printf 'labels: {ref: [Work order], status: [State], account: [Customer], start: [Start], end: [End], circuit: [Line], impact: [Effect]}\n' >>filters/vendor/tidewater.yaml
        printf 'status: {CONFIRMED: [planned], CANCELLED: [%s]}\nimpact: {OUTAGE: [down]}\nnotices: [{must: [ref]}]\n' "$(IFS=,; echo "$*")" >>filters/vendor/tidewater.yaml
}

# notice ID DAY STATE: a mail of the vendor.
notice() {
        printf 'Received: from out.tidewater.example (out.tidewater.example [192.0.2.7])\n\tby mx1.bedrock-quarry.org with ESMTPS id 4XyZ1a2b3c; Sat, %s Mar 2031 08:00:00 +0000\n' "$2"
        printf 'From: Tidewater NOC <noc@tidewater.example>\nTo: Wilma Flint <wilma@bedrock-quarry.org>\nSubject: Work order %s for Bedrock Quarry\n' "$1"
        printf 'Date: Sat, %s Mar 2031 08:00:00 +0000\nMessage-ID: <%s.%s@tidewater.example>\nMIME-Version: 1.0\n' "$2" "$1" "$2"
        printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n'
        printf 'Dear Wilma,\n\nWork order: %s\nCustomer: Bedrock Quarry\nState: %s\n' "$1" "$3"
        printf 'Start: 2031-03-10 22:00\nEnd: 2031-03-11 02:00\nLine: TW/BRQ/0441=\n17\nEffect: down\n\nCall Fred Flint at +1 212 555 0123. We asked Pebbles.\n'
}

review() {
        "$program" review -c config.yaml "$@" 2>&1
}

printf 'ledger: %s/ledger\nvendors: [{vendor: tidewater, trust: {unchecked: act}}]\n' "$work" >config.yaml
filter withdrawn
notice W-77120 01 planned >mails/1.eml
notice W-77120 02 'struck off the list' >mails/2.eml
notice W-88341 03 planned >mails/3.eml
notice W-88341 04 'struck off the list' >mails/4.eml
"$program" replay -c config.yaml mails >/dev/null 2>&1
is 'the mails are recorded' "$(review list --resolved | wc -l) $(review list | wc -l)" '3 3'
review correct 2 --kind cancelled >/dev/null
is 'a person corrects one' $? 0

shown=$(review export 2 samples)
is 'a sample is shown' $? 0
has 'line by line, as it was' "$shown" '- Customer: Bedrock Quarry'
has 'and nothing is written without a yes' "$shown" 'Nothing is written; --yes writes samples/tidewater/cancelled-'
has 'what may be a name is told' "$shown" 'hide what is a name with --replace WORD: Pebbles'
is 'so nothing is there' "$(find samples -name '*cancelled*' 2>/dev/null | wc -l)" 0
review export 2 samples --yes --replace pebbles >/dev/null
is 'a yes writes it' "$? $(find samples -type f | sed 's/-[0-9a-f]*\./-N./' | sort | tr '\n' ' ')" '0 samples/tidewater/cancelled-N.eml samples/tidewater/cancelled-N.expect '
sample=$(find samples -name '*.eml') expect=$(find samples -name '*.expect')
text=$(python3 -c 'import quopri, sys; sys.stdout.buffer.write(quopri.decodestring(open(sys.argv[1], "rb").read()))' "$sample")
for word in wilma flint fred pebbles bedrock quarry 77120 44117 '555 0123' 4XyZ1a2b3c W-77120.02; do
        lacks "nobody is told: $word" "$text" "$word"
done
has 'whose mail it is is kept' "$text" 'From: Tidewater NOC <noc@tidewater.example>'
has 'and what filters read' "$text" 'State: struck off the list'
is 'all is as long as it was' "$(wc -c <"$sample") $(sed 's/[A-Za-z]/a/g; s/[0-9]/0/g' "$sample" | cksum)" "$(wc -c <mails/2.eml) $(sed 's/[A-Za-z]/a/g; s/[0-9]/0/g' mails/2.eml | cksum)"
has 'the expectation is what the person said' "$(cat "$expect")" '"kind": "cancelled"'
has 'of the same facts under other names' "$(cat "$expect")" "$(sed -n 's/^Work order: //p' "$sample")"
lacks 'which are not the true ones' "$(cat "$expect")" 77120
review export 2 samples --yes --replace pebbles >/dev/null
is 'once more is the same again' "$? $(find samples -type f | wc -l)" '0 2'
is 'the key is its owner'\''s alone' "$(stat -c %a ledger/sample.key)" 600

# passes: whether the sample is read as expected.
passes() {
        "$program" explain --expect "$sample" | cmp -s "$expect" && echo yes || echo no
}
is 'the filter does not read the sample' "$(passes)" no
before=$("$program" replay -c config.yaml --dry-run --diff mails 2>&1)
filter withdrawn 'struck off'
is 'a change of the filter makes it pass' "$(passes)" yes
after=$("$program" replay -c config.yaml --dry-run --diff mails 2>&1)
has 'before, all was as in the ledger but for what was said by hand' "$before" 'All as the ledger has it.'
has 'after, the mail is read as it was corrected' "$after" 'mail 2, 2031-03-02'
has 'and another one, too' "$after" 'mail 4, 2031-03-04'
is 'no mail besides' "$(grep -c '^  mail ' <<<"$after")" 2
has 'whose work leaves the calendar' "$after" 'events 1, state: "cancelled", was "confirmed"'
is 'that of the corrected mail is out of it already' "$(grep -c '^  tidewater:' <<<"$after")" 1
is 'the ledger is as it was' "$(review list --resolved | grep -cE 'added to calendar|in the calendar|marked ')" 3
has 'the same as a page' "$("$program" replay -c config.yaml --dry-run --diff --format html mails 2>/dev/null)" '<h2>Otherwise than in the ledger</h2>'

# What cannot be disguised without changing its meaning is refused.
refused=$(review export 4 samples --yes --replace 'Work order')
is 'a word that the filter needs cannot be hidden' "$? $(find samples -type f | wc -l)" '65 2'
has 'and what would be otherwise is told' "$refused" 'read otherwise'
review export 4 samples --yes --replace 'Work order' --keep work --keep order >/dev/null
is 'kept words stand whatever else is said' $? 0
review export 99 samples >/dev/null
is 'a mail that is not there' $? 66
review list --yes >/dev/null
is '--yes is of export' $? 64
rm -r samples && : >samples
review export 4 samples --yes >/dev/null
is 'a directory that cannot be made' $? 74
echo "1..$n"
