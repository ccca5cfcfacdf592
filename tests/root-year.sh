#!/bin/bash
# A year of root@ mail over 200 hosts, made of the samples: into the ledger at its rate, in little memory, one issue a problem, nothing of a stranger's.
# In: samples/root/, tests/root-year.py; MAILS=60000 for the whole year. Out: TAP, with figures.
top=$(cd "${srcdir:-.}" && pwd)
export MAILCLINIC_FILTERS=$top/filters XDG_STATE_HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent LC_ALL=C.UTF-8
if ! command -v python3 >/dev/null || ! command -v jq >/dev/null; then
        echo '1..0 # SKIP no python3, or no jq'
        exit 0
fi
program=$PWD/mailclinic
mails=${MAILS:-6000}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0

# ok NAME STATUS [FILE]
ok() {
        n=$((n + 1))
        [ "$2" = 0 ] || echo -n 'not '
        echo "ok $n - $1"
        [ "$2" = 0 ] || [ -z "$3" ] || sed 's/^/# /' "$3"
}

# replay LEDGER MBOX: readings in $work/readings, seconds and megabytes in $work/used.
replay() {
        printf 'ledger: %s\ninternal: [10.0.0.0/8]\n' "$work/$1" >"$work/config.yaml"
        "$top/tests/root-year.py" run "$program" replay --act --stream root -c "$work/config.yaml" --format json "$2" >"$work/readings" 2>"$work/said"
        local status=$?
        tail -n 1 "$work/said" >"$work/used"
        return $status
}

issues() {
        "$program" issue -c "$work/config.yaml" list --all --json
}

"$top/tests/root-year.py" make "$top/samples/root" "$work/mbox" "$work/truth" "$mails" 7 >"$work/out" 2>&1
"$top/tests/root-year.py" make "$top/samples/root" "$work/few" "$work/few.truth" $((mails / 6)) 8 >>"$work/out" 2>&1
ok "a year of $(wc -l <"$work/truth") mails is made" $? "$work/out"

replay few "$work/few"
ok "a sixth of it: $(cat "$work/used")" $? "$work/said"
few=$(sed -nE 's/.*, ([0-9]+) MB.*/\1/p' "$work/used")
replay year "$work/mbox"
ok "all of it: $(cat "$work/used")" $? "$work/said"
most=$(sed -nE 's/.*, ([0-9]+) MB.*/\1/p' "$work/used")
# AddressSanitizer keeps what was freed.
ldd "$program" | grep -q libasan && limit=1000 || limit=100
ok "in little memory, however many: $few MB, $most MB, no more than $limit" $((most > limit))
rate=$(awk -v n="$(wc -l <"$work/truth")" '{ printf "%d", n / $1 }' "$work/used")
ok "$rate mails a second" $((rate < 1))

python3 "$top/tests/root-week.py" judge "$work/truth" "$work/readings" >"$work/out" 2>&1
ok "$(head -n 1 "$work/out")" $? "$work/out"
issues >"$work/issues"
strangers=$(jq -r .message_id "$work/readings" | paste - <(jq -r .issue "$work/readings") | sort | join -t $'\t' - <(sort "$work/truth") |
        awk -F '\t' '$3 ~ /^stranger/ { print $2 }' | sort -u)
own=$(jq -r 'select(.is_fileable) | .fingerprint' "$work/issues" | sort -u)
[ -n "$strangers" ] && [ -z "$(comm -12 <(echo "$strangers") <(echo "$own"))" ]
ok "no issue that may be filed has a stranger's mail: $(wc -l <<<"$strangers") have, $(wc -l <<<"$own") may" $?
[ "$(jq -r '.hosts | length' "$work/issues" | sort -n | tail -n 1)" -gt 20 ]
ok 'one failure on many hosts is one issue' $?
acts=$(XDG_CONFIG_HOME=$work "$program" status -c "$work/config.yaml" --json | jq .outbox.acts)
[ "$acts" -gt 0 ] && [ "$acts" -le "$(wc -l <<<"$own")" ]
ok "the past is not acted on: $acts tasks are asked for, those of the last week" $?
"$program" replay --stream root -c "$work/config.yaml" "$work/mbox" >/dev/null 2>&1
issues | cmp -s - "$work/issues"
ok 'the same year again changes nothing' $?
echo "1..$n"
