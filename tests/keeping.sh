#!/bin/bash
# mailclinic backup and mailclinic prune: what is copied can be put in the ledger's place, and what is removed is needed by nobody.
# In: mails made up here. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
copy=$work/copy
mailclinic() {
        MAILCLINIC_FILTERS=$work/filters "$program" "$1" --config "$work/config.yaml" "${@:2}" 2>&1
}
# everything: mails, decisions, the calendar, as a user sees them.
everything() {
        counts
        mailclinic review export
        mailclinic review list --resolved --json
        mailclinic review list --json
        mailclinic publish --feed "$work/feed.ics" >"$work/said" && cat "$work/feed.ics"
}
# dated ID DAY: another mail with the same facts, which needs no action.
dated() {
        sed "s/^Date: .*/Date: $2 09:00:00 +0000/; s/<TW-1@/<$1@/" "$work/one"
}

# ---- backup.
mailclinic backup "$copy" >"$work/out"
is 'backup: there is no ledger yet: status' $? 66
is 'backup: and none is made' "$([ ! -e "$state" ] || echo made)$([ ! -e "$copy" ] || echo made)" ''
deliver <"$work/one"
sed '/^Work order/,$d' "$work/two" | deliver
mailclinic review note 2 'who is this?' >/dev/null
is 'backup' "$(mailclinic backup "$copy" | sed "s|$copy|COPY|")" 'COPY: the ledger, its decisions and 2 raw mails, 2 of them new'
is 'backup: for its owner alone' "$(find "$copy" -perm /077)" ''
is 'backup: files' "$(cd "$copy" && find . -type f | sed -E 's/[0-9a-f]{64}/HASH/' | sort | paste -sd' ')" './decisions.jsonl ./ledger.sqlite ./mail/2030/03/HASH ./mail/2030/03/HASH'
mail TW-3 | deliver
dated TW-4 'Sat, 02 Mar 2030' | deliver
mailclinic review correct 2 --not-a-maintenance >/dev/null
is 'backup again: what is new' "$(mailclinic backup "$copy" | sed "s|$copy|COPY|")" 'COPY: the ledger, its decisions and 4 raw mails, 2 of them new'
everything >"$work/before"
rm -rf "$state"
cp -a "$copy" "$state"
everything >"$work/after"
is 'restored by putting it in the ledger'\''s place: all is as it was' "$(diff "$work/before" "$work/after")" ''
is 'restored: raw mails' "$(find "$state/mail" -type f -exec cat {} + | grep -c '^Message-ID')" 4
deliver <"$work/one"
is 'restored: a mail that was known is' "$? $(counts)" '0 4 2 2 0'
is 'restored: decisions go on' "$(mailclinic review undo 2 >/dev/null; echo $?)" 0
mailclinic backup "$state" >"$work/out"
is 'backup onto the ledger itself is refused' "$? $(grep -c 'is a ledger that was used' "$work/out")" '64 1'
: >"$work/file"
is 'backup into what is no directory' "$(mailclinic backup "$work/file/copy" >/dev/null; echo $?)" 74
for i in $(seq 30); do (mail "LOAD-$i" | deliver) & done
mailclinic backup "$copy" >"$work/out"
is 'backup while mails are delivered' $? 0
wait
rm -rf "$work/restored" && cp -a "$copy" "$work/restored"
is 'and each mail that it knows is there raw' "$(echo "ledger: $work/restored" >"$work/restored.yaml"
        MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/restored.yaml" --json >"$work/json"
        grep -c '"fault":null' "$work/json"
        [ "$(sed -nE 's/.*"all":([0-9]+).*/\1/p' "$work/json")" -le "$(find "$work/restored/mail" -type f | wc -l)" ] && echo all)" '1
all'
if has_strace; then
        rm -rf "$copy"
        mailclinic backup "$copy" >/dev/null
        mail TW-5 | deliver
        MAILCLINIC_FILTERS=$work/filters strace -qq -o "$work/trace" -e trace=rename -e inject=rename:signal=KILL:when=2 "$program" backup --config "$work/config.yaml" "$copy" >/dev/null 2>&1
        rm -rf "$work/restored" && cp -a "$copy" "$work/restored"
        is 'killed in the middle: the copy of before is whole' "$(MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/restored.yaml" --json | grep -c '"fault":null')" 1
        is 'and the next run ends it' "$(mailclinic backup "$copy" | grep -c ', 1 of them new')" 1
else
        skip 'killed in the middle' 'strace cannot trace here'
fi

# ---- prune.
fresh
deliver <"$work/one"
is 'prune: nothing is configured, nothing is removed' "$(mailclinic prune)" 'everything is kept: the configuration has no keep:'
printf 'ledger: %s\nkeep: {mails: 10d, history: 20d}\n' "$state" >"$work/config.yaml"
# Mail 1 made an event, 2 and 3 repeat it, 4 and 5 are noise of a person's making ... and what is written today is the newest.
dated again-1 'Sat, 02 Mar 2030' | deliver
dated again-2 'Fri, 15 Mar 2030' | deliver
noise() {
        printf 'From: news@other.example\nTo: maint-announce@example.org\nSubject: Newsletter\nDate: %s 09:00:00 +0000\nMessage-ID: <%s@other.example>\n\nhello\n' "$2" "$1"
}
mkdir -p "$work/filters/noise"
printf '%s\n' 'reason: newsletter' 'from: ["@other[.]example$"]' 'subject: ["^Newsletter"]' 'resolution: none' >"$work/filters/noise/news.yaml"
noise news-1 'Sat, 02 Mar 2030' | deliver
noise news-2 'Sun, 10 Mar 2030' | deliver
sed '/^Work order/,$d; s/^Date: .*/Date: Sat, 02 Mar 2030 10:00:00 +0000/' "$work/two" | deliver
sed '/^Work order/,$d; s/^Date: .*/Date: Sat, 02 Mar 2030 11:00:00 +0000/; s/<TW-2@/<decided@/' "$work/two" | deliver
mailclinic review correct 7 --not-a-maintenance >/dev/null
mail TW-9 | sed 's/^Date: .*/Date: Mon, 25 Mar 2030 09:00:00 +0000/; s/9 March/9 May/; s/10 March/10 May/' | deliver
raw() {
        find "$state/mail" -type f -exec sed -n 's/^Message-ID: <\(.*\)@.*/\1/p' {} + | sort | paste -sd' '
}
is 'prune: before' "$(resolved none) $(raw)" '5 TW-1 TW-2 TW-9 again-1 again-2 decided news-1 news-2'
now() {
        date -d "$1" +%s
}
if [ "$(date +%Y)" -ge 2030 ]; then
        skip 'prune' 'the mails of this test are no longer of the future'
else
        is 'prune: a Date that the clock has not reached does not count: nothing is removed' "$(mailclinic prune)" 'removed: 0 raw mails (0.0 MB), 0 mails of the history'
fi
clock() {
        env LD_PRELOAD="${faults:-$PWD/tests/faults.so}" FAULT_SECONDS=$(($(now "$1") - $(date +%s))) "${@:2}"
}
if is_sanitized || [ ! -e tests/faults.so ]; then
        skip 'prune' 'no clock can be set here'
        finish
        exit
fi
prune() {
        clock '2030-03-26' env MAILCLINIC_FILTERS="$work/filters" "$program" prune --config "$work/config.yaml" "$@" 2>&1
}
is 'prune --dry-run says what would be removed' "$(prune -n)" 'would be removed: 3 raw mails (0.0 MB), 1 mails of the history'
is 'prune --dry-run removes nothing' "$(raw)" 'TW-1 TW-2 TW-9 again-1 again-2 decided news-1 news-2'
is 'prune' "$(prune)" 'removed: 3 raw mails (0.0 MB), 1 mails of the history'
is 'prune: nothing in review, nothing that a person decided on, nothing that stands in the calendar' "$(raw)" 'TW-1 TW-2 TW-9 again-2 decided'
is 'prune again: nothing' "$(prune)" 'removed: 0 raw mails (0.0 MB), 0 mails of the history'
dated again-1 'Sat, 02 Mar 2030' | deliver
is 'prune: what was removed raw is still known' "$(grep -c repeat=yes "$log") $(counts)" '1 7 2 2 0'
is 'prune: review still shows it' "$(mailclinic review show 2 | grep -c 'not at hand')" 1
is 'G9: a clock that is ten years ahead removes no more' "$(clock '2040-01-01' env MAILCLINIC_FILTERS="$work/filters" "$program" prune --config "$work/config.yaml")" \
        'removed: 0 raw mails (0.0 MB), 0 mails of the history'

# ---- How long the feed keeps events.
published() {
        printf 'ledger: %s\npublish: {feed: %s%s}\n' "$state" "$work/feed.ics" "$1" >"$work/config.yaml"
        mailclinic publish | sed 's/;.*//'
}
is 'publish: 400 days are usual' "$(published '')" '2 events'
is 'publish: keep' "$(published ', keep: 2w')" '1 events'
is 'publish: keep, to the hour' "$(published ', keep: 367h') $(published ', keep: 366h')" '2 events 1 events'
printf 'ledger: %s\nkeep: {mails: 10 moons}\n' "$state" >"$work/config.yaml"
is 'keep: no length of time' "$(mailclinic prune; echo $?)" "mailclinic prune: $work/config.yaml: keep: mails: '10 moons' is no length of time such as 12h, 7d or 52w
78"
finish
