//! The program as it is: names resolved, sets applied, texts parsed.
//!
//! What a spec may leave out or write in several ways is settled here, so that rules and back-ends
//! meet each fact in one form. Places are kept for the rules to point at.

mod arg;
mod config;
mod contract;
mod group;
mod kind;
pub(crate) mod output;
pub(crate) mod rules;
pub(crate) mod rust_names;
mod value;

use std::rc::Rc;

use clapspec_runtime::model;

use crate::source::{Span, Spanned};
pub(crate) use crate::spec::{After, Complete, Effect, Role};
use crate::text::kept::{keep, plain};
use crate::text::{Blocks, Inline, Inlines};
pub(crate) use arg::{Arg, Condition, Form, Takes};
pub(crate) use config::ConfigFiles;
pub(crate) use contract::{Piece, Question, exits};
pub(crate) use group::{Group, GroupKind};
pub(crate) use kind::{Exists, KINDS, Kind};
pub(crate) use value::{Bounds, Choice, DefaultWhen, Value};

/// A name or other word, and where it is written.
pub(crate) type Name = Spanned<String>;

/// The exit code of a program after an error on its command line, where its spec has none: clap's.
const USAGE: u8 = 2;

/// A whole program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) provenance: Provenance,
    /// The command that has all others below it.
    pub(crate) root: Command,
    pub(crate) version: Version,
    /// `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    pub(crate) authors: Vec<String>,
    /// Of an option that is given twice, the last counts.
    pub(crate) override_self: bool,
    pub(crate) next_line_help: bool,
    /// Where settings of options are kept.
    pub(crate) config_files: Option<ConfigFiles>,
    pub(crate) topics: Vec<Topic>,
    /// The sets that some command uses, in the order of their names.
    pub(crate) sets: Vec<Rc<ArgSet>>,
    /// Sets that no command uses. Rules look at them; no output holds them.
    pub(crate) unused_sets: Vec<Rc<ArgSet>>,
}

/// Where a program comes from, for the head of generated code.
#[derive(Debug, Default)]
pub(crate) struct Provenance {
    /// The name of the spec's directory or file. Its path would differ between machines.
    pub(crate) spec: String,
    /// A digest of the spec's files.
    pub(crate) digest: u64,
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

/// A longer text, which `help` shows.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: Name,
    pub(crate) title: Spanned<Inlines>,
    /// What stands before the first heading, and behind each.
    pub(crate) parts: Vec<(Option<String>, Blocks)>,
}

impl Topic {
    /// What is typed to read it.
    pub(crate) fn command(&self, program: &Program) -> String {
        format!("{} help {}", program.root.name(), *self.name)
    }

    /// The name of its man page.
    pub(crate) fn page_name(&self, program: &Program) -> String {
        format!("{}-{}", program.root.name(), *self.name)
    }
}

/// A command. One that has commands below it is a group, and does nothing by itself unless it is
/// `runnable`.
#[derive(Debug)]
pub(crate) struct Command {
    /// The names from the program to this command.
    pub(crate) path: Vec<String>,
    /// Where its name is written; for a file of its own, the file's beginning.
    pub(crate) span: Span,
    /// The program has it without describing it, and the runtime carries it out.
    pub(crate) built_in: bool,
    pub(crate) about: Spanned<Inlines>,
    pub(crate) description: Blocks,
    pub(crate) aliases: Vec<Name>,
    pub(crate) hidden_aliases: Vec<Name>,
    pub(crate) hidden: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) since: Option<String>,
    pub(crate) effect: Option<Effect>,
    /// What it asks before it does anything.
    pub(crate) question: Option<Question>,
    /// The arguments and options that belong to this command alone.
    pub(crate) own: Rc<ArgSet>,
    /// The sets it uses.
    pub(crate) sets: Vec<Rc<ArgSet>>,
    /// What the commands above hand down, the nearest first.
    pub(crate) inherited: Vec<Rc<ArgSet>>,
    /// `(a, b)`: `a` requires `b`, where one set says so of another's option.
    pub(crate) extra_requires: Vec<(Name, Name)>,
    /// `(a, b)`: `a` and `b` can't be given together, where a group says so of options that its
    /// own set does not hold both of.
    pub(crate) extra_conflicts: Vec<(Name, Name)>,
    /// `(a, b)`: `a` can't be given with `b`, because it requires what `b` excludes.
    pub(crate) implied_conflicts: Vec<(String, String)>,
    /// Its arguments by their names, and what their rules amount to.
    pub(crate) rules: rules::Rules,
    /// Options without which it can't be called.
    pub(crate) needs: Vec<Name>,
    /// What it prints for programs.
    pub(crate) output: Option<output::Output>,
    pub(crate) exit_codes: Vec<ExitCode>,
    /// The command above that says with which exit codes it ends, or itself: the path.
    pub(crate) exits: Vec<String>,
    /// Variables besides those of options.
    pub(crate) environment: Vec<(Name, Inlines)>,
    pub(crate) files: Vec<(Name, Inlines)>,
    pub(crate) examples: Vec<Example>,
    pub(crate) notes: Blocks,
    pub(crate) bugs: Blocks,
    pub(crate) history: Blocks,
    pub(crate) sections: Vec<Section>,
    pub(crate) see_also: Vec<SeeAlso>,
    pub(crate) commands: Vec<Command>,
    /// Headings for the list of commands.
    pub(crate) headings: Vec<(Name, Vec<Name>)>,
    /// A group that does something by itself, too.
    pub(crate) runnable: bool,
    /// The command below this one that is meant when none is named.
    pub(crate) default_command: Option<Name>,
    /// Words that are no command below this one are commands that the program finds by itself.
    pub(crate) external: bool,
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

    /// Whether it does something by itself, and so has a handler.
    pub(crate) fn runs(&self) -> bool {
        !self.is_group() || self.runnable
    }

    /// Whether there is a struct for what it was called with.
    pub(crate) fn has_struct(&self) -> bool {
        !self.built_in && (self.runs() || self.external)
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

    /// The groups of options that apply to it.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.all_sets().flat_map(|set| &set.groups)
    }

    /// The status with which an example ends that fails; nothing for others.
    pub(crate) fn status_of(&self, example: &Example) -> Option<u8> {
        let name = example.fails.as_ref()?;
        let exit = self.exit_codes.iter().find(|exit| *exit.name == **name);
        let status = exit.map(|exit| exit.code.value);
        let failure = self.exit_codes.iter();
        let mut failure = failure.filter(|exit| *exit.name == exits::FAILURE);
        status.or_else(|| {
            (**name == *exits::USAGE).then(|| failure.next().map_or(USAGE, |exit| exit.code.value))
        })
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
    pub(crate) groups: Vec<Group>,
}

/// One way to end.
#[derive(Clone, Debug)]
pub(crate) struct ExitCode {
    pub(crate) name: Name,
    pub(crate) code: Spanned<u8>,
    pub(crate) help: Inlines,
    /// Where the text is written.
    pub(crate) text_span: Span,
    /// The command itself says it, and no command above.
    pub(crate) own: bool,
}

/// A command line to learn from.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) about: Inlines,
    pub(crate) run: Name,
    /// It is refused, with this exit code.
    pub(crate) fails: Option<Name>,
}

/// What there is to say of something that goes away.
#[derive(Debug)]
pub(crate) struct Deprecated {
    pub(crate) span: Span,
    pub(crate) since: Option<String>,
    /// An option or argument by its key, or a command with all its words.
    pub(crate) replacement: Option<Name>,
    /// The replacement as readers type it.
    pub(crate) instead: Option<String>,
    pub(crate) reason: Inlines,
    pub(crate) removal: Option<Name>,
}

/// A section of the man page.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) text: Blocks,
    pub(crate) after: After,
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

impl Deprecated {
    /// As the runtime has it.
    pub(crate) fn model(&self) -> model::Deprecated {
        model::Deprecated {
            way_out: plain(&self.way_out()),
            removal: self.removal.as_ref().map(|release| keep(release)),
        }
    }

    /// Since when it goes away, and what to do.
    fn way_out(&self) -> Inlines {
        let mut words = Vec::new();
        if let Some(since) = &self.since {
            words.push(Inline::Text(format!(" since release {since}")));
        }
        if let Some(instead) = &self.instead {
            words.push(Inline::Text(": use ".into()));
            words.push(Inline::Code(instead.clone()));
            words.push(Inline::Text(" instead".into()));
        }
        if !self.reason.is_empty() {
            words.push(Inline::Text(": ".into()));
            words.extend(self.reason.clone());
        }
        words
    }
}

impl Role {
    /// As the runtime has it.
    pub(crate) fn model(self) -> model::Role {
        match self {
            Self::Json => model::Role::Json,
            Self::PrettyJson => model::Role::PrettyJson,
            Self::Yes => model::Role::Yes,
            Self::DryRun => model::Role::DryRun,
            Self::Color => model::Role::Color,
        }
    }
}

impl Effect {
    /// As the runtime has it.
    pub(crate) fn model(self) -> model::Effect {
        match self {
            Self::Read => model::Effect::Read,
            Self::Write => model::Effect::Write,
            Self::Destructive => model::Effect::Destructive,
        }
    }
}
