//! Suggested changes to the text of a spec.

use crate::source::{Sources, Span};

/// A replacement for the text at a span.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Suggested {
    /// What the change does.
    pub(crate) help: String,
    pub(crate) span: Span,
    pub(crate) text: String,
    /// Whether nothing else can be meant, so that `check --fix` may make the change.
    pub(crate) certain: bool,
    /// Whether it replaces a part of a longer text, or is YAML already, so that it never gets quotes.
    pub(super) in_text: bool,
    /// The character to remove at the end of the text. [`fit`](Self::fit) finds its position.
    cut: Option<char>,
}

impl Suggested {
    /// Replaces a key or value.
    pub(super) fn word(help: String, span: Span, text: String) -> Self {
        Self {
            help,
            span,
            text,
            certain: true,
            in_text: false,
            cut: None,
        }
    }

    /// Replaces a key or value with YAML.
    pub(super) fn yaml(help: &str, span: Span, text: String) -> Self {
        Self {
            in_text: true,
            ..Self::word(help.to_owned(), span, text)
        }
    }

    /// Removes the last character of a string.
    pub(super) fn cut(help: &str, span: Span, last: char) -> Self {
        Self {
            cut: Some(last),
            ..Self::yaml(help, span, String::new())
        }
    }

    /// Adapts the replacement to how the text is written at the span, with quotes if needed. Makes it
    /// uncertain if the result might be wrong.
    pub(super) fn fit(&mut self, sources: &Sources) {
        let written = sources.text(self.span);
        if let Some(last) = self.cut {
            let bare = written.trim_end().trim_end_matches(['"', '\'']);
            if let Some(rest) = bare.strip_suffix(last) {
                self.span.start += rest.len() as u32;
                self.span.end = self.span.start + last.len_utf8() as u32;
                // An empty text would be another error.
                self.certain &= rest.chars().any(char::is_alphanumeric) && !rest.ends_with('\\');
            } else {
                self.certain = false;
            }
            return;
        }
        // The end of a block of lines is hard to find.
        if written.is_empty() || written.contains('\n') || written.starts_with(['|', '>']) {
            self.certain = false;
        } else if self.in_text {
            let plain = |c: char| c.is_alphanumeric() || "-_<>[], ".contains(c);
            let inner = self.text.strip_prefix('`');
            let same = inner.and_then(|inner| inner.strip_suffix('`')) == Some(written);
            self.certain &= same || self.text.chars().all(plain);
        } else {
            self.text = quoted_like(&self.text, written);
        }
    }
}

/// Quotes a scalar like `written`, or as needed.
fn quoted_like(text: &str, written: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./ ".contains(c);
    let plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && text.chars().all(bare)
        && !text.ends_with(' ')
        && !text.eq_ignore_ascii_case("null");
    if written.starts_with('"') {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else if written.starts_with('\'') || !plain {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        text.to_owned()
    }
}
