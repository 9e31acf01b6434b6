#compdef @NAME@
# Completions of `@NAME@` for zsh, made by clapspec for `@PROGRAM@`.
# They ask the program itself, so this file stays correct when the program changes.

_clapspec_@FUNCTION@() {
    local program=@PROGRAM@ line='' kind=''
    local -i result=1 skip
    local -a lines head fields tokens shown suffix expl
    # If the program was called by its path, ask that one.
    line=${${(Q)words[1]}/#\~\//$HOME/}
    [[ $line == */@PROGRAM@ && -x $line ]] && program=$line
    lines=("${(@f)$(command $program --clapspec-complete 1 zsh $COLUMNS \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    [[ $lines[1] == 'clapspec 1'* ]] || return 1
    head=(${(s: :)lines[1]})

    # The candidates of each kind are together, and the empty line at the end finishes the last kind.
    for line in "${(@)lines[2,-1]}" ''; do
        fields=("${(@ps:\t:)line}")
        if [[ "$fields[3] $fields[4]" != "$kind" ]]; then
            if [[ $kind == message* ]]; then
                line=${shown[1]//\%/%%}
                # Without a format of the user, only raw messages are displayed.
                zstyle -m ":completion:${curcontext}:messages" format '*' && _message "$line" ||
                    _message -r "$line"
            elif (( $#tokens )); then
                # A token that may continue gets no space.
                suffix=()
                [[ $kind == *open ]] && suffix=(-S '')
                _wanted -V ${kind%% *} expl ${kind%% *} \
                    compadd "${(@)suffix}" -l -d shown -a tokens && result=0
            fi
            kind="$fields[3] $fields[4]" tokens=() shown=()
        fi
        tokens+=("$fields[1]") shown+=("$fields[2]")
    done

    case $head[3] in
    files | directories)
        # The number of characters is without quotes.
        skip=$head[4]
        while (( ${#${(Q)PREFIX[1,skip]}} < head[4] && skip < $#PREFIX )); do
            (( ++skip ))
        done
        compset -p $skip
        if [[ $head[3] == directories ]]; then
            _wanted directories expl directory _path_files -/ && result=0
        elif [[ -n $head[5] ]]; then
            _files -g "*.(${${head[5]//[^A-Za-z0-9.,_+-]/}//,/|})" && result=0
        else
            _files && result=0
        fi
        ;;
    esac
    return result
}

if [[ $zsh_eval_context[-1] == (loadautofunc|shfunc) ]]; then
    # zsh has loaded this file as a function, now or at an earlier Tab.
    _clapspec_@FUNCTION@ "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _clapspec_@FUNCTION@ @NAME@
fi
