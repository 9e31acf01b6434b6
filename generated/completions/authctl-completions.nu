# Completions of `authctl` for Nushell, made by clapspec for `authctl`.
# They ask the program itself, so this file stays correct when the program changes.

# Nushell has one completer for all external commands. The former one still completes the others.
let former = $env.config.completions?.external?.completer?
$env.config.completions.external.enable = true
$env.config.completions.external.completer = {|spans|
    if $spans.0 == 'authctl' {
        let words = $spans | skip 1
        let answer = try {
            do { ^'authctl' --clapspec-complete 1 nushell 80 ...$words } | complete | get stdout | lines
        } catch { [] }
        if ($answer | get 0? | default '' | str starts-with 'clapspec 1') {
            $answer | get 1 | from json
        } else { [] }
    } else if $former != null {
        do $former $spans
    }
}
