#!/bin/bash
# The generic reader finds its way in mail of vendors that no filter knows: with all vendor filters moved away, id and windows are right in at
# least half of the samples and of the judged mails of $MAILCLINIC_SHARED, and wrong in at most one in twenty; and none of them is noise.
# In: samples/, filters/, corpus/ of $MAILCLINIC_SHARED. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
shared=${MAILCLINIC_SHARED-$top/../shared}
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP no python3'
        exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir "$work/filters" "$work/samples"
for each in generic.yaml words.yaml zones.yaml noise; do
        [ ! -e "$top/filters/$each" ] || ln -s "$top/filters/$each" "$work/filters/"
done
export MAILCLINIC_FILTERS=$work/filters
n=0

# report NAME FINDINGS: a test that passes if nothing was found.
report() {
        n=$((n + 1))
        if [ -z "$2" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                # shellcheck disable=SC2001 # every line of it
                sed 's/^/# /' <<<"$2"
        fi
}

# score WHAT DIRECTORY...: both marks over the mails beneath these.
score() {
        local what=$1 right wrong sure all
        shift
        python3 "$top/tests/generic.py" ./mailclinic "$@" >"$work/score" 2>&1
        read -r right _ wrong _ _ _ sure _ _ _ _ all <<<"$(tail -n 1 "$work/score")"
        report "$what: $(tail -n 1 "$work/score")" "$([ "${all:-0}" -gt 0 ] || cat "$work/score")"
        report "$what: right in at least half" "$([ $((${right:-0} * 2)) -ge "${all:-1}" ] || cat "$work/score")"
        report "$what: wrong in at most one in twenty" "$([ $((${wrong:-1} * 20)) -le "${all:-0}" ] || cat "$work/score")"
        report "$what: never more than low confidence" "$([ "${sure:-1}" = 0 ] || cat "$work/score")"
        find -L "$@" -name '*.eml' -exec ./mailclinic explain --json {} + >"$work/readings" 2>&1
        report "$what: none is taken for noise" "$([ "$(wc -l <"$work/readings")" = "$all" ] || wc -l "$work/readings"
                grep 'filter noise/' "$work/readings")"
}

# Samples of vendors alone: noise says nothing of a maintenance.
for vendor in "$top"/samples/*/; do
        [ ! -e "$top/filters/vendor/$(basename "$vendor").yaml" ] || ln -s "$vendor" "$work/samples/"
done
score samples "$work/samples"
if [ -d "$shared/corpus" ]; then
        score 'judged mails' "$shared/corpus/vendor" "$shared/corpus/vendor-new"
fi
# reads NAME SUBJECT EXPECTED: the text on standard input gives this id and these windows, "-" for none, to the minute.
reads() {
        { printf '%s\n' 'Message-ID: <1@a.example>' 'From: noc@a.example' 'Date: Mon, 01 Sep 2031 08:00:00 +0000' "Subject: $2" '' && cat; } >"$work/mail.eml"
        local got
        got=$(./mailclinic explain --json "$work/mail.eml" | sed 's/"windows"/\n&/' |
                grep -oE '"(maintenance_id|start|end)":"[^"]*"' | sed -E 's/.*":"//; s/:00Z"//; s/"//' | paste -sd' ')
        report "$1" "$([ "${got:--}" = "$3" ] || echo "'${got:--}' is not '$3'")"
}

reads 'labels' 'Works MNT-70010' 'MNT-70010 2031-09-10T22:00 2031-09-11T02:00' <<'END'
Start: 10 September 2031 22:00 UTC
End: 11 September 2031 02:00 UTC
END
reads 'a range in free text, an end without a date' 'Works MNT-70010' 'MNT-70010 2031-09-10T22:00 2031-09-11T02:00' <<'END'
We will work on our ring between 2031-09-10 22:00 and 02:00 UTC.
END
reads 'dates of numbers, where another date shows which is the day' 'Works MNT-70010' 'MNT-70010 2031-09-12T22:00 2031-09-13T02:00' <<'END'
Window: 12/09/2031 22:00 UTC - 13/09/2031 02:00 UTC
END
reads 'and not where none does' 'Works MNT-70010' 'MNT-70010' <<'END'
Window: 10/09/2031 22:00 UTC - 10/09/2031 23:00 UTC
END
reads 'no window without a zone' 'Works MNT-70010' 'MNT-70010' <<'END'
Start: 10 September 2031 22:00
End: 11 September 2031 02:00
END
reads 'no half window' 'Works MNT-70010' 'MNT-70010' <<'END'
Start: 10 September 2031 22:00 UTC
END
reads 'no window beside a time that was not read' 'Works MNT-70010' 'MNT-70010' <<'END'
Start: 10 September 2031 22:00 UTC
End: 11 September 2031 02:00 UTC
Perhaps again on 12 September 2031 22:00 UTC
END
reads 'no windows that lie over one another' 'Works MNT-70010' 'MNT-70010' <<'END'
The window is from 2031-09-10 22:00 UTC to 2031-09-11 02:00 UTC.
You are down between 2031-09-10 23:00 UTC and 2031-09-10 23:30 UTC.
END
reads 'new times, and nothing of the old' 'Works MNT-70010 moved' 'MNT-70010 2031-09-17T22:00 2031-09-18T02:00' <<'END'
Original window: 2031-09-10 22:00 UTC - 2031-09-11 02:00 UTC
New window: 2031-09-17 22:00 UTC - 2031-09-18 02:00 UTC
END
reads 'no id that subject and text tell differently' 'Works MNT-70010' '2031-09-10T22:00 2031-09-11T02:00' <<'END'
Ticket: MNT-70011
Start: 10 September 2031 22:00 UTC
End: 11 September 2031 02:00 UTC
END
reads 'no account, order or circuit for an id' 'Works tonight' '2031-09-10T22:00 2031-09-11T02:00' <<'END'
Account number: 7001001
Order number: 7001002
Circuit ID: CIR7001003
Start: 10 September 2031 22:00 UTC
End: 11 September 2031 02:00 UTC
END
echo "1..$n"
