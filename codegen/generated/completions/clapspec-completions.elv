# Completions of `clapspec` for Elvish, made by clapspec for `clapspec`.
# They ask the program itself, so this file stays correct when the program changes.

use str

set edit:completion:arg-completer[clapspec] = {|@words|
    var lines = [(try {
        (external clapspec) --clapspec-complete 1 elvish 80 (all $words[1..]) 2>/dev/null </dev/null |
            from-lines
    } catch e { nop })]
    if (and (> (count $lines) 0) (str:has-prefix $lines[0] 'clapspec 1')) {
        for line $lines[1..] {
            var fields = [(str:split "\t" $line)]
            edit:complex-candidate $fields[0] &display=$fields[1] &code-suffix=$fields[2]
        }
    }
}
