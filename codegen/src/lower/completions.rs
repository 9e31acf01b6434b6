//! What shells complete for a value.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{COMPLETIONS, Complete, Kind, Name};
use crate::spec::{Common, TextOr};
use crate::text::Inlines;

impl Lower<'_> {
    /// Determines what a shell completes for a value.
    pub(super) fn complete(&mut self, kind: &Kind, common: &mut Common) -> Option<Complete> {
        let extensions = std::mem::take(&mut common.extensions.0);
        let complete = common.complete.take();
        if let Some(first) = extensions.first() {
            let span = first.span;
            if !matches!(kind, Kind::Path(..)) {
                self.does_not_fit(span, "extensions", "a value that is not a path");
            } else if complete.is_some() {
                self.does_not_fit(span, "extensions", "a value with `complete`");
            } else {
                return Some(Complete::Files(self.extensions(extensions)));
            }
        }
        let written = complete?;
        let named = COMPLETIONS
            .iter()
            .find(|named| named.name == written.as_str());
        if let Some(named) = named {
            return Some(Complete::Named(named.complete));
        }
        if !self.has_completions {
            let names = COMPLETIONS.iter().map(|named| named.name);
            self.problems
                .error(
                    Code::UnknownValue,
                    written.span,
                    format!("unknown value `{}`", *written),
                )
                .suggest_name(&written, written.span, names)
                .help("for values that the program itself offers, add `completions: true` to the program");
            return None;
        }
        Some(Complete::Values(written))
    }

    fn extensions(&mut self, extensions: Vec<Name>) -> Vec<Name> {
        let mut known: Vec<Name> = Vec::new();
        for extension in extensions {
            let span = extension.span;
            let bare = extension.trim_start_matches(['*', '.']);
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_+.".contains(c);
            if bare.is_empty() || !bare.chars().all(plain) {
                self.problems
                    .error(
                        Code::NotAName,
                        span,
                        format!("`{}` is not a valid file name extension", *extension),
                    )
                    .help("use letters, digits, `-`, `_`, `+` and `.`, such as `json` or `tar.gz`");
            } else if bare != extension.as_str() {
                self.problems
                    .error(
                        Code::NotAName,
                        span,
                        format!("`{}` is not a file name extension", *extension),
                    )
                    .suggest("write the extension alone", span, bare);
            }
            known.push(extension);
        }
        known
    }

    /// Returns the known values, each with its description.
    pub(super) fn suggestions(&mut self, kind: &Kind, common: &mut Common) -> Vec<(Name, Inlines)> {
        let Some(suggest) = common.suggest.take() else {
            return Vec::new();
        };
        if let Kind::Choice { .. } | Kind::Boolean = kind {
            self.does_not_fit(
                suggest.span,
                "suggest",
                "a value that must be one of a list",
            );
            return Vec::new();
        }
        if suggest.value.0.is_empty() {
            self.problems
                .error(Code::EmptyChoices, suggest.span, "`suggest` is empty")
                .help("list the known values, or remove `suggest`");
        }
        let mut known: Vec<(Name, Inlines)> = Vec::new();
        for (name, written) in suggest.value.0 {
            let first = known.iter().find(|(known, _)| **known == *name);
            if let Some(first) = first.map(|(first, _)| first.span) {
                self.problems
                    .error(
                        Code::ChoiceTwice,
                        name.span,
                        format!("`{}` is suggested twice", *name),
                    )
                    .label("listed again here")
                    .related(first, "first listed here")
                    .help("remove one of them");
                continue;
            }
            let help = match written {
                None => None,
                Some(TextOr::Plain(help)) => Some(help),
                Some(TextOr::Map(choice)) => {
                    if choice.hidden || !choice.aliases.0.is_empty() {
                        self.does_not_fit(name.span, "hidden` or `aliases", "a suggestion");
                    }
                    choice.help
                }
            };
            let help = help.map_or_else(Inlines::new, |help| self.inlines(&help));
            known.push((name, help));
        }
        known
    }
}
