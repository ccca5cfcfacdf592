#!/bin/bash
# Tables on a terminal: no wider than it is, coloured unless NO_COLOR says not to; whole and plain where it is none.
# In: samples; script(1). Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
command -v script >/dev/null || { echo '1..0 # SKIP script is not installed' && exit 0; }
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 TERM=xterm XDG_STATE_HOME=$work XDG_CONFIG_HOME=$work MAILCLINIC_FILTERS=$top/filters SHELL=/bin/sh
unset NO_COLOR COLUMNS
n=0
ok() {
        n=$((n + 1))
        if [ "$2" = 0 ]; then echo "ok $n - $1"; else echo "not ok $n - $1" && head -n 5 "$work/out" | sed 's/^/# /'; fi
}

# on WIDTH WORDS...: a command on a terminal so wide.
on() {
        script -qec "stty cols $1; '$program' ${*:2}" /dev/null </dev/null | tr -d '\r' >"$work/out"
}
coloured() {
        grep -q "$(printf '\033')\\[" "$work/out"
}
# The widest line in characters, colours aside.
widest() {
        sed "s/$(printf '\033')\\[[0-9;]*m//g" "$work/out" | wc -L
}

"$program" replay "$top/samples/zayo" "$top/samples/telstra" "$top/samples/netflix" >/dev/null 2>&1
"$program" replay --stream root "$top/samples/root/cron" >/dev/null 2>&1
for words in 'review list' 'review list --resolved' 'issue list --all'; do
        for width in 200 80; do
                on $width "$words"
                [ "$(wc -l <"$work/out")" -gt 1 ] && [ "$(widest)" -le $width ]
                ok "$words: within $width columns" $?
        done
        coloured
        ok "$words: coloured" $?
        NO_COLOR=1 on 80 "$words"
        ! coloured && [ -s "$work/out" ]
        ok "$words: not with NO_COLOR" $?
        # shellcheck disable=SC2086 # words
        "$program" $words >"$work/out"
        ! coloured && [ -s "$work/out" ] && ! grep -q '…' "$work/out"
        ok "$words: plain and whole where it is no terminal" $?
done
on 80 'review list'
grep -q 'a cancellation or' "$work/out"
ok 'why it needs you is there at 80 columns' $?
echo "1..$n"
