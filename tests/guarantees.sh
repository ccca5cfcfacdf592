#!/bin/bash
# Guarantees of mailclinic deliver that need more than mails: G8 a network that is away, G9 a clock that jumps, G14 memory that runs out,
# G17 a mailbox replayed is the same mails delivered. The others stand in tests/deliver.sh, tests/caldav.sh and tests/exim.sh.
# In: samples/, mails made up here, tests/faults.so. Out: TAP; how many faults were injected.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
top=$(cd "${srcdir:-.}" && pwd)
preload=$PWD/tests/faults.so
lines=$PWD/tests/ledger-lines
mailclinic() {
        MAILCLINIC_FILTERS=${filters:-$work/filters} "$program" "$1" --config "$work/config.yaml" "${@:2}" 2>&1
}

# holds: mails and events of the ledger, and the bytes of its feed.
holds() {
        "$lines" "$state"
        mailclinic publish --feed "$work/feed.ics" >/dev/null && cat "$work/feed.ics"
}

# ---- G8: delivery never waits for the network.
cp "$work/config.yaml" "$work/kept.yaml"
if command -v python3 >/dev/null; then
        # One who takes connections and never says a word.
        coproc python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(50)
print(s.getsockname()[1], flush=True)
input()'
        read -r port <&"${COPROC[0]}"
        injected=0
        wrong=
        for url in "http://127.0.0.1:$port/cal/" http://127.0.0.1:9/cal/ https://nowhere.invalid/cal/; do
                fresh
                printf 'ledger: %s\ncalendars: [{name: team, url: "%s"}]\n' "$state" "$url" >"$work/config.yaml"
                timeout 2 "$program" flush --config "$work/config.yaml" >"$work/out" 2>&1 &
                began=$SECONDS
                deliver <"$work/one"
                status=$?
                injected=$((injected + 1))
                [ "$status $(counts) $((SECONDS - began <= 2))" = '0 1 1 1 0 1' ] || blame "$url: $status $(counts) after $((SECONDS - began)) s"
                # While flush waits for a word.
                timeout 3 "$program" flush --config "$work/config.yaml" >"$work/out" 2>&1 &
                sleep 0.3
                began=$SECONDS
                deliver <"$work/two"
                status=$?
                injected=$((injected + 1))
                [ "$status $(counts) $((SECONDS - began <= 2))" = '0 2 2 2 0 1' ] || blame "$url, while flush waits: $status $(counts)"
                wait %2 %3 2>/dev/null
        done
        is "G8: $injected deliveries while calendars are away: 0 lost, 0 kept waiting" "$wrong" ''
        echo >&"${COPROC[1]}"
        if has_strace; then
                fresh
                traced -f -e trace=network <"$work/one"
                is 'G8: no delivery opens a connection' "$(grep -v 'socketpair(\|socket(AF_UNIX\|connect(.*AF_UNIX\|sendto(\|recvfrom(\|sendmsg(\|recvmsg(\|+++\|SIG' "$work/trace")" ''
        else
                skip 'G8: no delivery opens a connection' 'strace cannot trace here'
        fi
else
        skip G8 'no python3'
fi
cp "$work/kept.yaml" "$work/config.yaml"

# ---- G9, G14: by a clock and a memory of our making.
week() {
        "$@" <"$work/one"
        sed 's/^Date: .*/Date: Sat, 02 Mar 2030 09:00:00 +0000/; s/<TW-1@/<again@/' "$work/one" | "$@"
        sed 's/^Date: .*/Date: Sun, 03 Mar 2030 09:00:00 +0000/; s/<TW-1@/<moved@/; s/02:30/04:30/' "$work/one" | "$@"
        "$@" <"$work/one"
        sed 's/^Date: .*//; s/TW-2/TW-7/' "$work/two" | "$@"
        sed 's/^Date: .*/Date: Sat, 01 Jan 2022 00:00:00 +0000/; s/TW-2/TW-8/' "$work/two" | "$@"
}
clocked() {
        as_exim LD_PRELOAD="$preload" FAULT_SECONDS="$ahead" TZ="$zone" "$program" deliver --config "$work/config.yaml" --log "$log" >>"$work/said" 2>&1
}
if is_sanitized || [ ! -e "$preload" ]; then
        skip 'G9, G14' 'nothing can be put before libc here'
else
        fresh
        week deliver
        holds >"$work/expected"
        injected=0
        wrong=
        now=$(date +%s)
        at() {
                echo $(($(date -d "$1" +%s) - now))
        }
        # Two days back, ten years ahead, the second before and after a leap second, both ends of summer time, the epoch, past 2038.
        for ahead in -172800 315360000 "$(at '2016-12-31T23:59:59Z')" "$(at '2017-01-01T00:00:00Z')" "$(at '2026-03-29T00:59:59Z')" "$(at '2026-10-25T00:30:00Z')" \
                "$(at '1970-01-01T00:00:00Z')" "$(at '2038-01-19T03:14:08Z')"; do
                for zone in UTC America/New_York; do
                        fresh
                        week clocked
                        injected=$((injected + 1))
                        [ "$(holds | diff - "$work/expected" | head -n 5)" = '' ] || blame "the clock $ahead s ahead, TZ=$zone: $(holds | diff - "$work/expected" | head -n 5)"
                done
        done
        # The clock jumps between two copies of a mail: it is still known.
        fresh
        for ahead in 0 -172800 315360000 0; do
                clocked <"$work/one"
                injected=$((injected + 1))
        done
        [ "$(counts)" = '1 1 1 0' ] || blame "copies across jumps: $(counts)"
        is "G9: $injected deliveries with a clock that is wrong: 0 events otherwise, 0 doubled" "$wrong" ''

        # ---- G14.
        starved() {
                as_exim LD_PRELOAD="$preload" FAULT_MALLOC="$1" FAULT_COUNT="$work/allocations" "$program" deliver --config "$work/config.yaml" --log "$log" >>"$work/said" 2>&1
        }
        fresh
        starved 0 <"$work/one"
        allocations=$(cat "$work/allocations")
        is 'G14: allocations are counted' "$((allocations > 500))" 1
        injected=0
        wrong=
        for_person=0
        for ((i = 1; i <= allocations; i += 1 + allocations / ${ALLOCATIONS:-150})); do
                fresh
                starved $i <"$work/one"
                status=$?
                injected=$((injected + 1))
                case "$status $(counts)" in
                '0 1 1 1 0' | '75 '*) ;;
                '0 1 0 0 0') for_person=$((for_person + 1)) ;;
                *) blame "allocation $i fails: $status $(counts)" ;;
                esac
                deliver <"$work/one"
                case "$? $(counts)" in '0 1 '*' 0') ;; *) blame "allocation $i failed; again: $(counts)" ;; esac
        done
        is "G14: $injected of $allocations allocations fail: 0 lost, 0 bounced ($for_person for a person)" "$wrong" ''
fi
is 'G10: nothing was said in any delivery' "$(grep -v ' Killed ' "$work/said")" ''

# ---- G17: replayed or delivered, a mailbox comes to the same.
filters=$top/filters
one_by_one() {
        for file in "${mails[@]}"; do
                env -i HOME="$work" MAILCLINIC_FILTERS="$filters" "$program" deliver --stream maint --config "$work/config.yaml" --log "$log" <"$file" >>"$work/said" 2>&1 || echo "$file: $?"
        done
}
# box SED-SCRIPT: an mbox of the mails, each quoted by that.
box() {
        for file in "${mails[@]}"; do
                echo 'From maint@example.org Fri Mar  1 09:00:00 2030'
                # A mailbox's lines end in a line feed, and its mails in an empty line.
                sed -E "$1" "$file" | sed '$a\'
                echo
        done
}
mapfile -t mails < <(find "$top/samples" -name '*.eml' | LC_ALL=C sort | awk "NR % ${EACH:-5} == 0")
{ cat "$work/one" && printf 'From here on it is down.\n>From there on, too.\n>>From all sides.\nFrom noc@tidewater.example Fri Mar  1 09:00:00 2030 we go\n'; } >"$work/quoted.eml"
printf 'From: a@b.example\nSubject: 8 bits \xe9\nMessage-ID: <bits@b.example>\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\nno blank line after this\n\xff\xfe\n--x--\n' >"$work/bits.eml"
{ sed 's/TW-1/TW-6/' "$work/one" && printf 'From here on it is down.\n\nFrom noc@tidewater.example Fri Mar  1 09:00:00 2030 we go\n'; } >"$work/from.eml"
mails+=("$work/bits.eml" "$work/from.eml" "$work/quoted.eml")
fresh
is 'G17: each is delivered' "$(one_by_one)" ''
holds >"$work/live"
is 'G17: there is something to compare' "$(($(grep -c '^mail' "$work/live") > 100)) $(($(grep -c '^UID' "$work/live") > 20))" '1 1'
box 's/^(>*From )/>\1/' >"$work/rd"
is 'G17: mboxrd: the mailbox adds nothing to what was delivered' "$(mailclinic replay --stream maint "$work/rd" | tail -n 1)" "0 recorded, ${#mails[@]} known before"
# mboxo quotes "From " alone, and so the last mail, which holds ">From ", cannot be told from one that held "From ".
all=("${mails[@]}")
unset 'mails[-1]'
box 's/^From />From /' >"$work/o"
is 'G17: mboxo: nor does this one' "$(mailclinic replay --stream maint "$work/o" | tail -n 1)" "0 recorded, ${#mails[@]} known before"
mails=("${all[@]}")
fresh
mailclinic replay --stream maint "$work/rd" >"$work/out"
is "G17: ${#mails[@]} mails replayed at once: the same resolutions, events and feed" "$(holds | diff - "$work/live")" ''
fresh
mailclinic replay --stream maint --jobs 1 "$work/rd" >"$work/out"
is 'G17: by one reader: the same' "$(holds | diff - "$work/live")" ''
finish
