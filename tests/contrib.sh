#!/bin/bash
# The shipped recipes of procmail, maildrop and fdm, as they are but for the paths: a mail is recorded and kept, and a program that fails loses none.
# In: contrib/, the tools that are installed; mails made up here. Out: TAP.
# shellcheck disable=SC1091,SC2154 # what is used stands in that file
. "${srcdir:-.}/tests/delivery.bash"
contrib=$(cd "${srcdir:-.}" && pwd)/contrib
home=$work/home
mkdir -p "$work/bin"
sed '1i List-Id: Announcements <maint-announce.lists.example.org>' "$work/one" >"$work/listed"
sed '1i List-Id: Others <others.lists.example.org>' "$work/two" >"$work/other"

# put WORDS: what stands in the place of mailclinic, in the PATH of the recipe.
put() {
        printf '#!/bin/sh\n%s\n' "$1" >"$work/bin/mailclinic"
        chmod 755 "$work/bin/mailclinic"
}
real="shift; MAILCLINIC_FILTERS=$work/filters exec $program deliver --config $work/config.yaml --log $log \"\$@\""

# kept: how many mails the mailbox holds, an mbox or a Maildir.
kept() {
        echo $(($(cat "$home/mbox" 2>/dev/null | grep -c '^Message-ID:') + $(find "$home/Maildir/new" -type f 2>/dev/null | wc -l)))
}
afresh() {
        fresh
        rm -rf "$home"
        mkdir -m 700 "$home"
        : >"$home/mbox"
        chmod 600 "$home/mbox"
}

# The recipe at work on standard input.
by() {
        case $1 in
        procmail)
                sed "s|^PATH=.*|PATH=$work/bin:/usr/bin:/bin|; s|^SHELL=|DEFAULT=$home/mbox\n&|" "$contrib/procmail/procmailrc" >"$home/.procmailrc"
                env -i HOME="$home" LOGNAME="$(id -un)" procmail "$home/.procmailrc"
                ;;
        maildrop)
                { echo "PATH=\"$work/bin:/usr/bin:/bin\"" && cat "$contrib/maildrop/mailfilter" && echo "to \"$home/mbox\""; } >"$home/.mailfilter"
                chmod 600 "$home/.mailfilter"
                env -i HOME="$home" LOGNAME="$(id -un)" PATH="$PATH" maildrop "$home/.mailfilter"
                ;;
        fdm)
                sed "s|%h|$home|; s|\"mailclinic deliver|\"$work/bin/mailclinic deliver|" "$contrib/fdm/fdm.conf" >"$home/.fdm.conf"
                { [ "$(id -u)" != 0 ] || printf 'set default-user "root"\n'; cat "$home/.fdm.conf"; } >"$home/fdm.conf"
                chmod 600 "$home/fdm.conf"
                env -i HOME="$home" USER="$(id -un)" PATH="$PATH" fdm -q -m -l -f "$home/fdm.conf" -a stdin fetch
                ;;
        esac
}

for tool in procmail maildrop fdm; do
        if ! command -v $tool >/dev/null; then
                skip "$tool" "$tool is not installed"
                continue
        fi
        afresh
        put "$real"
        by $tool <"$work/listed" >"$work/out" 2>&1
        is "$tool: a mail of the list: status" $? 0
        is "$tool: it is recorded" "$(counts)" '1 1 1 0'
        is "$tool: and kept in the mailbox" "$(kept)" 1
        by $tool <"$work/other" >>"$work/out" 2>&1
        is "$tool: another mail is kept, and not ours" "$(counts) $(kept)" '1 1 1 0 2'
        # procmail minds a user without a home, who may be testing here.
        is "$tool: nothing is said" "$(grep -v "Couldn't chdir to" "$work/out")" ''
        for how in 'cat >/dev/null; exit 75' 'exit 75' "cat >/dev/null; kill -KILL \$\$"; do
                afresh
                put "$how"
                by $tool <"$work/listed" >"$work/out" 2>&1
                status=$?
                case $tool in
                fdm) is "$tool: '$how': the mailbox has it all the same" "$status $(kept)" '0 1' ;;
                # A signal is not ours to map; what counts is that no mail server takes it for delivered.
                *) is "$tool: '$how': the mail server keeps it" "$([ $status = 0 ] && echo taken)" '' ;;
                esac
                put "$real"
                [ $tool = fdm ] || { by $tool <"$work/listed" >"$work/out" 2>&1; is "$tool: '$how': then recorded" "$? $(counts)" '0 1 1 1 0'; }
        done
done
finish
