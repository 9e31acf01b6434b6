# Completions of `authctl` for PowerShell, made by clapspec for `authctl`.
# They ask the program itself, so this file stays correct when the program changes.

Register-ArgumentCompleter -Native -CommandName 'authctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $token = ''
    $words = @(foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        $extent = $element.Extent
        $isText = $element -is [System.Management.Automation.Language.StringConstantExpressionAst]
        $text = if ($isText) { $element.Value } else { $extent.Text }
        if ($extent.EndOffset -lt $cursorPosition) {
            # Before PowerShell 7.3, empty arguments are not passed, so each has a sign before it.
            "=$text"
        } elseif ($extent.EndOffset -eq $cursorPosition) {
            $token = $text
        } elseif ($extent.StartOffset -lt $cursorPosition) {
            $token = $extent.Text.Substring(0, $cursorPosition - $extent.StartOffset)
        }
    })
    $program = Get-Command -Name 'authctl' -CommandType Application -ErrorAction Ignore |
        Select-Object -First 1
    if (-not $program) { return }
    $lines = @(& $program --clapspec-complete 1 powershell 80 @words "=$token" 2>$null)
    if ($lines.Count -eq 0 -or -not $lines[0].StartsWith('clapspec 1')) { return }
    foreach ($line in $lines | Select-Object -Skip 1) {
        $fields = $line.Split("`t")
        [System.Management.Automation.CompletionResult]::new(
            $fields[0], $fields[1], 'ParameterValue', $fields[2])
    }
}
