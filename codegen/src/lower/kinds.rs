//! The type of a value, with its choices and limits.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Choice, Exists, KINDS, Kind};
use crate::source::{Span, Spanned};
use crate::spec::{self, Choices, Common, Text, TextOr};

impl Lower<'_> {
    /// Determines the kind of a value from its type, choices and limits.
    pub(super) fn kind(&mut self, common: &mut Common) -> Kind {
        let (min, max) = (common.min.take(), common.max.take());
        let ignore_case = common.ignore_case.filter(|key| key.value);
        if let Some(choices) = &common.choices {
            if let Some(kind) = &common.kind {
                self.problems
                    .error(
                        Code::TypeAndChoices,
                        kind.span,
                        "`type` and `choices` can't be used together",
                    )
                    .help("remove `type`; the choices are a type of their own");
            }
            if choices.value.0.is_empty() {
                self.problems
                    .error(Code::EmptyChoices, choices.span, "`choices` is empty")
                    .help("list the accepted values, or remove `choices`");
            }
        }
        let kind = match (&mut common.choices, &common.kind) {
            (Some(choices), _) => Kind::Choice {
                choices: self.choices(std::mem::take(&mut choices.value)),
                ignore_case: ignore_case.is_some(),
            },
            (None, Some(text)) => match self.named_kind(text, common.exists) {
                Some(kind) => kind,
                // Without a known type, its other keys can't be checked.
                None => return Kind::String,
            },
            (None, None) => Kind::String,
        };
        if let (Some(key), false) = (ignore_case, matches!(kind, Kind::Choice { .. })) {
            self.does_not_fit(key.span, "ignore-case", "a value without choices");
        }
        if let (Some(key), false) = (common.exists, matches!(kind, Kind::Path(..))) {
            self.does_not_fit(key.span, "exists", "a value that is not a path");
        }
        self.limited(kind, min, max)
    }

    fn named_kind(&mut self, text: &Text, exists: Option<Spanned<bool>>) -> Option<Kind> {
        let exists = match exists.map(|key| key.value) {
            None => Exists::Either,
            Some(true) => Exists::Must,
            Some(false) => Exists::MustNot,
        };
        let named = KINDS.iter().find(|named| named.name == text.as_str());
        if let Some(named) = named {
            return Some((named.kind)(exists));
        }
        if is_rust_path(text) {
            return Some(Kind::Rust(text.value.clone()));
        }
        self.unknown_kind(text, text.span);
        None
    }

    fn unknown_kind(&mut self, written: &str, span: Span) {
        /// Names of types in other languages, and ours.
        const OTHERS: &[(&str, &str)] = &[
            ("bool", "boolean"),
            ("bytes", "size"),
            ("dir", "directory"),
            ("folder", "directory"),
            ("double", "float"),
            ("i32", "integer"),
            ("i64", "integer"),
            ("int", "integer"),
            ("number", "float"),
            ("str", "string"),
            ("text", "string"),
            ("time", "duration"),
            ("u16", "std::primitive::u16"),
            ("u32", "std::primitive::u32"),
            ("u64", "std::primitive::u64"),
            ("u8", "std::primitive::u8"),
            ("uri", "url"),
            ("usize", "std::primitive::usize"),
        ];
        /// Names that may mean another of our types too.
        const MANY: &[&str] = &["bytes", "number", "time"];
        let names = KINDS.iter().map(|named| named.name);
        let diagnostic = self
            .problems
            .error(Code::UnknownType, span, format!("unknown type `{written}`"))
            .label("no such type")
            .silences([span]);
        match OTHERS.iter().find(|(name, _)| *name == written) {
            Some((_, ours)) => diagnostic.suggest("use clapspec's name for it", span, *ours),
            None => diagnostic
                .suggest_name(written, span, names)
                .help("for a type in Rust, write its path: `std::net::IpAddr`"),
        };
        if MANY.contains(&written) {
            diagnostic.uncertain();
        }
    }

    /// Applies `min` and `max` to a kind.
    fn limited(&mut self, kind: Kind, min: Option<Text>, max: Option<Text>) -> Kind {
        let place = max.as_ref().or(min.as_ref()).map(|text| text.span);
        let Some(place) = place else { return kind };
        match kind {
            Kind::Integer {
                min: low,
                max: high,
            } => {
                let low = self.limit(min, "whole number").unwrap_or(low);
                let high = self.limit(max, "whole number").unwrap_or(high);
                self.ordered(low <= high, place);
                Kind::Integer {
                    min: low.min(high),
                    max: high.max(low),
                }
            }
            Kind::Float {
                min: low,
                max: high,
            } => {
                let low: f64 = self.limit(min, "number").unwrap_or(low);
                let high: f64 = self.limit(max, "number").unwrap_or(high);
                self.ordered(low <= high, place);
                Kind::Float {
                    min: low.min(high),
                    max: high.max(low),
                }
            }
            kind => {
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        place,
                        "`min` and `max` have no effect on a value that is not a number",
                    )
                    .help("add `type: integer` or `type: float`, or remove the keys");
                kind
            }
        }
    }

    /// Parses a limit; `what` names the kind of number in messages.
    pub(super) fn limit<T: std::str::FromStr>(
        &mut self,
        text: Option<Text>,
        what: &str,
    ) -> Option<T> {
        let text = text?;
        // Rust parses `nan` and `inf` as numbers, but they can't be limits.
        let digits = text.contains(|c: char| c.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        if number.is_none() {
            self.problems
                .error(
                    Code::NotALimit,
                    text.span,
                    format!("`{}` is not a {what}", *text),
                )
                .help("write it in digits, with `-` before a negative number");
        }
        number
    }

    /// Reports limits that are not in order.
    pub(super) fn ordered(&mut self, is_ordered: bool, place: Span) {
        if !is_ordered {
            self.problems
                .error(
                    Code::EmptyRange,
                    place,
                    "the maximum is below the minimum, so no value is accepted",
                )
                .help("swap them, or change one of them");
        }
    }

    fn choices(&mut self, choices: Choices) -> Vec<Choice> {
        let mut list: Vec<Choice> = Vec::new();
        for (name, written) in choices.0 {
            if let Some(known) = list.iter().find(|known| *known.name == *name) {
                let first = known.name.span;
                self.problems
                    .error(
                        Code::ChoiceTwice,
                        name.span,
                        format!("the choice `{}` is listed twice", *name),
                    )
                    .label("listed again here")
                    .related(first, "first listed here")
                    .help("remove one of them");
                continue;
            }
            let more = match written {
                Some(TextOr::Map(choice)) => choice,
                Some(TextOr::Plain(help)) => spec::Choice {
                    help: Some(help),
                    ..spec::Choice::default()
                },
                None => spec::Choice::default(),
            };
            list.push(Choice {
                name,
                help: more.help.map_or_else(Vec::new, |help| self.inlines(&help)),
                aliases: more.aliases.0,
                hidden: more.hidden,
                rust: more.rust,
            });
        }
        list
    }
}

/// Whether a string is the path of a Rust type: names separated by `::`, and nothing else.
fn is_rust_path(text: &str) -> bool {
    let name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && part != "_"
    };
    let path = text.strip_prefix("::").unwrap_or(text);
    text.contains("::") && path.split("::").all(name) && syn::parse_str::<syn::Path>(text).is_ok()
}
