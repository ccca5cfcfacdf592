#!/bin/bash
# mailclinic explain: what it prints for people and for programs, and what it says of files that are no mail.
# In: mails and a filter made up here. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
program=$PWD/mailclinic
[ -x ./mailclinic ] || { echo 'Bail out! no ./mailclinic here'; exit 99; }
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor" "$work/folder"
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$work/filters XDG_CONFIG_HOME=$work
cat >filters/vendor/tidewater.yaml <<'END'
vendor: tidewater
name:   Tidewater Subsea
from:   ['@tidewater\.example$']
zone:   UTC
labels: {status: [State], title: [Title], start: [Start], end: [End]}
find:   ['^Work order (?<ref>TW-\d+)']
circuits:
  - table: {circuit: [Line], impact: [Effect]}
status: {CONFIRMED: ['planned'], CANCELLED: ['withdrawn']}
impact: {OUTAGE: ['down'], NO-IMPACT: ['none']}
notices:
  - subject: ['Cable work$']
  - says:    ['^Ticket of the web page$']
END
cat >notice.eml <<'END'
From: Tidewater NOC <noc@tidewater.example>
To: maint@example.org
Subject: Cable work
Date: Fri, 01 Mar 2030 09:00:00 +0000
Message-ID: <one@tidewater.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>Work order TW-17</p>
<p>State: planned</p>
<p>Title: Ship &#x202e;repair</p>
<p>Start: 9 March 2030 23:00</p>
<p>End: 10 March 2030 02:30</p>
<table><tr><th>Line</th><th>Effect</th></tr>
<tr><td>TW/LON/1</td><td>down</td></tr>
<tr><td>TW/LON/2</td><td>none</td></tr></table>
END
sed '1,/^$/d' notice.eml >body.txt
printf '\0\1\2\377\0\0' >junk.bin
: >empty.eml
printf 'Dear customer,\n\nnothing.\n' >text.txt
n=0

# has NAME TEXT WORDS: the words stand in the text, blanks folded.
has() {
        n=$((n + 1))
        if grep -qF -- "$3" <<<"$(tr -s ' ' <<<"$2")"; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                printf '# no "%s" in:\n' "$3"
                # shellcheck disable=SC2001 # every line of it
                sed 's/^/# /' <<<"$2"
        fi
}

json=$("$program" explain --json notice.eml)
is 'status' $? 0
contract=$(
        tr -d '\n' <<'END'
{"message_id":"one@tidewater.example","stream":"maint","vendor":"tidewater","kind":"new","emergency":false,"confidence":"high",
"sender":"unchecked","reasons":[],"notices":[{"maintenance_id":"TW-17","account":null,"status":"CONFIRMED","summary":"Ship repair",
"windows":[{"start":"2030-03-09T23:00:00Z","end":"2030-03-10T02:30:00Z","role":"primary","status":null}],
"circuits":[{"circuit_id":"TW/LON/1","impact":"OUTAGE"},{"circuit_id":"TW/LON/2","impact":"NO-IMPACT"}]}]}
END
)
# shellcheck disable=SC2001 # a pattern
is 'the contract on one line' "$(sed 's/"reasons":\[[^]]*\]/"reasons":[]/' <<<"$json")" "$contract"
is 'mail on standard input' "$("$program" explain --json - <notice.eml)" "$json"
is 'two mails, two lines' "$("$program" explain --json notice.eml notice.eml)" "$json"$'\n'"$json"
{ for _ in 1 2; do echo 'From noc@tidewater.example Fri Mar  1 09:00:00 2030' && cat notice.eml && echo; done; } >box
is 'all mails of an mbox' "$("$program" explain --json box)" "$json"$'\n'"$json"
has 'each by its place' "$("$program" explain box)" 'box, from byte '
is 'mail with an mbox line' "$("$program" explain --json - < <(echo 'From noc Fri Mar  1 09:00:00 2030' && cat notice.eml))" "$json"

is 'what a sample holds' "$("$program" explain --expect notice.eml)" '{
  "stream": "maint",
  "vendor": "tidewater",
  "kind": "new",
  "emergency": false,
  "confidence": "high",
  "sender": "unchecked",
  "notices": [
    {
      "maintenance_id": "TW-17",
      "account": null,
      "status": "CONFIRMED",
      "summary": "Ship repair",
      "windows": [
        {
          "start": "2030-03-09T23:00:00Z",
          "end": "2030-03-10T02:30:00Z",
          "role": "primary",
          "status": null
        }
      ],
      "circuits": [
        {
          "circuit_id": "TW/LON/1",
          "impact": "OUTAGE"
        },
        {
          "circuit_id": "TW/LON/2",
          "impact": "NO-IMPACT"
        }
      ]
    }
  ]
}'

text=$("$program" explain notice.eml)
has 'names the mail' "$text" 'notice.eml'
has 'the sender' "$text" 'from noc@tidewater.example'
has 'the vendor by its name' "$text" 'vendor Tidewater Subsea'
has 'whether it was checked' "$text" 'sender unchecked'
has 'the kind in words' "$text" 'kind new: new work'
has 'how sure' "$text" 'sure high'
has 'reference and status' "$text" 'TW-17 CONFIRMED'
has 'the window in UTC' "$text" 'window Sat 2030-03-09 23:00 to Sun 2030-03-10 02:30 UTC'
has 'the window as written' "$text" '9 March 2030 23:00'
has 'circuits with impact' "$text" 'TW/LON/2 NO-IMPACT'
has 'what matched where' "$text" "ref TW-17 html:1 find"
has 'a label that matched' "$text" "start 9 March 2030 23:00 html:4"
is 'no escape and no bidi character' "$(grep -cP '\x1b|\x{202e}' <<<"$text")" 0

cut=$(sed 's/^<tr><td>TW.LON.1.*/&/; /LON.2/{s/.*/<tr><td>TW\/1<\/td><td>down<\/td><\/tr>/;p;p;p;p;p;p;p;p;p;p;p;p;p;p;p}' notice.eml |
        awk '{ gsub(/TW\/1</, "TW/X/" NR "<"); print }' | "$program" explain -)
has 'many circuits are counted' "$cut" 'circuits 17'
has 'and cut' "$cut" 'and 5 more circuits'

times='"start":"2030-03-09T23:00:00Z","end":"2030-03-10T02:30:00Z"'
bare=$({ cat body.txt && echo '<p>Ticket of the web page</p>'; } | "$program" explain --json --vendor tidewater -)
has 'a bare body of a named vendor' "$bare" '"vendor":"tidewater"'
has 'its window' "$bare" "$times"
has 'a subject above it' "$({ printf 'Subject: Cable work\n\n' && cat body.txt; } | "$program" explain --json --vendor tidewater -)" "$times"

# refused NAME STATUS MESSAGE ARGUMENT...: the status, and one line on stderr alone.
refused() {
        local name=$1 status=$2 message=$3
        shift 3
        "$program" "$@" >out 2>errors
        is "$name: status" $? "$status"
        is "$name: message" "$(cat errors)" "$message"
        is "$name: nothing else" "$(cat out)" ''
}
refused 'no such file' 66 'mailclinic explain: no.eml: No such file or directory' explain no.eml
refused 'folder' 66 'mailclinic explain: folder: Is a directory' explain folder
refused 'empty' 65 'mailclinic explain: empty.eml: the file is empty' explain empty.eml
refused 'binary' 65 'mailclinic explain: junk.bin: this is no mail but binary data' explain junk.bin
refused 'binary of a vendor' 65 'mailclinic explain: junk.bin: this is no mail but binary data' explain --vendor tidewater junk.bin
refused 'text' 65 'mailclinic explain: text.txt: this is no mail, it does not begin with header fields; a bare text needs --vendor' explain text.txt
refused 'no file' 64 "mailclinic explain: which file? See 'mailclinic explain --help'" explain
refused 'unknown option' 64 "mailclinic explain: Unknown option --bogus; see 'mailclinic explain --help'" explain --bogus
refused 'unknown vendor' 64 "mailclinic explain: no filter has the vendor 'ebb'; there are: tidewater" explain --vendor ebb notice.eml
refused 'no filters' 66 "mailclinic explain: no directory of filters: $work/none" explain --filters "$work/none" notice.eml
refused 'no such command' 64 "mailclinic: no command 'explian'; did you mean 'explain'? See 'mailclinic --help'." explian

is 'good files among bad ones' "$("$program" explain --json no.eml notice.eml folder 2>errors)" "$json"
is 'one line for each bad one' "$(wc -l <errors)" 2
"$program" explain notice.eml >/dev/full 2>errors
is 'a full disk: status' $? 74

mkdir -p site/vendor
sed 's/^name:.*/name: Tidewater of the site/' filters/vendor/tidewater.yaml >site/vendor/tidewater.yaml
printf 'filters: %s\n' "$work/site" >config.yaml
has 'a file of the site comes before that of the same name' "$("$program" explain --config config.yaml notice.eml)" 'vendor Tidewater of the site'
has '--filters stands alone' "$("$program" explain --config config.yaml --filters filters notice.eml)" 'vendor Tidewater Subsea'
env -u MAILCLINIC_FILTERS "$program" explain --json notice.eml >out 2>errors
is 'shipped filters are found: status' $? 0
is 'shipped filters have no fault' "$(cat errors)" ''

printf 'vendor: [\n' >filters/vendor/broken.yaml
is 'a broken filter hides no other' "$("$program" explain --json notice.eml 2>errors)" "$json"
has 'and is named' "$(cat errors)" "filter left out: $work/filters/vendor/broken.yaml:"

lines=$("$program" --help | wc -l)
is 'help fits a screen' $((lines > 5 && lines <= 24)) 1
has 'version' "$("$program" --version)" 'mailclinic '
echo "1..$n"
