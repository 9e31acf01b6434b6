//! What is special about one argument.

use std::fmt::Display;
use std::mem::take;
use std::str::FromStr;

use clap::builder::{
    FalseyValueParser, PossibleValue, StringValueParser, TypedValueParser, ValueParser,
};
use clap::{Arg, ArgAction, ValueHint};

use super::{Define, Pending, configured, literal};
use crate::Secret;
use crate::types::{self, Found};

/// An argument that was just named. Its methods add what is special about it.
///
/// It borrows and owns nothing, so that statements in generated code need no clean-up.
#[derive(Debug)]
pub struct DefineArg<'a>(pub(super) &'a mut Define);

impl DefineArg<'_> {
    fn change(&mut self, change: impl FnOnce(Arg) -> Arg) -> &mut Self {
        if let Some(Pending { arg, .. }) = &mut self.0.pending {
            *arg = change(take(arg));
        }
        self
    }

    /// Adds a rule for which another option must be given. A value in a file is enough for that.
    fn unless_configured(
        &mut self,
        other: &'static str,
        change: impl FnOnce(Arg) -> Arg,
    ) -> &mut Self {
        match configured::is_configured(other) {
            true => self,
            false => self.change(change),
        }
    }

    /// Changes the list of choices.
    fn change_choices(&mut self, change: impl FnOnce(&mut Vec<PossibleValue>)) -> &mut Self {
        if let Some(Pending { choices, .. }) = &mut self.0.pending {
            change(choices);
        }
        self
    }

    /// `-s`.
    pub fn short(&mut self, short: char) -> &mut Self {
        self.change(|arg| arg.short(short))
    }

    /// A long name that is not the identifier.
    pub fn long(&mut self, long: &'static str) -> &mut Self {
        self.change(|arg| arg.long(long))
    }

    /// The option has no long name.
    pub fn no_long(&mut self) -> &mut Self {
        self.change(|arg| arg.long(None))
    }

    /// Another long name, shown in help.
    pub fn alias(&mut self, alias: &'static str) -> &mut Self {
        self.change(|arg| arg.visible_alias(alias))
    }

    /// Another short name, shown in help.
    pub fn short_alias(&mut self, alias: char) -> &mut Self {
        self.change(|arg| arg.visible_short_alias(alias))
    }

    /// Another long name, which no help shows.
    pub fn hidden_alias(&mut self, alias: &'static str) -> &mut Self {
        self.change(|arg| arg.alias(alias))
    }

    /// Another short name, which no help shows.
    pub fn hidden_short_alias(&mut self, alias: char) -> &mut Self {
        self.change(|arg| arg.short_alias(alias))
    }

    /// The switch can be switched off again, by this long name. The last of the two counts.
    pub fn negatable(&mut self, name: &'static str) -> &mut Self {
        if let Some(pending) = &mut self.0.pending {
            pending.negation = Some(name);
        }
        // The place behind it in help.
        self.0.order += 1;
        self
    }

    /// What `--help` says in place of the line that `-h` has.
    pub fn long_help(&mut self, text: &'static str) -> &mut Self {
        self.change(|arg| arg.long_help(literal(text)))
    }

    /// The heading of this option alone.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        if let Some(pending) = &mut self.0.pending {
            pending.heading = Some(heading);
        }
        self.change(|arg| arg.help_heading(heading))
    }

    /// Accepted, but not shown.
    pub fn hidden(&mut self) -> &mut Self {
        self.change(|arg| arg.hide(true))
    }

    /// Absent from `-h`, but not from `--help`.
    pub fn hidden_short(&mut self) -> &mut Self {
        self.change(|arg| arg.hide_short_help(true))
    }

    /// Refuses a command line without it.
    pub fn required(&mut self) -> &mut Self {
        self.change(|arg| arg.required(true))
    }

    /// An option may be given several times; an argument takes several values.
    pub fn repeat(&mut self) -> &mut Self {
        self.change(|arg| {
            if arg.is_positional() {
                arg.action(ArgAction::Append).num_args(1..)
            } else {
                arg.action(ArgAction::Append)
            }
        })
    }

    /// An argument takes so many values: `min` at least, `max` at most.
    pub fn times(&mut self, min: usize, max: usize) -> &mut Self {
        self.change(|arg| arg.action(ArgAction::Append).num_args(min..=max))
    }

    /// An option takes so many values at once.
    pub fn num_args(&mut self, min: usize, max: usize) -> &mut Self {
        self.change(|arg| arg.num_args(min..=max))
    }

    /// Takes one more value, shown so in help, each time it is given.
    pub fn and_value(&mut self, name: &'static str) -> &mut Self {
        self.change(|arg| {
            let mut names = arg.get_value_names().unwrap_or_default().to_vec();
            names.push(name.into());
            arg.num_args(names.len()).value_names(names)
        })
    }

    /// The value may be left out, and is this then.
    pub fn bare(&mut self, value: &'static str) -> &mut Self {
        self.change(|arg| arg.num_args(0..=1).default_missing_value(value))
    }

    /// The value stands behind an equals sign, not in the next word.
    pub fn equals(&mut self) -> &mut Self {
        self.change(|arg| arg.require_equals(true))
    }

    /// Stands behind `--` alone.
    pub fn last(&mut self) -> &mut Self {
        self.change(|arg| arg.last(true))
    }

    /// Takes all words from its first one on, options too.
    pub fn trailing(&mut self) -> &mut Self {
        self.change(|arg| arg.trailing_var_arg(true))
    }

    /// A value may begin with a dash.
    pub fn hyphen_values(&mut self) -> &mut Self {
        self.change(|arg| arg.allow_hyphen_values(true))
    }

    /// The word that ends the values.
    pub fn terminator(&mut self, word: &'static str) -> &mut Self {
        self.change(|arg| arg.value_terminator(word))
    }

    /// What a shell may offer.
    pub fn hint(&mut self, hint: ValueHint) -> &mut Self {
        self.change(|arg| arg.value_hint(hint))
    }

    /// Several values may be given at once, with this character between them.
    pub fn delimiter(&mut self, delimiter: char) -> &mut Self {
        self.change(|arg| arg.value_delimiter(delimiter))
    }

    /// The value is the path of a file or folder, and need not be Unicode.
    pub fn path(&mut self) -> &mut Self {
        self.a_path(ValueParser::path_buf(), ValueHint::AnyPath)
    }

    /// The value is the path of a file, which need not exist.
    pub fn file(&mut self) -> &mut Self {
        self.a_path(ValueParser::path_buf(), ValueHint::FilePath)
    }

    /// The value is the path of a folder, which need not exist.
    pub fn folder(&mut self) -> &mut Self {
        self.a_path(ValueParser::path_buf(), ValueHint::DirPath)
    }

    /// The value is the path of something that exists.
    pub fn existing_path(&mut self) -> &mut Self {
        self.a_path(Found::Anything.parser(), ValueHint::AnyPath)
    }

    /// The value is the path of a file that exists.
    pub fn existing_file(&mut self) -> &mut Self {
        self.a_path(Found::File.parser(), ValueHint::FilePath)
    }

    /// The value is the path of a folder that exists.
    pub fn existing_folder(&mut self) -> &mut Self {
        self.a_path(Found::Folder.parser(), ValueHint::DirPath)
    }

    /// The value is a path where nothing exists yet.
    pub fn new_path(&mut self) -> &mut Self {
        self.a_path(Found::Nothing.parser(), ValueHint::AnyPath)
    }

    fn a_path(&mut self, parser: ValueParser, hint: ValueHint) -> &mut Self {
        self.change(|arg| arg.value_parser(parser).value_hint(hint))
    }

    /// The value is a whole number of 64 bits.
    pub fn integer(&mut self) -> &mut Self {
        self.change(|arg| {
            arg.value_parser(clap::value_parser!(i64))
                .allow_negative_numbers(true)
        })
    }

    /// The value is a whole number from `min` to `max`.
    pub fn integer_range(&mut self, min: i64, max: i64) -> &mut Self {
        self.change(|arg| {
            let negative = takes_negative(&arg, min < 0);
            arg.value_parser(clap::value_parser!(i64).range(min..=max))
                .allow_negative_numbers(negative)
        })
    }

    /// The value is a number, from `min` to `max`; what is empty is no limit.
    pub fn float(&mut self, min: &'static str, max: &'static str) -> &mut Self {
        let parser = move |word: &str| types::float(word, min, max);
        self.change(|arg| {
            let negative = takes_negative(&arg, min.is_empty() || min.starts_with('-'));
            arg.value_parser(parser).allow_negative_numbers(negative)
        })
    }

    /// The value is `true` or `false`.
    pub fn boolean(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(clap::value_parser!(bool)))
    }

    /// The value is a text that is never shown. It may begin with a dash: clap would show what it takes
    /// for an option that there is not.
    pub fn secret(&mut self) -> &mut Self {
        let parser = StringValueParser::new().map(Secret::new);
        self.change(|arg| arg.value_parser(parser).allow_hyphen_values(true))
    }

    /// The value is an address: see [`types::url`].
    pub fn url(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(types::url).value_hint(ValueHint::Url))
    }

    /// The value is a span of time: see [`types::duration`].
    pub fn duration(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(types::duration))
    }

    /// The value is a number of bytes: see [`types::size`].
    pub fn size(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(types::size))
    }

    /// The value is a pair: see [`types::key_value`].
    pub fn key_value(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(types::key_value))
    }

    /// The value is of the program's own type.
    pub fn typed<T>(&mut self) -> &mut Self
    where
        T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
    {
        let parser = |word: &str| word.parse::<T>().map_err(|error| error.to_string());
        self.change(|arg| arg.value_parser(parser))
    }

    /// One of the values that are accepted, and what it means. An empty `help` says nothing.
    pub fn choice(&mut self, name: &'static str, help: &'static str) -> &mut Self {
        let choice = PossibleValue::new(name);
        let choice = if help.is_empty() {
            choice
        } else {
            choice.help(literal(help))
        };
        self.change_choices(|choices| choices.push(choice))
    }

    /// Another word for the choice named last, which no help shows.
    pub fn choice_alias(&mut self, alias: &'static str) -> &mut Self {
        self.change_choices(|choices| {
            let choice = choices.pop();
            choices.extend(choice.map(|choice| choice.alias(alias)));
        })
    }

    /// The choice named last is accepted, but not shown.
    pub fn hidden_choice(&mut self) -> &mut Self {
        self.change_choices(|choices| {
            let choice = choices.pop();
            choices.extend(choice.map(|choice| choice.hide(true)));
        })
    }

    /// Capitals make no difference to the choices.
    pub fn ignore_case(&mut self) -> &mut Self {
        self.change(|arg| arg.ignore_case(true))
    }

    /// The value when none is given; several calls make several values.
    pub fn default(&mut self, value: &'static str) -> &mut Self {
        self.change(|arg| {
            let mut values = arg.get_default_values().to_vec();
            values.push(value.into());
            arg.default_values(values)
        })
    }

    /// The value when none is given and `other` has this value.
    pub fn default_when(
        &mut self,
        other: &'static str,
        is: &'static str,
        value: &'static str,
    ) -> &mut Self {
        self.0.when(other, is, Some(value));
        self
    }

    /// The environment variable that gives the value when the command line does not.
    ///
    /// For a switch, `0`, `false`, `no`, `off` and nothing mean that it is not given.
    pub fn env(&mut self, name: &'static str) -> &mut Self {
        self.change(|arg| match arg.get_action() {
            ArgAction::SetTrue => arg.env(name).value_parser(FalseyValueParser::new()),
            _ => arg.env(name),
        })
    }

    /// Its name in configuration files, one of which may have a value that is used when neither the
    /// command line nor the variable has one.
    #[cfg(feature = "config")]
    pub fn config(&mut self, setting: &'static str) -> &mut Self {
        if let Some(pending) = &mut self.0.pending {
            pending.setting = Some(setting);
        }
        self
    }

    /// Refused together with `other`.
    pub fn conflicts(&mut self, other: &'static str) -> &mut Self {
        self.change(|arg| arg.conflicts_with(other))
    }

    /// Refused without `other`.
    pub fn requires(&mut self, other: &'static str) -> &mut Self {
        self.unless_configured(other, |arg| arg.requires(other))
    }

    /// Forgets `other` if it was given before. It may be this option itself: the last one counts.
    pub fn overrides(&mut self, other: &'static str) -> &mut Self {
        self.change(|arg| arg.overrides_with(other))
    }

    /// Refused together with anything else.
    pub fn exclusive(&mut self) -> &mut Self {
        self.change(|arg| arg.exclusive(true))
    }

    /// Required unless this one, or another named so, is given.
    pub fn required_unless(&mut self, other: &'static str) -> &mut Self {
        self.unless_configured(other, |arg| arg.required_unless_present(other))
    }

    /// Required unless this one, and all others named so, are given.
    pub fn required_unless_all(&mut self, other: &'static str) -> &mut Self {
        self.unless_configured(other, |arg| arg.required_unless_present_all([other]))
    }

    /// Required when `other` has this value, or when another condition named so holds.
    pub fn required_when(&mut self, other: &'static str, is: &'static str) -> &mut Self {
        self.0.when(other, is, None);
        self
    }

    /// Required when `other` has this value, and all other conditions named so hold.
    pub fn required_when_all(&mut self, other: &'static str, is: &'static str) -> &mut Self {
        self.change(|arg| arg.required_if_eq_all([(other, is)]))
    }
}

/// Whether `-1` is read as a value. Behind an option it can't be anything else, and "not in the range"
/// says more than "unknown option".
fn takes_negative(arg: &Arg, accepted: bool) -> bool {
    accepted || !arg.is_positional()
}
