# Completions of `@NAME@` for bash 3.2 and later, made by clapspec for `@PROGRAM@`.
# They ask the program itself, so this file stays correct when the program changes.

_clapspec_@FUNCTION@() {
    local program=@PROGRAM@ head='' answer line IFS=$' \t\n'
    COMPREPLY=()
    # If the program was called by its path, ask that one.
    case $1 in
    */@PROGRAM@)
        line=${1//\\/}
        case $line in '~/'*) line=$HOME/${line:2} ;; esac
        [ -x "$line" ] && program=$line
        ;;
    esac
    answer=$(command "$program" --clapspec-complete 1 bash "${COLUMNS:-80}" \
        "${COMP_LINE:0:COMP_POINT}" "$2" "${COMP_TYPE-}" "${BASH_VERSINFO[0]}" \
        2>/dev/null </dev/null) || :
    while IFS= read -r line; do
        case $head$line in
        'clapspec 1'*) [ "$head" ] && COMPREPLY+=("$line") ;;
        *) return ;;
        esac
        head=${head:-$line }
    done <<<"$answer"
    # The program asks for this only in versions of bash that have it.
    case $head in
    *' files '*) compopt -o filenames +o nospace ;;
    *' space '*) compopt +o nospace ;;
    *' default '*) compopt -o default +o nospace ;;
    esac 2>/dev/null || :
}

complete -o nospace -o nosort -F _clapspec_@FUNCTION@ @NAME@ 2>/dev/null ||
    complete -o nospace -F _clapspec_@FUNCTION@ @NAME@
