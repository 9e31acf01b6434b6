//! What arguments are made of: roles, choices, rules; and what follows from the facts of one.

use std::ffi::OsStr;

use super::{Arg, Kind};

/// What an option means to every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Asks for one line of JSON.
    Json,
    /// Asks for indented JSON.
    PrettyJson,
    /// Answers the question with yes.
    Yes,
    /// Nothing is changed.
    DryRun,
    /// Says when messages are colored.
    Color,
}

/// What a shell may offer for a value.
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
    /// A program, and then what belongs to its command line.
    CommandLine,
    /// Names of users.
    User,
    /// Names of hosts.
    Host,
    /// Addresses of the web.
    Url,
    /// Addresses of mail.
    Email,
}

/// A value that is accepted.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value.
    pub name: &'static str,
    /// What it means. It may be empty.
    pub help: &'static str,
    /// Other words for it, which no help shows.
    pub aliases: Vec<&'static str>,
    /// It is accepted, but not shown.
    pub hidden: bool,
}

/// An option has a value; a switch that is given has `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The other option.
    pub arg: &'static str,
    /// Its value. For an option with choices, the name of one.
    pub is: &'static str,
}

/// A rule about an option, by the names of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It is refused together with the other.
    Conflicts(&'static str),
    /// It is refused without the other.
    Requires(&'static str),
    /// The other is refused without it. This is for readers; the other has the rule `Requires`.
    RequiredWith(&'static str),
    /// It is required unless this one, or another named so, is given.
    RequiredUnless(&'static str),
    /// It is required unless this one, and all others named so, are given.
    RequiredUnlessAll(&'static str),
    /// It is required when this holds, or another condition named so.
    RequiredWhen(Condition),
    /// It is required when this holds, and all other conditions named so.
    RequiredWhenAll(Condition),
    /// It takes the place of the other if that was given before. It may be the option itself.
    Overrides(&'static str),
    /// It is refused together with anything else.
    Exclusive,
    /// The command can't be called without it.
    Required,
}

impl Arg {
    /// Whether it takes a value.
    pub fn takes_value(&self) -> bool {
        !matches!(self.kind, Kind::Switch | Kind::Count(_))
    }

    /// Whether these values, of a variable or a file, mean that it is not given.
    pub(crate) fn is_off(&self, words: &[impl AsRef<OsStr>]) -> bool {
        let first = words.first().and_then(|word| word.as_ref().to_str());
        match self.kind {
            Kind::Switch => first != Some("true"),
            Kind::Count(_) => first.and_then(|word| word.parse::<u8>().ok()) == Some(0),
            _ => words.is_empty(),
        }
    }

    /// Whether it has several values at once, or may have.
    pub fn takes_several(&self) -> bool {
        self.bounds.is_some() || self.names.len() > 1
    }

    /// The option as users type it: `--long`, or `-s`. An argument: `<id>`.
    pub fn written(&self) -> String {
        match (self.positional, self.long, self.short) {
            (true, ..) => format!("<{}>", self.id),
            (_, Some(long), _) => format!("--{long}"),
            (_, None, Some(short)) => format!("-{short}"),
            (_, None, None) => self.id.to_owned(),
        }
    }

    /// The choice that a value names, by its own name or another one.
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

    /// Whether the command can't be called without it.
    pub fn is_required(&self) -> bool {
        self.rules.contains(&Rule::Required)
    }

    /// Whether it takes the place of another one that was given before.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        self.rules.contains(&Rule::Overrides(other.id))
    }

    /// Whether it is refused together with anything else.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.rules.contains(&Rule::Exclusive)
    }
}
