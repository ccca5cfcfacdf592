#!/bin/bash
# Tables on a terminal: no wider than it is, coloured unless NO_COLOR says not to, in letters that it has; whole, plain and in UTF-8 where it
# is none.
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
        for width in 200 80 40; do
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
for width in 80 40; do
        on $width 'review list'
        grep -q 'a cancellation or' "$work/out"
        ok "why it needs you is there at $width columns" $?
done
on 40 "replay --dry-run '$top/samples/zayo'" && sed -i '/mails read/d' "$work/out"
[ "$(wc -l <"$work/out")" -gt 9 ] && [ "$(widest)" -le 40 ] && grep -q '^ .*medium' "$work/out"
ok 'replay --dry-run: within 40 columns' $?

# A locale without UTF-8: what is shown has the same shape in other letters; what is written has the same bytes.
cat >"$work/letters.eml" <<'END'
From: =?UTF-8?B?w4lsw6ltZW50cw==?= <noc@zayo.com>
Subject: =?UTF-8?B?Q2Fmw6kg4oCcd29ya+KAnSDihpIg5pel5pysIPCfmIA=?= Notice
Date: Sat, 01 Mar 2031 08:00:00 +0000
Message-ID: <letters@zayo.example>
Content-Type: text/plain; charset=utf-8

Café — “work”… 日本 😀 → é · Ａ │ ✓ end
END
sed 's/^Subject:.*/Subject: Cron <root@web1> café → 日本/; s/^From:.*/From: Cron Daemon <root@web1.example.net>/; s/<letters/<cron/' "$work/letters.eml" >"$work/cron.eml"
printf 'vendor: [\n' >"$work/é—日.yaml"
printf 'ledger: %s\n' "$work/Büro—日" >"$work/config.yaml"
"$program" replay -c "$work/config.yaml" "$work/letters.eml" >/dev/null 2>&1
"$program" replay -c "$work/config.yaml" -s root "$work/cron.eml" >/dev/null 2>&1

# shape FILE: how wide each line is, colours aside.
shape() {
        sed "s/$(printf '\033')\[[0-9;]*m//g; /mails read/d" "$1" | while IFS= read -r line; do wc -L <<<"$line"; done
}
told="-c '$work/config.yaml'"
for words in "explain $told '$work/letters.eml'" "explain $told -s root '$work/cron.eml'" "replay --dry-run $told '$work/letters.eml'" \
        "replay --dry-run --why $told '$work/letters.eml'" "review list $told" "review show 1 $told" "status $told" \
        "issue list --all $told" "fingerprint '$work/cron.eml'" "check '$work/é—日.yaml'" "publish --digest $told" "explain '$work/none—é'"; do
        name=$(sed "s/ -c .*//; s/ '.*//" <<<"$words")
        on 80 "$words"
        shape "$work/out" >"$work/shape"
        mv "$work/out" "$work/utf8"
        for locale in C POSIX; do
                LC_ALL=$locale on 80 "$words"
                LC_ALL=C grep -q "$(printf '[\200-\377]')" "$work/utf8" && ! LC_ALL=C grep -q "$(printf '[\200-\377]')" "$work/out" &&
                        cmp -s <(shape "$work/out") "$work/shape"
                ok "$locale: $name: nothing but ASCII, each line as wide as in UTF-8" $?
        done
done
LC_ALL=C on 200 "review show 1 $told"
grep -qF 'Cafe - "work"~ ???? ?? > e . A  | ? end' "$work/out"
ok 'C: something like each letter is shown' $?
LC_ALL=C on 200 "review list --json $told"
grep -qF 'Café “work” → 日本' "$work/out"
ok 'C: JSON is UTF-8 on a terminal, too' $?

if localedef -i en_US -f ISO-8859-1 "$work/en_US.ISO-8859-1" >/dev/null 2>&1; then
        # The shell itself looks for the locale elsewhere, and says so.
        { LOCPATH=$work LC_ALL=en_US.ISO-8859-1 on 200 "review show 1 $told"; } 2>/dev/null
        grep -qF 'Café - "work"~ ???? ?? > e · A  | ? end' <(iconv -f ISO-8859-1 -t UTF-8 "$work/out")
        ok 'ISO-8859-1: the letters that it has' $?
        env LOCPATH="$work" LC_ALL=en_US.ISO-8859-1 "$program" review note 1 "$(printf 'caf\351')" -c "$work/config.yaml" >/dev/null
        "$program" review export -c "$work/config.yaml" | grep -q '"text":"café"'
        ok 'ISO-8859-1: what is typed is understood' $?
else
        for _ in 1 2; do n=$((n + 1)) && echo "ok $n # SKIP no locale can be made here"; done
fi

# written WHERE LOCALE: all that goes into files and pipes; times of today aside.
written() {
        mkdir "$work/$1"
        for words in "explain $told '$work/letters.eml'" "explain --json $told '$work/letters.eml'" "replay -n $told '$work/letters.eml'" \
                "replay -n --format csv $told '$work/letters.eml'" "replay -n --format html $told '$work/letters.eml'" "review show 1 $told" \
                "status --json $told" "issue list --all --json $told" "fingerprint '$work/cron.eml'" "check '$work/é—日.yaml'" \
                "publish --feed '$work/$1.ics' --report '$work/$1.html' --digest --mail clinic@example.org $told" "explain '$work/none—é'"; do
                LC_ALL=$2 sh -c "'$program' $words" 2>&1 </dev/null | sed '/mails read/d; s/"queue_age":[0-9]*//; s/oldest for [^,]*//'
        done >"$work/$1/all"
        cat "$work/$1.ics" "$work/$1.html" >>"$work/$1/all"
}
written there C.UTF-8
written here C
cmp "$work/here/all" "$work/there/all" >"$work/out" 2>&1 && [ "$(grep -c '日' "$work/here/all")" -gt 10 ]
ok 'C: what is written is UTF-8 all the same' $?
echo "1..$n"
