#!/bin/bash
# Ledgers of every version there was: each is brought to the newest one with what it holds, and then is what a new one would be.
# In: tests/ledgers/VERSION.sql, as programs of then made them. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP no python3'
        exit 0
fi
# sql DATABASE STATEMENT: rows, one a line.
sql() {
        python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row)' "$@"
}
schema() {
        sql "$1" "SELECT type, name, replace(replace(sql, ' ', ''), x'0a', '') FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
}
fresh
deliver <"$work/one"
schema "$state/ledger.sqlite" >"$work/schema"
newest=$(sql "$state/ledger.sqlite" 'PRAGMA user_version')
for file in "${srcdir:-.}"/tests/ledgers/*.sql; do
        version=$(basename "$file" .sql)
        fresh
        mkdir -m 700 "$state"
        python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())' "$state/ledger.sqlite" "$file"
        is "version $version: it is of that version" "$(sql "$state/ledger.sqlite" 'PRAGMA user_version')" "$version"
        cp "$state/ledger.sqlite" "$work/old.sqlite"
        MAILCLINIC_FILTERS=$work/filters "$program" replay -n --config "$work/config.yaml" "$work/one" >/dev/null 2>&1
        is "version $version: a dry run leaves it alone" "$(cmp "$work/old.sqlite" "$state/ledger.sqlite")" ''
        for _ in 1 2 3 4; do (deliver <"$work/one" || echo refused >>"$work/refused") & done
        wait
        is "version $version: four deliveries at once find it: all know the mail" "$(counts) $(grep -c repeat=yes "$log") $(cat "$work/refused" 2>/dev/null)" '2 1 1 0 4 '
        is "version $version: now it is of the newest" "$(sql "$state/ledger.sqlite" 'PRAGMA user_version')" "$newest"
        is "version $version: with the tables of a new one" "$(schema "$state/ledger.sqlite" | diff - "$work/schema")" ''
        sed 's/^Date: .*/Date: Sat, 02 Mar 2030 09:00:00 +0000/; s/<TW-1@/<change@/; s/02:30/03:30/' "$work/one" | deliver
        is "version $version: its events go on" "$(sql "$state/ledger.sqlite" 'SELECT count(*), max(sequence) FROM act')" '2 1'
        is "version $version: a person can decide on its mails" "$(MAILCLINIC_FILTERS=$work/filters "$program" review correct 2 --not-a-maintenance --config "$work/config.yaml" >/dev/null 2>&1
                echo $?; MAILCLINIC_FILTERS=$work/filters "$program" review undo 2 --config "$work/config.yaml" >/dev/null 2>&1; echo $?)" '0
0'
        if has_strace; then
                injected=0 wrong=
                for ((i = 1; i < 40; i++)); do
                        fresh
                        mkdir -m 700 "$state"
                        cp "$work/old.sqlite" "$state/ledger.sqlite"
                        traced -e trace=pwrite64,fdatasync -e inject=pwrite64,fdatasync:signal=KILL:when=$i <"$work/one"
                        [ $? = 137 ] || break
                        injected=$((injected + 1))
                        deliver <"$work/one"
                        case "$? $(counts) $(sql "$state/ledger.sqlite" 'PRAGMA user_version')" in
                        "0 2 1 1 0 $newest") ;;
                        *) blame "killed at call $i: $(counts)" ;;
                        esac
                done
                is "G16: version $version: killed at each of $injected writes of the migration: 0 lost, 0 half done" "$wrong$([ $injected -gt 5 ] || echo "only $injected")" ''
        else
                skip "G16: version $version: killed on the way" 'strace cannot trace here'
        fi
done
echo "1..$n"
