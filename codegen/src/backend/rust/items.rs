//! Items of the generated file. Those of which there may be thousands are written as text, in the format of
//! rustfmt: parsing them to format them would take most of the generator's time.

use proc_macro2::TokenStream;

use super::calls::{LINE, SHORT, Statement};

/// An item of the generated file, or several.
pub(super) enum Item {
    /// Not yet formatted.
    Tokens(TokenStream),
    /// Formatted, with an empty line between items.
    Text(String),
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

/// Writes a line of a doc comment, without indentation.
pub(super) fn doc_line(text: &str) -> String {
    format!("/// {text}\n")
}

/// Indents all lines by this many columns.
pub(super) fn indented(text: &str, columns: usize) -> String {
    let pad = " ".repeat(columns);
    let lines = text.split_inclusive('\n');
    lines.flat_map(|line| [pad.as_str(), line]).collect()
}

/// Writes the declaration of a field. `start` is what comes before its name, and `head` its doc comment and
/// attributes, without indentation.
pub(super) fn field(start: &str, head: &str, name: &str, kind: &str) -> String {
    let columns = start.len() - start.trim_start().len();
    let line = format!("{start}{name}: {kind},\n");
    let line = match line.chars().count() > LINE + 1 {
        true => format!(
            "{start}{name}:\n{}",
            indented(&format!("{kind},\n"), columns + 4)
        ),
        false => line,
    };
    indented(head, columns) + &line
}

/// Writes the signature of a function, with a line for each parameter if it doesn't fit on one line.
pub(super) fn signature(head: &str, parameters: &[String], result: &str, end: &str) -> String {
    let line = format!("{head}({}) -> {result}{end}\n", parameters.join(", "));
    if line.chars().count() <= LINE + 1 {
        return line;
    }
    let pad = " ".repeat(head.len() - head.trim_start().len());
    let lines = parameters.iter().map(|it| format!("{pad}    {it},\n"));
    let lines: String = lines.collect();
    format!("{head}(\n{lines}{pad}) -> {result}{end}\n")
}

/// Writes a function that builds a command with these statements, indented by this many columns.
pub(super) fn define(name: &str, statements: &[Statement], indent: usize) -> String {
    let pad = " ".repeat(indent);
    if statements.is_empty() {
        // The parent has defined everything about the command.
        return format!("{pad}fn {name}(_: &mut Command) {{}}\n");
    }
    let statements: String = statements.iter().map(|it| it.print(indent + 4)).collect();
    format!("{pad}fn {name}(command: &mut Command) {{\n{statements}{pad}}}\n")
}

/// Writes an arm of a `match`, in a block if it doesn't fit on one line.
pub(super) fn arm(indent: usize, pattern: &str, value: &str) -> String {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{pattern} => {value},\n");
    match line.chars().count() > LINE + 1 {
        true => format!("{pad}{pattern} => {{\n{pad}    {value}\n{pad}}}\n"),
        false => line,
    }
}

/// Writes a constant that is a list of paths, with a line for each if they don't fit on one line. rustfmt's
/// `array_width` has the same value as its `fn_call_width`.
pub(super) fn list(start: &str, paths: &[String]) -> String {
    let line = paths.join(", ");
    if line.chars().count() <= SHORT {
        return format!("{start} = &[{line}];\n");
    }
    let pad = " ".repeat(start.len() - start.trim_start().len());
    let lines: String = paths
        .iter()
        .map(|path| format!("{pad}    {path},\n"))
        .collect();
    format!("{start} = &[\n{lines}{pad}];\n")
}
