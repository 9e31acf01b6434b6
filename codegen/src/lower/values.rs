//! The values of arguments and options: their kind, how many there are, their defaults.

use super::Lower;
use super::args::is_true;
use crate::diagnostic::Code;
use crate::ir::{Bounds, Choice, Condition, DefaultWhen, Exists, Kind, Name, PathKind, Value};
use crate::source::{Span, Spanned};
use crate::spec::{self, Choices, Common, KINDS, Text, TextOr};

impl Lower<'_> {
    /// The value of an argument.
    pub(super) fn argument_value(
        &mut self,
        id: &Name,
        name: Option<Text>,
        argument: &spec::Argument,
        common: &mut Common,
    ) -> Value {
        let name = match name {
            Some(name) => self.value_name(name),
            None => id.to_uppercase(),
        };
        let repeat = argument.repeat.as_ref();
        let bounds = repeat
            .filter(|text| !matches!(text.as_str(), "true" | "false"))
            .and_then(|text| self.bounds(text, "`true`, "));
        let repeated = repeat.is_some_and(|text| *text.value != *"false");
        if let (Some(trailing), false) = (argument.trailing.filter(|key| key.value), repeated) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    trailing.span,
                    "what takes all words that are left takes several",
                )
                .help("add `repeat: true`");
        }
        self.value(vec![name], repeated, bounds, common)
    }

    /// The value of an option.
    pub(super) fn option_value(&mut self, option: &mut spec::Opt, common: &mut Common) -> Value {
        let written = std::mem::take(&mut option.value.0);
        let several = written.get(1).map(|name| name.span);
        let names: Vec<String> = written
            .into_iter()
            .map(|name| self.value_name(name))
            .collect();
        let repeated = is_true(option.repeat);
        let num_args = option.num_args.take();
        let bounds = num_args.as_ref().and_then(|text| self.bounds(text, ""));
        let mut value = self.value(names, repeated, bounds, common);
        if let (Some(_), Some(text)) = (several, &num_args) {
            self.does_not_fit(
                text.span,
                "num-args",
                "an option whose values have names each",
            );
            value.bounds = None;
        }
        if let Some(text) = option.delimiter.take() {
            let list = value.is_list() && several.is_none();
            value.delimiter = self.delimiter(&text, list);
        }
        if let Some(bare) = option.bare.take() {
            if several.is_some() || num_args.is_some() {
                self.does_not_fit(
                    bare.span,
                    "bare",
                    "an option that takes several values at once",
                );
            } else {
                value.bare = Some(bare);
            }
        }
        if let Some(equals) = option.equals.filter(|equals| equals.value) {
            if several.is_some() || num_args.is_some() {
                self.does_not_fit(
                    equals.span,
                    "equals",
                    "an option that takes several values at once",
                );
            } else {
                value.equals = true;
            }
        }
        if let (Some(_), Some(choices)) = (several, &common.choices) {
            self.does_not_fit(
                choices.span,
                "choices",
                "an option whose values have names each",
            );
        }
        value
    }

    fn value(
        &mut self,
        names: Vec<String>,
        repeated: bool,
        bounds: Option<Bounds>,
        common: &mut Common,
    ) -> Value {
        let kind = self.kind(common);
        let list = repeated || bounds.is_some();
        let array = (names.len() > 1).then_some(names.len());
        let default = std::mem::take(&mut common.default.0);
        match (array, default.get(1)) {
            (None, Some(second)) if !list => self.several_defaults(second.span),
            (Some(count), _) if !default.is_empty() && default.len() != count => {
                self.problems
                    .error(
                        Code::SeveralDefaults,
                        default[0].span,
                        format!("there are {} defaults for {count} values", default.len()),
                    )
                    .help("write a list with one for each value");
            }
            _ => {}
        }
        if let (Some(text), false) = (&common.terminator, list) {
            self.does_not_fit(text.span, "terminator", "one value");
        }
        let default_when = std::mem::take(&mut common.default_when);
        let default_when = default_when
            .0
            .into_iter()
            .filter_map(|default| self.default_when(default));
        Value {
            names,
            kind,
            repeated,
            bounds,
            delimiter: None,
            default_when: default_when.collect(),
            default,
            bare: None,
            equals: false,
            hyphen_values: is_true(common.hyphen_values),
            terminator: common.terminator.take().map(|text| self.line(text)),
            complete: common.complete.map(|complete| complete.value),
        }
    }

    fn default_when(&mut self, written: Spanned<spec::DefaultWhen>) -> Option<DefaultWhen> {
        let Spanned { value, span } = written;
        let one = value.when.0.len() == 1;
        match (value.when.0.into_iter().next(), value.value) {
            (Some((arg, is)), Some(value)) if one => Some(DefaultWhen {
                when: Condition { arg, is },
                value,
            }),
            _ => {
                self.problems
                    .error(
                        Code::NotACondition,
                        span,
                        "this needs one option with its value, and the default then",
                    )
                    .help("write it so: `{ when: { format: json }, value: pretty }`");
                None
            }
        }
    }

    /// The kind of a value, from its type, its choices and its limits.
    fn kind(&mut self, common: &mut Common) -> Kind {
        let (min, max) = (common.min.take(), common.max.take());
        let ignore_case = common.ignore_case.filter(|key| key.value);
        if let Some(choices) = &common.choices {
            if let Some(kind) = &common.kind {
                self.problems
                    .error(
                        Code::TypeAndChoices,
                        kind.span,
                        "`type` and `choices` exclude each other",
                    )
                    .help("choices are their own type; remove `type`");
            }
            if choices.value.0.is_empty() {
                self.problems
                    .error(Code::EmptyChoices, choices.span, "there is no choice")
                    .help("list the values that are accepted, or remove `choices`");
            }
        }
        let kind = match (&mut common.choices, &common.kind) {
            (Some(choices), _) => Kind::Choice {
                choices: self.choices(std::mem::take(&mut choices.value)),
                ignore_case: ignore_case.is_some(),
            },
            (None, Some(text)) => match self.named_kind(text, common.exists) {
                Some(kind) => kind,
                // What goes with it can't be told.
                None => return Kind::String,
            },
            (None, None) => Kind::String,
        };
        if let (Some(key), false) = (ignore_case, matches!(kind, Kind::Choice { .. })) {
            self.does_not_fit(key.span, "ignore-case", "a value without choices");
        }
        if let (Some(key), false) = (common.exists, matches!(kind, Kind::Path(..))) {
            self.does_not_fit(key.span, "exists", "a value that is no path");
        }
        self.limited(kind, min, max)
    }

    fn named_kind(&mut self, text: &Text, exists: Option<Spanned<bool>>) -> Option<Kind> {
        let exists = match exists.map(|key| key.value) {
            None => Exists::Either,
            Some(true) => Exists::Must,
            Some(false) => Exists::MustNot,
        };
        Some(match text.as_str() {
            "string" => Kind::String,
            "path" => Kind::Path(PathKind::Any, exists),
            "file" => Kind::Path(PathKind::File, exists),
            "folder" => Kind::Path(PathKind::Folder, exists),
            "integer" => Kind::Integer {
                min: i64::MIN,
                max: i64::MAX,
            },
            "float" => Kind::Float {
                min: f64::NEG_INFINITY,
                max: f64::INFINITY,
            },
            "boolean" => Kind::Boolean,
            "url" => Kind::Url,
            "duration" => Kind::Duration,
            "size" => Kind::Size,
            "key-value" => Kind::KeyValue,
            path if is_rust_path(path) => Kind::Rust(path.to_owned()),
            other => {
                self.unknown_kind(other, text.span);
                return None;
            }
        })
    }

    fn unknown_kind(&mut self, written: &str, span: Span) {
        /// What other languages call a kind.
        const OTHERS: &[(&str, &str)] = &[
            ("bool", "boolean"),
            ("bytes", "size"),
            ("dir", "folder"),
            ("directory", "folder"),
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
        /// What may mean another kind, too.
        const MANY: &[&str] = &["bytes", "number", "time"];
        let names = KINDS.iter().map(|(name, _)| *name);
        let diagnostic = self
            .problems
            .error(
                Code::UnknownType,
                span,
                format!("there is no type `{written}`"),
            )
            .label("unknown type")
            .silences([span]);
        match OTHERS.iter().find(|(name, _)| *name == written) {
            Some((_, ours)) => diagnostic.suggest("it is called so here", span, *ours),
            None => diagnostic
                .suggest_name(written, span, names)
                .help("a type of Rust is written with its path: `std::net::IpAddr`"),
        };
        if MANY.contains(&written) {
            diagnostic.uncertain();
        }
    }

    /// A kind with the limits that are written for it.
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
                        "a value that is no number has no use for `min` and `max`",
                    )
                    .help("say that it is one, `type: integer` or `type: float`, or remove them");
                kind
            }
        }
    }

    fn limit<T: std::str::FromStr>(&mut self, text: Option<Text>, what: &str) -> Option<T> {
        let text = text?;
        // `nan` and `inf` are numbers to Rust, but no limits.
        let digits = text.contains(|c: char| c.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        if number.is_none() {
            self.problems
                .error(
                    Code::NotALimit,
                    text.span,
                    format!("`{}` is not a {what}", *text),
                )
                .help("write digits, with `-` before them if it is below zero");
        }
        number
    }

    fn ordered(&mut self, right: bool, place: Span) {
        if !right {
            self.problems
                .error(
                    Code::EmptyRange,
                    place,
                    "the largest is below the smallest, so nothing is accepted",
                )
                .help("is it the other way round?");
        }
    }

    /// How many: `2`, `2..`, `..3` or `2..3`.
    fn bounds(&mut self, text: &Text, others: &str) -> Option<Bounds> {
        let number = |text: &str| match text {
            "" => Some(None),
            text => text.parse::<u16>().ok().map(|n| Some(usize::from(n))),
        };
        let parsed = match text.split_once("..") {
            None => number(text).flatten().map(|n| (n, Some(n))),
            Some(_) if *text.value == *".." => None,
            Some((min, max)) => number(min)
                .zip(number(max))
                .map(|(min, max)| (min.unwrap_or(0), max)),
        };
        let bounds = parsed
            .filter(|(min, max)| max.is_none_or(|max| max > 0 && *min <= max))
            .map(|(min, max)| Bounds { min, max });
        if bounds.is_none() {
            self.problems
                .error(
                    Code::NotARange,
                    text.span,
                    format!("`{}` does not say how many", text.value),
                )
                .help(format!(
                    "write {others}a number, or the smallest and the largest: `2`, `2..`, `..3`, `2..3`"
                ));
        }
        bounds
    }

    fn does_not_fit(&mut self, span: Span, key: &str, what: &str) {
        self.problems
            .error(
                Code::KeyDoesNotFit,
                span,
                format!("{what} has no use for `{key}`"),
            )
            .help("remove it");
    }

    pub(super) fn several_defaults(&mut self, span: Span) {
        self.problems
            .error(
                Code::SeveralDefaults,
                span,
                "there is more than one default, but only one value",
            )
            .help("keep one, or say that it may be given several times: `repeat: true`");
    }

    /// What stands for a value in help, where clap puts brackets around it.
    pub(super) fn value_name(&mut self, name: Text) -> String {
        let bare = name
            .trim()
            .trim_start_matches(['<', '['])
            .trim_end_matches(['>', ']', '.']);
        if name.starts_with('-') {
            self.problems
                .error(
                    Code::NotAValueName,
                    name.span,
                    format!("`{}` can't stand for a value", *name),
                )
                .help("it is the name of the value, such as `FILE`; the option's name is its key");
        } else if bare != name.trim() && !bare.is_empty() {
            self.problems
                .error(
                    Code::ValueNameInBrackets,
                    name.span,
                    "the name of a value is written without brackets",
                )
                .suggest("they are added where they belong", name.span, bare);
        }
        self.line(name)
    }

    fn delimiter(&mut self, text: &Text, repeated: bool) -> Option<char> {
        if !repeated {
            self.problems
                .error(
                    Code::DelimiterWithoutRepeat,
                    text.span,
                    "a delimiter needs an option that takes several values",
                )
                .help("add `repeat: true`, or remove `delimiter`");
        }
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) if c.is_ascii_punctuation() && c != '-' => Some(c),
            _ => {
                self.problems
                    .error(
                        Code::NotADelimiter,
                        text.span,
                        "a delimiter is one punctuation character",
                    )
                    .help("most programs use a comma: `delimiter: ','`");
                None
            }
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
                    .related(first, "first here")
                    .help("remove one");
                continue;
            }
            let more = match written {
                Some(TextOr::Map(choice)) => choice,
                Some(TextOr::Text(help)) => spec::Choice {
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
            });
        }
        list
    }
}

/// Whether this is the path of a Rust type: names with `::` between them, and nothing else.
fn is_rust_path(text: &str) -> bool {
    let name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && part != "_"
    };
    let path = text.strip_prefix("::").unwrap_or(text);
    text.contains("::") && path.split("::").all(name) && syn::parse_str::<syn::Path>(text).is_ok()
}
