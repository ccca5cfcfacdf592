# What tests of mailclinic review --web share: a ledger, the desk on it, and requests to it. The output is TAP.
# In: srcdir. To be sourced by bash, in the build directory.
# shellcheck shell=bash disable=SC2034 # what is not used here is used there
. "${srcdir:-.}/tests/tap.bash"
top=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
lines=$PWD/tests/ledger-lines
samples=$top/samples
export LC_ALL=C.UTF-8
command -v curl >/dev/null || { echo '1..0 # SKIP curl is not installed' && exit 0; }
work=$(mktemp -d) || exit 99
trap 'stop; rm -rf "$work"' EXIT
n=0

# use NAME MAIL...: a ledger of this name with these mails.
use() {
        ledger=$work/$1
        printf 'ledger: %s\nauthserv_ids: [mx1.example.net]\nlink_template: https://posts.example/{msgid}\n' "$ledger" >"$work/config.yaml"
        shift
        "$program" replay --act --jobs 1 -c "$work/config.yaml" -f "$samples/thread/filters" -f "$top/filters" "$@" >/dev/null 2>&1
}

# until_open: wait until the desk that was started says its address.
until_open() {
        for _ in $(seq 100); do
                address=$(grep -so 'http://127.*' "$work/said") && break
                sleep 0.1
        done
        base=${address%/open*}
        origin=(-H "Origin: $base")
}

# start WHERE: the desk.
start() {
        rm -f "$work/said"
        "$program" review --web --listen "$1" -c "$work/config.yaml" -f "$samples/thread/filters" -f "$top/filters" >"$work/said" 2>&1 </dev/null &
        desk=$!
        until_open
}

# stop: end it by a signal; how it ended, if not well, and what it said of itself then, is kept for the last test.
stop() {
        [ -n "${desk-}" ] || return
        { kill "$desk" && wait "$desk"; } 2>/dev/null || { echo "status $?" && grep -v '^http' "$work/said"; } >>"$work/ended"
        desk=
}

# code OPTIONS...: the status of the answer.
code() {
        curl -s -o "$work/body" -w '%{http_code}' "$@"
}

# enter: exchange the token for a cookie.
enter() {
        rm -f "$work/jar"
        code -c "$work/jar" "$address" >/dev/null
}

page() {
        curl -s -b "$work/jar" "$base$1"
}

# word NAME FILE: what a hidden field of a page holds.
word() {
        grep -o "name=\"$1\" value=\"[^\"]*\"" <<<"$2" | head -n 1 | sed 's/.*value="//; s/"$//'
}

# send PATH MAIL FIELD=VALUE...: a form of the mail's page; the status of the answer.
send() {
        local path=$1 mail=$2 seen field data=()
        seen=$(page "/mail?id=$mail")
        for field in "form=$(word form "$seen")" "mail=$mail" "revision=${revision-$(word revision "$seen")}" "${@:3}"; do
                data+=(--data-urlencode "$field")
        done
        code -b "$work/jar" "${origin[@]}" -D "$work/head" "${data[@]}" "$base$path"
}

location() {
        sed -n 's/^Location: \(.*\)\r$/\1/p' "$work/head"
}

events() {
        "$lines" "$ledger" | grep -v '^mail '
}
