#!/bin/bash
# What is handed over: the report as one page that fits a year, the digest as Markdown and as a mail, and their bad use.
# In: mails made up here. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
mails=$top/samples/thread
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$top/filters LC_ALL=C.UTF-8 TZ=UTC
n=0

printf 'ledger: %s/ledger\nlink_template: https://posts.example/{msgid}\nvendors: [{vendor: tidewater, trust: {unchecked: act}}]\n' "$work" >config.yaml
printf 'roster: {file: %s/roster.yaml}\n' "$work" >>config.yaml
printf 'weeks:\n  - {week: 2031-02-24, names: [Ada]}\n  - {week: 2031-03-03, names: [Grace]}\n' >roster.yaml
hear() {
        "$program" replay -c config.yaml -f "$mails/filters" -f "$top/filters" "$@" >/dev/null 2>&1
}
publish() {
        "$program" publish -c config.yaml "$@"
}

empty=$(publish --digest)
has 'an empty ledger has a digest' "$empty" 'Nothing needs you.'
hear "$mails/forged/01-new.eml" "$mails/withdrawn"
printf 'From: Stranger <x@stranger.example>\nSubject: <script>alert(1)</script> [](javascript:x)\nDate: Sun, 02 Mar 2031 07:00:00 +0000\nMessage-ID: <s@stranger.example>\n\nHello.\n' >stranger.eml
hear stranger.eml

digest=$(publish --digest --date 2031-03-02)
is 'a digest: status' $? 0
has 'its time' "$digest" '# Maintenance: 2031-02-24 to 2031-03-03'
has 'what was handled, with its post, in the words of the clinic' "$digest" '[Work order T-801](https://posts.example/forged.1%40tidewater.example): added to calendar'
has 'a cancellation as what it is' "$digest" 'Work order T-200](https://posts.example/'
is 'not as an addition' "$(grep -c 'T-200.*: cancelled in the calendar$' <<<"$digest")" 1
has 'what waits, and why' "$digest" ': needs you, the vendor is not known'
is 'a text stays text' "$(grep -c '[^\\]\](javascript\|[^\\]<script' <<<"$digest")" 0
has 'who has duty, and who is next' "$digest" 'Now Grace; next nobody that the roster names.'
has 'a week earlier' "$(publish --digest --date 2031-02-28)" 'Now Ada; next Grace, from Monday 2031-03-03 on.'
has 'the windows of the next days, and no others' "$(publish --digest --date 2031-03-04 | sed -n '/^## Windows/,/^## P/p')" '- Mon 2031-03-10 22:00 to Tue 2031-03-11 02:00 UTC: [Tidewater TW/LON/1: OUTAGE \(T-801\)](https'
is 'which are none a week before that' "$(publish --digest --date 2031-02-28 | grep -c 'T-801.*posts.*UTC\|UTC:.*T-801')" 0
has 'a line for the chat' "$digest" 'Topic: Clinic: '
is 'it is the same each time' "$(publish --digest --date 2031-03-02 | cksum)" "$(cksum <<<"$digest")"
has 'without a day it is that of the newest mail' "$(publish --digest)" ' to 2031-03-'
mail=$(publish --digest --date 2031-03-02 --mail clinic@example.org)
is 'as a mail' "$(head -n 2 <<<"$mail" | sed 's/: [0-9]* wait//')" "$(printf 'To: clinic@example.org\nSubject: Clinic digest 2031-02-24 to 2031-03-03')"
is 'of the same words' "$(sed '1,/^$/d' <<<"$mail" | base64 -d)" "$(publish --digest --date 2031-03-02 --format text)"
is 'that this program can read itself' "$("$program" explain --json - <<<"$mail" | grep -c '"kind":"other"')" 1

is 'a report says nothing' "$(publish --report report.html --date 2031-03-05)" ''
page=$(cat report.html)
has 'it is a page' "$page" '<!DOCTYPE html>'
has 'with the windows drawn' "$page" '<rect class="bar'
has 'and what was handled' "$page" '<a href="https://posts.example/forged.1%40tidewater.example">Work order T-801</a>'
has 'and what came of it' "$page" '<td>cancelled in the calendar</td>'
is 'a text stays text here, too' "$(grep -c '<script\|"javascript:' report.html)" 0
is 'nothing is fetched to show it' "$(grep -oE '(src|href)="[^"#]*"' report.html | grep -vc '"https://posts.example/')" 0
is 'the calendar is written beside it' "$(publish --report report.html --feed feed.ics | sed 's/^[1-9][0-9]*/N/')" 'N events; files: 1 written, 0 unchanged, 0 removed'

# A year of mail: 5,000 notices, whose subjects are as long as subjects are.
for i in $(seq 1 5000); do
        printf -v day '%(%a, %d %b %Y %T +0000)T' $((1899000000 + i * 6200))
        printf 'From x Sat Mar  1 08:00:00 2031\nFrom: noc@tidewater.example\nSubject: Work order W-%06d planned repair of the duct between the landing station and the exchange of the town, phase %d\nDate: %s\nMessage-ID: <%08d.notice.of.work@mail.tidewater.example>\n\nState: planned\nTitle: Repair\nLine: TW/LON/%d\nStart: 2031-03-%02d 22:00\nEnd: 2031-03-%02d 23:00\n\n' \
                "$i" "$((i % 9))" "$day" "$i" "$((i % 70))" "$((i % 28 + 1))" "$((i % 28 + 1))"
done >year.mbox
hear year.mbox
publish --report year.html --date 2031-03-01
is 'a year of mail fits into 2 MB' "$(find year.html -size -2000000c)" year.html
is 'and says what it left out' "$(grep -c '<p class="soft">and [0-9]* more</p>' year.html)" 1

# refused MESSAGE WORDS...: status 64 and this on stderr.
refused() {
        local message=$1
        shift
        publish "$@" >out 2>errors
        is "refused: $*" "$? $(cat errors)" "64 mailclinic publish: $message"
}
refused '--format is markdown or text' --digest --format html
refused '--mail wants an address such as clinic@example.org' --digest --mail 'a@b.example, c@d.example'
refused '--date wants a day such as 2026-11-24' --digest --date yesterday
refused '--days is from 1 to 3660' --digest --days -1
refused '--format and --mail go with --digest' --report report.html --format text
refused '--date and --days go with --report and --digest' --feed feed.ics --days 3
publish --report nowhere/report.html 2>errors
is 'a place that is not there' $? 74
publish --digest >/dev/full 2>errors
is 'a full disk' $? 74
echo "1..$n"
