//! The language as it is written: one type for each mapping that a spec may hold.
//!
//! Everything is optional here. What must be given, and what goes together, is found by
//! [`lower`](crate::lower), which can say it better than a missing field. The doc comments are the
//! reference of the language (`docs/language.md` follows them).

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::{FileId, Span, Spanned};
use crate::yaml::{LIST_OR_MAP, ONE_OR_MANY, SPANNED, WITHIN};

/// A text and where it is written.
pub(crate) type Text = Spanned<String>;

/// `cli.yaml`: the program. Its file also holds the keys of [`Command`], for the program itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "program", rename_all = "kebab-case")]
pub(crate) struct Program {
    /// The name that is typed.
    pub(crate) name: Option<Text>,
    /// What `--version` prints; `cargo` is the version of the crate that compiles it.
    pub(crate) version: Option<Text>,
    /// The day of the last change that readers should know of, as `2026-11-20`. Man pages show it.
    pub(crate) date: Option<Text>,
    /// Options that commands share, by the name under which they `use` them.
    pub(crate) sets: Map<Set>,
}

/// Options that commands share.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "set", rename_all = "kebab-case")]
pub(crate) struct Set {
    /// The heading of these options in help and documents.
    pub(crate) heading: Option<Text>,
    /// The options.
    pub(crate) options: Map<Opt>,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// A command, or the program itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "command", rename_all = "kebab-case")]
pub(crate) struct Command {
    /// What it does, in one line.
    pub(crate) about: Option<Text>,
    /// What there is to know about it, in Markdown.
    pub(crate) description: Option<Text>,
    /// Other names.
    pub(crate) aliases: OneOrMany<Text>,
    /// It works, but no list or document shows it.
    pub(crate) hidden: Option<Spanned<bool>>,
    /// The sets of options that it takes.
    #[serde(rename = "use")]
    pub(crate) uses: OneOrMany<Text>,
    /// Values known by their place, in that order.
    pub(crate) arguments: Map<Argument>,
    /// Options, by their long name; one of a single letter is a short option. Those of a command
    /// that has commands are taken by all of them.
    pub(crate) options: Map<Opt>,
    /// How it may end.
    pub(crate) exit_codes: Map<ExitCode>,
    /// Environment variables that it reads, besides those of options.
    pub(crate) environment: Map<Text>,
    /// Files that it reads or writes.
    pub(crate) files: Map<Text>,
    /// Command lines to learn from.
    pub(crate) examples: Vec<Spanned<Example>>,
    /// Commands, man pages such as `cargo(1)`, and web addresses.
    pub(crate) see_also: OneOrMany<Text>,
    /// Commands below this one.
    pub(crate) commands: Map<Command>,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// A value known by its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "argument", rename_all = "kebab-case")]
pub(crate) struct Argument {
    /// What it is, in one line.
    pub(crate) help: Option<Text>,
    /// What there is to know about it, in Markdown.
    pub(crate) description: Option<Text>,
    /// The name that stands for it in help; its own, in capitals, if left out.
    pub(crate) value: Option<Text>,
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub(crate) kind: Option<Spanned<Kind>>,
    /// The values that are accepted: a list, or a mapping from each to what it means.
    pub(crate) choices: Option<Spanned<Choices>>,
    /// The value, or values, when none is given.
    pub(crate) default: OneOrMany<Text>,
    /// It must be given.
    pub(crate) required: bool,
    /// It may be given several times.
    pub(crate) repeat: bool,
    /// It works, but no help or document shows it.
    pub(crate) hidden: bool,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// An option: a switch, unless it has a `value` or a `count`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "option", rename_all = "kebab-case")]
pub(crate) struct Opt {
    /// What it does, in one line.
    pub(crate) help: Option<Text>,
    /// What there is to know about it, in Markdown.
    pub(crate) description: Option<Text>,
    /// The letter after one dash.
    pub(crate) short: Option<Text>,
    /// The name after two dashes when it is not the option's own.
    pub(crate) long: Option<Text>,
    /// Other long names.
    pub(crate) aliases: OneOrMany<Text>,
    /// It takes a value, which help calls so.
    pub(crate) value: Option<Text>,
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub(crate) kind: Option<Spanned<Kind>>,
    /// The values that are accepted: a list, or a mapping from each to what it means.
    pub(crate) choices: Option<Spanned<Choices>>,
    /// The value, or values, when none is given.
    pub(crate) default: OneOrMany<Text>,
    /// It takes no value, but counts: how often it may usefully be given.
    pub(crate) count: Option<Spanned<u8>>,
    /// It may be given several times.
    pub(crate) repeat: Option<Spanned<bool>>,
    /// The character between values that are given at once: `,` for `a,b`.
    pub(crate) delimiter: Option<Text>,
    /// It must be given.
    pub(crate) required: Option<Spanned<bool>>,
    /// The environment variable that gives its value when the command line does not.
    pub(crate) env: Option<Text>,
    /// It works, but no help or document shows it.
    pub(crate) hidden: bool,
    /// The heading under which help and documents list it.
    pub(crate) heading: Option<Text>,
    /// Options and arguments that can't be given with it.
    pub(crate) conflicts: OneOrMany<Text>,
    /// Options and arguments without which it can't be given.
    pub(crate) requires: OneOrMany<Text>,
    /// Options and arguments with which it must be given.
    pub(crate) required_with: OneOrMany<Text>,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// Kinds of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Any text.
    #[default]
    String,
    /// The path of a file or folder.
    Path,
    /// A whole number.
    Integer,
}

/// One way to end.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "exit code", rename_all = "kebab-case")]
pub(crate) struct ExitCode {
    /// The number that the shell sees.
    pub(crate) code: Option<Spanned<u8>>,
    /// What it means.
    pub(crate) help: Option<Text>,
}

/// A command line to learn from.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "example", rename_all = "kebab-case")]
pub(crate) struct Example {
    /// What it does.
    pub(crate) about: Option<Text>,
    /// The command line.
    pub(crate) run: Option<Text>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SpannedVisitor(PhantomData);
        deserializer.deserialize_newtype_struct(SPANNED, visitor)
    }
}

/// Takes a place and a value.
struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with a place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Spanned<T>, A::Error> {
        let missing = || serde::de::Error::custom("a value without its place");
        let mut number = || seq.next_element::<u32>()?.ok_or_else(missing);
        let (file, start, end) = (FileId(number()?), number()?, number()?);
        let value = seq.next_element()?.ok_or_else(missing)?;
        Ok(Spanned::new(value, Span { file, start, end }))
    }
}

/// Warnings that are meant to be, by their codes, with the reason. The place is that of the element
/// to which they belong.
#[derive(Debug, Default)]
pub(crate) struct Allow(pub(crate) Option<Spanned<Map<Text>>>);

impl<'de> Deserialize<'de> for Allow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SpannedVisitor(PhantomData);
        let allowed = deserializer.deserialize_newtype_struct(WITHIN, visitor)?;
        Ok(Self(Some(allowed)))
    }
}

/// Several values, which may be written as one value or as a list.
#[derive(Debug)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(OneOrMany(values))
            }
        }
        deserializer.deserialize_newtype_struct(ONE_OR_MANY, V(PhantomData))
    }
}

/// Things by their names, in the author's order. The reader sees to it that no name is there twice.
#[derive(Debug)]
pub(crate) struct Map<T>(pub(crate) Vec<(Text, T)>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = Map<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Map(entries))
            }
        }
        deserializer.deserialize_map(V(PhantomData))
    }
}

/// The values that are accepted, with what each means where it is said.
#[derive(Debug, Default)]
pub(crate) struct Choices(pub(crate) Vec<(Text, Option<Text>)>);

impl<'de> Deserialize<'de> for Choices {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Choices;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or a mapping")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Choices, A::Error> {
                let mut choices = Vec::new();
                while let Some(name) = seq.next_element()? {
                    choices.push((name, None));
                }
                Ok(Choices(choices))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Choices, A::Error> {
                let mut choices = Vec::new();
                while let Some((name, help)) = map.next_entry()? {
                    choices.push((name, Some(help)));
                }
                Ok(Choices(choices))
            }
        }
        deserializer.deserialize_newtype_struct(LIST_OR_MAP, V)
    }
}
