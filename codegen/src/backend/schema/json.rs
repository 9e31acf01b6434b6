//! Writing JSON. Members keep their order.

use std::fmt::Write as _;

/// A JSON value.
pub(in crate::backend) enum Json {
    Null,
    Boolean(bool),
    /// A number, as written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The maximum width of a line, in columns.
const LINE: usize = 100;

impl Json {
    /// A string.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A list of strings.
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

    /// Formats the value with each member and item on its own line, and a final newline.
    pub(super) fn pretty(&self) -> String {
        let mut out = String::new();
        self.push_pretty(0, &mut out);
        out.push('\n');
        out
    }

    /// Formats the value without spaces. A line is broken between two values if it would be too long.
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

    /// Collects the pieces between which a line may be broken. A piece is a name or value with the
    /// punctuation that follows it.
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
                        append(out, ",");
                    }
                    item.pieces(out);
                }
                append(out, "]");
            }
            Self::Object(members) => {
                out.push("{".into());
                for (i, (name, value)) in members.iter().enumerate() {
                    if i > 0 {
                        append(out, ",");
                    }
                    let first = out.len();
                    value.pieces(out);
                    out[first].insert_str(0, &format!("{}:", quoted(name)));
                }
                append(out, "}");
            }
        }
    }
}

/// Appends punctuation to the last piece.
fn append(out: &mut [String], mark: &str) {
    if let Some(piece) = out.last_mut() {
        piece.push_str(mark);
    }
}

/// A floating-point number. It is always finite, so JSON can represent it.
pub(super) fn float(number: f64) -> Json {
    let text = format!("{number:?}");
    Json::Number(text.strip_suffix(".0").unwrap_or(&text).to_owned())
}

/// Quotes and escapes a string for JSON (RFC 8259, section 7).
pub(in crate::backend) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                // Writing to a string can't fail. Four digits are enough for any control character.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
