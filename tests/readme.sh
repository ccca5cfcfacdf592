#!/bin/bash
# README.md shows what the program really prints: each block below a line "<!-- capture: COMMAND -->" is what COMMAND gives, cut to a page's
# width. usage: readme.sh [--write]: write the blocks anew instead of comparing them.
# In: README.md, ./mailclinic. Out: TAP, or README.md.
set -u
here=$(cd "${srcdir:-.}" && pwd)
program=$PWD/mailclinic
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
ln -s "$program" "$scratch/mailclinic" && ln -s "$here/samples" "$scratch/samples"

# What a command prints, where `./mailclinic` and `samples/` stand.
capture() {
        (cd "$scratch" && MAILCLINIC_FILTERS=$here/filters XDG_STATE_HOME=$scratch/state XDG_CONFIG_HOME=$scratch/config bash -c "$1" 2>&1) |
                sed -E 's/^(.{0,116}).*$/\1/; s/ +$//; s/, in [0-9.]+ s \([0-9]+ mails\/s\)//'
}

# README.md with every block made anew.
renewed() {
        local line command inside=
        while IFS= read -r line; do
                case $line in
                '<!-- capture: '*' -->')
                        command=${line#<!-- capture: } command=${command% -->}
                        printf '%s\n```\n$ %s\n' "$line" "$command"
                        capture "$command"
                        printf '```\n'
                        inside=before
                        ;;
                '```')
                        case $inside in
                        before) inside=block ;;
                        block) inside= ;;
                        *) printf '%s\n' "$line" ;;
                        esac
                        ;;
                *) [ -n "$inside" ] || printf '%s\n' "$line" ;;
                esac
        done <"$here/README.md"
}

renewed >"$scratch/README.md"
if [ "${1-}" = --write ]; then
        cat "$scratch/README.md" >"$here/README.md"
        exit
fi
echo 1..1
if diff "$here/README.md" "$scratch/README.md" | sed 's/^/# /' && cmp -s "$here/README.md" "$scratch/README.md"; then
        echo 'ok 1 - README.md shows what the program prints'
else
        echo 'not ok 1 - README.md shows what the program prints; tests/readme.sh --write brings it up to date'
fi
