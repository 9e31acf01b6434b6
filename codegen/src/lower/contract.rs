//! Questions, and secrets, which are never shown.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Kind, Name, Piece, Question, Takes};
use crate::source::{Span, Spanned};
use crate::spec::Text;

impl Lower<'_> {
    /// Splits a question into text and placeholders for values.
    pub(super) fn question(&mut self, written: Text) -> Question {
        let text = self.line(written.clone());
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, mark) = rest.split_at(at);
            pieces.push(Piece::Text(before.to_owned()));
            if mark.starts_with("{{") || mark.starts_with("}}") {
                pieces.push(Piece::Text(mark[..1].to_owned()));
                rest = &mark[2..];
                continue;
            }
            let inner = mark.strip_prefix('{');
            match inner.and_then(|inner| inner.split_once('}')) {
                Some((name, after)) if !name.contains('{') => {
                    let span = self.within(&written, name);
                    pieces.push(Piece::Value(Name::new(name.to_owned(), span)));
                    rest = after;
                }
                _ => {
                    self.problems
                        .error(
                            Code::UnknownPlaceholder,
                            written.span,
                            "unmatched brace in this question",
                        )
                        .help("write a value as `{name}`, and double a brace itself: `{{`");
                    rest = &mark[1..];
                }
            }
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Question {
            span: written.span,
            pieces,
        }
    }

    /// Returns the span of `{name}` in a string, or that of the whole text if it isn't found as written.
    fn within(&self, text: &Text, name: &str) -> Span {
        let source = self.sources.text(text.span);
        let at = source.find(&format!("{{{name}}}"));
        at.map_or(text.span, |at| {
            let start = text.span.range().start + at + 1;
            Span::new(text.span.file, start..start + name.len())
        })
    }

    /// Makes the value of an option a secret if the option has the key.
    pub(super) fn secret(&mut self, secret: Option<Spanned<bool>>, takes: &mut Takes) {
        let Some(key) = secret.filter(|key| key.value) else {
            return;
        };
        match takes {
            Takes::Value(value)
                if matches!(value.kind, Kind::String)
                    && !value.is_list()
                    && value.array().is_none()
                    && value.default.is_empty()
                    && value.default_when.is_empty()
                    && value.bare.is_none() =>
            {
                value.kind = Kind::Secret;
            }
            Takes::Value(_) => {
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        key.span,
                        "`secret` needs a single string without a default",
                    )
                    .help("remove `type`, `choices` and defaults, which the documentation shows, or remove `secret`");
            }
            _ => {
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        key.span,
                        "an option without a value can't be `secret`",
                    )
                    .help("add a value: `value: TOKEN`");
            }
        }
    }
}
