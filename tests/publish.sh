#!/bin/bash
# mailclinic publish: the feed and the vdir after mails were delivered; what changes, what does not, and whose files are left alone.
# In: mails made up here. Out: TAP.
program=$PWD/mailclinic
tests=$(cd "${srcdir:-.}/tests" && pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0
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
mkdir -m 700 ledger
cat >config.yaml <<END
ledger: $work/ledger
authserv_ids: [mx.example.org]
publish: {feed: $work/out/feed.ics, vdir: $work/out/vdir, name: 'Works, all'}
END

ok() {
        local name=$1
        shift
        n=$((n + 1))
        if "$@" >said 2>&1; then
                echo "ok $n - $name"
        else
                echo "not ok $n - $name"
                sed 's/^/# /' said
        fi
}

# mail ID DATE STATE START: delivered; both are "DAY MONTH YEAR".
mail() {
        {
                printf 'Authentication-Results: mx.example.org; dkim=pass header.d=tidewater.example; dmarc=pass header.from=tidewater.example\n'
                printf 'Received: from tidewater.example by mx.example.org; %s 09:00:00 +0000\n' "$2"
                printf 'From: Tidewater NOC <noc@tidewater.example>\nTo: maint@example.org\nSubject: Cable work %s\n' "$1"
                printf 'Date: %s 09:00:00 +0000\nMessage-ID: <%s-%s@tidewater.example>\n\n' "$2" "$1" "${2// /-}"
                printf 'Work order %s\nState: %s\nTitle: Ship repair\nStart: %s 01:00\nEnd: %s 05:00\nLine: TW/LON/1\nEffect: down\n' "$1" "$3" "$4" "$4"
        } | "$program" deliver --stream maint --config config.yaml --log log
}

publishes() {
        "$program" publish --config config.yaml | tee published | grep -qx "$1" || { cat published; return 1; }
}

has() { grep -qF -- "$2" "$1" || { cat "$1"; return 1; }; }
lacks() { ! grep -qF -- "$2" "$1"; }
mode() { [ "$(stat -c %a "$1")" = "$2" ] || { stat "$1"; return 1; }; }
sound() {
        local check_ics=${MAILCLINIC_SHARED:-$tests/../../shared}/tools/check-ics
        [ ! -x "$check_ics" ] || { /usr/bin/python3 "$check_ics" --feed out/feed.ics && /usr/bin/python3 "$check_ics" --object out/vdir/*.ics; }
}
state() { stat -c '%n %i %Y' out/feed.ics out/vdir/* | sort; }

umask 077
mail TW1 '01 Mar 2030' planned '20 Mar 2030'
mail TW2 '01 Mar 2030' planned '18 Mar 2030'
ok 'events are written as the configuration says' publishes '2 events; files: 4 written, 0 unchanged, 0 removed'
ok 'by their start' test "$(grep -c ^UID out/feed.ics)" = 2 -a "$(grep ^DTSTART out/feed.ics | head -1 | tr -d '\r')" = DTSTART:20300318T010000Z
ok 'the feed has a name' has out/feed.ics 'X-WR-CALNAME:Works\, all'
ok 'the vdir, too' has out/vdir/displayname 'Works, all'
ok 'each event is a file' test "$(find out/vdir -name '*.ics' | wc -l)" = 2
ok 'all is sound iCalendar' sound
ok 'whatever the umask: the feed can be read' mode out/feed.ics 644
ok 'the directories, too' mode out/vdir 755
ok 'the ledger cannot' mode ledger 700
state >before
ok 'where nothing changed' publishes '2 events; files: 0 written, 4 unchanged, 0 removed'
ok 'nothing is touched' test "$(state)" = "$(cat before)"
chmod 600 out/feed.ics
ok 'but the mode is set right' publishes '2 events; files: 0 written, 4 unchanged, 0 removed'
ok 'it is' mode out/feed.ics 644
mail TW1 '02 Mar 2030' planned '20 Mar 2030'
ok 'a reminder changes nothing' publishes '2 events; files: 0 written, 4 unchanged, 0 removed'
mail TW1 '03 Mar 2030' withdrawn '20 Mar 2030'
ok 'a cancellation changes the feed and one file' publishes '2 events; files: 2 written, 2 unchanged, 0 removed'
ok 'the event stays, and says so' has out/feed.ics STATUS:CANCELLED
ok 'no file is left half-written' test -z "$(find out -name '*.ics.*')"
cp out/feed.ics first.ics
mv ledger/ledger.sqlite* .
rm -rf out
mail TW2 '01 Mar 2030' planned '18 Mar 2030'
mail TW1 '01 Mar 2030' planned '20 Mar 2030'
mail TW1 '02 Mar 2030' planned '20 Mar 2030'
mail TW1 '03 Mar 2030' withdrawn '20 Mar 2030'
ok 'a ledger made anew from the mails' publishes '2 events; files: 4 written, 0 unchanged, 0 removed'
ok 'gives the same bytes' cmp out/feed.ics first.ics
touch out/vdir/0ae94a63-9b9a-597c-b505-f7cdab620f6e.ics out/vdir/mine.ics out/vdir/color
mail TW3 '23 Apr 2031' planned '20 Jun 2031'
ok 'events leave when they ended 400 days before the newest mail' publishes '2 events; files: 2 written, 2 unchanged, 1 removed'
ok 'the others stay in the vdir' test "$(find out/vdir -name '*.ics' | wc -l)" = 4
ok 'as do files that are not ours' test -e out/vdir/0ae94a63-9b9a-597c-b505-f7cdab620f6e.ics -a -e out/vdir/mine.ics -a -e out/vdir/color
rm out/vdir/0ae94a63-9b9a-597c-b505-f7cdab620f6e.ics out/vdir/mine.ics
ok 'still sound' sound
"$program" publish --config config.yaml --feed here/now.ics >said 2>&1
ok 'a file of the command line' cmp here/now.ics out/feed.ics
"$program" publish --config config.yaml --feed config.yaml/x.ics >said 2>&1
ok 'what cannot be written is said' test $? = 74
printf 'ledger: %s/ledger\npublish_review: no\npublish: {feed: %s/out/feed.ics}\n' "$work" "$work" >config.yaml
mail TW4 '25 Apr 2031' planned '20 Apr 2031'
ok 'doubtful events can be held back' publishes '1 events; files: 1 written, 0 unchanged, 0 removed'
ok 'none says CHECK' lacks out/feed.ics CHECK
sed -i 's/^publish_review: no/publish_review: yes/' config.yaml
ok 'or shown' publishes '2 events; files: 1 written, 0 unchanged, 0 removed'
ok 'as such' has out/feed.ics 'SUMMARY:CHECK: '
printf 'ledger: %s/ledger\n' "$work" >config.yaml
"$program" publish --config config.yaml >said 2>&1
ok 'with nothing to write it says so' test $? = 64
echo "1..$n"
