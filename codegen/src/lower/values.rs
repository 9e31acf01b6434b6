//! The values of arguments and options: their types, numbers and defaults.

use super::Lower;
use super::args::is_true;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Bounds, Condition, DefaultWhen, Name, Value};
use crate::source::{Span, Spanned};
use crate::spec::{self, Common, Text};

/// The largest number of values that can be required at once.
const MOST_VALUES: usize = 100;

/// The largest length of a value name, in characters.
const LONGEST_NAME: usize = 100;

impl Lower<'_> {
    /// Lowers the value of an argument.
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
        let bounds = repeat.and_then(|text| self.times(text));
        let repeated = repeat.is_some_and(|text| *text.value != *"false");
        let trailing = argument.trailing.filter(|key| key.value);
        if let (Some(trailing), true) = (trailing, is_true(argument.last)) {
            self.does_not_fit(trailing.span, "trailing", "an argument after `--`");
        }
        if let (Some(trailing), false) = (trailing, repeated) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    trailing.span,
                    "a `trailing` argument takes several values, so it needs `repeat`",
                )
                .help("add `repeat: true`");
        }
        self.value(vec![name], repeated, bounds, common)
    }

    /// Lowers the value of an option.
    pub(super) fn option_value(&mut self, option: &mut spec::Opt, common: &mut Common) -> Value {
        let written = std::mem::take(&mut option.value.0);
        let several = written.get(1).map(|name| name.span);
        if let Some(first) = written.get(MOST_VALUES) {
            self.too_many_values(first.span, written.len());
        }
        let names: Vec<String> = written
            .into_iter()
            .map(|name| self.value_name(name))
            .collect();
        let times = option.repeat.as_ref().and_then(|text| self.times(text));
        let repeated = option
            .repeat
            .as_ref()
            .is_some_and(|text| **text != *"false");
        let num_args = option.num_args.take();
        let bounds = num_args.as_ref().and_then(|text| self.bounds(text, ""));
        let mut value = self.value(names, repeated, bounds, common);
        value.times = times;
        if let (Some(_), Some(text)) = (several, &num_args) {
            self.does_not_fit(text.span, "num-args", "an option with several named values");
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
        if several.is_some() {
            self.refuse_keys_of_one_value(&mut value, common);
        }
        value
    }

    /// Reports keys for a single value on an option that takes several at once.
    fn refuse_keys_of_one_value(&mut self, value: &mut Value, common: &mut Common) {
        let what = "an option with several named values";
        if let Some(choices) = &common.choices {
            self.does_not_fit(choices.span, "choices", what);
        }
        if let Some(default) = value.default_when.first() {
            self.does_not_fit(default.value.span, "default-when", what);
            value.default_when.clear();
        }
        if let Some(variable) = common.env.0.first() {
            self.does_not_fit(variable.span, "env", what);
            common.env.0.clear();
        }
    }

    fn value(
        &mut self,
        names: Vec<String>,
        repeated: bool,
        bounds: Option<Bounds>,
        common: &mut Common,
    ) -> Value {
        let kind = self.kind(common);
        let complete = self.complete(&kind, common);
        let suggestions = self.suggestions(&kind, common);
        let list = repeated || bounds.is_some();
        let array = (names.len() > 1).then_some(names.len());
        let default = std::mem::take(&mut common.default.0);
        match (array, default.get(1)) {
            (None, Some(second)) if !list => {
                let help = "keep one default, or accept several values: `repeat: true`";
                self.several_defaults(second.span, help);
            }
            (Some(count), _) if !default.is_empty() && default.len() != count => {
                self.problems
                    .error(
                        Code::SeveralDefaults,
                        default[0].span,
                        format!("expected {count} defaults, found {}", default.len()),
                    )
                    .help("write a list with one default for each value");
            }
            _ => {}
        }
        if let (Some(text), false) = (&common.terminator, list) {
            self.does_not_fit(text.span, "terminator", "a single value");
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
            times: None,
            bounds,
            delimiter: None,
            default_when: default_when.collect(),
            default,
            bare: None,
            equals: false,
            hyphen_values: is_true(common.hyphen_values),
            terminator: common.terminator.take().map(|text| self.line(text)),
            complete,
            suggestions,
        }
    }

    /// Lowers a condition under which a switch is on.
    pub(super) fn on_when(&mut self, written: Spanned<spec::DefaultWhen>) -> Option<Condition> {
        let default = self.default_when(written)?;
        if *default.value != *"true" {
            self.problems
                .error(
                    Code::DefaultOfSwitch,
                    default.value.span,
                    "the conditional default of a switch must be `true`",
                )
                .help("use `value: true`, or remove the default: the switch is off otherwise");
        }
        Some(default.when)
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
                        "expected one option with its value, and the default for that case",
                    )
                    .help("for example: `{ when: { format: json }, value: pretty }`");
                None
            }
        }
    }

    /// Parses the number of values in `repeat`, unless it is `true` or `false`.
    fn times(&mut self, text: &Text) -> Option<Bounds> {
        let is_number = !matches!(text.as_str(), "true" | "false");
        is_number.then(|| self.bounds(text, "`true`, ")).flatten()
    }

    /// Parses a number of values: `2`, `2..`, `..3` or `2..3`.
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
        if let Some(bounds) = bounds.filter(|bounds| bounds.min > MOST_VALUES) {
            self.too_many_values(text.span, bounds.min);
            return Some(Bounds { min: 1, max: None });
        }
        if bounds.is_none() {
            self.problems
                .error(
                    Code::NotARange,
                    text.span,
                    format!("`{}` is not a valid number of values", text.value),
                )
                .help(format!(
                    "use {others}a number or a range: `2`, `2..`, `..3`, `2..3`"
                ));
        }
        bounds
    }

    /// Reports too many required values. Help and usage lines show a name for each of them.
    fn too_many_values(&mut self, span: Span, count: usize) {
        self.problems
            .error(
                Code::TooMuch,
                span,
                format!("{count} values at once are too many"),
            )
            .help(format!("use at most {MOST_VALUES} values"));
    }

    /// Reports a key that has no effect, on something such as `a value without choices`.
    pub(super) fn does_not_fit(&mut self, span: Span, key: &str, what: &str) -> &mut Diagnostic {
        self.problems
            .error(
                Code::KeyDoesNotFit,
                span,
                format!("`{key}` has no effect on {what}"),
            )
            .help("remove the key")
    }

    pub(super) fn several_defaults(&mut self, span: Span, help: &str) {
        self.problems
            .error(
                Code::SeveralDefaults,
                span,
                "several defaults for a single value",
            )
            .help(help);
    }

    /// Checks the name of a value in help. clap adds the brackets around it.
    pub(super) fn value_name(&mut self, name: Text) -> String {
        // Other brackets are part of the name: `NAME[:GROUP]`.
        let mut bare = name.trim();
        bare = bare.strip_suffix("...").unwrap_or(bare);
        for (open, close) in [('<', '>'), ('[', ']')] {
            let inner = bare
                .strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close));
            bare = inner.filter(|inner| !inner.contains(open)).unwrap_or(bare);
        }
        if name.chars().count() > LONGEST_NAME {
            self.problems
                .error(
                    Code::NotAValueName,
                    name.span,
                    "this name of a value is too long",
                )
                .help(format!("use at most {LONGEST_NAME} characters"));
        } else if name.starts_with('-') {
            self.problems
                .error(
                    Code::NotAValueName,
                    name.span,
                    format!("`{}` is not a valid name for a value", *name),
                )
                .help("use a placeholder such as `FILE`; the name of the option is its key");
        } else if bare != name.trim() && !bare.is_empty() {
            self.problems
                .error(
                    Code::ValueNameInBrackets,
                    name.span,
                    "the name of a value is written without brackets",
                )
                .suggest(
                    "remove the brackets; clapspec adds them where needed",
                    name.span,
                    bare,
                );
        }
        self.line(name)
    }

    fn delimiter(&mut self, text: &Text, repeated: bool) -> Option<char> {
        if !repeated {
            self.problems
                .error(
                    Code::DelimiterWithoutRepeat,
                    text.span,
                    "`delimiter` needs an option that takes several values",
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
                        "`delimiter` must be a single punctuation character, other than `-`",
                    )
                    .help("use a comma, for example: `delimiter: ','`");
                None
            }
        }
    }
}
