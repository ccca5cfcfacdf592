#!/bin/bash
# The guarantees of mailclinic deliver, at length: every call fails once, every call is the last one, thousands of mails at once. Minutes.
# In: mails made up here. Out: TAP; how many faults were injected, and what came of them.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"

# ---- 10,000 deliveries by 8 processes: none lost, none refused, none twice.
mails=${FAULTS_MAILS:-10000}
fresh
began=$SECONDS
for worker in 0 1 2 3 4 5 6 7; do
        (for ((i = worker; i < mails; i += 8)); do mail "LOAD-$i" | deliver || echo "$i" >>"$work/refused"; done) &
done
wait
echo "# $mails mails in $((SECONDS - began)) s, $(du -bc "$state"/ledger.sqlite* | tail -n 1 | cut -f1) bytes of ledger"
is "G5: $mails mails from 8 processes: none lost, none refused, none twice" "$(counts) $(cat "$work/refused" 2>/dev/null)" "$mails $mails $mails 0 "

# ---- G11: cut at every byte.
wrong=
size=$(wc -c <"$work/one")
for ((k = 1; k <= size; k++)); do
        fresh
        head -c "$k" "$work/one" | deliver
        status=$?
        case "$status $(counts)" in
        '0 1 '*' 0' | '75 '*) ;;
        *) blame "cut after $k: $status $(counts)" ;;
        esac
done
is "G11: $size faults: cut at each byte: stored" "$wrong" ''

if ! has_strace; then
        skip 'G1, G3, G4' 'strace cannot trace here'
        finish
        exit
fi

# Every call that a delivery makes once it has armed itself.
fresh
traced <"$work/one"
mapfile -t every < <(sed -n '/^alarm(/,$p' "$work/trace" | sed -nE 's/^([a-z0-9_]+)\(.*/\1/p' | grep -vxE 'alarm|exit_group|rt_sigreturn' | sort -u)
echo "# calls: ${every[*]}"

injected=0
wrong=
judge() {
        case "$1 $(counts)" in
        '0 1 1 1 0' | '75 '*) ;;
        # The reader could not be asked: for a person, not lost.
        '0 1 0 0 0') for_person=$((for_person + 1)) ;;
        # What is recorded could not be taken out of the spool: it is when it comes again.
        '0 1 1 1 1') left=$((left + 1)) ;;
        *) blame "$2: $1 $(counts)" ;;
        esac
}
for_person=0 left=0
for call in openat read write pread64 pwrite64 fsync fdatasync ftruncate rename link unlink mkdir flock fcntl newfstatat fstat mmap getdents64 socketpair clone poll; do
        for how in error=EIO error=ENOSPC; do fault $call 1 $how; done
done
is "G1: $injected injected errors: 0 lost, 0 bounced ($for_person for a person, $left left in the spool)" "$wrong" ''

injected=0
wrong=
judge() {
        case "$1 $(counts)" in
        75\ *) ;;
        *) blame "$2: $1 $(counts)" ;;
        esac
}
for call in "${every[@]}"; do fault "$call" 3 signal=SEGV; done
is "G3: $injected injected crashes: 0 bounced" "$wrong" ''

injected=0
wrong=
judge() {
        deliver <"$work/one"
        local again=$?
        case "$again $(counts)" in
        '0 1 1 1 0') ;;
        *) blame "$2: $again $(counts)" ;;
        esac
}
for call in "${every[@]}"; do fault "$call" 1 signal=KILL; done
is "G4: $injected kills: 0 lost, 0 doubled" "$wrong" ''
is 'G10: nothing was said in any delivery' "$(grep -v ' Killed ' "$work/said")" ''
finish
