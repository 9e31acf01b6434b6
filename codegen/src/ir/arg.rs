//! Arguments and options, and their conversion to the runtime's model.

use clapspec_runtime::model::{self, Alias, Rule};

use super::{Choice, Deprecated, Effect, Name, Placement, Role, Value};
use crate::source::Spanned;
use crate::text::kept::{keep, plain};
use crate::text::{self, Blocks, Inlines};

/// An argument or an option.
#[derive(Clone, Debug)]
pub(crate) struct Arg {
    /// Its key in the spec.
    pub(crate) id: Name,
    pub(crate) form: Form,
    pub(crate) takes: Takes,
    /// Where an option of a command group may be given, as the spec says.
    pub(crate) placement: Option<Spanned<Placement>>,
    pub(crate) help: Spanned<Inlines>,
    pub(crate) description: Blocks,
    pub(crate) required: bool,
    /// Whether it is required if another option of its optional set is given.
    pub(crate) required_in_set: bool,
    pub(crate) hidden: bool,
    /// Whether `-h` doesn't show it, but `--help` does.
    pub(crate) hidden_short: bool,
    pub(crate) deprecated: Option<Box<Deprecated>>,
    pub(crate) since: Option<String>,
    pub(crate) heading: Option<String>,
    /// Environment variables that set the value. All but the first are deprecated.
    pub(crate) env: Vec<Name>,
    /// Its name in configuration files.
    pub(crate) config: Option<Name>,
    /// Its earlier names in configuration files.
    pub(crate) deprecated_keys: Vec<Name>,
    /// Whether a project's configuration file can't set it. Otherwise the author of that file could
    /// answer a question, learn a secret, or choose where a secret is sent.
    pub(crate) users_own: bool,
    /// The effect of the command if the option is given.
    pub(crate) effect: Option<Effect>,
    pub(crate) role: Option<Spanned<Role>>,
    pub(crate) conflicts: Vec<Name>,
    pub(crate) requires: Vec<Name>,
    /// Option groups of which it requires at least one member, each with its members.
    pub(crate) requires_any: Vec<(Name, Vec<Name>)>,
    /// As written, for the documentation. The resulting rules are in the `requires` of the other
    /// options.
    pub(crate) required_with: Vec<Name>,
    /// Required unless one of these is given.
    pub(crate) required_unless: Vec<Name>,
    /// Required unless all of these are given.
    pub(crate) required_unless_all: Vec<Name>,
    /// Required when one of these conditions is met.
    pub(crate) required_when: Vec<Condition>,
    /// Required when all of these conditions are met.
    pub(crate) required_when_all: Vec<Condition>,
    /// It can't be used when one of these conditions is met, or when all of them are.
    pub(crate) conflicts_when: Vec<Condition>,
    pub(crate) conflicts_when_all: Vec<Condition>,
    /// It can only be used when one of these conditions is met, or when all of them are.
    pub(crate) requires_when: Vec<Condition>,
    pub(crate) requires_when_all: Vec<Condition>,
    /// The conditions under which a switch is on by default.
    pub(crate) on_when: Vec<Condition>,
    pub(crate) overrides: Vec<Name>,
    pub(crate) exclusive: bool,
}

/// A condition: another option has this value.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) arg: Name,
    /// The value. For a switch, `true` means that it is used.
    pub(crate) is: Name,
}

/// How an argument is recognized on the command line.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// By its position.
    Argument {
        /// Whether it is only accepted after `--`.
        last: bool,
        /// Whether it takes the whole rest of the command line, including options.
        trailing: bool,
    },
    /// By `-s` or `--long`.
    Option {
        /// The sign before its value, if it is the first argument of the program instead of having names.
        sigil: Option<Spanned<char>>,
        short: Option<Spanned<char>>,
        long: Option<Name>,
        /// Other long names.
        aliases: Vec<Name>,
        short_aliases: Vec<Spanned<char>>,
        /// Other names, of any length, that are never shown.
        hidden_aliases: Vec<Name>,
        /// Earlier names, of any length, that are never shown.
        deprecated_aliases: Vec<(Name, Deprecated)>,
    },
}

/// What an argument or option takes.
#[derive(Clone, Debug)]
pub(crate) enum Takes {
    /// No value: a switch.
    Switch,
    /// No value: a switch with an opposite option.
    Negatable {
        opposite: Opposite,
        default: Option<bool>,
    },
    /// No value: an option that counts how often it is used, up to this number.
    Count(u8),
    /// A value.
    Value(Box<Value>),
}

/// The opposite of a switch.
#[derive(Clone, Debug)]
pub(crate) struct Opposite {
    /// Its long name: `no-color`.
    pub(crate) name: Name,
    /// What it does, if the spec says so.
    pub(crate) help: Option<Inlines>,
    pub(crate) hidden: bool,
}

impl Arg {
    pub(crate) fn is_option(&self) -> bool {
        matches!(self.form, Form::Option { .. })
    }

    fn is_placed(&self, placement: Placement) -> bool {
        self.placement.is_some_and(|own| own.value == placement)
    }

    /// Whether subcommands have it, if it belongs to a command group.
    pub(crate) fn is_passed_on(&self) -> bool {
        self.is_option() && !self.is_placed(Placement::WithoutSubcommand)
    }

    /// Whether it may be given after the name of a subcommand, if it belongs to a command group.
    pub(crate) fn is_accepted_after_name(&self) -> bool {
        let sigil = matches!(self.form, Form::Option { sigil: Some(_), .. });
        !sigil && self.is_passed_on() && !self.is_placed(Placement::BeforeSubcommand)
    }

    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.takes {
            Takes::Value(value) => Some(value),
            Takes::Switch | Takes::Negatable { .. } | Takes::Count(_) => None,
        }
    }

    /// The option that turns it off.
    pub(crate) fn opposite(&self) -> Option<&Opposite> {
        match &self.takes {
            Takes::Negatable { opposite, .. } => Some(opposite),
            Takes::Switch | Takes::Count(_) | Takes::Value(_) => None,
        }
    }

    pub(crate) fn choices(&self) -> Option<&[Choice]> {
        self.value().and_then(Value::choices)
    }

    pub(crate) fn has_role(&self, role: Role) -> bool {
        self.role.as_ref().is_some_and(|own| own.value == role)
    }

    /// Whether it has a value for every valid command line.
    pub(crate) fn is_always_there(&self) -> bool {
        self.required
            || self.required_in_set
            || self.value().is_some_and(|value| !value.default.is_empty())
    }

    /// Whether the documentation shows that it may be repeated.
    pub(crate) fn repeated(&self) -> bool {
        matches!(self.takes, Takes::Count(2..)) || self.value().is_some_and(|v| v.repeated)
    }

    /// The names of all other arguments in its rules, except `overrides`.
    pub(crate) fn named(&self) -> impl Iterator<Item = &Name> {
        let defaults = self
            .value()
            .into_iter()
            .flat_map(|value| &value.default_when);
        let conditions = self.conditions();
        self.conflicts
            .iter()
            .chain(&self.requires)
            .chain(&self.required_with)
            .chain(&self.required_unless)
            .chain(&self.required_unless_all)
            .chain(conditions.map(|condition| &condition.arg))
            .chain(defaults.map(|default| &default.when.arg))
    }

    /// The conditions in all its rules, and those under which a switch is on.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.required_when
            .iter()
            .chain(&self.required_when_all)
            .chain(&self.conflicts_when)
            .chain(&self.conflicts_when_all)
            .chain(&self.requires_when)
            .chain(&self.requires_when_all)
            .chain(&self.on_when)
    }

    /// The names of the arguments that decide whether it is required.
    pub(crate) fn required_if(&self) -> impl Iterator<Item = &Name> {
        let conditions = self.required_when.iter().chain(&self.required_when_all);
        self.required_unless
            .iter()
            .chain(&self.required_unless_all)
            .chain(conditions.map(|condition| &condition.arg))
    }

    /// Its name in documentation: `--long`, `-s` or `<argument>`.
    pub(crate) fn written(&self) -> String {
        match &self.form {
            Form::Argument { .. } => format!("<{}>", *self.id),
            Form::Option {
                sigil: Some(sign), ..
            } => format!("{}<{}>", sign.value, *self.id),
            Form::Option {
                long: Some(long), ..
            } => format!("--{}", **long),
            Form::Option {
                short: Some(short), ..
            } => format!("-{}", **short),
            Form::Option { .. } => format!("--{}", *self.id),
        }
    }

    /// The visible names of an option, with dashes, short names first.
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

    /// All names of an option, with dashes, including hidden names and the name of its opposite.
    pub(crate) fn all_names(&self) -> Vec<Name> {
        let mut names = self.shown_names();
        if let Form::Option {
            hidden_aliases,
            deprecated_aliases,
            ..
        } = &self.form
        {
            let deprecated = deprecated_aliases.iter().map(|(alias, _)| alias);
            for alias in hidden_aliases.iter().chain(deprecated) {
                let dashes = if alias.chars().count() == 1 {
                    "-"
                } else {
                    "--"
                };
                names.push(Name::new(format!("{dashes}{}", **alias), alias.span));
            }
        }
        if let Some(opposite) = self.opposite() {
            let name = &opposite.name;
            names.push(Name::new(format!("--{}", **name), name.span));
        }
        names
    }
}

/// The name of a group in the model, of which an option requires at least one member.
pub(crate) fn any_of(group: &Name) -> Name {
    Name::new(format!("any {}", **group), group.span)
}

/// The conversion to the runtime's model.
impl Arg {
    /// Converts it, without the heading of its set.
    pub(crate) fn model(&self) -> model::Arg {
        let mut made = model::Arg::new(keep(&self.id), model::Kind::Switch, plain(&self.help));
        self.form.add_to(&mut made);
        match &self.takes {
            Takes::Switch => {}
            Takes::Negatable { opposite, default } => {
                made.negation = Some(keep(&opposite.name));
                made.negation_help = opposite.help.as_ref().map_or("", |help| plain(help));
                made.negation_hidden = opposite.hidden;
                let default = default.map(|on| if on { "true" } else { "false" });
                made.defaults.extend(default);
            }
            Takes::Count(max) => made.kind = model::Kind::Count(*max),
            Takes::Value(value) => value.add_to(&mut made),
        }
        let on = self.on_when.iter().map(|when| (when.model(), "true"));
        made.defaults_when.extend(on);
        made.description = keep(&text::blocks_to_plain(&self.description));
        made.heading = self.heading.as_deref().map(keep);
        made.placement = match self.placement.map_or(Placement::Anywhere, |own| own.value) {
            Placement::Anywhere => model::Placement::Anywhere,
            Placement::BeforeSubcommand => model::Placement::BeforeSubcommand,
            Placement::WithoutSubcommand => model::Placement::WithoutSubcommand,
        };
        if made.sigil.is_some() {
            made.placement = model::Placement::BeforeSubcommand;
        }
        made.hidden = self.hidden;
        made.hidden_short = self.hidden_short;
        made.deprecated = self.deprecated.as_deref().map(Deprecated::model);
        made.since = self.since.as_deref().map(keep);
        made.env = self.env.iter().map(|name| keep(name)).collect();
        made.config = self.config.as_ref().map(|key| keep(key));
        made.deprecated_keys = self.deprecated_keys.iter().map(|key| keep(key)).collect();
        made.users_own = self.users_own;
        made.effect = self.effect.map(Effect::model);
        made.role = self.role.as_ref().map(|role| role.value.model());
        self.add_rules(&mut made.rules);
        made
    }

    fn add_rules(&self, rules: &mut Vec<Rule>) {
        let mut ids = |names: &[Name], rule: fn(&'static str) -> Rule| {
            rules.extend(names.iter().map(|name| rule(keep(name))));
        };
        ids(&self.conflicts, Rule::Conflicts);
        ids(&self.requires, Rule::Requires);
        let any = self.requires_any.iter();
        let any: Vec<Name> = any.map(|(group, _)| any_of(group)).collect();
        ids(&any, Rule::Requires);
        ids(&self.required_with, Rule::RequiredWith);
        ids(&self.required_unless, Rule::RequiredUnless);
        ids(&self.required_unless_all, Rule::RequiredUnlessAll);
        ids(&self.overrides, Rule::Overrides);
        let mut when = |conditions: &[Condition], rule: fn(model::Condition) -> Rule| {
            rules.extend(conditions.iter().map(|when| rule(when.model())));
        };
        when(&self.required_when, Rule::RequiredWhen);
        when(&self.required_when_all, Rule::RequiredWhenAll);
        when(&self.conflicts_when, Rule::ConflictsWhen);
        when(&self.conflicts_when_all, Rule::ConflictsWhenAll);
        when(&self.requires_when, Rule::RequiresWhen);
        when(&self.requires_when_all, Rule::RequiresWhenAll);
        rules.extend(self.exclusive.then_some(Rule::Exclusive));
        rules.extend(self.required.then_some(Rule::Required));
    }
}

impl Form {
    fn add_to(&self, made: &mut model::Arg) {
        match self {
            Self::Argument { last, trailing } => {
                made.positional = true;
                made.long = None;
                made.last = *last;
                made.trailing = *trailing;
            }
            Self::Option {
                sigil,
                short,
                long,
                aliases,
                short_aliases,
                hidden_aliases,
                deprecated_aliases,
            } => {
                let earlier = deprecated_aliases.iter();
                let earlier = earlier.map(|(name, deprecated)| (keep(name), deprecated.model()));
                made.deprecated_aliases = earlier.collect();
                made.sigil = sigil.as_ref().map(|sign| sign.value);
                made.short = short.as_ref().map(|short| short.value);
                made.long = long.as_ref().map(|long| keep(long));
                let letters = short_aliases.iter().map(|letter| letter.value);
                let shown = |name| Alias {
                    name,
                    hidden: false,
                };
                made.letters.extend(letters.map(shown));
                let aliases = aliases.iter().map(|name| (name, false));
                let hidden = hidden_aliases.iter().map(|name| (name, true));
                for (name, hidden) in aliases.chain(hidden) {
                    let mut letters = name.chars();
                    match (letters.next(), letters.next()) {
                        (Some(name), None) => made.letters.push(Alias { name, hidden }),
                        _ => {
                            let name = keep(name);
                            made.aliases.push(Alias { name, hidden });
                        }
                    }
                }
            }
        }
    }
}

impl Condition {
    pub(super) fn model(&self) -> model::Condition {
        model::Condition {
            arg: keep(&self.arg),
            is: keep(&self.is),
        }
    }
}
