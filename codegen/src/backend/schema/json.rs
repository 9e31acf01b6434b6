//! JSON as text. Members keep their order.

use std::fmt::Write as _;

/// A value.
pub(in crate::backend) enum Json {
    Null,
    Boolean(bool),
    /// Its digits.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Columns of a line of source.
const LINE: usize = 100;

impl Json {
    /// A text.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A list of texts.
    pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// A whole number.
    pub(super) fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// An object with fixed members.
    pub(super) fn object(members: Vec<(&str, Self)>) -> Self {
        let members = members.into_iter();
        Self::Object(
            members
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// A line for each value, and one at the end.
    pub(super) fn pretty(&self) -> String {
        let mut out = String::new();
        self.push_pretty(0, &mut out);
        out.push('\n');
        out
    }

    /// No spaces; a line ends between two values where the next would make it too long.
    pub(in crate::backend) fn compact(&self) -> String {
        let mut pieces = Vec::new();
        self.pieces(&mut pieces);
        let (mut out, mut width) = (String::new(), 0);
        for piece in pieces {
            let columns = piece.chars().count();
            if width > 0 && width + columns > LINE {
                out.push('\n');
                width = 0;
            }
            out.push_str(&piece);
            width += columns;
        }
        out
    }

    fn push_pretty(&self, depth: usize, out: &mut String) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        };
        match self {
            Self::List(items) if !items.is_empty() => {
                for (i, item) in items.iter().enumerate() {
                    out.push(if i == 0 { '[' } else { ',' });
                    line(out, depth + 1);
                    item.push_pretty(depth + 1, out);
                }
                line(out, depth);
                out.push(']');
            }
            Self::Object(members) if !members.is_empty() => {
                for (i, (name, value)) in members.iter().enumerate() {
                    out.push(if i == 0 { '{' } else { ',' });
                    line(out, depth + 1);
                    out.push_str(&quoted(name));
                    out.push_str(": ");
                    value.push_pretty(depth + 1, out);
                }
                line(out, depth);
                out.push('}');
            }
            other => {
                let mut pieces = Vec::new();
                other.pieces(&mut pieces);
                out.extend(pieces);
            }
        }
    }

    /// The text in pieces that stay on one line each: a name, a value, with the marks behind it.
    fn pieces(&self, out: &mut Vec<String>) {
        match self {
            Self::Null => out.push("null".into()),
            Self::Boolean(value) => out.push(value.to_string()),
            Self::Number(digits) => out.push(digits.clone()),
            Self::Text(text) => out.push(quoted(text)),
            Self::List(items) => {
                out.push("[".into());
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        behind(out, ",");
                    }
                    item.pieces(out);
                }
                behind(out, "]");
            }
            Self::Object(members) => {
                out.push("{".into());
                for (i, (name, value)) in members.iter().enumerate() {
                    if i > 0 {
                        behind(out, ",");
                    }
                    let first = out.len();
                    value.pieces(out);
                    out[first].insert_str(0, &format!("{}:", quoted(name)));
                }
                behind(out, "}");
            }
        }
    }
}

/// A mark stays with what stands before it.
fn behind(out: &mut [String], mark: &str) {
    if let Some(piece) = out.last_mut() {
        piece.push_str(mark);
    }
}

/// A number that may have a point. There is none that JSON can't write.
pub(super) fn float(number: f64) -> Json {
    let text = format!("{number:?}");
    Json::Number(text.strip_suffix(".0").unwrap_or(&text).to_owned())
}

/// A text as JSON has it (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                // Writing to a string does not fail. All control characters have four digits.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
