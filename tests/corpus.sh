#!/bin/bash
# Real and hostile mail, where it stands in ../shared: vendors' notices read right, and nothing that crashes, hangs or is lost.
# In: corpus/ and tools/ of $MAILCLINIC_SHARED. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
shared=${MAILCLINIC_SHARED-$top/../shared}
corpus=$shared/corpus
if ! [ -d "$corpus" ]; then
        echo '1..0 # SKIP no corpus beside the checkout'
        exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0

# report NAME FINDINGS: a test that passes if nothing was found.
report() {
        n=$((n + 1))
        if [ -z "$2" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                # shellcheck disable=SC2001 # every line of it
                head -n 60 <<<"$2" | sed 's/^/# /'
        fi
}

skip() {
        n=$((n + 1))
        echo "ok $n - $1 # SKIP $2"
}

# The vendors that there is mail of and a filter for.
folders=()
for filter in "$top"/filters/vendor/*.yaml; do
        for kind in vendor vendor-new; do
                folder=$corpus/$kind/$(basename "$filter" .yaml)
                [ ! -d "$folder" ] || folders+=("$folder")
        done
done
if command -v python3 >/dev/null && [ ${#folders[@]} != 0 ]; then
        python3 "$shared/tools/score-vendor" --program './mailclinic explain --json' "${folders[@]}" >"$work/score" 2>&1
        score=$(tail -n 1 "$work/score")
        read -r right _ all _ _ _ wrong _ <<<"${score/,/ ,}"
        report "notices of ${#folders[@]} vendors: $score" "$([ "${right:-none}" = "$all" ] || cat "$work/score")"
        report 'none is wrong with high confidence' "$([ "$wrong" = 0 ] || cat "$work/score")"
        find "${folders[@]}" -name '*.eml' -exec ./mailclinic explain --json {} + >"$work/readings" 2>/dev/null
        high=$(grep -c '"confidence":"high"' "$work/readings")
        report "$high of $all are read with high confidence, at least 80 %" "$([ $((high * 100)) -ge $((${all:-1} * 80)) ] || echo "$score")"
else
        skip 'notices of vendors' 'no python3, or no filter for any of them'
fi

# Lines of logs in their groups: the mean over all sets, with one set of settings.
if command -v python3 >/dev/null; then
        python3 "$shared/tools/score-groups" --program './mailclinic fingerprint --lines' "$corpus"/lines/*.tsv >"$work/groups" 2>&1
        score=$(tail -n 1 "$work/groups")
        report "lines of logs: $score, at least 0.95" "$(awk -v mean="${score##* }" 'BEGIN { exit !(mean + 0 >= 0.95) }' || cat "$work/groups")"
        python3 "$shared/tools/score-root" kinds --program './mailclinic explain --stream root --json' "$corpus/root" >"$work/kinds" 2>&1
        score=$(tail -n 1 "$work/kinds")
        read -r right _ all _ <<<"$score"
        report "root@ mail: $score" "$([ "${right:-none}" = "$all" ] || cat "$work/kinds")"
        score=$(python3 "$shared/tools/score-root" groups --program './mailclinic replay --dry-run --stream root --format json' \
                "$corpus/root/mailboxes.TRUTH.tsv" "$corpus"/root/mailboxes/* 2>&1)
        report "root@ mailboxes: $score" "$(grep -q 'precision 1.0000, recall 1.0000; \([0-9]*\) of \1 groups exact' <<<"$score" || echo "$score")"
else
        skip 'lines of logs' 'no python3'
        skip 'root@ mail' 'no python3'
        skip 'root@ mailboxes' 'no python3'
fi

# Each message must come out again, and none may bring the reader down.
for kind in mime hostile; do
        find "$corpus/$kind" -type f | sort >"$work/files"
        mapfile -t files <"$work/files"
        timeout 600 ./mailclinic replay --dry-run --format json --jobs 2 "${files[@]}" >"$work/out" 2>"$work/errors"
        status=$?
        report "$kind: replay of ${#files[@]} files gives $(wc -l <"$work/out") readings, status $status" \
                "$(case $status in 0 | 65 | 66) ;; *) tail -n 5 "$work/errors" ;; esac)"
        report "$kind: no file is lost: each is read, or named as what it is" "$(while read -r file; do
                grep -qF -- "${file#"$corpus/"}" "$work/out" "$work/errors" || echo "$file"
        done <"$work/files")"
        report "$kind: the reader never fails" "$(grep -h 'reader failed' "$work/out" | cut -c 1-300)"
done

# explain alone, each in a process of its own: an exit status of sysexits, within the limits.
# shellcheck disable=SC2016 # the inner shell expands
bad=$(find "$corpus/mime" "$corpus/hostile" -type f -print0 | xargs -0 -n 1 -P 2 sh -c '
        timeout 60 ./mailclinic explain "$1" >/dev/null 2>&1
        status=$?
        case $status in 0 | 65 | 66) ;; *) echo "$1: status $status" ;; esac' sh)
report 'explain of each: read, or refused as no mail' "$bad"

# A calendar names a file as its zone; a mail may name none that is opened.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
        opened=
        for mail in "$corpus"/hostile/*.eml; do
                ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=%file,%network -o "$work/trace" ./mailclinic explain "$mail" >/dev/null 2>&1
                names=$(grep -aoE 'TZID[=:][^:;]*/[^:;]*' "$mail" | sed 's/^TZID[=:]//' | tr -d '\r"' | sort -u)
                opened+=$(while read -r name; do [ -z "$name" ] || grep -F -- "$name" "$work/trace"; done <<<"$names")
                opened+=$(grep -E 'socket\(|connect\(' "$work/trace")
        done
        report 'no file that a mail names is opened, no connection is made' "$opened"
else
        skip 'no file that a mail names is opened' 'strace is not installed, or may not trace'
fi
echo "1..$n"
