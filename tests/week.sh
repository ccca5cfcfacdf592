#!/bin/bash
# A made week of maint-announce@, a thousand mails in real proportions: no true notice ends as noise, no noise as a notice, what reaches the
# calendar is right, and at most one mail in ten is left to a person beside those that are a person's by their nature (held messages, contracts,
# peering requests, confirmations, vendors that no filter knows).
# In: samples/, filters/. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP no python3'
        exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export MAILCLINIC_FILTERS=$top/filters XDG_STATE_HOME=$work/state
n=0

# report NAME FINDINGS: a test that passes if nothing was found.
report() {
        n=$((n + 1))
        if [ -z "$2" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                # shellcheck disable=SC2001 # every line of it
                head -n 40 <<<"$2" | sed 's/^/# /'
        fi
}

# found CHECK: the findings of this check.
found() {
        grep "^$1: " "$work/findings"
}

make_week() {
        python3 "$top/tests/week.py" make "$top/samples" "$1" "$2" 2>&1
}

report 'the week is made' "$(make_week "$work/mbox" "$work/truth")"
report 'the same week every time' "$(make_week "$work/again" "$work/again.truth" && cmp "$work/mbox" "$work/again" && cmp "$work/truth" "$work/again.truth")"
printf '%s\n' 'authserv_ids: [mx1.example.net]' 'sealers: [google.com]' >"$work/config.yaml"
report 'it is replayed' "$(./mailclinic replay --dry-run --config "$work/config.yaml" --format json "$work/mbox" 2>"$work/errors" >"$work/readings" ||
        cat "$work/errors")"
python3 "$top/tests/week.py" judge "$work/truth" "$work/readings" >"$work/findings" 2>&1
read -r _ mails _ all _ week _ _ _ person _ _ _ others _ <<<"$(sed -n '1s/,//g;1p' "$work/findings")"
report "$(head -n 1 "$work/findings")" "$([ "${mails:-0}" = "${all:-1000}" ] || head -n 20 "$work/findings")"
for check in 'a notice or request is taken for noise' 'noise is taken for a notice' 'a dry run acts' \
        'what is for a person does not reach one' 'the calendar gets another vendor, id or window'; do
        report "not once: $check" "$(found "$check")"
done
report "at most one in ten of the others is in review: ${others:-none} of $((${week:-0} - ${person:-0}))" \
        "$([ $((${others:-1000} * 10)) -le $((${week:-0} - ${person:-0})) ] || found review)"
echo "1..$n"
