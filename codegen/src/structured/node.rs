//! Writing YAML.

use std::fmt;

/// A YAML value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A quoted string.
    Text(String),
    /// A value without quotes, such as a number or `true`.
    Plain(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The keys of a mapping, with their values.
pub(super) type Keys = Vec<(String, Node)>;

impl Node {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn plain(text: impl ToString) -> Self {
        Self::Plain(text.to_string())
    }

    pub(super) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub(super) fn map<K: Into<String>>(keys: impl IntoIterator<Item = (K, Node)>) -> Self {
        Self::Map(
            keys.into_iter()
                .map(|(key, node)| (key.into(), node))
                .collect(),
        )
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, indent: usize) -> fmt::Result {
        let pad = " ".repeat(indent);
        match self {
            Self::Text(text) => writeln!(f, " {}", quoted(text)),
            Self::Plain(text) => writeln!(f, " {text}"),
            Self::List(items) if items.is_empty() => writeln!(f, " []"),
            Self::Map(keys) if keys.is_empty() => writeln!(f, " {{}}"),
            Self::List(items) => {
                writeln!(f)?;
                items.iter().try_for_each(|item| {
                    write!(f, "{pad}-")?;
                    item.write(f, indent + 2)
                })
            }
            Self::Map(keys) => {
                writeln!(f)?;
                keys.iter().try_for_each(|(key, node)| {
                    write!(f, "{pad}{}:", quoted(key))?;
                    node.write(f, indent + 2)
                })
            }
        }
    }
}

/// Quotes a string, unless it looks like a key of the language.
fn quoted(text: &str) -> String {
    let word = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        && !matches!(text, "true" | "false" | "null");
    match word {
        true => text.to_owned(),
        false => serde_json::to_string(text).expect("a string"),
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}
