//! Arguments and options.

use super::{Complete, Deprecated, Kind, Name, Role};
use crate::source::Spanned;
use crate::text::{Blocks, Inlines};

/// An argument or an option.
#[derive(Debug)]
pub(crate) struct Arg {
    /// The name by which the spec speaks of it.
    pub(crate) id: Name,
    pub(crate) form: Form,
    pub(crate) takes: Takes,
    pub(crate) help: Spanned<Inlines>,
    pub(crate) description: Blocks,
    pub(crate) required: bool,
    pub(crate) hidden: bool,
    /// `-h` alone does not show it.
    pub(crate) hidden_short: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) since: Option<String>,
    pub(crate) heading: Option<String>,
    pub(crate) env: Option<Name>,
    /// Its name in configuration files.
    pub(crate) config: Option<Name>,
    /// A project's configuration file may not have it: whoever wrote that file would answer a question,
    /// know a secret, or choose where one goes.
    pub(crate) users_own: bool,
    pub(crate) role: Option<Spanned<Role>>,
    pub(crate) conflicts: Vec<Name>,
    pub(crate) requires: Vec<Name>,
    /// As written, for the documents. What follows from it is in the others' `requires`.
    pub(crate) required_with: Vec<Name>,
    /// Required unless one of these is given.
    pub(crate) required_unless: Vec<Name>,
    /// Required unless all of these are given.
    pub(crate) required_unless_all: Vec<Name>,
    /// Required when one of these holds.
    pub(crate) required_when: Vec<Condition>,
    /// Required when all of these hold.
    pub(crate) required_when_all: Vec<Condition>,
    pub(crate) overrides: Vec<Name>,
    pub(crate) exclusive: bool,
}

/// An option has this value.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) arg: Name,
    /// `true` for a switch that is given.
    pub(crate) is: Name,
}

/// How an argument is recognised on the command line.
#[derive(Debug)]
pub(crate) enum Form {
    /// By its place.
    Argument {
        /// Behind `--` alone.
        last: bool,
        /// It takes all words that are left, options too.
        trailing: bool,
    },
    /// By `-s` or `--long`.
    Option {
        short: Option<Spanned<char>>,
        long: Option<Name>,
        /// Other long names.
        aliases: Vec<Name>,
        short_aliases: Vec<Spanned<char>>,
        /// Other names, of any length, that nothing shows.
        hidden_aliases: Vec<Name>,
    },
}

/// What an argument takes.
#[derive(Debug)]
pub(crate) enum Takes {
    /// Nothing; it is there or not.
    Switch,
    /// Nothing; another option switches it off again.
    Negatable {
        /// The long name of the other: `no-color`.
        name: String,
        default: Option<bool>,
    },
    /// Nothing; it counts, up to this number.
    Count(u8),
    Value(Value),
}

/// The value of an argument.
#[derive(Debug)]
pub(crate) struct Value {
    /// What stands for it in help; several where it takes so many at once.
    pub(crate) names: Vec<String>,
    pub(crate) kind: Kind,
    /// An option may be given several times; an argument takes several values.
    pub(crate) repeated: bool,
    /// How many values an argument takes in all, or an option at once.
    pub(crate) bounds: Option<Bounds>,
    /// The character between values that are given at once.
    pub(crate) delimiter: Option<char>,
    pub(crate) default: Vec<Name>,
    pub(crate) default_when: Vec<DefaultWhen>,
    /// The value may be left out, and is this then.
    pub(crate) bare: Option<Name>,
    /// It stands behind an equals sign.
    pub(crate) equals: bool,
    pub(crate) hyphen_values: bool,
    /// The word that ends the values.
    pub(crate) terminator: Option<String>,
    /// What a shell offers, where the kind does not say it.
    pub(crate) complete: Option<Complete>,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
}

/// A default that depends on another option.
#[derive(Debug)]
pub(crate) struct DefaultWhen {
    pub(crate) when: Condition,
    pub(crate) value: Name,
}

/// A value that is accepted.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) name: Name,
    pub(crate) help: Inlines,
    pub(crate) aliases: Vec<Name>,
    pub(crate) hidden: bool,
}

/// Options and arguments that belong together.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: Name,
    pub(crate) kind: GroupKind,
    pub(crate) members: Vec<Name>,
}

/// How many of a group are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    OneOf,
    AnyOf,
    AtMostOne,
    AllOrNone,
}

impl Group {
    /// How many rules between two of its members it stands for.
    pub(crate) fn pairs(&self) -> usize {
        let count = self.members.len();
        match self.kind {
            GroupKind::AnyOf => 0,
            GroupKind::OneOf | GroupKind::AtMostOne => count * count.saturating_sub(1) / 2,
            GroupKind::AllOrNone => count * count.saturating_sub(1),
        }
    }
}

impl GroupKind {
    /// Whether nothing may be missing.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::OneOf | Self::AnyOf)
    }

    /// Whether two of them exclude each other.
    pub(crate) fn excludes(self) -> bool {
        matches!(self, Self::OneOf | Self::AtMostOne)
    }
}

impl Value {
    /// Whether it is a list, of any length.
    pub(crate) fn is_list(&self) -> bool {
        self.repeated || self.bounds.is_some()
    }

    /// How many values there are at once, where the number is fixed and not one.
    pub(crate) fn array(&self) -> Option<usize> {
        (self.names.len() > 1).then_some(self.names.len())
    }

    /// The choice that a word means.
    pub(crate) fn meaning(&self, word: &str) -> Option<&Choice> {
        let Kind::Choice {
            choices,
            ignore_case,
        } = &self.kind
        else {
            return None;
        };
        let same = |name: &Name| match ignore_case {
            true => name.to_lowercase() == word.to_lowercase(),
            false => **name == *word,
        };
        choices
            .iter()
            .find(|choice| same(&choice.name) || choice.aliases.iter().any(same))
    }

    pub(crate) fn choices(&self) -> Option<&[Choice]> {
        match &self.kind {
            Kind::Choice { choices, .. } => Some(choices),
            _ => None,
        }
    }
}

impl Arg {
    pub(crate) fn is_option(&self) -> bool {
        matches!(self.form, Form::Option { .. })
    }

    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.takes {
            Takes::Value(value) => Some(value),
            Takes::Switch | Takes::Negatable { .. } | Takes::Count(_) => None,
        }
    }

    pub(crate) fn choices(&self) -> Option<&[Choice]> {
        self.value().and_then(Value::choices)
    }

    pub(crate) fn has_role(&self, role: Role) -> bool {
        self.role.as_ref().is_some_and(|own| own.value == role)
    }

    /// Whether it has a value whatever the command line is.
    pub(crate) fn is_always_there(&self) -> bool {
        self.required || self.value().is_some_and(|value| !value.default.is_empty())
    }

    /// Whether documents show that it may be given several times.
    pub(crate) fn repeated(&self) -> bool {
        matches!(self.takes, Takes::Count(2..)) || self.value().is_some_and(|v| v.repeated)
    }

    /// Every name of a rule that another argument bears.
    pub(crate) fn named(&self) -> impl Iterator<Item = &Name> {
        let defaults = self
            .value()
            .into_iter()
            .flat_map(|value| &value.default_when);
        let conditions = self.required_when.iter().chain(&self.required_when_all);
        self.conflicts
            .iter()
            .chain(&self.requires)
            .chain(&self.required_with)
            .chain(&self.required_unless)
            .chain(&self.required_unless_all)
            .chain(conditions.map(|condition| &condition.arg))
            .chain(defaults.map(|default| &default.when.arg))
    }

    /// The names in conditions under which it is required.
    pub(crate) fn required_if(&self) -> impl Iterator<Item = &Name> {
        let conditions = self.required_when.iter().chain(&self.required_when_all);
        self.required_unless
            .iter()
            .chain(&self.required_unless_all)
            .chain(conditions.map(|condition| &condition.arg))
    }

    /// As documents write it: `--long`, `-s` or `<argument>`.
    pub(crate) fn written(&self) -> String {
        match &self.form {
            Form::Argument { .. } => format!("<{}>", *self.id),
            Form::Option {
                long: Some(long), ..
            } => format!("--{}", **long),
            Form::Option {
                short: Some(short), ..
            } => format!("-{}", **short),
            Form::Option { .. } => format!("--{}", *self.id),
        }
    }

    /// The names of an option that documents show, as they are typed: short ones first.
    pub(crate) fn shown_names(&self) -> Vec<Name> {
        let Form::Option {
            short,
            long,
            aliases,
            short_aliases,
            ..
        } = &self.form
        else {
            return Vec::new();
        };
        let short = short.iter().chain(short_aliases);
        let short = short.map(|short| Name::new(format!("-{}", short.value), short.span));
        let long = long.iter().chain(aliases);
        let long = long.map(|name| Name::new(format!("--{}", **name), name.span));
        short.chain(long).collect()
    }

    /// All names of an option, as they are typed: hidden ones and the one that switches it off, too.
    pub(crate) fn all_names(&self) -> Vec<Name> {
        let mut names = self.shown_names();
        if let Form::Option { hidden_aliases, .. } = &self.form {
            for alias in hidden_aliases {
                let dashes = if alias.chars().count() == 1 {
                    "-"
                } else {
                    "--"
                };
                names.push(Name::new(format!("{dashes}{}", **alias), alias.span));
            }
        }
        if let Takes::Negatable { name, .. } = &self.takes {
            names.push(Name::new(format!("--{name}"), self.id.span));
        }
        names
    }
}
