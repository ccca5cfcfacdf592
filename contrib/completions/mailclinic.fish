# fish completion for mailclinic(1): commands, and of each command the options that its --help shows.
function __mailclinic_commands
    mailclinic --help 2>/dev/null | string replace -rf '^  ([a-z]+)  +(.*)' '$1\t$2'
end
function __mailclinic_options
    set -l words (commandline -opc)
    mailclinic $words[2] --help 2>/dev/null | string replace -rf '^ +(?:-[a-z], )?(--[a-z-]+)(?:=\S+)?  +(.*)' '$1\t$2'
end
complete -c mailclinic -n '__fish_is_nth_token 1' -f -a '(__mailclinic_commands)'
complete -c mailclinic -n 'not __fish_is_nth_token 1; and string match -q -- "-*" (commandline -ct)' -f -a '(__mailclinic_options)'
