#!/bin/bash
# Stories: mails of one piece of work, replayed one after the other, and what the ledger holds after each.
# In: samples/thread/NAME/*.eml and story.expect. Out: TAP; a list of the cells of the state table that no story reaches.
#
# story.expect: 'MAIL: RESOLUTION CELL' for each mail in order, then what stands in the ledger, a line an event ('KEY ORDINAL STATE START END seq N'
# and backup, postponed, CHECK where true); 'as before' where nothing changed. With a line 'any order' the end must be the same, sequences aside, in
# every order of the mails. '#' begins a comment.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
lines=$PWD/tests/ledger-lines
stories=${STORIES:-$top/samples/thread}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
n=0

# fresh: an empty ledger and its configuration.
fresh() {
        rm -rf "$work/ledger"
        printf 'ledger: %s\nauthserv_ids: [mx1.example.net]\n' "$work/ledger" >"$work/config.yaml"
}

# hear FILE: one mail comes in.
hear() {
        "$program" replay --act --jobs 1 -c "$work/config.yaml" -f "$stories/filters" -f "$top/filters" "$1" >"$work/out" 2>&1 || sed 's/^/# /' "$work/out"
}

# expected FILE: the expectation without comments, 'as before' written out.
expected() {
        sed 's/[ ]*#.*//; /^$/d; /^any order$/d' "$1" | awk '
                /^[^ ].*: / { if (mail != "") printf "%s%s", mail, text; before = text; text = ""; mail = $0 "\n"; next }
                $1 == "as" { text = before; next }
                { text = text $0 "\n" }
                END { printf "%s%s", mail, text }'
}

# told STORY: what the ledger holds after each mail, as expected() gives it. Of a mail that is nothing new no byte of the feed may change.
told() {
        fresh
        rm -f "$work/feed.ics" "$work/before.ics"
        for mail in "$1"/*.eml; do
                hear "$mail"
                "$lines" "$work/ledger" | awk -v name="$(basename "$mail" .eml)" '
                        $1 == "mail" { mail = substr($0, 6); next }
                        { text = text "  " $0 "\n" }
                        END { printf "%s: %s\n%s", name, mail, text }' | tee "$work/told"
                "$program" publish -c "$work/config.yaml" --feed "$work/feed.ics" >"$work/out" 2>&1 || sed 's/^/# /' "$work/out"
                if grep -q '^[^ ].*: none ' "$work/told"; then
                        cmp -s "$work/before.ics" "$work/feed.ics" || echo '  the feed changed'
                fi
                cp "$work/feed.ics" "$work/before.ics"
        done
}

# orders WORD...: every order of the words, a line each.
orders() {
        if [ $# -le 1 ]; then
                echo "$1"
                return
        fi
        local i first rest
        for ((i = 1; i <= $#; i++)); do
                first=${!i}
                rest=("${@:1:i-1}" "${@:i+1}")
                orders "${rest[@]}" | while read -r order; do echo "$first $order"; done
        done
}

# ends STORY ORDER...: what the ledger holds in the end, sequences aside, and the times of what is called off: an older notice that comes later
# never moves it.
ends() {
        fresh
        for mail in "${@:2}"; do
                hear "$1/$mail"
        done
        "$lines" "$work/ledger" | sed -E '/^mail /d; s/ seq [0-9]+//; s/(cancelled) [^ ]+ [^ ]+/\1/'
}

for story in "$stories"/*/; do
        story=${story%/}
        [ -e "$story/story.expect" ] || continue
        name=$(basename "$story")
        is "$name" "$(told "$story")" "$(expected "$story/story.expect")"
        grep -q '^any order' "$story/story.expect" || continue
        mails=("$story"/*.eml)
        mails=("${mails[@]##*/}")
        first=$(ends "$story" "${mails[@]}")
        while read -r order; do
                # shellcheck disable=SC2086
                is "$name: $order" "$(ends "$story" $order)" "$first"
        done < <(orders "${mails[@]}" | tail -n +2)
done

# The state table has 13 rows and 7 columns.
for kind in new reminder confirmed reschedule postponed extended update started completed cancelled failed replaced other; do
        for state in none tentative confirmed 'in process' completed cancelled review; do
                grep -qhE "^[^ ].*: [a-z]+ $kind/$state\$" <(sed 's/[ ]*#.*//' "$stories"/*/story.expect) || echo "$kind/$state"
        done
done >"$work/missing"
is 'every cell of the state table is reached by a story' "$(cat "$work/missing")" ''
echo "1..$n"
