//! What scripts rely on: questions, and values that are never shown.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Kind, Name, Piece, Question, Takes};
use crate::source::{Span, Spanned};
use crate::spec::Text;

impl Lower<'_> {
    /// A question and the places of values in it.
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
                Some((name, behind)) if !name.contains('{') => {
                    let span = self.within(&written, name);
                    pieces.push(Piece::Value(Name::new(name.to_owned(), span)));
                    rest = behind;
                }
                _ => {
                    self.problems
                        .error(
                            Code::UnknownPlaceholder,
                            written.span,
                            "a brace in this question has no partner",
                        )
                        .help("a value is written `{name}`, a brace itself twice: `{{`");
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

    /// The place of `{name}` in a text; the whole text where it is written otherwise.
    fn within(&self, text: &Text, name: &str) -> Span {
        let source = self.sources.text(text.span);
        let at = source.find(&format!("{{{name}}}"));
        at.map_or(text.span, |at| {
            let start = text.span.range().start + at + 1;
            Span::new(text.span.file, start..start + name.len())
        })
    }

    /// Makes a text a secret, where the option says so.
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
                        "`secret` is for one text without a default",
                    )
                    .help("what is secret has no `type`, no `choices` and no default: those stand in every document");
            }
            _ => {
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        key.span,
                        "an option without a value has no secret",
                    )
                    .help("name its value: `value: TOKEN`");
            }
        }
    }
}
