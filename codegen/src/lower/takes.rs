//! What an option takes: nothing, a count, or a value; and the keys that go with that.

use super::Lower;
use super::args::is_true;
use crate::diagnostic::Code;
use crate::ir::{Form, Name, Takes};
use crate::source::{Span, Spanned};
use crate::spec::{self, Common, Text};

impl Lower<'_> {
    /// Whether an option is a switch, counts, or has a value; refuses keys of the other kinds.
    pub(super) fn takes(
        &mut self,
        id: &Name,
        form: &Form,
        option: &mut spec::Opt,
        common: &mut Common,
    ) -> Takes {
        if !option.value.0.is_empty() {
            if let Some(count) = option.count {
                self.problems
                    .error(
                        Code::CountWithValue,
                        count.span,
                        "an option that takes a value does not count",
                    )
                    .help("use `repeat: true` to take it several times, or remove `value`");
            }
            if let Some(key) = option.negatable.filter(|key| key.value) {
                self.problems
                    .error(
                        Code::KeyNeedsSwitch,
                        key.span,
                        "an option that takes a value can't be switched off",
                    )
                    .help("remove `negatable`, or `value`");
            }
            return Takes::Value(self.option_value(option, common));
        }
        self.refuse_value_keys(id, option, common);
        match (option.count, option.negatable.filter(|key| key.value)) {
            (Some(count), _) if count.value == 0 => {
                self.problems
                    .error(Code::CountOfZero, count.span, "a count of 0 never counts")
                    .help("say how often it may usefully be given: `count: 2`");
                Takes::Count(1)
            }
            (Some(count), negatable) => {
                if let Some(key) = negatable {
                    self.problems
                        .error(
                            Code::KeyNeedsSwitch,
                            key.span,
                            "an option that counts can't be switched off",
                        )
                        .help("remove `negatable`, or `count`");
                }
                Takes::Count(count.value)
            }
            (None, Some(key)) => self.negatable(id, form, key.span, common),
            (None, None) => Takes::Switch,
        }
    }

    fn negatable(&mut self, id: &Name, form: &Form, span: Span, common: &mut Common) -> Takes {
        let long = match form {
            Form::Option {
                long: Some(long), ..
            } => long,
            _ => {
                self.problems
                    .error(
                        Code::KeyNeedsSwitch,
                        span,
                        "an option without a long name can't be switched off",
                    )
                    .help("give it one: `long: …`; the opposite of `--color` is `--no-color`");
                id
            }
        };
        let name = format!("no-{}", **long);
        let mut defaults = std::mem::take(&mut common.default.0).into_iter();
        let default = defaults.next().and_then(|default| match default.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.problems
                    .error(
                        Code::DefaultOfSwitch,
                        default.span,
                        "a switch is on or off when it is not given",
                    )
                    .help("write `default: true` or `default: false`");
                None
            }
        });
        if let Some(second) = defaults.next() {
            self.several_defaults(second.span);
        }
        Takes::Negatable { name, default }
    }

    /// Refuses keys that only mean something for an option with a value.
    fn refuse_value_keys(&mut self, id: &Name, option: &spec::Opt, common: &Common) {
        let what = if option.count.is_some() {
            "an option that counts"
        } else {
            "a switch"
        };
        let name = id.to_uppercase().replace('-', "_");
        let name_it = format!("if it takes a value, name the value: `value: {name}`");
        // One error, however many keys follow from it.
        if let Some((key, span)) = value_keys(option, common) {
            self.problems
                .error(
                    Code::KeyNeedsValue,
                    span,
                    format!("{what} takes no value, so it has no `{key}`"),
                )
                .help(name_it);
            return;
        }
        let negatable = is_true(option.negatable);
        if let (false, Some(default)) = (negatable, common.default.0.first()) {
            let diagnostic = self.problems.error(
                Code::DefaultOfSwitch,
                default.span,
                format!("{what} has no `default`"),
            );
            if matches!(default.as_str(), "true" | "false") {
                diagnostic.help("it is off unless it is given; remove the key, or let users switch it off: `negatable: true`");
            } else {
                diagnostic.help(name_it);
            }
        } else if let Some(repeat) = option.repeat.filter(|repeat| repeat.value) {
            self.problems
                .error(
                    Code::RepeatOfSwitch,
                    repeat.span,
                    format!("{what} has no `repeat`"),
                )
                .help("to count how often it is given, write `count: 2` (two at most)");
        }
    }
}

/// The first key that only means something for a value, and its place.
pub(super) fn value_keys(option: &spec::Opt, common: &Common) -> Option<(&'static str, Span)> {
    let text = |key, text: &Option<Text>| text.as_ref().map(|text| (key, text.span));
    let yes = |key, flag: Option<Spanned<bool>>| {
        flag.filter(|flag| flag.value).map(|flag| (key, flag.span))
    };
    let when = common.default_when.0.first();
    let keys = [
        text("type", &common.kind),
        common.choices.as_ref().map(|list| ("choices", list.span)),
        common.exists.map(|exists| ("exists", exists.span)),
        text("min", &common.min),
        text("max", &common.max),
        yes("ignore-case", common.ignore_case),
        when.map(|default| ("default-when", default.span)),
        yes("hyphen-values", common.hyphen_values),
        text("terminator", &common.terminator),
        common.complete.map(|complete| ("complete", complete.span)),
        text("delimiter", &option.delimiter),
        text("num-args", &option.num_args),
        text("bare", &option.bare),
        yes("equals", option.equals),
    ];
    keys.into_iter().flatten().next()
}
