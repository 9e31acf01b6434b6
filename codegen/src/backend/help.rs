//! Help texts: clap renders them from the calls that the generated program makes too.

use clapspec_runtime::clap;
use clapspec_runtime::{Define, DefineArg};

use super::steps::{self, ArgKind, ArgStep, Fact, Step};
use crate::ir::{Command, Program, Version};
use crate::output::Output;

/// Columns. A program's help is as wide when it does not write to a terminal.
const WIDTH: usize = 80;

/// `help/NAME.txt` for each command that is not hidden: the bytes that `--help` prints.
pub(super) fn generate(program: &Program) -> Vec<Output> {
    let mut root = define(&program.root, program_define(program), true).term_width(WIDTH);
    root.build();
    let mut outputs = Vec::new();
    outputs_of(&program.root, &mut root, &mut outputs);
    outputs
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

fn outputs_of(command: &Command, clap: &mut clap::Command, outputs: &mut Vec<Output>) {
    if command.hidden {
        return;
    }
    let path = format!("help/{}.txt", command.page_name());
    outputs.push(Output::new(path, clap.render_long_help().to_string()));
    for below in &command.commands {
        if let Some(clap) = clap.find_subcommand_mut(below.name()) {
            outputs_of(below, clap, outputs);
        }
    }
}

/// Makes the calls that define a command, and at once those of the commands below it.
fn define(command: &Command, mut define: Define, is_root: bool) -> clap::Command {
    for step in steps::command(command, is_root) {
        apply(step, &mut define);
    }
    let mut clap = define.finish();
    for below in &command.commands {
        clap = clap.mut_subcommand(keep(below.name()), |clap| {
            self::define(below, Define::command(clap), false)
        });
    }
    clap
}

fn apply(step: Step<'_>, define: &mut Define) {
    match step {
        Step::About(about) => define.about(keep(&about)),
        Step::LongAbout(text) => define.long_about(keep(&text)),
        Step::Heading(heading) => define.heading(heading.map(keep)),
        Step::Global => define.global(),
        Step::Set(set) => {
            for step in steps::set(set) {
                apply(step, define);
            }
        }
        Step::Arg(arg) => apply_arg(&arg, define),
        Step::Requires(a, b) => define.requires(keep(a), keep(b)),
        Step::Subcommand(below) => {
            let about = keep(&crate::text::to_plain(&below.about));
            // The command is defined at once, not when it is needed: a function pointer could not
            // know of the spec.
            if below.hidden {
                define.hidden_subcommand(keep(below.name()), about, |clap| clap);
            } else {
                define.subcommand(keep(below.name()), about, |clap| clap);
            }
        }
        Step::SubcommandAlias(name, alias) => define.subcommand_alias(keep(name), keep(alias)),
        Step::Section(heading, text) => define.section(heading, keep(&text)),
    }
}

fn apply_arg(step: &ArgStep<'_>, define: &mut Define) {
    let (id, help) = (keep(step.id), keep(&step.help));
    let mut arg = match step.kind {
        ArgKind::Switch => define.switch(id, help),
        ArgKind::Count => define.count(id, help),
        ArgKind::Option(value) => define.option(id, keep(value), help),
        ArgKind::Argument(value) => define.argument(id, keep(value), help),
    };
    for fact in &step.facts {
        apply_fact(fact, &mut arg);
    }
}

fn apply_fact(fact: &Fact<'_>, arg: &mut DefineArg<'_>) {
    match fact {
        Fact::Short(short) => arg.short(*short),
        Fact::Long(long) => arg.long(keep(long)),
        Fact::NoLong => arg.no_long(),
        Fact::Alias(alias) => arg.alias(keep(alias)),
        Fact::LongHelp(text) => arg.long_help(keep(text)),
        Fact::Heading(heading) => arg.heading(keep(heading)),
        Fact::Hidden => arg.hidden(),
        Fact::Required => arg.required(),
        Fact::Repeat => arg.repeat(),
        Fact::Delimiter(delimiter) => arg.delimiter(*delimiter),
        Fact::Path => arg.path(),
        Fact::Integer => arg.integer(),
        Fact::Choice(name, help) => arg.choice(keep(name), keep(help)),
        Fact::Default(value) => arg.default(keep(value)),
        Fact::Env(name) => arg.env(keep(name)),
        Fact::Conflicts(other) => arg.conflicts(keep(other)),
        Fact::Requires(other) => arg.requires(keep(other)),
    };
}

/// clap keeps only texts that live as long as the program, as those of generated code do. A spec's
/// texts are few and the generator ends soon, so they are never given back.
fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
