#!/bin/bash
# 2,000 made mails of root@, of 60 problems on 120 hosts with 15 near misses: pairs of mails are grouped right, and the same way every time.
# In: tests/root-week.py, filters/root/. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
export MAILCLINIC_FILTERS=$top/filters XDG_STATE_HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP no python3'
        exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# report NUMBER NAME STATUS FILE
report() {
        [ "$3" = 0 ] || echo -n 'not '
        echo "ok $1 - $2"
        [ "$3" = 0 ] || sed 's/^/# /' "$4"
}

echo 1..4
python3 "$top/tests/root-week.py" make "$work/mbox" "$work/truth" >"$work/said" 2>&1
report 1 'the mailbox is made' $? "$work/said"
./mailclinic replay --dry-run --stream root --format json --jobs 2 "$work/mbox" >"$work/readings" 2>"$work/said"
report 2 "it is replayed: $(tail -n 1 "$work/said")" $? "$work/said"
python3 "$top/tests/root-week.py" judge "$work/truth" "$work/readings" >"$work/said" 2>&1
report 3 "$(head -n 1 "$work/said"), both at least 0.98" $? "$work/said"
./mailclinic replay --dry-run --stream root --format json --jobs 1 "$work/mbox" 2>"$work/said" | cmp - "$work/readings" >>"$work/said" 2>&1
report 4 'the issues are the same with one reader' $? "$work/said"
