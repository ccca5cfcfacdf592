#!/bin/bash
# What takes certainty from a reading: each case is a notice that is certain, and the same with one thing changed.
# In: a filter and mails made up here. Out: TAP.
program=$PWD/mailclinic
[ -x ./mailclinic ] || { echo 'Bail out! no ./mailclinic here'; exit 99; }
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor"
cp "${srcdir:-.}/filters/words.yaml" "$work/filters" || exit 99
cd "$work" || exit 99
export MAILCLINIC_FILTERS=$work/filters XDG_CONFIG_HOME=$work
cat >filters/vendor/tidewater.yaml <<'END'
vendor: tidewater
name:   Tidewater Subsea
from:   ['@tidewater\.example$']
zone:   UTC
dates:  ['%m/%d/%Y %H:%M']
labels: {ref: [Work], start: [Start], end: [End], impact: [Effect]}
find:   ['^This work (?:is|was) (?<status>planned|postponed|moved)']
circuits:
  - each: ['^Line (?<circuit>\w+)(?: (?<status>off|done|ahead))?$']
status: {CONFIRMED: ['planned', 'ahead'], RE-SCHEDULED: ['moved'], CANCELLED: ['off'], COMPLETED: ['done']}
impact: {OUTAGE: ['down']}
nature: {postponed: ['\bpostponed\b']}
skip:   ['^Local: ']
doubt:  ['^Shades of grey']
must:   [ref, status]
notices:
  - body:   [text]
  - body:   [text]
    says:   ['^Cable news']
    assume: {status: CONFIRMED}
    expect: [status, windows, circuits, impact]
  - body:   [ics]
END
cat >text.eml <<'END'
From: Tidewater NOC <noc@tidewater.example>
To: maint@example.org
Subject: Cable work
Date: Fri, 01 Mar 2030 09:00:00 +0000
Content-Type: text/plain

This work is planned.
Work: TW-7
Start: 2030-03-11 09:00
Local: 2030-03-11 10:00
Local: 2030-03-11 11:00
End: 2030-03-11 11:00
Effect: down
Line A1
END
cat >calendar.eml <<'END'
From: Tidewater NOC <noc@tidewater.example>
To: maint@example.org
Subject: Cable work
Date: Fri, 01 Mar 2030 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

The calendar part tells all.
--x
Content-Type: text/calendar

BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1@tidewater.example
DTSTART:20300311T090000Z
DTEND:20300311T110000Z
X-MAINTNOTE-MAINTENANCE-ID:TW-7
X-MAINTNOTE-STATUS:CONFIRMED
X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:A1
X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:A2
END:VEVENT
END:VCALENDAR
--x--
END

n=0
# certainty NAME WORD FILE SED: the confidence is WORD once the file is changed
certainty() {
        n=$((n + 1))
        sed -E "$4" "$3" >changed.eml
        found=$("$program" explain --json changed.eml | grep -o '"confidence":"[a-z]*"')
        if [ "$found" = "\"confidence\":\"$2\"" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                "$program" explain changed.eml | sed 's/^/# /'
        fi
}
certainty 'a notice in text' high text.eml ''
certainty 'work to come without a window' medium text.eml '/^(Start|Local|End):/d'
certainty 'work that is postponed needs no window' high text.eml '/^(Start|Local|End):/d; s/is planned/was moved and postponed/'
certainty 'postponed by its words, planned by its status' medium text.eml 's/is planned/is planned, postponed since/'
certainty 'what the filter calls doubtful' medium text.eml '$a Shades of grey tell the impact'
certainty 'a long window' high text.eml '/^Local/d; s/^End: .*/End: 2030-05-11 09:00/'
certainty 'one of two months in numbers' medium text.eml '/^Local/d; s/^Start: .*/Start: 03\/05\/2030 09:00/; s/^End: .*/End: 05\/05\/2030 09:00/'
certainty 'one from one month to the next in numbers' medium text.eml '/^Local/d; s/^Start: .*/Start: 09\/09\/2030 23:00/; s/^End: .*/End: 10\/09\/2030 04:00/'
certainty 'one of a night in numbers' high text.eml '/^Local/d; s/^Start: .*/Start: 03\/05\/2030 09:00/; s/^End: .*/End: 03\/06\/2030 09:00/'
certainty 'a time that no reader knows' medium text.eml 's/is planned/is planned for 2030-03-04 09:00/'
certainty 'the time from which work was moved' high text.eml 's/is planned/is moved, previously scheduled for 2030-03-04 09:00/'
certainty 'a time of the past in work that is not moved' medium text.eml 's/is planned/is planned, previously scheduled for 2030-03-04 09:00/'
certainty 'a second time in work that is moved' medium text.eml 's/is planned/is moved to 2030-03-14 09:00/'
certainty 'a time said once more in another zone' high text.eml 's/^Start: .*/& UTC (10:00 CET)/'
certainty 'another time in another zone' medium text.eml 's/^Start: .*/& UTC (11:00 CET)/'
certainty 'a bold label of HTML made text' high text.eml 's/^(Work|Start|End):/*&*/'
certainty 'the same work named again' high text.eml '$a Work: TW-7'
certainty 'other work named by the same label' medium text.eml '$a Work: TW-8'
certainty 'lines that stand alike' high text.eml '$s/$/\nLine A2\nLine A3 ahead/'
certainty 'a line that is off' medium text.eml '$s/$/ ahead\nLine A2 off/'
certainty 'a line that is moved once more' high text.eml 's/is planned/is moved/; $s/$/ ahead/'
certainty 'a line that is done while others move' medium text.eml 's/is planned/is moved/; $s/$/ ahead\nLine A2 done/'
certainty 'a status that is expected and was assumed' medium text.eml 's/^This work is planned/Cable news/;'
certainty 'a night in reserve without a time' medium text.eml 's/^(End: .*)/\1\nNote\nThe crew is small\nMore of it\nContingency date: 12\/03\/2030/'
certainty 'none in reserve' high text.eml 's/^(End: .*)/\1\nNote\nThe crew is small\nMore of it\nContingency date: NA/'
certainty 'a heading of a reserve above the window' medium text.eml 's/^(Start: .*)/Reserve window\n\1/'
certainty 'the same with the window in local time between' medium text.eml '/^(Local|Start)/d; s/^Work.*/&\nReserve night\nLocal: 2030-03-11 10:00\nLocal: 2030-03-11 11:00\nOf the cable\nStart: 2030-03-11 09:00/'
numbers() { printf 's|^(Start:) .* |\\1 %s |; s|^(End:) .* |\\1 %s |; /^Local/d' "$1" "$1"; }
certainty 'a day far off that would be close with the month first' medium text.eml "$(numbers 12/03/2030)"
certainty 'a day of numbers close to the mail' high text.eml "$(numbers 03/12/2030)"
certainty 'a day of numbers that is far off either way' high text.eml "$(numbers 09/10/2030)"
lines=$(seq -s '\n' -f 'Line B%g' 30)
certainty 'a sentence at the end that says it is cancelled' medium text.eml "\$s/\$/\n$lines\nThe work above has been\ncancelled by now./"
certainty 'a sentence at the end of what will once be' high text.eml "\$s/\$/\n$lines\nA mail follows once the work has been completed./"
certainty 'a notice in a calendar part' high calendar.eml ''
certainty 'whose text says that it is cancelled' medium calendar.eml 's/^The calendar/This work was cancelled. &/'
certainty 'whose text says another time' medium calendar.eml 's/^The calendar/From 2030-03-12 09:00 UTC on. &/'
certainty 'whose text says the same time' high calendar.eml 's/^The calendar/From 2030-03-11 09:00 UTC on. &/'
certainty 'with a property that nobody knows' medium calendar.eml 's/^X-MAINTNOTE-OBJECT-ID(.*A2)/X-MAINTNOTE-AFFECTED\1/'
certainty 'with the like under a name of its own' medium calendar.eml 's/^X-MAINTNOTE-OBJECT-ID(.*A2)/X-OBJECT-ID\1/'

# status NAME STATUS SED: the status that the notice has once the text is changed
status() {
        n=$((n + 1))
        sed -E "$3" text.eml >changed.eml
        found=$("$program" explain --json changed.eml | grep -o '"maintenance_id":"TW-7"[^}]*' | grep -o '"status":"[A-Z-]*"' | head -n 1)
        [ "$found" = "\"status\":\"$2\"" ] && echo "ok $n - $1" || printf 'not ok %s - %s\n# %s\n' "$n" "$1" "$found"
}
status 'planned by the filter, cancelled by the subject' CANCELLED 's/^Subject: /&CANCELLED: /'
status 'planned by the filter, put off by its words' RE-SCHEDULED 's/^Subject: /&Postponed: /'
certainty 'which is not certain' medium text.eml 's/^Subject: /&CANCELLED: /'
status 'planned by the filter, complete by a sentence' COMPLETED 's/^This work is planned./&\nThe maintenance has been completed./'
status 'planned, with what will be once it is complete' CONFIRMED 's/^This work is planned./&\nWe write once the maintenance has been completed./'
status 'cancelled by the subject, complete by a sentence' CONFIRMED 's/^Subject: /&CANCELLED: /; s/^This work is planned./&\nThe maintenance has been completed./'
status 'planned by the filter, longer by the subject' CONFIRMED 's/^Subject: /&Extension: /'

# impact NAME WORDS IMPACT
impact() {
        n=$((n + 1))
        sed "s/^Effect: .*/Effect: $2/" text.eml >changed.eml
        found=$("$program" explain --json changed.eml | grep -o '"impact":"[A-Z-]*"')
        [ "$found" = "\"impact\":\"$3\"" ] && echo "ok $n - $1" || printf 'not ok %s - %s\n# %s\n' "$n" "$1" "$found"
}
impact 'down' 'down' OUTAGE
impact 'a hit, called an outage' 'down for up to 50ms' DEGRADED
impact 'several hits' 'down 3 x 50 msec while switching' DEGRADED
impact 'a hit that no vendor has a word for' 'protection switch hit' DEGRADED
impact 'a time below a second' 'down less than one second' DEGRADED
impact 'a hit beside an outage' '50 ms switch hits, unprotected services down' OUTAGE
impact 'an outage of minutes' 'down 50 min' OUTAGE
impact 'brief is an outage' 'briefly down' OUTAGE
impact 'an outage that is denied' 'no service downtime is expected' NO-IMPACT
impact 'denied for a reason' 'no downtime expected as the other path is up when this is down' NO-IMPACT
impact 'no protection is no denial' 'no protection, down' OUTAGE
impact 'an outage of what the services do not need' 'power down in the building, services not affected' NO-IMPACT
impact 'an outage of some' 'protected services are not affected, unprotected ones are down' OUTAGE
impact 'services that go on' 'unaffected' NO-IMPACT
certainty 'services that go on' high text.eml 's/^Effect: .*/Effect: unaffected/'
certainty 'an outage beside services that go on' medium text.eml 's/^Effect: .*/Effect: power down, services not affected/'
echo "1..$n"
