#!/bin/bash
# The page of `mailclinic review --web` in a headless Chromium: sets up the ledgers and desks that tests/page.mjs looks at.
# In: samples; Chromium, Node.js, and puppeteer-core and axe-core in ./node_modules; SHOTS: a directory for pictures. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
samples=$top/samples
for tool in node chromium; do
        command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is not installed" && exit 0; }
done
[ -d node_modules/puppeteer-core ] && [ -d node_modules/axe-core ] || { echo '1..0 # SKIP puppeteer-core and axe-core are not in ./node_modules' && exit 0; }
work=$(mktemp -d) || exit 99
desks=()
trap 'kill "${desks[@]}" 2>/dev/null; rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8

# configure NAME: a ledger. hear NAME STREAM MAIL...: mails for it.
configure() {
        printf 'ledger: %s\nauthserv_ids: [mx1.example.net]\n' "$work/$1" >"$work/$1.yaml"
}

hear() {
        "$program" replay --act -s "$2" -c "$work/$1.yaml" -f "$samples/thread/filters" -f "$top/filters" "${@:3}" >/dev/null 2>&1
}

# open NAME: a desk on it; its address.
open() {
        "$program" review --web -c "$work/$1.yaml" -f "$samples/thread/filters" -f "$top/filters" >"$work/$1.said" 2>&1 </dev/null &
        desks+=($!)
        for _ in $(seq 100); do
                address=$(grep -so 'http://127.*' "$work/$1.said") && return
                sleep 0.1
        done
}

# write_hostile NAME BODY: an HTML mail.
write_hostile() {
        printf 'From: Ops <ops@stranger.example>\nSubject: %s\nDate: Sat, 01 Mar 2031 08:00:00 +0000\nMessage-ID: <%s@stranger.example>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Hello there</p>%s\n' \
                "$3" "$1" "$2" >"$work/$1.eml"
}

write_hostile script '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"><a href="javascript:window.hacked = 1">x</a>' '<script>window.hacked=1</script>'
write_hostile style '<style>body { display: none }</style><p style="position: fixed; inset: 0; background: red">x</p><link rel=stylesheet href="http://evil.example/x.css">' '</title><style>body{display:none}</style>'
write_hostile frame '<iframe src="http://evil.example/"></iframe><object data="http://evil.example/"></object><embed src="http://evil.example/"><img src="http://evil.example/pixel.png">' '"><iframe src=//evil.example>'
write_hostile drawing '<svg onload="window.hacked = 1"><script>window.hacked = 1</script><foreignObject><p>x</p></foreignObject></svg><math><a xlink:href="javascript:window.hacked=1">x</a></math>' '<svg onload=window.hacked=1>'
write_hostile form '<form action="http://evil.example/"><input name=form><button>Accept</button></form><base href="http://evil.example/">' "'><form action=//evil.example>"
write_hostile refresh '<meta http-equiv="refresh" content="0; url=http://evil.example/"><p>x</p>' '<meta http-equiv=refresh content=0>'
write_hostile turned "$(printf '<p>\342\200\256evil\342\200\254 \342\201\246x\342\201\251 \033[31m</p>')" "$(printf 'Turned \342\200\256 round')"
write_hostile long "<p>$(head -c 1000000 /dev/zero | tr '\0' x)</p>" long
{
        sed '/^$/q' "$work/long.eml" | sed 's/text.html/text\/plain/; s/<long@/<plain@/'
        head -c 1000000 /dev/zero | tr '\0' x
        echo
} >"$work/plain.eml"

for name in keyboard mouse; do
        configure $name
        hear $name maint "$samples/thread/forged/01-new.eml" "$samples/thread/forged/02-cancelled-unchecked.eml" "$samples"/noise/contract-*.eml \
                "$samples"/noise/moderation-*.eml "$work/script.eml"
done
configure hostile
hear hostile maint "$work"/{script,style,frame,drawing,form,refresh,turned,long,plain}.eml
configure many
"$top/tests/many" "$samples" >"$work/many.mbox"
hear many maint "$work/many.mbox" "$samples"/noise/*.eml
hear many root "$samples"/root/cron/*.eml

open keyboard && export KEYBOARD=$address
open mouse && export MOUSE=$address
open many && export MANY=$address
configure again && ln -s hostile "$work/again"
open hostile && export HOSTILE=$address
open again && export AGAIN=$address
export FEED=$work/feed.ics CHROMIUM=chromium SHOTS=${SHOTS-}
export PUBLISH="'$program' publish -c '$work/keyboard.yaml' --feed '$FEED' >/dev/null"
node "$top/tests/page.mjs"
