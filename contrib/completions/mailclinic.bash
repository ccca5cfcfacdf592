# bash completion for mailclinic(1): commands, and of each command the options that its --help shows.
_mailclinic() {
        local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
        if [ "$COMP_CWORD" = 1 ]; then
                mapfile -t COMPREPLY < <(compgen -W "$(mailclinic --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')" -- "$word")
        elif [[ $word == -* ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$(mailclinic "$command" --help 2>/dev/null | grep -oE -- '--[a-z-]+')" -- "$word")
        fi
}
complete -o default -F _mailclinic mailclinic
