//! The program as it is: names resolved, sets applied, texts parsed.
//!
//! What a spec may leave out or write in several ways is settled here, so that rules and back-ends
//! meet each fact in one form. Places are kept for the rules to point at.

pub(crate) mod rules;
pub(crate) mod rust_names;

use std::rc::Rc;

use crate::source::{Span, Spanned};
use crate::text::{Blocks, Inlines};

/// A name or other word, and where it is written.
pub(crate) type Name = Spanned<String>;

/// A whole program.
#[derive(Debug)]
pub(crate) struct Program {
    /// The command that has all others below it.
    pub(crate) root: Command,
    pub(crate) version: Version,
    /// `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    /// The sets that some command uses, in the order of their names.
    pub(crate) sets: Vec<Rc<ArgSet>>,
    /// Sets that no command uses. Rules look at them; no output holds them.
    pub(crate) unused_sets: Vec<Rc<ArgSet>>,
}

/// What `--version` says.
#[derive(Debug)]
pub(crate) enum Version {
    /// There is no `--version`.
    None,
    /// The version of the crate that compiles the generated code.
    Cargo,
    Text(String),
}

/// A command. One that has commands below it is a group and does nothing by itself.
#[derive(Debug)]
pub(crate) struct Command {
    /// The names from the program to this command.
    pub(crate) path: Vec<String>,
    /// Where its name is written; for a file of its own, the file's beginning.
    pub(crate) span: Span,
    pub(crate) about: Inlines,
    pub(crate) description: Blocks,
    pub(crate) aliases: Vec<Name>,
    pub(crate) hidden: bool,
    /// The arguments and options that belong to this command alone.
    pub(crate) own: Rc<ArgSet>,
    /// The sets it uses.
    pub(crate) sets: Vec<Rc<ArgSet>>,
    /// What the commands above hand down, the nearest first.
    pub(crate) inherited: Vec<Rc<ArgSet>>,
    /// `(a, b)`: `a` requires `b`, where one set says so of another's option.
    pub(crate) extra_requires: Vec<(Name, Name)>,
    /// `(a, b)`: `a` can't be given with `b`, because it requires what `b` excludes.
    pub(crate) implied_conflicts: Vec<(String, String)>,
    pub(crate) exit_codes: Vec<ExitCode>,
    /// Variables besides those of options.
    pub(crate) environment: Vec<(Name, Inlines)>,
    pub(crate) files: Vec<(Name, Inlines)>,
    pub(crate) examples: Vec<Example>,
    pub(crate) see_also: Vec<SeeAlso>,
    pub(crate) commands: Vec<Command>,
}

impl Command {
    /// The last of its names.
    pub(crate) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// What is typed to call it.
    pub(crate) fn title(&self) -> String {
        self.path.join(" ")
    }

    /// The name of its man page, and of files made for it.
    pub(crate) fn page_name(&self) -> String {
        self.path.join("-")
    }

    pub(crate) fn is_group(&self) -> bool {
        !self.commands.is_empty()
    }

    /// The sets that its own definition brings: its own arguments first.
    pub(crate) fn defined_sets(&self) -> impl Iterator<Item = &Rc<ArgSet>> {
        std::iter::once(&self.own).chain(&self.sets)
    }

    /// All sets that apply to it, inherited ones last.
    pub(crate) fn all_sets(&self) -> impl Iterator<Item = &Rc<ArgSet>> {
        self.defined_sets().chain(&self.inherited)
    }

    /// Every argument and option that may be given to it.
    pub(crate) fn args(&self) -> impl Iterator<Item = &Arg> {
        self.all_sets().flat_map(|set| &set.args)
    }

    pub(crate) fn arg(&self, id: &str) -> Option<&Arg> {
        self.args().find(|arg| *arg.id == id)
    }

    /// The names of what an argument can't be given without.
    pub(crate) fn requires<'a>(&'a self, arg: &'a Arg) -> impl Iterator<Item = &'a Name> {
        let extra = self.extra_requires.iter();
        let extra = extra
            .filter(|(from, _)| **from == *arg.id)
            .map(|(_, to)| to);
        arg.requires.iter().chain(extra)
    }

    /// Whether `a` and `b` can't be given together.
    pub(crate) fn in_conflict(&self, a: &Arg, b: &Arg) -> bool {
        let says = |a: &Arg, b: &Arg| a.conflicts.iter().any(|name| **name == *b.id);
        says(a, b) || says(b, a)
    }

    /// It and all commands below it, each before its own.
    pub(crate) fn walk(&self) -> Vec<&Command> {
        let mut all = vec![self];
        for command in &self.commands {
            all.extend(command.walk());
        }
        all
    }
}

/// Arguments that are defined together: those of one command, or a set that commands share.
#[derive(Debug)]
pub(crate) struct ArgSet {
    /// The set's name; `None` for a command's own.
    pub(crate) name: Option<Name>,
    /// The path of the command whose own arguments these are. Empty for a shared set.
    pub(crate) owner: Vec<String>,
    pub(crate) heading: Option<String>,
    /// In the author's order, arguments before options.
    pub(crate) args: Vec<Arg>,
}

/// An argument or an option.
#[derive(Debug)]
pub(crate) struct Arg {
    /// The name by which the spec speaks of it.
    pub(crate) id: Name,
    pub(crate) form: Form,
    pub(crate) takes: Takes,
    pub(crate) help: Inlines,
    pub(crate) description: Blocks,
    pub(crate) required: bool,
    pub(crate) hidden: bool,
    pub(crate) heading: Option<String>,
    pub(crate) env: Option<Name>,
    pub(crate) conflicts: Vec<Name>,
    pub(crate) requires: Vec<Name>,
    /// As written, for the documents. What follows from it is in the others' `requires`.
    pub(crate) required_with: Vec<Name>,
}

/// How an argument is recognised on the command line.
#[derive(Debug)]
pub(crate) enum Form {
    /// By its place.
    Argument,
    /// By `-s` or `--long`.
    Option {
        short: Option<Spanned<char>>,
        long: Option<Name>,
        aliases: Vec<Name>,
    },
}

/// What an argument takes.
#[derive(Debug)]
pub(crate) enum Takes {
    /// Nothing; it is there or not.
    Switch,
    /// Nothing; it counts, up to this number.
    Count(u8),
    Value(Value),
}

/// The value of an argument.
#[derive(Debug)]
pub(crate) struct Value {
    /// What stands for it in help.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) repeated: bool,
    /// The character between values that are given at once.
    pub(crate) delimiter: Option<char>,
    pub(crate) default: Vec<Name>,
}

/// What kind of value it is.
#[derive(Debug)]
pub(crate) enum Kind {
    String,
    Path,
    Integer,
    /// One of these, with what each means.
    Choice(Vec<(Name, Inlines)>),
}

impl Arg {
    pub(crate) fn is_option(&self) -> bool {
        matches!(self.form, Form::Option { .. })
    }

    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.takes {
            Takes::Value(value) => Some(value),
            Takes::Switch | Takes::Count(_) => None,
        }
    }

    pub(crate) fn repeated(&self) -> bool {
        matches!(self.takes, Takes::Count(2..)) || self.value().is_some_and(|v| v.repeated)
    }

    /// As documents write it: `--long`, `-s` or `<argument>`.
    pub(crate) fn written(&self) -> String {
        match &self.form {
            Form::Argument => format!("<{}>", *self.id),
            Form::Option {
                long: Some(long), ..
            } => format!("--{}", **long),
            Form::Option {
                short: Some(short), ..
            } => format!("-{}", **short),
            Form::Option { .. } => format!("--{}", *self.id),
        }
    }
}

/// One way to end.
#[derive(Debug)]
pub(crate) struct ExitCode {
    pub(crate) name: Name,
    pub(crate) code: Spanned<u8>,
    pub(crate) help: Inlines,
}

/// A command line to learn from.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) about: Inlines,
    pub(crate) run: Name,
}

/// Where to read on.
#[derive(Debug)]
pub(crate) enum SeeAlso {
    /// A command of this program, by what is typed.
    Command(Name),
    /// A man page: name and section.
    Page(String, String),
    Url(String),
}
