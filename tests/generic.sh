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
echo "1..$n"
