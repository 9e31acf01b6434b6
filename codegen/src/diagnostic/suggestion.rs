//! Changes of a spec's text that fix it.

use crate::source::{Sources, Span};

/// Text that would be right at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Suggested {
    /// Why.
    pub(crate) help: String,
    pub(crate) span: Span,
    pub(crate) text: String,
    /// Nothing else can be meant, so it may be written without asking.
    pub(crate) certain: bool,
    /// It replaces a part of a text, or is YAML already: nothing about it needs quotes.
    pub(super) in_text: bool,
    /// The character at the end of the text, which is to go. Where it stands is known in
    /// [`fit`](Self::fit).
    cut: Option<char>,
}

impl Suggested {
    /// A key or value in place of another.
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

    /// YAML in place of a key or value.
    pub(super) fn yaml(help: &str, span: Span, text: String) -> Self {
        Self {
            in_text: true,
            ..Self::word(help.to_owned(), span, text)
        }
    }

    /// A text without its last character.
    pub(super) fn cut(help: &str, span: Span, last: char) -> Self {
        Self {
            cut: Some(last),
            ..Self::yaml(help, span, String::new())
        }
    }

    /// Settles how the text is written where it will stand, and whether that is certain to work.
    pub(super) fn fit(&mut self, sources: &Sources) {
        let written = sources.text(self.span);
        if let Some(last) = self.cut {
            let bare = written.trim_end().trim_end_matches(['"', '\'']);
            if let Some(rest) = bare.strip_suffix(last) {
                self.span.start += rest.len() as u32;
                self.span.end = self.span.start + last.len_utf8() as u32;
                // A text without anything left is another error.
                self.certain &= rest.chars().any(char::is_alphanumeric) && !rest.ends_with('\\');
            } else {
                self.certain = false;
            }
            return;
        }
        // The lines of a block end where it is hard to tell.
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

/// A scalar with the quotes that `written` has, or those that it needs.
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
