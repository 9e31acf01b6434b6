//! Statements that are chains of calls, laid out as rustfmt lays them out.
//!
//! prettyplease breaks every chain that is too long for one line before its first dot, also where
//! there is only one call. Most of a generated file are such statements, so they are printed here.

use proc_macro2::Literal;

/// Columns of a line of source, as rustfmt has them (`max_width`).
pub(super) const LINE: usize = 100;
/// Columns of the arguments of one call, and of a chain, on one line (`fn_call_width`,
/// `chain_width`).
pub(super) const SHORT: usize = 60;
/// Columns of one piece of a long text, so that it fits at any indentation in use.
const PIECE: usize = 76;

/// `receiver.name(arguments).name(arguments);`, or without a receiver one call of a function.
pub(super) struct Statement {
    receiver: String,
    /// `?;` or `;`
    end: &'static str,
    calls: Vec<Call>,
}

/// `name(arguments)`
pub(super) struct Call {
    name: String,
    arguments: Vec<Argument>,
}

/// One argument, as source.
pub(super) enum Argument {
    Word(String),
    /// Pieces of a text that is too long for one literal.
    Pieces(Vec<String>),
}

impl Statement {
    /// Calls of methods, each of what the one before returns.
    pub(super) fn chain(receiver: &str, calls: Vec<Call>) -> Self {
        Self {
            receiver: receiver.to_owned(),
            end: ";",
            calls,
        }
    }

    /// A call of a method of `receiver`.
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

    /// The same, which leaves the function with an error.
    pub(super) fn or_return(self) -> Self {
        Self { end: "?;", ..self }
    }

    /// The statement's lines, indented by this many columns.
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
                format!("{pad}{}{}\n", call.print(indent), self.end)
            }
            [call] => {
                // A receiver that is longer than an indentation may be all that is too much.
                if let Some(line) = call.one_line() {
                    let below = format!("{pad}    .{line}{}\n", self.end);
                    if below.chars().count() <= LINE + 1 {
                        return format!("{pad}{}\n{below}", self.receiver);
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
                for call in calls {
                    text.push_str(&format!("\n{pad}    .{}", call.print(indent + 4)));
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

    /// The call on one line, unless its arguments are too many for that.
    fn one_line(&self) -> Option<String> {
        let words = self.arguments.iter().map(|argument| match argument {
            Argument::Word(word) => Some(word.as_str()),
            Argument::Pieces(_) => None,
        });
        let arguments = words.collect::<Option<Vec<&str>>>()?.join(", ");
        let short = self.arguments.len() < 2 || arguments.chars().count() <= SHORT;
        short.then(|| format!("{}({arguments})", self.name))
    }

    /// The call, where its line is indented by this many columns and begins with a dot.
    fn print(&self, indent: usize) -> String {
        self.print_after(indent, 1)
    }

    /// The call, where its line is indented and begins with `before` other columns.
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
    /// Source as it is, such as a path.
    pub(super) fn word(source: impl Into<String>) -> Self {
        Self::Word(source.into())
    }

    /// A text of any length.
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

    /// Literals with commas between them, as an array.
    pub(super) fn list(literals: &str) -> Self {
        Self::Word(format!("&[{literals}]"))
    }

    /// A character.
    pub(super) fn character(c: char) -> Self {
        Self::Word(Literal::character(c).to_string())
    }
}

fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// One line of a text as literals, broken after spaces.
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
