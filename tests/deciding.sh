#!/bin/bash
# What may be in the way of a decision, on the page and in the terminal: somebody else at the same moment, a mail that is gone, a full disk,
# a stranger. In every case it is done whole, or not at all and told.
# In: mails of samples. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/desk.bash"

mails=("$samples/thread/forged/01-new.eml" "$samples/thread/forged/02-cancelled-unchecked.eml")
review() {
        "$program" review -c "$work/config.yaml" "$@" 2>&1
}
revision_of() {
        review show "$1" | sed -n 's/^mail [0-9]*, revision \([0-9a-f]*\):.*/\1/p'
}
decided() {
        review export | grep -c "\"deed\":\"$1\""
}

# ---- At the same moment, upon the same page: one decides, the other is told.
use race "${mails[@]}"
start 0
enter
seen=$(page '/mail?id=2')
form=(--data-urlencode "form=$(word form "$seen")" -d mail=2)
rounds=8 wrong=
for ((i = 1; i <= rounds; i++)); do
        revision=$(revision_of 2)
        for who in 1 2; do
                curl -s -o /dev/null -w '%{http_code}\n' -b "$work/jar" "${origin[@]}" "${form[@]}" -d deed=accept -d "revision=$revision" "$base/decide" >"$work/code$who" &
                racing[who]=$!
        done
        wait "${racing[1]}" "${racing[2]}"
        told=$(cat "$work/code1" "$work/code2" | sort | tr '\n' ' ')
        [ "$told$(decided accept)" = "303 409 $i" ] || wrong+="round $i: $told$(decided accept); "
        review undo 2 >/dev/null
done
is "two pages at once, $rounds times: one is done, the other told" "$wrong" ''
before=$(decided accept)
for ((i = 1; i <= rounds; i++)); do
        revision=$(revision_of 2)
        review accept 2 --revision "$revision" >"$work/told" &
        racing[1]=$!
        web=$(code -b "$work/jar" "${origin[@]}" "${form[@]}" -d deed=accept -d "revision=$revision" "$base/decide")
        wait "${racing[1]}"
        case "$? $web $(($(decided accept) - before))" in
        "0 409 $i" | "75 303 $i") ;;
        *) wrong+="round $i: $? $web $(decided accept); " ;;
        esac
        review undo 2 >/dev/null
done
is "a page and a terminal at once, $rounds times: the same" "$wrong" ''

# ---- A mail that is gone from under the page.
form=(--data-urlencode "form=$(word form "$(page '/mail?id=2')")")
for path in decide undo note; do
        is "$path: a mail that the ledger lacks" "$(code -b "$work/jar" "${origin[@]}" "${form[@]}" -d 'mail=99&deed=accept&text=x&revision=0' "$base/$path")" 404
done
unset revision
find "$ledger/mail" -type f -delete
is 'a mail whose bytes are gone can be decided upon' "$(send /decide 2 deed=accept) $(events | cut -d' ' -f3)" '303 cancelled'
is 'and taken back' "$(send /undo 2)" 303
seen=$(page '/mail?id=2')
stale=("${form[@]}" -d mail=2 -d deed=accept -d "revision=$(word revision "$seen")")
mv "$ledger" "$work/away"
is 'a ledger that is gone from under a page' "$(code -b "$work/jar" "${origin[@]}" "${stale[@]}" "$base/decide")" 404
has 'is told' "$(cat "$work/body")" 'the ledger has no mail 2'
rm -rf "$ledger" && mv "$work/away" "$ledger"

# ---- Strangers: no way in for what changes something, either.
before=$("$lines" "$ledger")
cookie="Cookie: $(awk '/mailclinic-/ { print $6 "=" $7 }' "$work/jar")"
name=${cookie%=*} value=${cookie##*=}
for guess in "${value%?}" "${value}0" "${value%?}x" "x${value#?}" ''; do
        is "the cookie with a value of ${#guess} letters, not ours" "$(code -H "$name=$guess" "$base/")" 403
done
for path in decide undo note wish; do
        all=("${form[@]}" -d 'mail=2&deed=accept&text=x&issue=x' -d "revision=$(word revision "$(page '/mail?id=2')")" "$base/$path")
        is "$path: without a cookie" "$(code "${origin[@]}" "${all[@]}")" 403
        is "$path: of a foreign host" "$(code -H "$cookie" -H 'Host: evil.example' -H 'Origin: http://evil.example' "${all[@]}")" 403
        is "$path: from a foreign page" "$(code -H "$cookie" -H 'Origin: http://evil.example' "${all[@]}")" 403
        is "$path: from a page that does not say which" "$(code -H "$cookie" "${all[@]}")" 403
        is "$path: without the word of our forms" "$(code -H "$cookie" "${origin[@]}" "${all[@]:2}")" 403
done
for path in / /resolved /timeline /issues /status '/mail?id=2' /desk.js; do
        is "$path: of a foreign host" "$(code -H "$cookie" -H 'Host: evil.example' "$base$path")" 403
        is "$path: for a foreign page" "$(code -H "$cookie" -H 'Origin: http://evil.example' "$base$path")" 403
done
is 'nothing of all that did anything' "$("$lines" "$ledger")" "$before"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
        as_other=(setpriv --reuid=65533 --regid=65533 --clear-groups)
        is 'another user learns of no secret' "$("${as_other[@]}" cat "/proc/$desk/environ" "/proc/$desk/fd/0" "$ledger/ledger.sqlite" 2>/dev/null | wc -c)" 0
        is 'and gets nothing from the port' "$("${as_other[@]}" curl -s -o /dev/null -w '%{http_code}' "$base/")" 403
else
        for _ in 1 2; do n=$((n + 1)) && echo "ok $n # SKIP only root can be another user"; done
fi
stop

# ---- A full disk: no file may grow over so many KiB. The journal is long, and the ledger's log short, so that each is the first to fail once.
use full "${mails[@]}"
for i in 1 2 3 4 5 6; do
        review note 2 "$(head -c 100000 /dev/zero | tr '\0' "$i")" >/dev/null
done
cp -R "$ledger" "$work/whole"
just=$(($(stat -c %s "$ledger/decisions.jsonl") / 1024)) # no line can be added to it
wrong=
full=0 late=0
for limit in 0 4 16 32 48 64 96 200 "$just"; do
        for words in 'accept 2' 'correct 2 --not-a-maintenance' 'note 2 seen'; do
                rm -rf "$ledger" && cp -R "$work/whole" "$ledger"
                before=$("$lines" "$ledger")
                # shellcheck disable=SC2086 # words
                said=$(trap '' XFSZ && ulimit -f "$limit" && review $words)
                status=$?
                exported=$(review export | wc -l)
                case "$status $exported" in
                '0 7')
                        if [ "$(wc -l <"$ledger/decisions.jsonl")" != 7 ]; then
                                late=$((late + 1))
                                grep -q 'this is decided, but not written down yet' <<<"$said" || wrong+="$limit $words: not told; "
                        fi
                        ;;
                [1-9]*' 6')
                        full=$((full + 1))
                        [ "$("$lines" "$ledger")" = "$before" ] && [ -n "$said" ] || wrong+="$limit $words: $status, half done; "
                        ;;
                *) wrong+="$limit $words: $status, $exported decisions: $said; " ;;
                esac
                # shellcheck disable=SC2086 # words
                review $words >/dev/null && [ "$(review export)" = "$(cat "$ledger/decisions.jsonl")" ] || wrong+="$limit $words: not again; "
        done
done
is "a full disk, in the terminal: done whole, or not at all, and it can be done again" "$wrong" ''
is 'each of them failed first' "$((full > 0)) $((late > 0))" '1 1'

# begin LIMIT: a desk whose disk is full.
begin() {
        rm -rf "$ledger" "$work/said" && cp -R "$work/whole" "$ledger"
        (
                ulimit -f "$1"
                exec "$program" review --web -c "$work/config.yaml" >"$work/said" 2>&1 </dev/null
        ) &
        desk=$!
        until_open
        enter
}
begin "$just"
is 'a full disk, on the page: what is in the ledger is decided' "$(send /decide 2 deed=accept) $(decided accept)" '303 1'
has 'and told where the desk was started' "$(cat "$work/said")" 'this is decided, but not written down yet'
is 'no other decision, before that is made up for' "$(send /decide 2 deed=correct not-a-maintenance=1) $(decided correct)" '503 0'
has 'is told' "$(cat "$work/body")" 'Nothing was done'
is 'nor is anything taken back' "$(send /undo 2) $(decided undo)" '503 0'
stop
begin 120
head -c 200000 /dev/zero | tr '\0' y >"$work/long"
before=$("$lines" "$ledger")
is 'a full disk, on the page: a correction' "$(send /decide 2 deed=correct not-a-maintenance=1 "note@$work/long")" 503
is 'is not half done' "$("$lines" "$ledger")" "$before"
stop
is 'each of these desks ended well' "$(cat "$work/ended" 2>/dev/null)" ''
echo "1..$n"
