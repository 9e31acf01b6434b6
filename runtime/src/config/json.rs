//! The JSON that `config` prints.

use crate::text::push_json;

/// A JSON value.
pub(crate) enum Json {
    Null,
    Boolean(bool),
    /// A number as a string.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    /// Formats the value on one line, or indented.
    pub(crate) fn print(&self, pretty: bool) -> String {
        let mut out = String::new();
        self.push(&mut out, pretty.then_some(0));
        out
    }

    fn push(&self, out: &mut String, indent: Option<usize>) {
        let deeper = indent.map(|indent| indent + 2);
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(on) => out.push_str(if *on { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => push_json(out, text),
            Self::List(list) if list.is_empty() => out.push_str("[]"),
            Self::List(list) => {
                out.push('[');
                for (at, value) in list.iter().enumerate() {
                    separate(out, at, deeper);
                    value.push(out, deeper);
                }
                new_line(out, indent);
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (at, (name, value)) in fields.iter().enumerate() {
                    separate(out, at, deeper);
                    push_json(out, name);
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.push(out, deeper);
                }
                new_line(out, indent);
                out.push('}');
            }
        }
    }
}

fn separate(out: &mut String, at: usize, indent: Option<usize>) {
    if at > 0 {
        out.push(',');
    }
    new_line(out, indent);
}

fn new_line(out: &mut String, indent: Option<usize>) {
    if let Some(indent) = indent {
        out.push('\n');
        out.push_str(&" ".repeat(indent));
    }
}
