//! Statements that are chains of calls, formatted as rustfmt formats them.
//!
//! prettyplease breaks every chain that is too long for one line before its first dot, even if it has
//! only one call. A generated file consists mostly of such statements, so they are formatted here
//! instead.

use proc_macro2::Literal;

/// The maximum width of a line of source in columns, rustfmt's `max_width`.
pub(super) const LINE: usize = 100;
/// The maximum width of a call's arguments and of a chain on one line, rustfmt's `fn_call_width` and
/// `chain_width`.
pub(super) const SHORT: usize = 60;
/// The maximum width of a piece of a long string, which fits at any indentation in use.
const PIECE: usize = 76;

/// A statement `receiver.name(arguments).name(arguments);`, or a call of a function if the receiver is
/// empty.
pub(super) struct Statement {
    receiver: String,
    /// `?;` or `;`
    end: &'static str,
    calls: Vec<Call>,
}

/// A call `name(arguments)`.
pub(super) struct Call {
    name: String,
    arguments: Vec<Argument>,
}

/// One argument, as source code.
pub(super) enum Argument {
    Word(String),
    /// The pieces of a string that is too long for a literal on one line.
    Pieces(Vec<String>),
}

impl Statement {
    /// A chain of method calls on `receiver`.
    pub(super) fn chain(receiver: &str, calls: Vec<Call>) -> Self {
        Self {
            receiver: receiver.to_owned(),
            end: ";",
            calls,
        }
    }

    /// A single method call on `receiver`.
    pub(super) fn on(receiver: &str, call: Call) -> Self {
        Self::chain(receiver, vec![call])
    }

    /// A call of a function.
    pub(super) fn function(call: Call) -> Self {
        Self {
            receiver: String::new(),
            end: ";",
            calls: vec![call],
        }
    }

    /// Adds the operator `?`, which returns an error from the function.
    pub(super) fn or_return(self) -> Self {
        Self { end: "?;", ..self }
    }

    /// Formats the statement, indented by this many columns.
    pub(super) fn print(&self, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let one_line: Option<Vec<String>> = self.calls.iter().map(Call::one_line).collect();
        if let Some(calls) = one_line {
            let dot = if self.receiver.is_empty() { "" } else { "." };
            let line = format!("{}{dot}{}", self.receiver, calls.join("."));
            let width = if calls.len() == 1 {
                LINE - indent - self.end.len()
            } else {
                SHORT
            };
            if line.chars().count() <= width {
                return format!("{pad}{line}{}\n", self.end);
            }
        }
        match &self.calls[..] {
            [call] if self.receiver.is_empty() => {
                let call = call.print_after(indent, self.end.len());
                format!("{pad}{call}{}\n", self.end)
            }
            [call] => {
                // The call may fit on one line after a break between the receiver and the call.
                if let Some(line) = call.one_line() {
                    let second = format!("{pad}    .{line}{}\n", self.end);
                    if second.chars().count() <= LINE + 1 {
                        return format!("{pad}{}\n{second}", self.receiver);
                    }
                }
                let before = self.receiver.len() + self.end.len();
                format!(
                    "{pad}{}.{}{}\n",
                    self.receiver,
                    call.print_after(indent, before),
                    self.end
                )
            }
            calls => {
                let mut text = format!("{pad}{}", self.receiver);
                for (at, call) in calls.iter().enumerate() {
                    // What ends the statement is on the line of the last call.
                    let is_last = at + 1 == calls.len();
                    let before = if is_last { self.end.len() } else { 0 };
                    let call = call.print_after(indent + 4, before);
                    text.push_str(&format!("\n{pad}    .{call}"));
                }
                text + self.end + "\n"
            }
        }
    }
}

impl Call {
    pub(super) fn new(name: impl Into<String>, arguments: Vec<Argument>) -> Self {
        Self {
            name: name.into(),
            arguments,
        }
    }

    /// Formats the call on one line. Returns `None` if its arguments are too long for that.
    fn one_line(&self) -> Option<String> {
        let words = self.arguments.iter().map(|argument| match argument {
            Argument::Word(word) => Some(word.as_str()),
            Argument::Pieces(_) => None,
        });
        let arguments = words.collect::<Option<Vec<&str>>>()?.join(", ");
        let short = self.arguments.len() < 2 || arguments.chars().count() <= SHORT;
        short.then(|| format!("{}({arguments})", self.name))
    }

    /// Formats the call, in a line that is indented by this many columns and has `before` columns of
    /// other code, besides a dot.
    fn print_after(&self, indent: usize, before: usize) -> String {
        if let Some(line) = self.one_line() {
            if indent + before + line.chars().count() < LINE {
                return line;
            }
        }
        let pad = " ".repeat(indent);
        if let [Argument::Pieces(pieces)] = &self.arguments[..] {
            let lines: String = pieces
                .iter()
                .map(|piece| format!("{pad}    {piece},\n"))
                .collect();
            return format!("{}(concat!(\n{lines}{pad}))", self.name);
        }
        let mut text = format!("{}(\n", self.name);
        for argument in &self.arguments {
            match argument {
                Argument::Word(word) => text.push_str(&format!("{pad}    {word},\n")),
                Argument::Pieces(pieces) => {
                    text.push_str(&format!("{pad}    concat!(\n"));
                    for piece in pieces {
                        text.push_str(&format!("{pad}        {piece},\n"));
                    }
                    text.push_str(&format!("{pad}    ),\n"));
                }
            }
        }
        text + &pad + ")"
    }
}

impl Argument {
    /// Source code, such as a path.
    pub(super) fn word(source: impl Into<String>) -> Self {
        Self::Word(source.into())
    }

    /// A string of any length.
    pub(super) fn text(text: &str) -> Self {
        let whole = literal(text);
        if whole.chars().count() <= PIECE + 8 {
            return Self::Word(whole);
        }
        let pieces: Vec<String> = text.split_inclusive('\n').flat_map(pieces).collect();
        match <[String; 1]>::try_from(pieces) {
            Ok([piece]) => Self::Word(piece),
            Err(pieces) => Self::Pieces(pieces),
        }
    }

    /// An array of literals, which are separated by commas.
    pub(super) fn list(literals: &str) -> Self {
        Self::Word(format!("&[{literals}]"))
    }

    /// A character.
    pub(super) fn character(c: char) -> Self {
        Self::Word(Literal::character(c).to_string())
    }
}

/// Writes a string literal.
pub(crate) fn literal(text: &str) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    match text.bytes().all(is_plain) {
        // Most strings need no escapes, and this is much faster.
        true => ["\"", text, "\""].concat(),
        false => Literal::string(text).to_string(),
    }
}

/// Splits one line of a string into literals, broken after spaces.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in line.split_inclusive(' ') {
        let width = piece.chars().count() + word.chars().count();
        if width > PIECE && !piece.is_empty() {
            pieces.push(literal(&piece));
            piece.clear();
        }
        piece.push_str(word);
    }
    pieces.push(literal(&piece));
    pieces
}
