//! The method calls that rebuild an argument. The generator prints them as code.

use super::{
    Alias, Arg, Choice, Complete, Condition, Deprecated, Exists, Kind, PathKind, Placement, Role,
    Rule,
};

/// A call of a method of [`Command`](super::Command) or [`Arg`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method, with its type arguments if it has any.
    pub method: String,
    /// The arguments of the call.
    pub arguments: Vec<Argument>,
}

/// An argument of a method call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A string.
    Text(&'static str),
    /// A character.
    Letter(char),
    /// A Rust expression, such as a number or the path of a variant.
    Code(String),
}

impl Call {
    /// Creates a call with these arguments.
    pub fn new(method: impl Into<String>, arguments: Vec<Argument>) -> Self {
        Self {
            method: method.into(),
            arguments,
        }
    }

    fn flag(method: &str) -> Self {
        Self::new(method, Vec::new())
    }

    fn text(method: &str, text: &'static str) -> Self {
        Self::new(method, vec![Argument::Text(text)])
    }

    fn letter(method: &str, letter: char) -> Self {
        Self::new(method, vec![Argument::Letter(letter)])
    }

    fn code(method: &str, code: impl IntoIterator<Item = String>) -> Self {
        Self::new(method, code.into_iter().map(Argument::Code).collect())
    }
}

impl Arg {
    /// Returns the chain of calls that rebuilds it. The first one is a method of a command; each of the
    /// others is a method of what the previous call returns.
    pub fn calls(&self) -> Vec<Call> {
        let mut calls = vec![self.first_call()];
        self.name_calls(&mut calls);
        let mut text = |method: &str, text: Option<&'static str>| {
            calls.extend(text.map(|text| Call::text(method, text)));
        };
        text("negatable", self.negation);
        text(
            "negation_help",
            Some(self.negation_help).filter(|text| !text.is_empty()),
        );
        calls.extend(set_flags(&[("hide_negation", self.negation_hidden)]));
        let mut text = |method: &str, text: Option<&'static str>| {
            calls.extend(text.map(|text| Call::text(method, text)));
        };
        text(
            "description",
            Some(self.description).filter(|text| !text.is_empty()),
        );
        text("heading", self.heading);
        let flags = [
            (
                "before_subcommand",
                self.placement == Placement::BeforeSubcommand && self.sigil.is_none(),
            ),
            (
                "without_subcommand",
                self.placement == Placement::WithoutSubcommand,
            ),
            ("hidden", self.hidden),
            ("hidden_short", self.hidden_short),
        ];
        calls.extend(set_flags(&flags));
        calls.extend(self.deprecated.as_ref().map(Deprecated::call));
        calls.extend(self.since.map(|since| Call::text("since", since)));
        self.value_calls(&mut calls);
        calls.extend(self.env.iter().map(|name| Call::text("env", name)));
        calls.extend(self.config.map(|key| Call::text("config", key)));
        let earlier = self.deprecated_keys.iter();
        calls.extend(earlier.map(|key| Call::text("deprecated_key", key)));
        calls.extend(set_flags(&[("users_own", self.users_own)]));
        calls.extend(self.effect.map(|effect| {
            let path = format!("clapspec_runtime::generated::Effect::{effect:?}");
            Call::code("effect", [path])
        }));
        calls.extend(self.sigil.map(|sign| Call::letter("sigil", sign)));
        calls.extend(self.role.map(Role::call));
        calls.extend(self.rules.iter().map(Rule::call));
        calls
    }

    fn first_call(&self) -> Call {
        let texts =
            |texts: &[&'static str]| texts.iter().map(|text| Argument::Text(text)).collect();
        let (id, help) = (self.id, self.help);
        match (self.kind, self.names.first()) {
            (Kind::Count(max), _) => {
                let max = Argument::Code(max.to_string());
                Call::new("count", vec![Argument::Text(id), max, Argument::Text(help)])
            }
            (_, Some(value)) if self.positional => Call::new("argument", texts(&[id, value, help])),
            (_, Some(value)) => Call::new("option", texts(&[id, value, help])),
            (_, None) => Call::new("switch", texts(&[id, help])),
        }
    }

    fn name_calls(&self, calls: &mut Vec<Call>) {
        calls.extend(self.short.map(|short| Call::letter("short", short)));
        match self.long {
            None if !self.positional && self.sigil.is_none() => calls.push(Call::flag("no_long")),
            Some(long) if long != self.id => calls.push(Call::text("long", long)),
            _ => {}
        }
        for Alias { name, hidden } in &self.aliases {
            let method = if *hidden { "hidden_alias" } else { "alias" };
            calls.push(Call::text(method, name));
        }
        for Alias { name, hidden } in &self.letters {
            let method = if *hidden {
                "hidden_short_alias"
            } else {
                "short_alias"
            };
            calls.push(Call::letter(method, *name));
        }
        for (name, deprecated) in &self.deprecated_aliases {
            let mut arguments = vec![Argument::Text(name)];
            arguments.extend(deprecated.arguments());
            calls.push(Call::new("deprecated_alias", arguments));
        }
    }

    fn value_calls(&self, calls: &mut Vec<Call>) {
        calls.extend(
            self.names
                .iter()
                .skip(1)
                .map(|name| Call::text("and_value", name)),
        );
        calls.extend(self.kind.call());
        calls.push(match self.times {
            None => Call::flag("repeat"),
            Some((min, None)) => Call::code("times_from", [min.to_string()]),
            Some((min, Some(max))) => Call::code("times", [min.to_string(), max.to_string()]),
        });
        if !self.repeat {
            calls.pop();
        }
        calls.extend(self.bounds.map(|(min, max)| match max {
            Some(max) => Call::code("values", [min.to_string(), max.to_string()]),
            None => Call::code("values_from", [min.to_string()]),
        }));
        calls.extend(
            self.delimiter
                .map(|delimiter| Call::letter("delimiter", delimiter)),
        );
        calls.extend(self.bare.map(|bare| Call::text("bare", bare)));
        calls.extend(set_flags(&[
            ("equals", self.equals),
            ("hyphen_values", self.hyphen_values),
        ]));
        calls.extend(self.terminator.map(|token| Call::text("terminator", token)));
        calls.extend(set_flags(&[
            ("last", self.last),
            ("trailing", self.trailing),
        ]));
        calls.extend(self.complete.map(Complete::call));
        calls.extend(self.choices.iter().flat_map(Choice::calls));
        for (value, help) in &self.suggestions {
            let arguments = vec![Argument::Text(value), Argument::Text(help)];
            calls.push(Call::new("suggest", arguments));
        }
        calls.extend(
            self.defaults
                .iter()
                .map(|value| Call::text("default", value)),
        );
        for (Condition { arg, is }, value) in &self.defaults_when {
            let arguments = [arg, is, value].map(|text| Argument::Text(text));
            calls.push(Call::new("default_when", arguments.to_vec()));
        }
    }
}

/// Returns a call for each flag that is set.
fn set_flags(flags: &[(&str, bool)]) -> Vec<Call> {
    let flags = flags.iter().filter(|(_, on)| *on);
    flags.map(|(method, _)| Call::flag(method)).collect()
}

impl Deprecated {
    /// Returns the call that sets it on a command or an argument.
    pub fn call(&self) -> Call {
        Call::new("deprecated", self.arguments().to_vec())
    }

    fn arguments(&self) -> [Argument; 2] {
        let removal = match self.removal {
            Some(release) => format!("Some({release:?})"),
            None => "None".to_owned(),
        };
        [Argument::Text(self.way_out), Argument::Code(removal)]
    }
}

impl Choice {
    fn calls(&self) -> Vec<Call> {
        let arguments = vec![Argument::Text(self.name), Argument::Text(self.help)];
        let mut calls = vec![Call::new("choice", arguments)];
        calls.extend(
            self.aliases
                .iter()
                .map(|alias| Call::text("choice_alias", alias)),
        );
        calls.extend(set_flags(&[("hidden_choice", self.hidden)]));
        calls
    }
}

impl Complete {
    fn call(self) -> Call {
        match self {
            Self::Files(extensions) => Call::code("extensions", [format!("&{extensions:?}")]),
            Self::Values(name) => Call::text("complete_with", name),
            other => {
                let path = format!("clapspec_runtime::generated::Complete::{other:?}");
                Call::code("complete", [path])
            }
        }
    }
}

impl Role {
    fn call(self) -> Call {
        Call::code("role", [format!("Role::{self:?}")])
    }
}

impl Rule {
    fn call(&self) -> Call {
        let when = |method: &str, when: &Condition| {
            let arguments = vec![Argument::Text(when.arg), Argument::Text(when.is)];
            Call::new(method, arguments)
        };
        match self {
            Self::Required => Call::flag("required"),
            Self::Conflicts(id) => Call::text("conflicts", id),
            Self::Requires(id) => Call::text("requires", id),
            Self::RequiredWith(id) => Call::text("required_with", id),
            Self::RequiredUnless(id) => Call::text("required_unless", id),
            Self::RequiredUnlessAll(id) => Call::text("required_unless_all", id),
            Self::RequiredWhen(condition) => when("required_when", condition),
            Self::RequiredWhenAll(condition) => when("required_when_all", condition),
            Self::ConflictsWhen(condition) => when("conflicts_when", condition),
            Self::ConflictsWhenAll(condition) => when("conflicts_when_all", condition),
            Self::RequiresWhen(condition) => when("requires_when", condition),
            Self::RequiresWhenAll(condition) => when("requires_when_all", condition),
            Self::Overrides(id) => Call::text("overrides", id),
            Self::Exclusive => Call::flag("exclusive"),
        }
    }
}

impl Kind {
    /// Returns the call that sets it, or `None` if another call implies it.
    fn call(self) -> Option<Call> {
        Some(match self {
            Self::Switch | Self::Count(_) | Self::Text | Self::Choice { ignore_case: false } => {
                return None;
            }
            Self::Choice { ignore_case: true } => Call::flag("ignore_case"),
            Self::Secret => Call::flag("secret"),
            Self::Boolean => Call::flag("boolean"),
            Self::Integer {
                min: i64::MIN,
                max: i64::MAX,
            } => Call::flag("integer"),
            Self::Integer { min, max } => {
                let limit = |number: i64, end: i64, name: &str| match number == end {
                    true => format!("i64::{name}"),
                    false => number.to_string(),
                };
                let limits = [limit(min, i64::MIN, "MIN"), limit(max, i64::MAX, "MAX")];
                Call::code("integer_range", limits)
            }
            // Passed as strings, because clippy suggests constants such as π for numbers near them.
            Self::Float { min, max } => {
                let limits = vec![Argument::Text(min), Argument::Text(max)];
                Call::new("float", limits)
            }
            Self::Path(kind, exists) => Call::code("path", [kind.path(), exists.path()]),
            Self::Url => Call::flag("url"),
            Self::Duration => Call::flag("duration"),
            Self::Size => Call::flag("size"),
            Self::KeyValue => Call::flag("key_value"),
            Self::Custom(custom) => Call::flag(&format!("typed::<{}>", custom.name())),
        })
    }
}

impl PathKind {
    fn path(self) -> String {
        format!("PathKind::{self:?}")
    }
}

impl Exists {
    fn path(self) -> String {
        format!("Exists::{self:?}")
    }
}
