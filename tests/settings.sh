#!/bin/bash
# The configuration: the manual's examples are sound, and a fault in it stops every command, with its place; deliver defers and logs it.
# In: doc/mailclinic.conf.5, configurations made up here. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
top=$(cd "${srcdir:-.}" && pwd)
with() {
        MAILCLINIC_FILTERS=$work/filters XDG_STATE_HOME=$work/state "$program" "$1" --config "$work/it.yaml" "${@:2}" 2>&1
}

cp -r "$top/filters/root" "$work/filters/"

# The examples, each as a file of its own.
awk -v work="$work" '/^\.Bd -literal/ { n++; inside = 1; next } /^\.Ed/ { inside = 0 } inside { print > (work "/example" n ".yaml") }' "$top/doc/mailclinic.conf.5"
is 'the manual has examples' "$(find "$work" -name 'example*.yaml' | wc -l)" 2
printf '2026-11-23\tAda Lovelace\tEdge\n' >"$work/roster.txt"
for file in "$work"/example*.yaml; do
        sed "s|/etc/mailclinic/roster|$work/roster|" "$file" >"$work/it.yaml"
        out=$(with check --filters "$work/filters")
        is "$(basename "$file"): check passes it" "$? $(tail -n 1 <<<"$out" | cut -c1-9)" '0 no faults'
done

# faulty PLACE TEXT CONFIGURATION: prune, which reads nothing else, ends with 78 and says that.
faulty() {
        printf '%s\n' "$3" >"$work/it.yaml"
        is "refused: $(head -n 1 <<<"$3")" "$(with prune | sed "s|$work/||"; echo "${PIPESTATUS[0]}")" "mailclinic prune: it.yaml$1: $2
78"
}
faulty :2:1 'ledger: key given twice, first in line 1' 'ledger: /a
ledger: /b'
faulty :1:10 'sealers: a single value; expected is a list [...], each member a text' 'sealers: x'
faulty :1:17 "publish_review: unknown word 'maybe'; expected is one of yes no" 'publish_review: maybe'
faulty :1:11 'streams.news: unknown key; known here: maint root' 'streams: {news: [x]}'
faulty :1:13 "calendars[0]: key 'url' is missing; expected is a text" 'calendars: [{name: a}]'
faulty :1:1 'ledger: no value; expected is a text' 'ledger:'
faulty :1:1 'a list; expected is a map {...}' '- a'
faulty :2:4 'not YAML: mapping values are not allowed in this context' 'ledger: /a
  b: c'
faulty '' "ledger: 'a' is no absolute path" 'ledger: a'
faulty '' "act_from: '2026-13-01' is no day; expected is one like 2026-11-24" 'act_from: 2026-13-01'
faulty '' "link_template: 'https://x/' lacks {msgid}" 'link_template: https://x/'
faulty '' "publish: keep: 'long' is no length of time such as 12h, 7d or 52w" 'publish: {keep: long}'
faulty '' "calendars[1]: 'a': the name is another one's already" 'calendars: [{name: a, url: "https://x/"}, {name: a, url: "https://y/"}]'
faulty '' "calendars[0]: 'a': user and password_file belong together" 'calendars: [{name: a, url: "https://x/", user: me}]'
faulty '' "calendars[0]: 'a': give one of password_file, token_file and token_command" 'calendars: [{name: a, url: "https://x/", token_file: /t, token_command: t}]'

# A kind that is misspelt would wait for ever; only check looks, since a filter may be left out for a while.
printf 'owners: [{kind: smratd, projects: [a]}, {kind: "sm*", projects: [a]}, {kind: /^smart/, projects: [a]}]\nkinds: [{kind: crno, open: {after: 2}}]\n' >"$work/it.yaml"
is 'check knows the kinds' "$(with check --filters "$work/filters" | grep -v ' faults in ' | sed "s|$work/||")" "it.yaml:1:17: owners[0].kind: 'smratd' is no kind of a filter beneath root/
it.yaml:2:16: kinds[0].kind: 'crno' is no kind of a filter beneath root/"

# Every command, as --help lists them.
echo 'ledgr: x' >"$work/it.yaml"
mapfile -t commands < <("$program" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')
is 'there are commands' "$((${#commands[@]} > 8))" 1
for command in "${commands[@]}"; do
        case $command in
        deliver) continue ;;
        explain | replay | fingerprint) operands=("$work/one") ;;
        backup) operands=("$work/copy") ;;
        *) operands=() ;;
        esac
        with "$command" "${operands[@]}" >"$work/out"
        is "a key that is not known stops $command" "$? $(grep -c 'it.yaml:1:1: ledgr: unknown key' "$work/out")" '78 1'
done
is 'and no ledger is made' "$([ ! -e "$work/state" ] || echo made)" ''
as_exim "$program" deliver --config "$work/it.yaml" --log "$log" <"$work/one" >>"$work/said" 2>&1
is 'deliver defers, and logs it' "$? $(grep -c 'deferred=".*it.yaml:1:1: ledgr: unknown key' "$log") $(cat "$work/said")" '75 1 '
with status --check >"$work/out"
is 'status --check: unknown' "$? $(cut -c1-20 "$work/out")" '3 MAILCLINIC UNKNOWN -'
echo "1..$n"
