//! The program, with names resolved, sets applied and texts parsed.
//!
//! A spec may omit keys or write them in several ways. Here each fact has one form, for the rules and
//! the back-ends. Spans are kept so that the rules can report places.

mod arg;
mod complete;
mod config;
mod contract;
mod example;
mod group;
mod kind;
pub(crate) mod output;
pub(crate) mod rules;
pub(crate) mod rust_names;
mod site;
mod tree;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use clapspec_runtime::model;

use crate::source::{Span, Spanned};
pub(crate) use crate::spec::{After, Effect, Markdown, PageLinks, Placement, Role};
use crate::text::kept::{keep, plain};
use crate::text::{Blocks, Inline, Inlines};
pub(crate) use arg::{Arg, Condition, Form, Opposite, Takes, any_of};
pub(crate) use complete::{COMPLETIONS, Complete};
pub(crate) use config::ConfigFiles;
pub(crate) use contract::{Piece, Question, exits};
pub(crate) use example::{Example, Expected};
pub(crate) use group::{Group, GroupKind};
#[cfg(feature = "describe")]
pub(crate) use kind::Named as NamedKind;
pub(crate) use kind::{Exists, KINDS, Kind};
pub(crate) use site::{Site, StyleFile};
pub(crate) use value::{Bounds, Choice, DefaultWhen, Value};

/// A name or another short string, with its place in the spec.
pub(crate) type Name = Spanned<String>;

/// The exit code for usage errors in programs that don't define exit codes. It is clap's.
const USAGE: u8 = 2;

/// A whole program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) provenance: Provenance,
    /// The root command, which contains all others.
    pub(crate) root: Command,
    pub(crate) version: Version,
    /// `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    pub(crate) authors: Vec<String>,
    /// Whether the last value is used if an option is given twice.
    pub(crate) override_self: bool,
    pub(crate) next_line_help: bool,
    /// The place of the key that asks for a man page with all commands, if it does.
    pub(crate) man_of_all: Option<Span>,
    pub(crate) markdown: Markdown,
    pub(crate) site: Site,
    /// Whether shells complete its command lines.
    pub(crate) completions: bool,
    /// The program prints its description.
    #[cfg(feature = "describe")]
    pub(crate) describes_itself: bool,
    /// The configuration files in which options may be set.
    pub(crate) config_files: Option<ConfigFiles>,
    pub(crate) topics: Vec<Topic>,
    /// The sets that at least one command uses, ordered by name.
    pub(crate) sets: Vec<Arc<ArgSet>>,
    /// Sets that no command uses. Rules check them, but no output contains them.
    pub(crate) unused_sets: Vec<Arc<ArgSet>>,
}

/// What a program is generated from, for the head of generated code.
#[derive(Debug, Default)]
pub(crate) struct Provenance {
    /// The name of the spec's directory or file. It is not the path, which would differ between
    /// machines.
    pub(crate) spec: String,
    /// A digest of the spec's files.
    pub(crate) digest: u64,
}

impl Program {
    /// The name of the man page with all commands.
    pub(crate) fn name_of_all(&self) -> String {
        self.root.page_name() + "-all"
    }

    /// Whether several threads are worth starting for its commands.
    pub(crate) fn is_large(&self) -> bool {
        self.root.walk().len() >= 100
    }

    /// The names of the values that the program itself offers to shells, each once.
    pub(crate) fn completers(&self) -> Vec<&Name> {
        let commands = self.root.walk();
        let sets = commands
            .iter()
            .map(|command| &command.own)
            .chain(&self.sets);
        let values = sets.flat_map(|set| &set.args).filter_map(Arg::value);
        let mut names: Vec<&Name> = Vec::new();
        for value in values {
            if let Some(Complete::Values(name)) = &value.complete {
                if !names.iter().any(|known| known.value == name.value) {
                    names.push(name);
                }
            }
        }
        names
    }
}

/// The version that `--version` prints.
#[derive(Debug)]
pub(crate) enum Version {
    /// There is no `--version`.
    None,
    /// The version of the crate that compiles the generated code.
    Cargo,
    Text(String),
}

/// A longer text, which the command `help` shows.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: Name,
    pub(crate) title: Spanned<Inlines>,
    /// The text before the first heading, and the text after each heading.
    pub(crate) parts: Vec<(Option<String>, Blocks)>,
}

impl Topic {
    /// The command line that shows it.
    pub(crate) fn command(&self, program: &Program) -> String {
        format!("{} help {}", program.root.name(), *self.name)
    }

    /// The name of its man page.
    pub(crate) fn page_name(&self, program: &Program) -> String {
        format!("{}-{}", program.root.name(), *self.name)
    }
}

/// A command. A command with subcommands is a command group, and has no handler of its own unless it is
/// `runnable`.
#[derive(Debug)]
pub(crate) struct Command {
    /// The names from the program to this command.
    pub(crate) path: Vec<String>,
    /// The place of its name, or the beginning of its file if it has one.
    pub(crate) span: Span,
    /// The function of the runtime that implements the command, if clapspec adds it to the program.
    pub(crate) built_in: Option<&'static str>,
    pub(crate) about: Spanned<Inlines>,
    /// The values of its keys that begin with `x-`, without this beginning.
    pub(crate) extra: BTreeMap<String, String>,
    pub(crate) description: Blocks,
    pub(crate) aliases: Vec<Name>,
    pub(crate) hidden_aliases: Vec<Name>,
    pub(crate) hidden: bool,
    pub(crate) deprecated: Option<Box<Deprecated>>,
    pub(crate) since: Option<String>,
    pub(crate) effect: Option<Effect>,
    /// Whether running it again has no further effect, if the spec says so.
    pub(crate) idempotent: bool,
    /// Whether it uses the network, if the spec says so.
    pub(crate) network: Option<bool>,
    /// Second names elsewhere in the program, written in full.
    pub(crate) also: Vec<Name>,
    /// The commands elsewhere in the program that have a second name here: the name, and their path.
    pub(crate) links: Vec<(Name, Vec<String>)>,
    /// The question that it asks before it runs.
    pub(crate) question: Option<Question>,
    /// The arguments and options that belong to this command alone.
    pub(crate) own: Arc<ArgSet>,
    /// The sets it uses.
    pub(crate) sets: Vec<Arc<ArgSet>>,
    /// The sets inherited from parent commands, the nearest first.
    pub(crate) inherited: Vec<Arc<ArgSet>>,
    /// Inherited options that it describes differently. The descriptions in `inherited` are replaced
    /// already.
    pub(crate) described: Vec<Name>,
    /// `(a, b)`: `a` requires `b`, where a set defines this for an option of another set.
    pub(crate) extra_requires: Vec<(Name, Name)>,
    /// `(a, b)`: `a` and `b` can't be used together, where an option group defines this and the options
    /// are not both in its own set.
    pub(crate) extra_conflicts: Vec<(Name, Name)>,
    /// `(a, b)`: `a` can't be used with `b`, because `a` requires an option that conflicts with `b`.
    pub(crate) implied_conflicts: Vec<(String, String)>,
    /// Its arguments by name, and the rules between them.
    pub(crate) rules: rules::Rules,
    /// Options that this command requires.
    pub(crate) needs: Vec<Name>,
    /// The result that it prints.
    pub(crate) output: Option<output::Output>,
    pub(crate) exit_codes: Vec<ExitCode>,
    /// The path of the command that defines its exit codes: itself or the nearest parent with exit
    /// codes.
    pub(crate) exits: Vec<String>,
    /// Environment variables besides those of options.
    pub(crate) environment: Vec<(Name, Inlines)>,
    pub(crate) files: Vec<(Name, Inlines)>,
    pub(crate) examples: Vec<Example>,
    pub(crate) notes: Blocks,
    pub(crate) bugs: Blocks,
    pub(crate) history: Blocks,
    pub(crate) sections: Vec<Section>,
    pub(crate) see_also: Vec<SeeAlso>,
    pub(crate) commands: Vec<Command>,
    /// Headings for the list of subcommands.
    pub(crate) headings: Vec<(Name, Vec<Name>)>,
    /// Whether the command group also has a handler of its own.
    pub(crate) runnable: bool,
    /// The subcommand that runs if none is named.
    pub(crate) default_command: Option<Name>,
    /// Whether unknown subcommands are passed to the program.
    pub(crate) external: bool,
}

impl Command {
    /// Its name, without the names of its parents.
    pub(crate) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// The command line that calls it.
    pub(crate) fn title(&self) -> String {
        self.path.join(" ")
    }

    /// The name of its man page, and of other files generated for it.
    pub(crate) fn page_name(&self) -> String {
        // Windows doesn't allow colons in the names of files.
        self.path.join("-").replace(':', "-")
    }

    pub(crate) fn is_group(&self) -> bool {
        !self.commands.is_empty()
    }

    /// Whether it has a handler.
    pub(crate) fn runs(&self) -> bool {
        !self.is_group() || self.runnable
    }

    /// Whether it has a struct for its arguments.
    pub(crate) fn has_struct(&self) -> bool {
        self.built_in.is_none() && (self.runs() || self.external)
    }

    /// The sets of its own definition, with its own arguments first.
    pub(crate) fn defined_sets(&self) -> impl Iterator<Item = &Arc<ArgSet>> {
        std::iter::once(&self.own).chain(&self.sets)
    }

    /// All sets that apply to it, inherited ones last. Of those, [`Command::args_of`] returns the options
    /// that it has.
    pub(crate) fn all_sets(&self) -> impl Iterator<Item = &Arc<ArgSet>> {
        self.defined_sets().chain(&self.inherited)
    }

    /// The arguments and options that it has of each set.
    pub(crate) fn args_of(&self) -> impl Iterator<Item = (&Arc<ArgSet>, Vec<&Arg>)> {
        let defined = 1 + self.sets.len();
        self.all_sets().enumerate().map(move |(number, set)| {
            let args = set.args.iter();
            let has = args.filter(|arg| number < defined || arg.is_passed_on());
            (set, has.collect())
        })
    }

    /// Every argument and option whose value it has, inherited ones last.
    pub(crate) fn args(&self) -> impl Iterator<Item = &Arg> {
        let own = self.defined_sets().flat_map(|set| &set.args);
        let inherited = self.inherited.iter().flat_map(|set| &set.args);
        own.chain(inherited.filter(|arg| arg.is_passed_on()))
    }

    /// Every argument and option that may be given after its name.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = &Arg> {
        let own = self.defined_sets().flat_map(|set| &set.args);
        let inherited = self.inherited.iter().flat_map(|set| &set.args);
        own.chain(inherited.filter(|arg| arg.is_accepted_after_name()))
    }

    /// The option groups that apply to it.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        let own = self.defined_sets().flat_map(|set| &set.groups);
        let inherited = self.inherited.iter().flat_map(|set| &set.groups);
        own.chain(inherited.filter(|group| group.members.iter().all(|id| self.arg(id).is_some())))
    }
}

/// Arguments that are defined together: those of one command, or a set that commands share.
#[derive(Clone, Debug)]
pub(crate) struct ArgSet {
    /// The set's name, or `None` for a command's own arguments.
    pub(crate) name: Option<Name>,
    /// The path of the command that owns these arguments. It is empty for a shared set.
    pub(crate) owner: Vec<String>,
    pub(crate) heading: Option<String>,
    /// Whether the struct of the set is optional.
    pub(crate) optional: bool,
    /// In the order of the spec, arguments before options.
    pub(crate) args: Vec<Arg>,
    pub(crate) groups: Vec<Group>,
}

impl ArgSet {
    /// Whether it is the shared set with this name.
    pub(crate) fn is_the_set(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| **own == *name)
    }
}

/// An exit code.
#[derive(Clone, Debug)]
pub(crate) struct ExitCode {
    pub(crate) name: Name,
    pub(crate) code: Spanned<u8>,
    pub(crate) help: Inlines,
    /// The place of the text.
    pub(crate) text_span: Span,
    /// Whether the command itself defines it, rather than a parent.
    pub(crate) own: bool,
}

/// The deprecation of an argument, option or command.
#[derive(Clone, Debug)]
pub(crate) struct Deprecated {
    pub(crate) span: Span,
    pub(crate) since: Option<String>,
    /// The replacement: the key of an option or argument, or a command with the names of its parents.
    pub(crate) replacement: Option<Name>,
    /// The replacement as users type it.
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

/// An entry of the section SEE ALSO.
#[derive(Debug)]
pub(crate) enum SeeAlso {
    /// A command of this program, with the names of its parents.
    Command(Name),
    /// A man page: name and section.
    Page(String, String),
    Url(String),
}

impl Deprecated {
    /// Converts it to the runtime's model.
    pub(crate) fn model(&self) -> model::Deprecated {
        model::Deprecated {
            way_out: plain(&self.way_out()),
            removal: self.removal.as_ref().map(|release| keep(release)),
        }
    }

    /// The words after "deprecated": since when, and what to use instead.
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
    /// Converts it to the runtime's model.
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
    /// Its name in a spec.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Destructive => "destructive",
        }
    }

    /// Converts it to the runtime's model.
    pub(crate) fn model(self) -> model::Effect {
        match self {
            Self::Read => model::Effect::Read,
            Self::Write => model::Effect::Write,
            Self::Destructive => model::Effect::Destructive,
        }
    }
}
