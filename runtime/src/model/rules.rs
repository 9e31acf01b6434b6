//! The parts of an argument: roles, choices and rules, and methods that evaluate them.

use std::ffi::OsStr;

use super::{Arg, Kind};

/// The role of an option, which all commands understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Prints the result as one line of JSON.
    Json,
    /// Prints the result as indented JSON.
    PrettyJson,
    /// Confirms without asking.
    Yes,
    /// Shows what would be done and changes nothing.
    DryRun,
    /// Sets when messages are colored.
    Color,
}

/// Where an option of a command group may be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// Before or after the name of a subcommand.
    #[default]
    Anywhere,
    /// Before the name of a subcommand, which receives the value. The subcommand may use the option's names
    /// for other options.
    BeforeSubcommand,
    /// Where no subcommand is called.
    WithoutSubcommand,
}

/// The completion that a shell offers for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complete {
    /// Nothing.
    None,
    /// Files and directories.
    Path,
    /// Files.
    File,
    /// Directories.
    Directory,
    /// Programs.
    Program,
    /// A program with its arguments.
    CommandLine,
    /// User names.
    User,
    /// Host names.
    Host,
    /// URLs.
    Url,
    /// Email addresses.
    Email,
    /// Files with one of these extensions, and directories.
    Files(&'static [&'static str]),
    /// Values that the program itself offers, by their name in the spec.
    Values(&'static str),
}

/// One of the accepted values.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value.
    pub name: &'static str,
    /// Its meaning, which may be empty.
    pub help: &'static str,
    /// Other names for it, which help does not show.
    pub aliases: Vec<&'static str>,
    /// Whether help and documentation leave it out. It is accepted all the same.
    pub hidden: bool,
}

/// The condition that an option has a certain value. A switch that is given has the value `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The other option.
    pub arg: &'static str,
    /// The value. For an option with choices, the name or an alias of one of them.
    pub is: &'static str,
}

impl Rule {
    /// Returns the identifier of the other argument or option that it is about.
    pub(crate) fn other(&self) -> Option<&'static str> {
        match self {
            Self::Conflicts(id)
            | Self::Requires(id)
            | Self::RequiredWith(id)
            | Self::RequiredUnless(id)
            | Self::RequiredUnlessAll(id)
            | Self::Overrides(id) => Some(id),
            Self::RequiredWhen(when)
            | Self::RequiredWhenAll(when)
            | Self::ConflictsWhen(when)
            | Self::ConflictsWhenAll(when)
            | Self::RequiresWhen(when)
            | Self::RequiresWhenAll(when) => Some(when.arg),
            Self::Exclusive | Self::Required => None,
        }
    }
}

/// A rule of an option, with the identifiers of other options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It conflicts with the other.
    Conflicts(&'static str),
    /// It requires the other.
    Requires(&'static str),
    /// The other requires it. This is for documentation only; the other has the rule `Requires`.
    RequiredWith(&'static str),
    /// It is required unless the other, or that of another rule of this variant, is given.
    RequiredUnless(&'static str),
    /// It is required unless the others of all rules of this variant are given.
    RequiredUnlessAll(&'static str),
    /// It is required if this condition, or that of another rule of this variant, holds.
    RequiredWhen(Condition),
    /// It is required if the conditions of all rules of this variant hold.
    RequiredWhenAll(Condition),
    /// It can't be given if this condition, or that of another rule of this variant, holds.
    ConflictsWhen(Condition),
    /// It can't be given if the conditions of all rules of this variant hold.
    ConflictsWhenAll(Condition),
    /// It can only be given if this condition, or that of another rule of this variant, holds.
    RequiresWhen(Condition),
    /// It can only be given if the conditions of all rules of this variant hold.
    RequiresWhenAll(Condition),
    /// It overrides the other if that was given before. The other may be the option itself.
    Overrides(&'static str),
    /// No other argument or option may be given with it.
    Exclusive,
    /// It is required.
    Required,
}

impl Arg {
    /// Returns whether it belongs to its command group alone, so that subcommands don't have it.
    pub(crate) fn is_of_group_alone(&self) -> bool {
        self.positional || self.placement == Placement::WithoutSubcommand
    }

    /// Returns whether it takes a value.
    pub fn takes_value(&self) -> bool {
        !matches!(self.kind, Kind::Switch | Kind::Count(_))
    }

    /// Returns whether these values, from an environment variable or a file, mean that it is not given.
    pub(crate) fn is_off(&self, words: &[impl AsRef<OsStr>]) -> bool {
        let first = words.first().and_then(|word| word.as_ref().to_str());
        match self.kind {
            Kind::Switch => first != Some("true"),
            Kind::Count(_) => first.and_then(|word| word.parse::<u8>().ok()) == Some(0),
            _ => words.is_empty(),
        }
    }

    /// Returns whether it can have several values at once.
    pub fn takes_several(&self) -> bool {
        self.bounds.is_some() || self.names.len() > 1
    }

    /// Returns an option as users type it, `--long` or `-s`, and a positional argument as `<id>`.
    pub fn written(&self) -> String {
        if let Some(sign) = self.sigil {
            return format!("{sign}<{}>", self.id);
        }
        match (self.positional, self.long, self.short) {
            (true, ..) => format!("<{}>", self.id),
            (_, Some(long), _) => format!("--{long}"),
            (_, None, Some(short)) => format!("-{short}"),
            (_, None, None) => self.id.to_owned(),
        }
    }

    /// Finds the choice that has this name or alias.
    pub(crate) fn meaning(&self, word: &str) -> Option<&Choice> {
        let ignore_case = matches!(self.kind, Kind::Choice { ignore_case: true });
        self.choices.iter().find(|choice| {
            let mut names = std::iter::once(&choice.name).chain(&choice.aliases);
            names.any(|name| match ignore_case {
                true => name.to_lowercase() == word.to_lowercase(),
                false => *name == word,
            })
        })
    }

    /// Returns whether it is required.
    pub fn is_required(&self) -> bool {
        self.rules.contains(&Rule::Required)
    }

    /// Returns whether it replaces another one that was given before.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        self.rules.contains(&Rule::Overrides(other.id))
    }

    /// Returns whether no other argument or option may be given with it.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.rules.contains(&Rule::Exclusive)
    }
}

/// Methods that add rules to an argument or option.
impl Arg {
    fn rule(&mut self, rule: Rule) -> &mut Self {
        self.rules.push(rule);
        self
    }

    /// Makes it required.
    pub fn required(&mut self) -> &mut Self {
        self.rule(Rule::Required)
    }

    /// Adds a conflict with `other`.
    pub fn conflicts(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Conflicts(other))
    }

    /// Makes it require `other`.
    pub fn requires(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Requires(other))
    }

    /// Records that `other` requires it. The rule itself is a call of [`requires`](Self::requires) on
    /// `other`.
    pub fn required_with(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWith(other))
    }

    /// Makes it required unless `other`, or the `other` of another such rule, is given.
    pub fn required_unless(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredUnless(other))
    }

    /// Makes it required unless `other`, and the `other` of all such rules, are given.
    pub fn required_unless_all(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredUnlessAll(other))
    }

    /// Makes it required if `arg` has the value `is`, or if the condition of another such rule holds.
    pub fn required_when(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWhen(Condition { arg, is }))
    }

    /// Makes it required if `arg` has the value `is`, and the conditions of all such rules hold.
    pub fn required_when_all(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWhenAll(Condition { arg, is }))
    }

    /// Forbids it if `arg` has the value `is`, or if the condition of another such rule holds.
    pub fn conflicts_when(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::ConflictsWhen(Condition { arg, is }))
    }

    /// Forbids it if `arg` has the value `is`, and the conditions of all such rules hold.
    pub fn conflicts_when_all(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::ConflictsWhenAll(Condition { arg, is }))
    }

    /// Allows it only if `arg` has the value `is`, or if the condition of another such rule holds.
    pub fn requires_when(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiresWhen(Condition { arg, is }))
    }

    /// Allows it only if `arg` has the value `is`, and the conditions of all such rules hold.
    pub fn requires_when_all(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiresWhenAll(Condition { arg, is }))
    }

    /// Overrides an earlier `other`. If `other` is this option itself, its last occurrence counts.
    pub fn overrides(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Overrides(other))
    }

    /// Forbids any other argument or option beside it.
    pub fn exclusive(&mut self) -> &mut Self {
        self.rule(Rule::Exclusive)
    }
}
