#!/bin/bash
# mailclinic replay: what it shows of mailboxes in each format, and that bad mailboxes cost their own mails alone.
# In: mailboxes and filters made up here. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
program=$PWD/mailclinic
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor" "$work/filters/noise"
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$work/filters XDG_STATE_HOME=$work/state LC_ALL=C.UTF-8
cat >filters/vendor/tidewater.yaml <<'END'
vendor: tidewater
from:   ['@tidewater\.example$']
zone:   UTC
labels: {status: [State], title: [Title], start: [Start], end: [End], circuit: [Line], impact: [Effect]}
find:   ['^Work order (?<ref>\S+)$']
status: {CONFIRMED: ['planned'], CANCELLED: ['withdrawn']}
impact: {OUTAGE: ['down']}
nature: {emergency: ['^Class: Urgent'], reminder: ['^Reminder']}
test:   ['^This is only a drill']
notices:
  - subject: ['Cable work']
END
cat >filters/noise/offers.yaml <<'END'
reason:     marketing
from:       ['@offers\.example$']
resolution: none
END
n=0

# notice ID STATE [LINE...]: a mail of the vendor.
notice() {
        printf 'From: Tidewater NOC <noc@tidewater.example>\nTo: maint@example.org\nSubject: Cable work %s\n' "$1"
        printf 'Date: Fri, 01 Mar 2030 09:00:00 +0000\nMessage-ID: <%s@tidewater.example>\n\n' "$1"
        printf 'Work order %s\nState: %s\nTitle: Ship repair\nStart: 9 March 2030 23:00\nEnd: 10 March 2030 02:30\n' "$1" "$2"
        printf 'Line: TW/LON/1\nEffect: down\n'
        shift 2
        [ $# -eq 0 ] || printf '%s\n' "$@"
}

# other FROM SUBJECT: a mail that is no notice.
other() {
        printf 'From: <%s>\nSubject: %s\nDate: Fri, 01 Mar 2030 10:00:00 +0000\nMessage-ID: <%s.%s>\n\nHello.\n' "$1" "$2" "${#2}" "$1"
}

# boxed: the mail on standard input as in an mboxrd.
boxed() {
        echo 'From noc@tidewater.example Fri Mar  1 09:00:00 2030'
        sed -E 's/^>*From />&/'
        echo
}

replay() {
        "$program" replay --dry-run "$@"
}

# values NAME JSON: the values of this member, a line each.
values() {
        grep -oE "\"$1\":(\"[^\"]*\"|null|[0-9]+)" <<<"$2" | sed -E 's/^"[^"]*"://; s/"//g'
}

notice TW-1 planned >one.eml
notice TW-2 withdrawn >two.eml
notice TW-3 planned 'This is only a drill' >three.eml
notice TW-4 planned 'Reminder' >four.eml
other sales@offers.example '=HYPERLINK("http://offers.example","a, b")' >five.eml
other somebody@else.example 'A question' >six.eml
for mail in one two three four five six; do boxed <$mail.eml; done >all.mbox

json=$(replay --format json all.mbox 2>summary)
is 'status' $? 0
is 'a line a mail, in their order' "$(values message_id "$json")" "$(printf 'TW-%d@tidewater.example\n' 1 2 3 4
        sed -n 's/^Message-ID: <\(.*\)>/\1/p' five.eml six.eml)"
is 'the contract, and what stands beside it' "$(head -n 1 <<<"$json" | sed 's/"reasons":\[[^]]*\]/"reasons":[]/')" '{"message_id":"TW-1@tidewater.example","stream":"maint","vendor":"tidewater","kind":"new","emergency":false,"confidence":"high","sender":"unchecked","reasons":[],"notices":[{"maintenance_id":"TW-1","account":null,"status":"CONFIRMED","summary":"Ship repair","windows":[{"start":"2030-03-09T23:00:00Z","end":"2030-03-10T02:30:00Z","role":"primary","status":null}],"circuits":[{"circuit_id":"TW/LON/1","impact":"OUTAGE"}]}],"resolution":"calendar","maintenance":"tidewater:TW-1","issue":null,"source":{"file":"all.mbox","offset":0}}'
is 'where each begins' "$(values offset "$json")" "$(grep -ab '^From ' all.mbox | cut -d: -f1)"
is 'what each comes to' "$(values resolution "$json" | paste -sd' ')" 'calendar review none calendar none review'
has 'and why' "$(sed -n 2p <<<"$json")" '"review: a cancellation or an end from a sender that was not checked"],'
has 'what is noise' "$(sed -n 5p <<<"$json")" '"none: noise: marketing"],'
is 'the kinds' "$(values kind "$json" | paste -sd' ')" 'new cancelled new reminder other other'
has 'a summary beside the lines' "$(cat summary)" '6 mails read, 0 not read, in '

csv=$(replay --format csv all.mbox 2>summary)
is 'CSV: headings, and rows that end in CRLF' "$(grep -c $'\r$' <<<"$csv")" 7
is 'CSV: the headings' "$(head -n 1 <<<"$csv")" $'date,vendor,kind,emergency,maintenance_id,account,status,windows,circuits,confidence,sender,resolution,reason,from,subject,message_id,file,offset\r'
has 'CSV: a notice' "$csv" '2030-03-01T09:00:00Z,tidewater,new,no,TW-1,,CONFIRMED,2030-03-09T23:00:00Z/2030-03-10T02:30:00Z,TW/LON/1,high,unchecked,calendar,'
has 'CSV: no formula' "$csv" ',"'\''=HYPERLINK(""http://offers.example"",""a, b"")",'

asked=$(replay --only review --why all.mbox 2>/dev/null)
is 'only what needs a person' "$(grep -c '^2030-03-01' <<<"$asked")" 2
has 'why, in words' "$asked" '      a cancellation or an end from a sender that was not checked'
has 'and the line that it rests on' "$asked" "        text:2 'withdrawn' (label 'State')"
is 'each reason cites something' "$(grep -cE '^ {6}[^ ]' <<<"$asked")" "$(grep -cE "^ {8}(text|subject|header)[^']*'.*'" <<<"$asked")"
grouped=$(replay --group all.mbox one.eml 2>/dev/null)
has 'grouped by maintenance' "$grouped" 'tidewater:TW-1  2 mails  2030-03-09 23:00-02:30'
has 'what is of none comes last' "$(sed -n '/^Of no/,/^$/p' <<<"$grouped")" 'A question'
is 'all mails are in a group' "$(grep -c '^  2030-03-01' <<<"$grouped")" 7
other somebody@else.example '<script>alert(1)</script>' >hostile.eml
page=$(replay --format html all.mbox hostile.eml 2>/dev/null)
has 'a page of it' "$page" '<b>tidewater:TW-1</b>'
has 'with the reasons of what needs a person' "$page" '<li>a cancellation or an end from a sender that was not checked<q class="soft">text:2'
is 'text of a mail stays text' "$(grep -c '<script' <<<"$page") $(grep -c '&lt;script&gt;alert' <<<"$page")" '0 1'
is 'nothing is fetched' "$(grep -cE '(src|href)="' <<<"$page")" 0
is 'other formats take a choice, too' "$(replay --only none --format json all.mbox 2>/dev/null | wc -l)" 2

table=$(replay all.mbox 2>errors)
is 'table: nothing on stderr' "$(cat errors)" ''
is 'table: the headings' "$(head -n 1 <<<"$table" | tr -s ' ')" 'date vendor kind maintenance window (UTC) confidence resolution subject'
is 'table: a notice' "$(sed -n 2p <<<"$table" | tr -s ' ')" '2030-03-01 09:00 tidewater new TW-1 2030-03-09 23:00-02:30 high calendar Cable work TW-1'
is 'table: columns stand below one another' "$(sed -n '1,7{s/\(resolution\|calendar\|none\|review\).*//;s/./x/g;p}' <<<"$table" | sort -u | wc -l)" 1
is 'table: by vendor' "$(grep '^tidewater' <<<"$table" | tr -s ' ')" 'tidewater 4 2 1 1 4 0 0'
has 'table: the summary is part of it' "$table" '6 mails read, 0 not read, in '
is 'table: no line over 80 columns of a terminal' "$(script -qec "stty cols 80; $program replay -n all.mbox" /dev/null </dev/null |
        sed 's/\x1b\[[0-9;]*[A-Za-z]//g; s/\r//g' | awk 'length($0) > 80')" ''

for format in json csv table; do
        for _ in 1 2 3 4 5 6 7 8; do cat all.mbox; done | replay --jobs 1 --format $format - 2>errors | grep -v 'mails/s' >one
        for _ in 1 2 3 4 5 6 7 8; do cat all.mbox; done | replay --jobs 3 --format $format - 2>errors | grep -v 'mails/s' >three
        is "$format: three readers give the same bytes as one" "$(cmp one three && wc -l <one)" "$(wc -l <three)"
done
is 'and all mails' "$(for _ in 1 2 3 4 5 6 7 8; do cat all.mbox; done | replay --jobs 3 --format json - 2>errors | wc -l)" 48

# Ways in which the same mails may come.
mkdir -p folder/a Maildir/{cur,new,tmp}
cp six.eml folder/z.eml
cp one.eml folder/a/one.eml
cp two.eml Maildir/new/1900000002.M5P1.host
cp one.eml Maildir/cur/1900000001.M9P1.host:2,S
is 'a single mail' "$(values message_id "$(replay --format json one.eml 2>errors)")" TW-1@tidewater.example
is 'a directory' "$(values file "$(replay --format json folder 2>errors)")" $'folder/a/one.eml\nfolder/z.eml'
is 'a Maildir in the order of arrival' "$(values message_id "$(replay --format json Maildir 2>errors)")" \
        $'TW-1@tidewater.example\nTW-2@tidewater.example'
is 'standard input' "$(replay --format json - <all.mbox 2>errors | sed 's/"-"/"all.mbox"/')" "$json"
mkfifo fifo
timeout 30 sh -c 'cat all.mbox >fifo' &
is 'a FIFO' "$(replay --format json fifo 2>errors | sed 's/"fifo"/"all.mbox"/')" "$json"
for packer in gzip xz zstd bzip2; do
        if ! command -v $packer >/dev/null; then
                n=$((n + 1))
                echo "ok $n - packed by $packer # SKIP no $packer here"
                continue
        fi
        $packer -c all.mbox >packed
        is "packed by $packer" "$(replay --format json packed 2>errors | sed 's/"packed"/"all.mbox"/')" "$json"
        head -c $(($(wc -c <packed) - 12)) packed >./cut
        replay --format json cut >out 2>errors
        is "packed by $packer and cut: status" $? 65
        has "packed by $packer and cut: said" "$(cat errors)" 'mailclinic replay: cut: the '
done

# Bad mailboxes.
gzip -c all.mbox | head -c -8 >cut.gz
replay --format json cut.gz all.mbox >out 2>errors
is 'a cut gzip: status' $? 65
is 'a cut gzip: its mails, and those of others' "$(wc -l <out)" 12
has 'a cut gzip: said' "$(cat errors)" 'mailclinic replay: cut.gz: the gzip data is cut short'
head -c -20 all.mbox >cut.mbox
replay --format json cut.mbox >out 2>errors
is 'a cut mbox: status' $? 0
is 'a cut mbox: all mails' "$(wc -l <out)" 6
has 'a cut mbox: noted' "$(cat errors)" "mailclinic replay: cut.mbox, offset $(grep -ab '^From ' cut.mbox | tail -n 1 | cut -d: -f1): the mailbox ends within this mail"
replay --format json nowhere filters one.eml >out 2>errors
is 'no mailbox: status' $? 66
is 'no mailbox: the others are read' "$(values message_id "$(cat out)")" TW-1@tidewater.example
has 'no mailbox: not there' "$(cat errors)" 'mailclinic replay: nowhere: No such file or directory'
has 'no mailbox: a directory of other things' "$(cat errors)" 'mailclinic replay: filters: neither a Maildir nor a directory with *.eml or *.mbox files'
cp one.eml closed.eml
chmod 0 closed.eml
if [ -r closed.eml ]; then
        n=$((n + 1))
        echo "ok $n - a file that may not be read # SKIP root may read all"
else
        replay --format json closed.eml >out 2>errors
        is 'a file that may not be read' "$? $(cat errors | head -n 1)" '66 mailclinic replay: closed.eml: cannot be opened: Permission denied'
fi
truncate -s 1G holes
began=$SECONDS
replay --format json holes one.eml >out 2>errors
is 'a gigabyte of nothing: status' $? 65
is 'a gigabyte of nothing: the others are read' "$(wc -l <out)" 1
is 'a gigabyte of nothing: soon' $((SECONDS - began < 20)) 1
has 'a gigabyte of nothing: said' "$(cat errors)" 'mailclinic replay: holes: neither an mbox nor a mail'
{
        sed '/^$/q' two.eml
        head -c 27000000 /dev/zero | tr '\0' x | fold -w 76
        echo
} | boxed >large.mbox
boxed <one.eml >>large.mbox
replay --format json large.mbox >out 2>errors
is 'a mail over 25 MB: status' $? 0
is 'a mail over 25 MB: review, and the next one is read' "$(values resolution "$(cat out)" | paste -sd' ')" 'review calendar'
has 'a mail over 25 MB: said' "$(head -n 1 out)" 'over 25 MB'
replay --format json all.mbox >/dev/full 2>errors
is 'a full disk: status' $? 74
has 'a full disk: said' "$(cat errors)" 'mailclinic replay: standard output cannot be written'
printf 'Subject: \033[31mred\n\n' >'na'$'\033''me.eml'
is 'no escape from mail or file name' "$(replay 'na'$'\033''me.eml' no$'\033'where 2>&1 | grep -c $'\033')" 0

# refused NAME MESSAGE ARGUMENT...: status 64, and one line on stderr alone.
refused() {
        local name=$1 message=$2
        shift 2
        "$program" replay "$@" >out 2>errors
        is "$name: status" $? 64
        is "$name: message" "$(cat errors)" "mailclinic replay: $message"
        is "$name: nothing else" "$(cat out)" ''
}
refused 'both at once' '--dry-run acts on nothing; leave one of it and --act out' -n --act all.mbox
refused 'another format' '--format is one of table, json, csv, html' -n --format pdf all.mbox
refused 'another resolution' '--only is one of review, calendar, none, task' -n --only later all.mbox
refused 'reasons for programs' '--why, --group and --diff go with --format table and html' -n --why --format csv all.mbox
refused 'differences while recording' '--diff goes with --dry-run' --diff all.mbox
refused 'no readers' '--jobs is from 1 to 64' -n --jobs 0 all.mbox
refused 'no path' "no PATH; see 'mailclinic replay --help'" -n
refused 'an unknown vendor' "no filter has the vendor 'ebb'; there are: tidewater" -n --vendor ebb all.mbox
echo "1..$n"
