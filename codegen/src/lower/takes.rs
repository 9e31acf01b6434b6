//! What an option takes: nothing, a count, or a value; and the keys that depend on that.

use super::Lower;
use super::args::opposite;
use crate::diagnostic::Code;
use crate::ir::{self, Form, Name, Takes};
use crate::source::{Span, Spanned};
use crate::spec::{self, BoolOr, Common, Opposite, Text};

impl Lower<'_> {
    /// Determines whether an option is a switch, counts, or takes a value. Reports keys that don't fit.
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
                        "`count` and `value` can't be used together",
                    )
                    .help("remove one of them; to accept several values, use `repeat: true`");
            }
            if let Some(key) = opposite(option) {
                self.problems
                    .error(
                        Code::KeyNeedsSwitch,
                        key.span,
                        "`negatable` and `value` can't be used together",
                    )
                    .help("remove one of them");
            }
            return Takes::Value(Box::new(self.option_value(option, common)));
        }
        self.refuse_value_keys(id, option, common);
        let negatable = opposite(option).is_some();
        let negatable = option.negatable.take().filter(|_| negatable);
        match (option.count, negatable) {
            (Some(count), _) if count.value == 0 => {
                self.problems
                    .error(Code::CountOfZero, count.span, "`count` must be at least 1")
                    .help("set the highest count that makes a difference: `count: 2`");
                Takes::Count(1)
            }
            (Some(count), negatable) => {
                if let Some(key) = negatable {
                    self.problems
                        .error(
                            Code::KeyNeedsSwitch,
                            key.span,
                            "`negatable` and `count` can't be used together",
                        )
                        .help("remove one of them");
                }
                Takes::Count(count.value)
            }
            (None, Some(key)) => self.negatable(id, form, *key, common),
            (None, None) => Takes::Switch,
        }
    }

    fn negatable(
        &mut self,
        id: &Name,
        form: &Form,
        key: Spanned<BoolOr<Opposite>>,
        common: &mut Common,
    ) -> Takes {
        let written = match key.value {
            BoolOr::Plain(_) => Opposite::default(),
            BoolOr::Map(written) => written,
        };
        let long = match form {
            Form::Option {
                long: Some(long), ..
            } => long,
            _ if written.name.is_some() => id,
            _ => {
                self.problems
                    .error(
                        Code::KeyNeedsSwitch,
                        key.span,
                        "a `negatable` option needs a long name",
                    )
                    .help("add `long: …`, so that `--no-…` turns the option off");
                id
            }
        };
        let usual = || Name::new(format!("no-{}", **long), id.span);
        let opposite = ir::Opposite {
            name: written.name.unwrap_or_else(usual),
            help: written.help.map(|help| self.inlines(&help)),
            hidden: written.hidden,
        };
        let mut defaults = std::mem::take(&mut common.default.0).into_iter();
        let default = defaults.next().and_then(|default| match default.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.problems
                    .error(
                        Code::DefaultOfSwitch,
                        default.span,
                        "the default of a switch must be `true` or `false`",
                    )
                    .help("use `default: true` or `default: false`");
                None
            }
        });
        if let Some(second) = defaults.next() {
            self.several_defaults(second.span, "keep one of `true` and `false`");
        }
        Takes::Negatable { opposite, default }
    }

    /// Reports keys that need an option with a value.
    fn refuse_value_keys(&mut self, id: &Name, option: &spec::Opt, common: &Common) {
        let what = if option.count.is_some() {
            "an option that counts"
        } else {
            "a switch"
        };
        let name = id.to_uppercase().replace('-', "_");
        let add_value = format!("if the option takes a value, add `value: {name}`");
        // One error is enough, even if there are several such keys.
        if let Some((key, span)) = value_keys(option, common) {
            self.problems
                .error(
                    Code::KeyNeedsValue,
                    span,
                    format!("{what} takes no value, so it can't have `{key}`"),
                )
                .help(format!("{add_value}; otherwise, remove `{key}`"));
            return;
        }
        let negatable = opposite(option).is_some();
        if let (false, Some(default)) = (negatable, common.default.0.first()) {
            let diagnostic = self.problems.error(
                Code::DefaultOfSwitch,
                default.span,
                format!("{what} can't have a `default`"),
            );
            if matches!(default.as_str(), "true" | "false") {
                diagnostic.help("remove the key: the option is off by default; to let users turn it off, use `negatable: true`");
            } else {
                diagnostic.help(add_value);
            }
        } else if let Some(repeat) = option
            .repeat
            .as_ref()
            .filter(|repeat| ***repeat != *"false")
        {
            self.problems
                .error(
                    Code::RepeatOfSwitch,
                    repeat.span,
                    format!("{what} can't have `repeat`"),
                )
                .help("to count how often it is given, up to twice, use `count: 2`");
        }
    }
}

/// Returns the first key that needs a value, and its span.
pub(super) fn value_keys(option: &spec::Opt, common: &Common) -> Option<(&'static str, Span)> {
    let text = |key, text: &Option<Text>| text.as_ref().map(|text| (key, text.span));
    let enabled = |key, flag: Option<Spanned<bool>>| {
        flag.filter(|flag| flag.value).map(|flag| (key, flag.span))
    };
    let when = common.default_when.0.first();
    let keys = [
        text("type", &common.kind),
        common.choices.as_ref().map(|list| ("choices", list.span)),
        common.exists.map(|exists| ("exists", exists.span)),
        text("min", &common.min),
        text("max", &common.max),
        enabled("ignore-case", common.ignore_case),
        when.filter(|_| option.count.is_some())
            .map(|default| ("default-when", default.span)),
        enabled("hyphen-values", common.hyphen_values),
        text("terminator", &common.terminator),
        text("complete", &common.complete),
        common
            .extensions
            .0
            .first()
            .map(|text| ("extensions", text.span)),
        common.suggest.as_ref().map(|list| ("suggest", list.span)),
        text("delimiter", &option.delimiter),
        text("num-args", &option.num_args),
        text("bare", &option.bare),
        enabled("equals", option.equals),
    ];
    keys.into_iter().flatten().next()
}
