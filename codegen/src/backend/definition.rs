//! The program as clap sees it, in the generator itself: the calls that generated code makes, made
//! here. Help texts come from it, and examples are tried on it.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use clapspec_runtime::clap;
use clapspec_runtime::{Define, DefineArg};

use super::steps::{self, ArgKind, ArgStep, Fact, Parser, Step, limit};
use crate::ir::{Bounds, Program, Version};

/// What the definition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Help, which is as the program prints it.
    Help,
    /// Trying command lines, for which neither the variables nor the files of this machine count.
    Trial,
}

thread_local! {
    /// What is to be told about each command, by the words that call it. clap defines a command when
    /// it needs it, by a function that can't know of a spec; that is [`define`], and it finds what to
    /// say here. It may be asked again: clap looks for similar options in copies of commands.
    static STEPS: RefCell<HashMap<String, Rc<[Step]>>> = RefCell::new(HashMap::new());
    /// Texts that are kept already.
    static KEPT: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
    static PURPOSE: Cell<Purpose> = const { Cell::new(Purpose::Help) };
}

/// The program as clap sees it. Its commands are defined when clap meets them, on this thread; the
/// definition of another program takes that away.
pub(crate) fn of(program: &Program, purpose: Purpose) -> clap::Command {
    let below = program.root.walk().into_iter().skip(1);
    let steps = below.map(|command| (command.title(), steps::command(command).into()));
    STEPS.set(steps.collect());
    PURPOSE.set(purpose);
    let mut root = program_define(program);
    apply_all(&steps::program(program), &mut root);
    with_titles(root.finish())
}

/// clap tells a command its full name when it parses one. In search of similar options it defines others
/// without, and [`define`] needs the name.
fn with_titles(clap: clap::Command) -> clap::Command {
    let title = clap.get_bin_name().unwrap_or_default().to_owned();
    clap.mut_subcommands(|below| {
        let title = format!("{title} {}", below.get_name());
        below.bin_name(title)
    })
}

/// A program on which command lines are tried, each on a definition that no other line has touched.
pub(crate) struct Trial(clap::Command);

impl Trial {
    pub(crate) fn of(program: &Program) -> Self {
        Self(of(program, Purpose::Trial))
    }

    /// What clap makes of a command line.
    pub(crate) fn parse(&self, words: &[String]) -> Result<clap::ArgMatches, clap::Error> {
        clapspec_runtime::try_parse_from(|| self.0.clone(), words)
    }
}

fn define(clap: clap::Command) -> clap::Command {
    let title = clap.get_bin_name().unwrap_or_default();
    let steps = STEPS.with_borrow(|steps| steps.get(title).cloned());
    let mut define = Define::command(clap);
    apply_all(steps.as_deref().unwrap_or_default(), &mut define);
    with_titles(define.finish())
}

fn program_define(program: &Program) -> Define {
    let version = match &program.version {
        Version::None => None,
        // Help does not show it; that there is one matters.
        Version::Cargo => Some("0"),
        Version::Text(version) => Some(keep(version)),
    };
    Define::program(keep(program.root.name()), version)
}

fn apply_all(steps: &[Step], define: &mut Define) {
    for step in steps {
        apply(step, define);
    }
}

fn apply(step: &Step, define: &mut Define) {
    match step {
        Step::About(about) => define.about(keep(about)),
        Step::LongAbout(text) => define.long_about(keep(text)),
        Step::Heading(heading) => define.heading(heading.as_deref().map(keep)),
        Step::OverrideSelf => define.override_self(),
        Step::NextLineHelp => define.next_line_help(),
        Step::Global => define.global(),
        Step::NoShortHelp => define.no_short_help(),
        Step::NoShortVersion => define.no_short_version(),
        Step::Set(set) => apply_all(&steps::set(set), define),
        Step::Arg(arg) => apply_arg(arg, define),
        Step::Conflicts(a, b) => define.conflicts(keep(a), keep(b)),
        Step::Requires(a, b) => define.requires(keep(a), keep(b)),
        Step::Needs(id) => define.needs(keep(id)),
        Step::AnyOf(group) => define.any_of(keep(group)),
        Step::Member(group, id) => define.member(keep(group), keep(id)),
        Step::Subcommand(below) if below.hidden => {
            define.hidden_subcommand(keep(&below.name), keep(&below.about), self::define);
        }
        Step::Subcommand(below) => {
            define.subcommand(keep(&below.name), keep(&below.about), self::define);
        }
        Step::SubcommandAlias(name, alias) => define.subcommand_alias(keep(name), keep(alias)),
        Step::HiddenSubcommandAlias(name, alias) => {
            define.hidden_subcommand_alias(keep(name), keep(alias));
        }
        Step::DefaultSubcommand(name) => define.default_subcommand(keep(name)),
        Step::ExternalSubcommands => define.external_subcommands(),
        Step::Runnable => define.runnable(),
        Step::Topic(name, text) => define.topic(keep(name), keep(text)),
        Step::Section(heading, text) => define.section(heading, keep(text)),
    }
}

fn apply_arg(step: &ArgStep, define: &mut Define) {
    let (id, help) = (keep(&step.id), keep(&step.help));
    let mut arg = match &step.kind {
        ArgKind::Switch => define.switch(id, help),
        ArgKind::Count => define.count(id, help),
        ArgKind::Option(value) => define.option(id, keep(value), help),
        ArgKind::Argument(value) => define.argument(id, keep(value), help),
    };
    for fact in &step.facts {
        apply_fact(fact, &mut arg);
    }
}

fn apply_fact(fact: &Fact, arg: &mut DefineArg<'_>) {
    match fact {
        Fact::Short(short) => arg.short(*short),
        Fact::Long(long) => arg.long(keep(long)),
        Fact::NoLong => arg.no_long(),
        Fact::Alias(alias) => arg.alias(keep(alias)),
        Fact::ShortAlias(alias) => arg.short_alias(*alias),
        Fact::HiddenAlias(alias) => arg.hidden_alias(keep(alias)),
        Fact::HiddenShortAlias(alias) => arg.hidden_short_alias(*alias),
        Fact::Negatable(name) => arg.negatable(keep(name)),
        Fact::LongHelp(text) => arg.long_help(keep(text)),
        Fact::Heading(heading) => arg.heading(keep(heading)),
        Fact::Hidden => arg.hidden(),
        Fact::HiddenShort => arg.hidden_short(),
        Fact::Required => arg.required(),
        Fact::Repeat => arg.repeat(),
        Fact::Times(Bounds { min, max }) => arg.times(*min, max.unwrap_or(usize::MAX)),
        Fact::NumArgs(Bounds { min, max }) => arg.num_args(*min, max.unwrap_or(usize::MAX)),
        Fact::AndValue(name) => arg.and_value(keep(name)),
        Fact::Bare(value) => arg.bare(keep(value)),
        Fact::Equals => arg.equals(),
        Fact::Last => arg.last(),
        Fact::Trailing => arg.trailing(),
        Fact::HyphenValues => arg.hyphen_values(),
        Fact::Terminator(word) => arg.terminator(keep(word)),
        Fact::Delimiter(delimiter) => arg.delimiter(*delimiter),
        Fact::Parser(parser) => apply_parser(parser, arg),
        // clap reads the names of its hints; help does not show them.
        Fact::Hint(name) => arg.hint(name.parse().unwrap_or_default()),
        Fact::Choice(name, help) => arg.choice(keep(name), keep(help)),
        Fact::ChoiceAlias(alias) => arg.choice_alias(keep(alias)),
        Fact::HiddenChoice => arg.hidden_choice(),
        Fact::IgnoreCase => arg.ignore_case(),
        Fact::Default(value) => arg.default(keep(value)),
        Fact::DefaultWhen(other, is, value) => arg.default_when(keep(other), keep(is), keep(value)),
        Fact::Env(_) if PURPOSE.get() == Purpose::Trial => arg,
        Fact::Env(name) => arg.env(keep(name)),
        // Help shows what the spec says, not what the files of this machine say.
        Fact::Config(_) => arg,
        Fact::Conflicts(other) => arg.conflicts(keep(other)),
        Fact::Requires(other) => arg.requires(keep(other)),
        Fact::RequiredUnless(other) => arg.required_unless(keep(other)),
        Fact::RequiredUnlessAll(other) => arg.required_unless_all(keep(other)),
        Fact::RequiredWhen(other, is) => arg.required_when(keep(other), keep(is)),
        Fact::RequiredWhenAll(other, is) => arg.required_when_all(keep(other), keep(is)),
        Fact::Overrides(other) => arg.overrides(keep(other)),
        Fact::Exclusive => arg.exclusive(),
    };
}

fn apply_parser<'a, 'b>(parser: &Parser, arg: &'a mut DefineArg<'b>) -> &'a mut DefineArg<'b> {
    let trial = PURPOSE.get() == Purpose::Trial;
    match parser {
        Parser::ExistingPath | Parser::ExistingFile | Parser::ExistingFolder | Parser::NewPath
            if trial =>
        {
            arg.path()
        }
        Parser::Path => arg.path(),
        Parser::File => arg.file(),
        Parser::Folder => arg.folder(),
        Parser::ExistingPath => arg.existing_path(),
        Parser::ExistingFile => arg.existing_file(),
        Parser::ExistingFolder => arg.existing_folder(),
        Parser::NewPath => arg.new_path(),
        Parser::Secret => arg.secret(),
        Parser::Integer => arg.integer(),
        Parser::IntegerRange(min, max) => arg.integer_range(*min, *max),
        Parser::Float(min, max) => arg.float(keep(&limit(*min)), keep(&limit(*max))),
        Parser::Boolean => arg.boolean(),
        Parser::Url => arg.url(),
        Parser::Duration => arg.duration(),
        Parser::Size => arg.size(),
        Parser::KeyValue => arg.key_value(),
        // The type is the program's; the generator does not have it.
        Parser::Typed(_) => arg,
    }
}

/// clap keeps only texts that live as long as the program, as those of generated code do. A spec's
/// texts are few and the generator ends soon, so they are never given back.
fn keep(text: &str) -> &'static str {
    KEPT.with_borrow_mut(|kept| match kept.get(text) {
        Some(known) => known,
        None => {
            let new: &'static str = Box::leak(text.into());
            kept.insert(new);
            new
        }
    })
}
