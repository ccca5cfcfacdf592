#!/bin/bash
# Root mail: the samples of one problem are one issue, the others are others; kinds, fields and signatures are as a person said.
# In: samples/root/FILTER/{one,other}-*.eml with .expect, filters/root/. Out: TAP; below a failure the difference.
top=$(cd "${srcdir:-.}" && pwd)
export MAILCLINIC_FILTERS=$top/filters XDG_STATE_HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
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
                sed 's/^/# /' <<<"$2"
        fi
}

# What replay prints of the samples of a folder: "FILE ISSUE", in the order of their names.
issues() {
        ./mailclinic replay --dry-run --stream root --format json "$1"/*.eml 2>"$work/errors" |
                sed -nE 's/.*"issue":"?(rmf[0-9a-f]{32}|null)"?,"source":\{"file":"([^"]*)".*/\2 \1/p'
}

for filter in "$top"/filters/root/*.yaml; do
        name=$(basename "$filter" .yaml)
        folder=$top/samples/root/$name
        wrong=
        issues "$folder" >"$work/issues"
        one=$(awk '/\/one-/ { print $2 }' "$work/issues" | sort -u)
        others=$(awk '/\/other-/ { print $2 }' "$work/issues")
        [ "$(grep -c '/one-' "$work/issues")" -ge 2 ] && [ "$(wc -w <<<"$others")" -ge 2 ] || wrong+="too few samples; $(cat "$work/errors")"$'\n'
        [ "$(wc -w <<<"$one")" -eq 1 ] || wrong+="those of one problem are apart"$'\n'
        [ "$(printf '%s\n' "$one" "$others" | sort | uniq -d | wc -l)" -eq 0 ] || wrong+="those of other problems are joined"$'\n'
        [ -z "$wrong" ] || wrong+=$(cat "$work/issues")
        report "$name: one issue of one problem, others of others" "$wrong"
        for sample in "$folder"/*.eml; do
                [ -e "${sample%.eml}.expect" ] || { echo "no ${sample%.eml}.expect: explain --stream root --expect prints one, a person checks it" && continue; }
                ./mailclinic explain --stream root --expect "$sample" 2>&1 | diff -u "${sample%.eml}.expect" - | tail -n +3
        done >"$work/differences"
        report "$name: read as expected" "$(cat "$work/differences")"
done

# A filter takes its own samples alone; zz-other takes what is left.
kinds=
for folder in "$top"/samples/root/*/; do
        name=$(basename "$folder")
        taken=$(./mailclinic explain --stream root --json "$folder"*.eml | grep -cF "filter root/$name.yaml")
        [ "$taken" = "$(find "$folder" -name '*.eml' | wc -l)" ] || kinds+="$name takes $taken of its samples"$'\n'
done
report 'each filter takes its own samples, whatever other filters there are' "$kinds"

# Two mails: whether they are one, and what tells them apart.
./mailclinic fingerprint "$top"/samples/root/cron/one-?.eml >"$work/out" 2>&1
report 'fingerprint of two mails of one problem: one issue' "$(grep -q '^They are one issue: it has 100%' "$work/out" || cat "$work/out")"
./mailclinic fingerprint "$top"/samples/root/cron/o*-1.eml >"$work/out" 2>&1
report 'and of two problems: two issues, with what only one of them says' \
        "$(grep -q '^They are two issues: new: nearest is rmf[0-9a-f]*, .*only here: "rsync.*only there: "tar: ' "$work/out" || cat "$work/out")"
./mailclinic fingerprint "$top/samples/root/cron" >"$work/out" 2>&1
report 'and of many: each issue with its mails and hosts' "$(grep -q '^  2 mails, 2 hosts; ' "$work/out" && grep -q '^4 mails, 3 issues$' "$work/out" || cat "$work/out")"

# refused STATUS WORDS COMMAND...: it ends so, and says so.
refused() {
        local want=$1 words=$2 status
        shift 2
        ./mailclinic "$@" >"$work/out" 2>"$work/errors"
        status=$?
        if [ $status != "$want" ] || ! grep -qF -- "$words" "$work/errors"; then
                echo "status $status"
                cat "$work/errors"
        fi
}

# The kind that CONTRIBUTING.md adds, word for word.
mkdir -p "$work/filters/root"
# shellcheck disable=SC2016 # backquotes of Markdown
sed '1,/^## Add a kind/d' "$top/CONTRIBUTING.md" | sed -n '/^ *```yaml$/,/^ *```$/p' | sed -e '/```/d' -e 's/^   //' >"$work/filters/root/larch.yaml"
report 'the filter of CONTRIBUTING.md has no fault' "$(./mailclinic check "$work/filters/root/larch.yaml" 2>&1 | grep -v '^no faults in 1 files')"
printf 'From: root@web1.example.org\nSubject: larch on web1: store failed\n\nexit status 3\nerror: no room\n' >"$work/larch.eml"
report 'and takes its mail' "$(./mailclinic explain --filters "$work/filters" --stream root --json "$work/larch.eml" 2>&1 |
        grep -vF '"root":{"kind":"larch","host":"web1","title":"larch: store failed","signature":"larch\nservice: store\nevent: failed\n\nexit status <*>\nerror: no room"')"

# Lines in, names out.
printf 'disk sda1 is full\ndisk sdb2 is full\ndisk sda1 is slow\n\n' >"$work/lines"
report 'fingerprint --lines names a group for each line' "$(./mailclinic fingerprint --lines "$work/lines" | diff - <(printf 'g1\ng1\ng2\ng3\n'))"
report 'and reads standard input' "$(./mailclinic fingerprint --lines <"$work/lines" | diff - <(printf 'g1\ng1\ng2\ng3\n'))"
report 'a file that is not there is said' "$(refused 66 "$work/none: cannot be read" fingerprint --lines "$work/none")"
report 'fingerprint of mails that are not there' "$(refused 66 "$work/none: " fingerprint "$work/none")"
report 'a stream is maint or root' "$(refused 64 "maint or root, not 'rot'" explain --stream rot "$work/lines")"
echo "1..$n"
