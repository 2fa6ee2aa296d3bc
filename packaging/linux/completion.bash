# Completion for classcontact: the program itself says what may follow.
_classcontact() {
    local IFS=$'\n'
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -vx '[/-][?h]')" -- "${COMP_WORDS[COMP_CWORD]}")
    if ((${#COMPREPLY[@]} == 0)); then compopt -o default; fi
}
complete -F _classcontact classcontact
