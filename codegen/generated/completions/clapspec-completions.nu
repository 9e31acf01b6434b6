# Completions of `clapspec` for Nushell, made by clapspec for `clapspec`.
# They ask the program itself, so this file stays correct when the program changes.

# Nushell has one completer for all external commands. The former one still completes the others.
let former = $env.config.completions?.external?.completer?
$env.config.completions.external.enable = true
$env.config.completions.external.completer = {|spans|
    if $spans.0 == 'clapspec' {
        let words = $spans | skip 1
        let answer = try {
            do { ^'clapspec' --clapspec-complete 1 nushell 80 ...$words } | complete | get stdout | lines
        } catch { [] }
        if ($answer | get 0? | default '' | str starts-with 'clapspec 1') {
            $answer | get 1 | from json
        } else { [] }
    } else if $former != null {
        do $former $spans
    }
}
