#!/bin/bash
# mailclinic deliver into a Maildir: each mail in the folder of its resolution, once, whatever fails or dies; and --tap beside another delivery.
# In: mails made up here. Out: TAP; how many faults were injected.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
box=$work/box
printf 'ledger: %s\nmaildir: {path: %s}\n' "$state" "$box" >"$work/config.yaml"
afresh() {
        fresh
        rm -rf "$box"
}

# filed: "FOLDER/PART N" for each part that holds mails.
filed() {
        (cd "$box" 2>/dev/null && find . -type f | sed 's|/[^/]*$||; s|^\./||' | sort | uniq -c | sed -E 's/^ *([0-9]+) (.*)/\2 \1/')
}

# ---- What it is for.
afresh
deliver <"$work/one"
is 'a mail that was added to the calendar: status' $? 0
is 'its folder' "$(filed)" '.calendar/new 1'
is 'the folders are made, for their owner alone' "$(cd "$box" && find . -type d | sort | paste -sd' ') $(find "$box" -perm /077)" '. ./.calendar ./.calendar/cur ./.calendar/new ./.calendar/tmp '
cat >"$work/expected" <<'END_HEAD'
X-Mailclinic-Kind: new
X-Mailclinic-Resolution: calendar
X-Mailclinic-Maintenance: tidewater:TW-1
X-Mailclinic-Why: added to calendar: TW-1
Keywords: added to calendar
END_HEAD
is 'its head says what it was taken for and why' "$(head -n 5 "$box"/.calendar/new/* | sed 's/: TW-1, .*/: TW-1/')" "$(cat "$work/expected")"
is 'below it, it is as it came' "$(tail -c "$(wc -c <"$work/one")" "$box"/.calendar/new/* | cmp - "$work/one")" ''
is 'the log names the folder' "$(grep -c ' folder=.calendar ' "$log")" 1
sed 's/^Date: .*/Date: Sat, 02 Mar 2030 09:00:00 +0000/; s/<TW-1@/<again@/' "$work/one" >"$work/same"
deliver <"$work/same"
is 'a mail that needs no action' "$(filed | paste -sd,) $(grep -h '^Keywords' "$box"/.no-action/new/*)" '.calendar/new 1,.no-action/new 1 Keywords: no action needed'
sed '/^Work order/,$d' "$work/two" | deliver
is 'a mail that needs a person: the Maildir itself, and no keyword' "$(filed | paste -sd,) $(grep -c '^Keywords' "$box"/new/*)" '.calendar/new 1,.no-action/new 1,new 1 0'

# ---- Once.
deliver <"$work/one"
is 'delivered again: not filed again' "$(filed | paste -sd,)" '.calendar/new 1,.no-action/new 1,new 1'
rm "$box"/.calendar/new/*
deliver <"$work/one"
is 'nor when its reader has removed it' "$(filed | paste -sd,)" '.no-action/new 1,new 1'
afresh
for _ in $(seq 10); do deliver <"$work/one" & done
wait
is 'ten copies at once: one is filed' "$(filed) $(counts)" '.calendar/new 1 1 1 1 0'
for i in $(seq 10); do (mail "AT-$i" | deliver) & done
wait
is 'ten mails at once: each is filed' "$(filed)" '.calendar/new 11'

# ---- What the mail says cannot pass for what we say.
afresh
{
        printf 'X-Mailclinic-Resolution: none\nKeywords: no action needed\n folded\nX-MAILCLINIC-Why: me\n'
        sed 's/^Work order.*/Work order TW\xc3\xa9\xe2\x80\xae-1/; s/^Subject: .*/&\n\tfolded/' "$work/one"
} >"$work/forged"
deliver <"$work/forged"
find "$box" -type f -exec cat {} + >"$work/put"
is 'fields that look like ours are left out' "$(grep -E '^(X-Mailclinic-Resolution|Keywords|X-M[A-Z]+-Why| folded)' "$work/put")" 'X-Mailclinic-Resolution: calendar
Keywords: added to calendar'
is 'ours are ASCII without controls' "$(sed '/^From:/,$d' "$work/put" | LC_ALL=C grep -c '[^ -~]')" 0
is 'no line of ours is long' "$(sed '/^From:/,$d' "$work/put" | awk 'length > 78')" ''
is 'the rest is as it came' "$(sed -n '/^From:/,$p' "$work/put" | cmp - <(sed -n '/^From:/,$p' "$work/forged"))" ''

# ---- Layout.
afresh
printf 'ledger: %s\nmaildir: {path: %s, folders: {calendar: works/planned, review: .}}\n' "$state" "$box" >"$work/layout.yaml"
cp "$work/config.yaml" "$work/kept.yaml"
cp "$work/layout.yaml" "$work/config.yaml"
deliver <"$work/one"
is 'folders as configured' "$(filed)" 'works/planned/new 1'
for bad in '{path: box}' "{path: $box, folders: {calendar: ../x}}" "{path: $box, folders: {calendar: /x}}" "{path: $box, folders: {calendar: ''}}" \
        '{folders: {calendar: x}}' "{path: $box, folders: {new: x}}"; do
        printf 'ledger: %s\nmaildir: %s\n' "$state" "$bad" >"$work/config.yaml"
        deliver <"$work/two"
        is "refused: maildir: ${bad/$box/BOX}" $? 75
done
cp "$work/kept.yaml" "$work/config.yaml"

# ---- A Maildir that cannot be written keeps no mail from being recorded, and no mail server waiting.
afresh
: >"$box"
deliver <"$work/one"
is 'no Maildir there: recorded' "$? $(counts) $(grep -c ' unfiled=' "$log")" '0 1 1 1 0 1'
status() {
        MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/config.yaml" "$@"
}
is 'and status says so' "$(status --check | cut -d, -f1; status | grep -c '^maildir')" 'MAILCLINIC WARNING - 1 mails are not filed
1'
rm "$box"
deliver <"$work/two"
is 'the next delivery files both' "$(filed) $(status --check | cut -d' ' -f2)" '.calendar/new 2 OK'

# ---- --tap: it reads and records; it files nothing, and whatever happens, the other delivery is not held up.
afresh
deliver --tap --stream maint <"$work/one"
is '--tap: recorded, not filed' "$? $(counts) $(filed)" '0 1 1 1 0 '
for how in '--tap --nope' "--tap --config $work/nowhere.yaml" '--tap operand'; do
        # shellcheck disable=SC2086 # words
        as_exim "$program" deliver $how --log "$log" <"$work/two" >>"$work/said" 2>&1
        is "deliver $(echo "$how" | sed "s|$work/||"): 0 all the same, and the log says why" "$? $(tail -n 1 "$log" | grep -c 'deferred=\|failed=')" '0 1'
done
deliver --tap </dev/null
is '--tap: no mail' $? 0

if ! has_strace; then
        skip 'G1, G4' 'strace cannot trace here'
        finish
        exit
fi

# ---- G1: what is filed is durable.
afresh
traced -y -e trace=write,fsync,rename,mkdir <"$work/one"
is 'G1: what is filed is synced before it has its name, and its name before the end' "$(sed -nE 's|^([a-z]+)\(.*/box/[^>"]*(tmp/1[^>",]*).*|\1 mail|p; s|^(fsync)\(.*/box/[^>"]*new>.*|\1 name|p' "$work/trace" | uniq | paste -sd,)" 'write mail,fsync mail,rename mail,fsync name'

# ---- G4: killed anywhere, then delivered again: filed once. And an error at any call of the filing: filed with the next mail, once.
injected=0
wrong=
judge() {
        deliver <"$work/one"
        local again=$?
        case "$again $(counts) $(filed | grep -v '/tmp ')" in
        '0 1 1 1 0 .calendar/new 1') ;;
        *) blame "$2: $again $(counts) $(filed)" ;;
        esac
}
# Every ledger and every Maildir is a new one.
fresh() {
        rm -rf "$state" "$log" "$box"
}
for call in fsync fdatasync rename unlink flock link; do fault $call 1 signal=KILL; done
fault mkdir 2 signal=KILL
fault write 1 signal=KILL
fault openat 7 signal=KILL
is "G4: $injected kills: 0 lost, 0 filed twice" "$wrong" ''
# Its reader has seen it meanwhile, and moved it to cur/.
injected=0
wrong=
seen=0
judge() {
        local file
        for file in "$box"/.calendar/new/*; do
                [ ! -e "$file" ] || { mv "$file" "$box/.calendar/cur/${file##*/}:2,S" && seen=$((seen + 1)); }
        done
        deliver <"$work/one"
        case "$? $(counts) $(filed | grep -v '/tmp ' | cut -d' ' -f2)" in
        '0 1 1 1 0 1') ;;
        *) blame "$2: $(counts) $(filed)" ;;
        esac
}
for call in fdatasync fsync pwrite64; do fault $call 1 signal=KILL; done
is "G4: $injected kills, and a reader that moves what is there: 0 filed twice" "$wrong$([ $seen -gt 0 ] || echo 'never seen')" ''
injected=0
wrong=
judge() {
        case $1 in 0 | 75) ;; *) blame "$2: $1" ;; esac
        deliver <"$work/one"
        mail TW-3 | deliver
        case "$(counts) $(filed | grep -v '/tmp ')" in
        '2 2 2 0 .calendar/new 2') ;;
        *) blame "$2: $(counts) $(filed)" ;;
        esac
}
for call in fsync rename flock; do fault $call 1 error=EIO; done
fault write 1 error=ENOSPC
fault mkdir 1 error=ENOSPC
is "G1: $injected errors: 0 lost, 0 filed twice" "$wrong" ''
is 'G10: nothing was said' "$(grep -v ' Killed ' "$work/said")" ''
finish
