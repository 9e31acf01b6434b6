# Completions of `authctl` for fish, made by clapspec for `authctl`.
# They ask the program itself, so this file stays correct when the program changes.

function __clapspec_authctl
    set -l token (commandline -ct)
    # The token may end within quotes.
    set -l plain (string unescape -- "$token" 2>/dev/null
        or string unescape -- "$token'" 2>/dev/null
        or string unescape -- "$token\"" 2>/dev/null)
    set -l words (commandline -opc)
    set -l program authctl
    # If the program was called by its path, ask that one.
    string match -q -- '*/authctl' "$words[1]"; and test -x "$words[1]"; and set program $words[1]
    set -e words[1]
    set -l lines (command $program --clapspec-complete 1 fish 80 $words "$plain" 2>/dev/null </dev/null)
    set -l head (string split -- ' ' "$lines[1]")
    test "$head[1] $head[2]" = 'clapspec 1'; or return
    set -e lines[1]
    set -q lines[1]; and printf '%s\n' $lines

    switch "$head[3]"
        case files directories
            set -l before (string sub -l $head[4] -- "$plain")
            set -l endings (string split -- , "$head[5]" | string escape --style=regex | string join '|')
            set -l path (string sub -s (math $head[4] + 1) -- "$plain")
            for file in (complete -C "'' "(string escape -n -- $path | string replace -r '^\\\\~/' '~/'))
                set -l name (string split -m 1 -- \t $file)[1]
                if not string match -q -- '*/' "$name"
                    test "$head[3]" = directories; and continue
                    test -z "$endings"; or string match -rq -- "\.($endings)\$" "$name"; or continue
                end
                printf '%s\n' "$before$file"
            end
    end
end

complete -c authctl -e
complete -c authctl -k -f -a '(__clapspec_authctl)'
