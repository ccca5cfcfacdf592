#!/bin/bash
# mailclinic deliver beneath a real exim on loopback, through contrib/exim and contrib/forward as they are: nothing bounces, nothing doubles.
# In: exim (EXIM=, or in the PATH), root; mails made up here. Out: TAP. All of it is in a mount namespace of its own, where /etc is a copy.
# shellcheck disable=SC1091,SC2154 # what is used stands in tests/delivery.bash
exim=${EXIM:-$(PATH=$PATH:/usr/sbin command -v exim4)}
absent() {
        echo "1..0 # SKIP $1"
        exit 0
}
[ "$(id -u)" = 0 ] || absent 'only root can run a mail server'
[ -x "$exim" ] || absent 'exim is not here'
if [ -z "${INSIDE-}" ]; then
        unshare -m true 2>/dev/null || absent 'no mount namespace is to be had'
        INSIDE=yes EXIM=$exim exec unshare -m "$BASH" "$0"
fi
. "${srcdir:-.}/tests/delivery.bash"
contrib=$(cd "${srcdir:-.}" && pwd)/contrib
port=$((20000 + $$ % 20000))

# ---- The machine: a user, exim's own user and its trust in our files; a program and filters that everybody may read.
user=mailclinic
home=$work/home
cp -a /etc "$work/etc" && mount --bind "$work/etc" /etc || exit 99
for name in $user Debian-exim; do
        getent passwd $name >/dev/null && sed -i "/^$name:/d" /etc/passwd /etc/group
done
echo "$user:x:61001:61001::$home:/bin/sh" >>/etc/passwd
echo "Debian-exim:x:61002:61002::/nonexistent:/usr/sbin/nologin" >>/etc/passwd
printf '%s:x:61001:\nDebian-exim:x:61002:\n' $user >>/etc/group
mkdir -p /etc/exim4 "$work/bin" "$work/spool" "$work/logs" "$home" "$state"
printf '%s\n' "$work/router.conf" "$work/forward.conf" "$work/returning.conf" "$work/tap.conf" >/etc/exim4/trusted_configs
chmod 644 /etc/exim4/trusted_configs
cp "$program" "$work/bin/mailclinic"
install -m 4755 "$exim" "$work/bin/exim4"
exim=$work/bin/exim4
chmod -R go+rX "$work" && chmod 755 "$work"
touch "$log"
chown -R $user:$user "$home" "$state" "$log"
chown -R Debian-exim:Debian-exim "$work/spool" "$work/logs"
command="$work/bin/mailclinic deliver --config $work/config.yaml --filters $work/filters --log $log"

# The shipped file, with the paths of this test.
shipped() {
        sed -e "s|/usr/bin/mailclinic deliver|$command|" -e "s|/var/lib/mailclinic|$home|" "$contrib/$1"
}

# configuration ROUTER TRANSPORT [OPTIONS]: what else a mail server needs. A bounce would be logged, and go nowhere.
configuration() {
        cat <<END_CONFIGURATION
exim_path = $exim
spool_directory = $work/spool
log_file_path = $work/logs/%slog
pid_file_path = $work/exim.pid
primary_hostname = mx.example.org
qualify_domain = example.org
domainlist local_domains = example.org
never_users = root
local_interfaces = 127.0.0.1
daemon_smtp_ports = $port
disable_ipv6
tls_advertise_hosts =
queue_only
keep_environment =
acl_smtp_rcpt = accept
${3-}
begin routers
abroad:
  driver = redirect
  domains = ! +local_domains
  data = :blackhole:
$1
begin transports
$2
begin retry
* * F,4d,1s
END_CONFIGURATION
}

# pipes OPTION: as Debian's address_pipe; the template of some sites adds return_output, which makes a bounce of any output.
forwarding='
alias:
  driver = redirect
  local_parts = maint-announce
  data = mailclinic
forward:
  driver = redirect
  check_local_user
  file = $home/.forward
  no_verify
  allow_filter = false
  pipe_transport = address_pipe
mailbox:
  driver = accept
  check_local_user
  transport = mailbox'
pipes() {
        printf 'address_pipe:\n  driver = pipe\n  %s\nmailbox:\n  driver = appendfile\n  file = %s/mbox-$local_part_data\n' "$1" "$home"
}
configuration "$(shipped exim/router)" "$(shipped exim/transport)" >"$work/router.conf"
configuration "$forwarding" "$(pipes return_fail_output)" >"$work/forward.conf"
configuration "$forwarding" "$(pipes return_output)" >"$work/returning.conf"
shipped exim/system-filter >"$work/system-filter"
configuration "$forwarding" "$(pipes return_output)
$(shipped exim/transport)" "system_filter = $work/system-filter
system_filter_user = $user
system_filter_pipe_transport = mailclinic_pipe" >"$work/tap.conf"
chmod 644 "$work/system-filter"
shipped forward/forward | grep -v '^#' >"$home/.forward"
chown $user:$user "$home/.forward"
chmod 644 "$work"/*.conf "$home/.forward"

# ---- Using it.
begin() {
        conf=$work/$1.conf
        "$exim" -C "$conf" -bd || exit 99
        for _ in $(seq 50); do [ -s "$work/exim.pid" ] && break || sleep 0.1; done
}
stop() {
        local pid
        pid=$(cat "$work/exim.pid" 2>/dev/null)
        [ -z "$pid" ] || kill "$pid"
        # The port is free once it is gone.
        for _ in $(seq 50); do [ -n "$pid" ] && [ -e "/proc/$pid" ] && sleep 0.1 || break; done
        rm -f "$work/exim.pid"
}
trap 'stop; umount -l /etc; rm -rf "$work"' EXIT

# afresh: an empty ledger, an empty queue, empty logs.
afresh() {
        rm -rf "${state:?}"/* "$work"/spool/input/* "$work"/spool/msglog/* "$work"/spool/db/* "$home"/mbox-*
        : >"$log"
        : >"$work/logs/mainlog"
}

# send RECIPIENT... : one mail, by SMTP; it is queued.
send() {
        local answer recipient
        exec 7<>"/dev/tcp/127.0.0.1/$port" || return 1
        {
                printf 'EHLO client.example.org\r\nMAIL FROM:<noc@tidewater.example>\r\n'
                for recipient; do printf 'RCPT TO:<%s@example.org>\r\n' "$recipient"; done
                printf 'DATA\r\n'
        } | while IFS= read -r line; do
                printf '%s\n' "$line" >&7
                while read -r answer <&7 && [[ $answer != [0-9][0-9][0-9]\ * ]]; do :; done
                # The greeting comes before the first answer.
                [[ $answer == 220* ]] && while read -r answer <&7 && [[ $answer != [0-9][0-9][0-9]\ * ]]; do :; done
        done
        sed 's/$/\r/' >&7
        printf '.\r\nQUIT\r\n' >&7
        cat <&7 >"$work/answers"
        exec 7>&-
        grep -q '^250 OK id=' "$work/answers"
}
attempt() {
        "$exim" -C "$conf" -qff
}

# "QUEUED FROZEN BOUNCES": what is left, and whether anything went back to the sender.
queue() {
        echo "$(find "$work/spool/input" -name '*-H' | wc -l) $(grep -rlx -- '-frozen [0-9]*' "$work/spool/input" | wc -l) $(grep -c '<= <>' "$work/logs/mainlog")"
}

# put WORDS: a script in the place of the program; restore: the program again.
put() {
        mv "$work/bin/mailclinic" "$work/bin/program"
        printf '#!/bin/sh\n%s\n' "$1" >"$work/bin/mailclinic"
        chmod 755 "$work/bin/mailclinic"
}
restore() {
        mv "$work/bin/program" "$work/bin/mailclinic"
}

# survives NAME QUEUE: one mail is kept through what was prepared, and recorded once as soon as `restore` has mended it.
survives() {
        send maint-announce <"$work/one"
        attempt
        is "$way: $1: kept, no bounce" "$(queue)" "$2"
        restore
        attempt
        is "$way: $1: then recorded once" "$(counts) $(queue)" '1 1 1 0 0 0 0'
}

for way in router forward returning; do
        # What is frozen waits for a person, or for a forced run of the queue.
        frozen=0
        [ $way != router ] || frozen=1
        begin $way
        afresh
        send maint-announce <"$work/one"
        is "$way: SMTP takes the mail" $? 0
        attempt
        is "$way: recorded, and gone from the queue" "$(counts) $(queue)" '1 1 1 0 0 0 0'
        is "$way: the stream is known" "$(grep -c ' stream=maint .* acts=1 ' "$log")" 1
        [ $way = router ] || is "$way: the copy in the mailbox" "$(grep -c '^From ' "$home/mbox-mailclinic")" 1
        send maint-announce <"$work/one"
        attempt
        is "$way: sent twice, recorded once" "$(counts) $(queue)" '1 1 1 0 0 0 0'
        for signal in SEGV KILL ABRT; do
                afresh
                put "kill -$signal \$\$"
                survives "died of SIG$signal" "1 $frozen 0"
        done
        for status in 1 127 255; do
                afresh
                put "echo something; echo else >&2; exit $status"
                survives "status $status and output" "1 $((status == 127 ? frozen : 0)) 0"
        done
        afresh
        mv "$work/bin/mailclinic" "$work/bin/program"
        survives 'no such program' "1 $frozen 0"

        # The reader is a process of its own: strace kills it at the call that only it makes, by which it confines itself.
        afresh
        if has_strace; then
                put "exec strace -f -qq -o /dev/null -e trace=seccomp -e inject=seccomp:signal=KILL $work/bin/program \"\$@\""
                survives 'the reader is killed' '1 0 0'
        else
                skip "$way: the reader is killed" 'strace cannot trace here'
        fi

        afresh
        mount -t tmpfs -o "size=64k,uid=61001,gid=61001,mode=700" tmpfs "$state"
        head -c 1000000 /dev/zero >"$state/filler" 2>/dev/null
        send maint-announce <"$work/one"
        attempt
        is "$way: a full disk: kept, no bounce" "$(queue)" '1 0 0'
        umount "$state"
        attempt
        is "$way: room again: recorded once" "$(counts) $(queue)" '1 1 1 0 0 0 0'

        # exim is killed while the program works, which ends well and tells nobody.
        afresh
        mkfifo "$work/go" 2>/dev/null
        chmod 666 "$work/go"
        put "cat >$home/held; read -r _ <$work/go; exec $work/bin/program \"\$@\" <$home/held"
        send maint-announce <"$work/one"
        attempt &
        for _ in $(seq 100); do [ -s "$home/held" ] && break || sleep 0.1; done
        sleep 0.2
        for process in /proc/[0-9]*; do
                [ "$(readlink "$process/exe")" != "$exim" ] || kill -9 "${process#/proc/}"
        done 2>/dev/null
        wait
        echo >"$work/go"
        for _ in $(seq 100); do grep -q . "$log" && break || sleep 0.1; done
        restore
        rm -f "$home/held"
        is "$way: exim is killed: the mail is recorded, and still queued" "$(counts) $(queue)" '1 1 1 0 1 0 0'
        rm -f "$work/exim.pid"
        attempt
        is "$way: exim runs it again: recorded once" "$(counts) $(queue) $(grep -c repeat=yes "$log")" '1 1 1 0 0 0 0 1'
        stop
done

# ---- What the shell in .forward is for: without it these tests see the bounce.
begin returning
afresh
sed "s#/bin/sh -c 'exec 2>/dev/null; \\(.*\\) >/dev/null || exit 75'#\\1#" "$home/.forward" >"$work/plain"
cat "$work/plain" >"$home/.forward"
put 'exit 1'
send maint-announce <"$work/one"
attempt
is 'a .forward without the shell bounces status 1' "$(grep -c '<= <>' "$work/logs/mainlog")" 1
restore
stop

# ---- To the list and to root at once: two runs, a stream each.
way=router
begin router
afresh
send maint-announce root <"$work/one"
attempt
is 'to both: two runs, a stream each' "$(grep -oE ' stream=[a-z]+' "$log" | sort | tr -d '\n') $(queue)" ' stream=maint stream=root 0 0 0'
is 'to both: nothing bounces' "$(grep -c '<= <>' "$work/logs/mainlog")" 0
afresh
for i in $(seq 20); do mail "AT-$i" | send maint-announce; done
"$exim" -C "$conf" -qff &
"$exim" -C "$conf" -qff &
"$exim" -C "$conf" -qff
wait
is '20 mails, three runs of the queue at once: each recorded once' "$(counts) $(queue)" '20 20 20 0 0 0 0'
stop

# ---- The system filter: a copy of each mail of the list beside the delivery that there is, whatever becomes of it.
way=tap
rm "$home/.forward"
begin tap
sed '1i List-Id: Announcements <maint-announce.lists.example.org>' "$work/one" >"$work/listed"
mailbox() {
        cat "$home/mbox-mailclinic" 2>/dev/null | grep -c '^Message-ID:'
}
afresh
send mailclinic <"$work/listed"
attempt
is 'tap: recorded, and delivered' "$(counts) $(mailbox) $(queue)" '1 1 1 0 1 0 0 0'
send mailclinic <"$work/two"
attempt
is 'tap: another mail is delivered, and not ours' "$(counts) $(mailbox) $(queue)" '1 1 1 0 2 0 0 0'
for how in 'no room' 'no configuration'; do
        afresh
        case $how in
        'no room') mount -t tmpfs -o "size=64k,uid=61001,gid=61001,mode=700" tmpfs "$state" && head -c 1000000 /dev/zero >"$state/filler" 2>/dev/null ;;
        *) mv "$work/config.yaml" "$work/kept.yaml" ;;
        esac
        send mailclinic <"$work/listed"
        attempt
        is "tap: $how: delivered all the same, nothing is queued or bounced" "$(mailbox) $(queue)" '1 0 0 0'
        case $how in
        'no room') umount "$state" ;;
        *) mv "$work/kept.yaml" "$work/config.yaml" ;;
        esac
done
stop

# ---- Filing beneath a mail server.
printf 'ledger: %s\nmaildir: {path: %s}\n' "$state" "$home/Maildir" >"$work/config.yaml"
begin router
afresh
for i in 1 2 3; do mail "AT-$i" | send maint-announce; done
attempt
# Windows more than 18 months after the mail came in are for a person.
is 'each is filed' "$(find "$home/Maildir" -type f | sed "s|$home/||; s|/[^/]*$||" | uniq -c | tr -s ' ') $(queue)" ' 3 Maildir/new 0 0 0'
rm -rf "$home/Maildir"
echo "ledger: $state" >"$work/config.yaml"

# ---- G17: by the mail server, or as a mailbox at once.
afresh
mails=("$work/one" "$work/moved" "$work/again" "$work/two" "$work/odd")
sed 's/^Date: .*/Date: Sun, 03 Mar 2030 09:00:00 +0000/; s/<TW-1@/<moved@/; s/02:30/04:30/' "$work/one" >"$work/moved"
sed 's/^Date: .*/Date: Mon, 04 Mar 2030 09:00:00 +0000/; s/<TW-1@/<again@/; s/02:30/04:30/' "$work/one" >"$work/again"
{ sed 's/TW-1/TW-5/' "$work/one" && printf '\nFrom here on it is down.\nEt voil\xe0\n'; } >"$work/odd"
for file in "${mails[@]}"; do send maint-announce <"$file" && attempt; done
holds() {
        env -i HOME="$home" "$program" review list --resolved --json --config "$work/config.yaml"
        env -i HOME="$home" "$program" review list --json --config "$work/config.yaml"
        env -i HOME="$home" "$program" publish --config "$work/config.yaml" --feed "$home/feed.ics" >/dev/null && cat "$home/feed.ics"
}
holds >"$work/live"
is 'G17: all of them' "$(counts | cut -d' ' -f1,2,4) $(grep -c '^UID' "$work/live")" '5 3 0 3'
# As the mail server gave them, in their order.
for id in TW-1 moved again TW-2 TW-5; do
        echo 'From noc@tidewater.example Fri Mar  1 09:00:00 2030'
        grep -rlxZ "Message-ID: <$id@tidewater.example>" "$state/mail" | xargs -0 sed -E 's/^(>*From )/>\1/'
        echo
done >"$work/mbox"
rm -rf "${state:?}"/*
env -i HOME="$home" "$program" replay --config "$work/config.yaml" --filters "$work/filters" "$work/mbox" >/dev/null 2>&1
is 'G17: a mailbox replayed holds what came by SMTP' "$(holds | diff "$work/live" -)" ''
stop
finish
