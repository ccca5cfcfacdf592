#!/bin/bash
# The confined reader still reads mail in the charsets of the world, and an evil filter or mail costs its own mail alone.
# In: mails and a filter made up here. Out: TAP.
# shellcheck source=tests/tap.bash
. "${srcdir:-.}/tests/tap.bash"
[ -x ./mailclinic ] || { echo 'Bail out! no ./mailclinic here'; exit 99; }
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor"
cat >"$work/filters/vendor/tidewater.yaml" <<'END'
vendor: tidewater
from:   ['@tidewater\.example$']
labels: {ref: [Work], title: [Title]}
must:   [ref]
notices: [{}]
END
n=0

# mail CHARSET TITLE: one whose body is in that charset.
mail() {
        printf 'From: noc@tidewater.example\nSubject: work\nMIME-Version: 1.0\nContent-Type: text/plain; charset=%s\n' "$1"
        printf 'Content-Transfer-Encoding: base64\n\n'
        printf 'Work: TW-1\nTitle: %s\n' "$2" | iconv -f UTF-8 -t "$1" | base64
}

title_of() {
        ./mailclinic explain --filters "$work/filters" --json "$@" | sed -n 's/.*"summary":"\([^"]*\)".*/\1/p'
}

while read -r charset title; do
        mail "$charset" "$title" >"$work/$charset.eml"
        is "a mail in $charset" "$(title_of "$work/$charset.eml")" "$title"
done <<'END'
ISO-8859-1 Brücke
ISO-8859-15 Kosten in €
WINDOWS-1252 “Brücke” – €
KOI8-R Работы на линии
ISO-2022-JP 海底ケーブル
EUC-JP 海底ケーブル
SHIFT_JIS 海底ケーブル
GB18030 光缆维护
GBK 光缆维护
BIG5 光纜維護
EUC-KR 정기 점검
UTF-16 Ünïcode €
UTF-8 海底ケーブル
END

# One child reads them all, in the order in which they are named.
is 'mails one after the other' "$(title_of "$work/KOI8-R.eml" "$work/EUC-KR.eml" "$work/KOI8-R.eml" | tr '\n' '|')" \
        'Работы на линии|정기 점검|Работы на линии|'

# Nested address groups overflow the stack of a parser that recurses; whatever becomes of it, there is a reading, and so of the next mail.
{
        printf 'From: '
        head -c 200000 /dev/zero | tr '\0' 'a' | sed 's/a/a:/g'
        printf '\nSubject: work\n\nbody\n'
} >"$work/groups.eml"
./mailclinic explain --filters "$work/filters" --json "$work/groups.eml" "$work/UTF-8.eml" >"$work/out" 2>"$work/errors"
is 'status after a mail of nested groups' $? 0
is 'a reading for each' "$(grep -c '^{.*}$' "$work/out")" 2
is 'the next mail is read' "$(sed -n '2s/.*"summary":"\([^"]*\)".*/\1/p' "$work/out")" '海底ケーブル'
is 'nothing on stderr' "$(cat "$work/errors")" ''
echo "1..$n"
