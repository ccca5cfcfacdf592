#!/bin/bash
# mailclinic deliver: the guarantees (G1 to G19) that need no mail server, each named as in the manual; tests/faults.sh has the long loops.
# In: mails made up here. Out: TAP; how many faults were injected.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"

# ---- What it is for.
fresh
deliver <"$work/one"
is 'a mail is recorded: status' $? 0
is 'one mail, one event, one act, an empty spool' "$(counts)" '1 1 1 0'
is 'the raw mail is kept as it came' "$(cmp "$work/one" "$state"/mail/2030/03/*)" ''
is 'the ledger is for its owner alone' "$(find "$state" -perm /077)" ''
is 'one line in the log' "$(sed -E 's/^[^ ]+ //; s/ hash=.*//; s/(: TW-1), .*/\1"/' "$log")" 'message-id=TW-1@tidewater.example stream=maint vendor=tidewater kind=new from=noc@tidewater.example subject="Cable work TW-1" maintenance=tidewater:TW-1 resolution=calendar acts=1 reason="added to calendar: TW-1"'
deliver <"$work/one"
is 'the same mail again: status' $? 0
is 'the same mail again: nothing' "$(counts)" '1 1 1 0'
{
        echo 'From noc@tidewater.example Sun Nov 22 19:08:47 2026'
        echo 'Return-path: <noc@tidewater.example>'
        echo 'Envelope-to: maint-announce@example.org'
        cat "$work/one"
        echo
} >"$work/wrapped"
deliver <"$work/wrapped"
is 'and with what the mail server puts around it' "$? $(counts)" '0 1 1 1 0'
{ printf 'X-Copy: yes\n' && cat "$work/one"; } | deliver
is 'and by another way: no second raw mail' "$? $(counts) $(find "$state/mail" -type f | wc -l)" '0 1 1 1 0 1'

# ---- Streams.
to() {
        fresh
        env -i "$@" HOME="$work" MAILCLINIC_FILTERS="$work/filters" "$program" deliver --config "$work/config.yaml" --log "$log" $flags <"${file:-$work/one}"
        sed -nE 's/.* stream=([a-z]+) .* resolution=([a-z]+) acts=([0-9]).*/\1 \2 \3/p' "$log"
}
flags=
is 'RECIPIENT' "$(to RECIPIENT=maint-announce@example.org)" 'maint calendar 1'
is 'RECIPIENT with a suffix, whatever the case' "$(to RECIPIENT=Maint-Announce+tag@example.org)" 'maint calendar 1'
is 'LOCAL_PART' "$(to LOCAL_PART=maint-announce)" 'maint calendar 1'
is 'root' "$(to RECIPIENT=root@example.org)" 'root review 0'
is 'none of them: review' "$(to RECIPIENT=other@example.org)" 'maint review 0'
is 'nothing known: review' "$(to A=b)" 'maint review 0'
sed '1i List-Id: Announcements <maint-announce.lists.example.org>' "$work/one" >"$work/listed"
is 'List-Id' "$(file=$work/listed to RECIPIENT=other@example.org)" 'maint calendar 1'
is '--tap does not look at the recipient' "$(flags=--tap to RECIPIENT=maint-announce@example.org)" 'maint review 0'
is '--stream wins' "$(flags='--stream root' to RECIPIENT=maint-announce@example.org)" 'root review 0'
printf 'ledger: %s\nstreams: {maint: [vendors@example.org], root: [ops]}\n' "$state" >"$work/streams.yaml"
mv "$work/config.yaml" "$work/kept.yaml"
cp "$work/streams.yaml" "$work/config.yaml"
is 'configured addresses' "$(to RECIPIENT=vendors@example.org)" 'maint calendar 1'
is 'another domain' "$(to RECIPIENT=vendors@example.net)" 'maint review 0'
is 'a configured local part' "$(to RECIPIENT=ops@mx.example.net)" 'root review 0'
is 'the usual ones are none then' "$(to RECIPIENT=root@example.org)" 'maint review 0'
mv "$work/kept.yaml" "$work/config.yaml"

# ---- G2: no outcome but 0 and 75.
fresh
deliver --nope <"$work/one"
is 'G2: an unknown option: status, and a line in the log' "$? $(grep -c 'deferred="Unknown option --nope' "$log")" '75 1'
deliver --stream news <"$work/one"
is 'G2: an unknown stream' $? 75
deliver one.eml <"$work/one"
is 'G2: an operand' $? 75
deliver --help <"$work/one"
is 'G2: --help is no success where nobody reads it' $? 75
deliver </dev/null
is 'G2: no mail' $? 75
as_exim "$program" deliver --config "$work/nowhere.yaml" --log "$log" <"$work/one"
is 'G2: no configuration' $? 75
echo 'ledgr: x' >"$work/bad.yaml"
as_exim "$program" deliver --config "$work/bad.yaml" --log "$log" <"$work/one"
is 'G2: a broken configuration, and the log says why' "$? $(grep -c 'bad.yaml:1:1: ' "$log")" '75 1'
as_exim MAILCLINIC_FILTERS="$work/nowhere" "$program" deliver --config "$work/config.yaml" --log "$log" <"$work/one"
is 'G2: no filters' $? 75
is 'G2: the mail stays in the spool' "$(counts)" '0 0 0 1'
deliver <"$work/one"
is 'G2: and is recorded when it comes again' "$? $(counts)" '0 1 1 1 0'
fresh
deliver <"$work/one" <&-
is 'G2: standard input closed' $? 75
as_exim "$program" deliver --config "$work/config.yaml" --log "$log" <"$work/one" >&- 2>&-
is 'G2: output closed' "$? $(counts)" '0 1 1 1 0'
fresh
if is_sanitized; then
        skip 'G2: limits of the system' 'a build with sanitizers'
else
        for limit in '-n 8' '-n 12' '-f 1' '-f 16' '-s 64'; do
                # shellcheck disable=SC2086
                (ulimit $limit && exec 2>/dev/null && deliver <"$work/one")
                status=$?
                case $status in
                0) [ "$(counts)" = '1 1 1 0' ] || blame "ulimit $limit: 0, but $(counts)" ;;
                75 | 127) ;; # 127: the loader itself had no room
                *) blame "ulimit $limit: $status" ;;
                esac
                fresh
        done
        is 'G2: 5 faults: limits of the system' "$wrong" ''
fi
fresh
mkdir -p "$state"
: >"$state/spool"
deliver <"$work/one"
is 'G2: a spool that cannot be' $? 75
fresh
env -i RECIPIENT=root@example.org "$program" deliver --filters "$work/filters" --log "$log" <"$work/one" >/dev/null 2>&1
case $? in 0 | 75) is 'G2: no HOME' 1 1 ;; *) is 'G2: no HOME' $? 75 ;; esac

# ---- G5: the same mail many times at once; the same Message-ID with another text.
fresh
for _ in $(seq 20); do (deliver <"$work/one" || echo refused >>"$work/refused") & done
wait
is 'G5: 20 copies at once: one row, one event, one act' "$(counts) $(cat "$work/refused" 2>/dev/null)" '1 1 1 0 '
for i in $(seq 20); do (mail "AT-$i" | deliver || echo refused >>"$work/refused") & done
wait
is 'G5: 20 mails at once: none lost, none refused' "$(counts) $(cat "$work/refused" 2>/dev/null)" '21 21 21 0 '
sed 's/02:30/04:30/' "$work/one" >"$work/other"
deliver <"$work/other"
is 'G5: the same Message-ID with another text is another mail, for review' "$? $(counts) $(resolved review)" '0 22 21 22 0 1'

if command -v python3 >/dev/null; then
        # twice TABLE: its rows once more.
        twice() {
                python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
columns = ", ".join(c[1] for c in db.execute("PRAGMA table_info(%s)" % sys.argv[2]) if c[1] != "id")
try: db.execute("INSERT INTO %s (%s) SELECT %s FROM %s" % (sys.argv[2], columns, columns, sys.argv[2]))
except sqlite3.IntegrityError: print("refused")' "$state/ledger.sqlite" "$1"
        }
        for table in mail act event maintenance touched; do
                is "G5: whoever writes it, the database refuses a second row: $table" "$(twice $table)" refused
        done
else
        skip 'G5: unique keys' 'no python3 here'
fi

# ---- G6: somebody else holds the database.
if command -v python3 >/dev/null; then
        hold() {
                python3 -c 'import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))' "$state/ledger.sqlite" "$1"
        }
        before=$(counts)
        exec 3< <(hold 8)
        read -r _ <&3
        began=$SECONDS
        deliver <"$work/two"
        status=$?
        is 'G6: locked for 8 s: deferred' "$status $((SECONDS - began < 8))" '75 1'
        exec 3<&-
        is 'G6: and nothing was written but the spool' "$(counts)" "${before% *} 1"
        deliver <"$work/two"
        is 'G6: then recorded' "$? $(counts)" '0 23 22 23 0'
        exec 3< <(hold 1)
        read -r _ <&3
        mail TW-3 | deliver
        is 'G6: locked for 1 s: waits' $? 0
        exec 3<&-
else
        skip 'G6' 'no python3 here'
fi

# ---- G7: a full disk.
cat >"$work/full" <<'END_FULL'
. "$1"
mkdir "$state" && mount -t tmpfs -o "size=$2" tmpfs "$state" || exit 99
echo mounted
deliver <"$work/one"
echo "first $?"
head -c 10000000 /dev/zero >"$state/filler" 2>/dev/null
mail TW-9 | deliver
echo "full $?"
rm -f "$state/filler"
cp -a "$state" "$work/moved" && umount "$state" && cp -a "$work/moved/." "$state"
deliver <"$work/one"
echo "then $?"
counts
END_FULL
full() {
        unshare -Urm bash "$work/full" "${srcdir:-.}/tests/delivery.bash" "$1" 2>/dev/null
}
if full 1m | grep -q mounted; then
        for size in 16k 64k 256k 1m; do
                out=$(full $size)
                status=$(sed -n 's/^full //p' <<<"$out")
                is "G7: a disk of $size that is full: deferred" "$status" 75
                is "G7: a disk of $size with room again" "$(sed -n 's/^then //p' <<<"$out")" 0
                is "G7: a disk of $size: recorded once" "$(tail -n 1 <<<"$out" | cut -d' ' -f1)" 1
        done
else
        skip 'G7' 'no file system can be mounted here'
fi

# ---- G10: not a byte on standard output or error, whatever happens.
echo 'vendor: [' >"$work/filters/vendor/broken.yaml"
fresh
as_exim G_MESSAGES_DEBUG=all G_DEBUG=fatal-warnings LC_ALL=nowhere "$program" deliver --config "$work/config.yaml" --log "$log" <"$work/one" >>"$work/said" 2>&1
is 'G10: a broken filter and much debugging: recorded' "$? $(counts)" '0 1 1 1 0'
rm "$work/filters/vendor/broken.yaml"
is 'G10: nothing was said in all the deliveries above' "$(grep -v ' Killed ' "$work/said")" ''

fresh
mkfifo "$work/fifo"
env -i RECIPIENT=maint-announce@example.org HOME="$work" MAILCLINIC_FILTERS="$work/filters" "$program" deliver --config "$work/config.yaml" --log "$log" \
        <"$work/fifo" >>"$work/said" 2>&1 &
pid=$!
exec 5>"$work/fifo"
for _ in $(seq 100); do
        outputs=$(readlink "/proc/$pid/fd/1" "/proc/$pid/fd/2" | sort -u)
        is_sanitized && outputs=$(readlink "/proc/$pid/fd/1")
        [ "$outputs" = /dev/null ] && break
        sleep 0.1
done
is 'G10: output goes nowhere before the mail is there' "$outputs" /dev/null
cat "$work/one" >&5
exec 5>&-
wait $pid
is 'G10: that mail is recorded' "$? $(counts)" '0 1 1 1 0'

# ---- G11: standard input is read to its end.
fresh
{ cat "$work/one" && head -c 10000000 /dev/zero | tr '\0' x | fold -w 76; } >"$work/large"
deliver <"$work/large"
is 'G11: 10 MB' "$? $(cmp "$work/large" "$state"/mail/2030/03/*)" '0 '
fresh
{ head -c 26500000 /dev/zero | tr '\0' x | fold -w 76; } | cat "$work/one" - >"$work/large"
deliver <"$work/large"
is 'G11: over 25 MB: stored whole, for review' "$? $(cmp "$work/large" "$state"/mail/2030/03/*) $(resolved review)" '0  1'
rm -f "$work/large"
fresh
size=$(wc -c <"$work/one")
wrong=
injected=0
for ((k = 1; k < size; k += 23)); do
        injected=$((injected + 1))
        fresh
        head -c "$k" "$work/one" | deliver
        status=$?
        case "$status $(counts)" in
        '0 1 '*' 0' | '75 '*) ;;
        *) blame "cut after $k: $status $(counts)" ;;
        esac
done
is "G11: $injected faults: a mail cut at each 23rd of $size bytes is stored" "$wrong" ''
fresh
{ head -c 100 "$work/one" && sleep 1 && tail -c +101 "$work/one"; } | deliver
is 'G11: a slow writer' "$? $(counts)" '0 1 1 1 0'

# ---- G12: bombs are stored for review, in bounded time.
bomb() {
        printf 'From: noc@tidewater.example\nSubject: Cable work\nMessage-ID: <bomb@tidewater.example>\n'
        case $1 in
        groups) printf 'To: ' && head -c 200000 /dev/zero | sed 's/\x0/a:/g' && printf '\n\nhello\n' ;;
        depth) for _ in $(seq 2000); do printf 'Content-Type: multipart/mixed; boundary=a\n\n--a\n'; done ;;
        html) printf 'Content-Type: text/html\n\n<a ' && seq -f 'a%g=1' 60000 && printf '>\n' ;;
        fields) seq -f 'X-%g: y' 20000 && printf '\nhello\n' ;;
        esac
}
for kind in groups depth html fields; do
        fresh
        began=$SECONDS
        bomb $kind | deliver
        is "G12: $kind" "$? $(counts | cut -d' ' -f1,4) $((SECONDS - began <= 35))" '0 1 0 1'
done

# ---- G16: a ledger of another version, or a damaged one, is left alone.
fresh
deliver <"$work/one"
if command -v python3 >/dev/null; then
        python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version=99")' "$state/ledger.sqlite"
        sum=$(cat "$state"/ledger.sqlite "$state"/ledger.sqlite-wal 2>/dev/null | sha256sum)
        deliver <"$work/two"
        is 'G16: a newer ledger: deferred, and the log advises' "$? $(grep -c 'is of a newer mailclinic' "$log")" '75 1'
        is 'G16: a newer ledger: not a byte changed' "$(cat "$state"/ledger.sqlite "$state"/ledger.sqlite-wal 2>/dev/null | sha256sum)" "$sum"
else
        skip 'G16' 'no python3 here'
fi
fresh
mkdir -p "$state"
seq 1000 >"$state/ledger.sqlite"
sum=$(sha256sum <"$state/ledger.sqlite")
deliver <"$work/one"
is 'G16: no database: deferred, and the log advises' "$? $(grep -c 'is damaged' "$log")" '75 1'
is 'G16: no database: not a byte changed' "$(sha256sum <"$state/ledger.sqlite")" "$sum"

# ---- G19: no loop.
looped() {
        fresh
        { printf '%s\n' "$1" && cat "$work/one"; } | deliver
        echo "$? $(counts) $(resolved review)"
}
is 'G19: X-Loop' "$(looped 'X-Loop: mailclinic@example.org')" '0 1 0 0 0 1'
is 'G19: X-Phabricator-*' "$(looped 'X-Phabricator-Sent-This-Message: Yes')" '0 1 0 0 0 1'
is 'G19: Auto-Submitted: auto-replied' "$(looped 'Auto-Submitted: auto-replied')" '0 1 0 0 0 1'
is 'G19: Auto-Submitted: auto-generated is what notices are' "$(looped 'Auto-Submitted: auto-generated')" '0 1 1 1 0 0'
is 'G19: Return-path: <>' "$(looped 'Return-path: <>')" '0 1 0 0 0 1'
fresh
as_exim SENDER= "$program" deliver --config "$work/config.yaml" --log "$log" <"$work/one"
is 'G19: the empty sender' "$? $(counts) $(resolved review)" '0 1 0 0 0 1'

if ! has_strace; then
        skip 'G1, G3, G4, G13, G18' 'strace cannot trace here'
        finish
        exit
fi

# ---- G1: status 0 means that it is durable; G2 again.
injected=0
wrong=
judge() {
        case "$1 $(counts)" in
        '0 1 1 1 0' | '75 '*) ;;
        *) blame "$2: $1 $(counts)" ;;
        esac
}
fault fsync 1 error=EIO
fault fdatasync 1 error=EIO
fault pwrite64 4 error=ENOSPC
fault write 1 error=ENOSPC
fault ftruncate 1 error=EIO
fault rename 1 error=ENOSPC
fault link 1 error=EIO
fault mkdir 1 error=ENOSPC
fault openat 12 error=EIO
is "G1: $injected injected errors: 0 lost, and nothing but 0 and 75" "$wrong" ''

# What was written is synced before the end, and so is each directory that a name was put into.
fresh
traced -y -e trace=write,pwrite64,fsync,fdatasync,rename,link,mkdir,ftruncate <"$work/one"
is 'G1: no byte and no name is left to the page cache' "$(awk '
        # 3</a/path> as the first argument: of the file; of a name: its directory.
        function file(line) { return match(line, /<[^>]*>/) ? substr(line, RSTART + 1, RLENGTH - 2) : "" }
        function above(line, path) { path = line; sub(/"[^"]*$/, "", path); sub(/.*"/, "", path); sub(/\/[^\/]*$/, "", path); return path }
        / = -1 / { next }
        /^(write|pwrite64)\(/ { if (file($0) ~ /state\// && file($0) !~ /-shm$/) dirty[file($0)] = $0 }
        /^(rename|link)\(/ { dirty[above($0)] = $0 }
        /^mkdir\("[^"]*\/mail[\/"]/ { dirty[above($0)] = $0 }
        /^(fsync|fdatasync)\(/ { synced++; delete dirty[file($0)] }
        END { if (!synced) print "nothing is synced"; for (path in dirty) print path ": " dirty[path] }' "$work/trace")" ''

# ---- G3: a crash never bounces.
injected=0
wrong=
judge() {
        case "$1 $(counts)" in
        75\ *) ;;
        *) blame "$2: $1 $(counts)" ;;
        esac
}
fault fsync 1 signal=SEGV
fault pwrite64 8 signal=ABRT
fault rename 1 signal=BUS
fault link 1 signal=TERM
is "G3: $injected injected crashes: all deferred" "$wrong" ''

# ---- G4: killed anywhere, then delivered again: once.
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
fault fsync 1 signal=KILL
fault pwrite64 6 signal=KILL
fault write 1 signal=KILL
fault rename 1 signal=KILL
fault link 1 signal=KILL
fault unlink 1 signal=KILL
fault mkdir 2 signal=KILL
is "G4: $injected kills: after one more delivery one mail, one event, one act" "$wrong" ''

# ---- G13: a mail that two runs died of.
fresh
for _ in 1 2; do traced -e trace=socketpair -e inject=socketpair:signal=KILL:when=1 <"$work/one"; done
is 'G13: two runs died' "$(counts)" '0 0 0 1'
deliver <"$work/one"
is 'G13: the third stores it for review without reading it' "$? $(counts) $(resolved review)" '0 1 0 0 0 1'
is 'G13: and says why' "$(grep -c 'it was not read: 2 deliveries ended at it' "$log")" 1
fresh
for _ in 1 2 3; do traced -e trace=link -e inject=link:error=EIO:when=1 <"$work/one"; done
deliver <"$work/one"
is 'G13: runs that ended in good order do not count' "$? $(counts)" '0 1 1 1 0'

# ---- G18: a dry run changes nothing.
mail TW-8 >"$work/eight.eml"
sum=$(cd "$state" && find . -type f ! -name '*-shm' -exec sha256sum {} + | sort)
as_exim strace -f -qq -e trace=connect,unlink,rename,mkdir,link -o "$work/trace" "$program" replay -n --format json --config "$work/config.yaml" "$work/eight.eml" >"$work/json" 2>/dev/null
is 'G18: a dry run shows what would be' "$(grep -c '"resolution":"calendar","maintenance":"tidewater:TW-8"' "$work/json")" 1
is 'G18: the same bytes' "$(cd "$state" && find . -type f ! -name '*-shm' -exec sha256sum {} + | sort)" "$sum"
is 'G18: no connection, no file made or removed' "$(grep -v '^[0-9]* *+++\|SIG' "$work/trace")" ''
is 'G10: nothing was said in any delivery' "$(grep -v ' Killed ' "$work/said")" ''
finish
