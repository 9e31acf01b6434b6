//! The description of a program as data, for other tools.

mod args;

use std::collections::HashSet;

use super::schema;
use crate::description::{
    Arg, Command, ConfigFiles, Deprecation, Description, Example, ExitCode, FORMAT, Group, Heading,
    Inherited, Named, Section, Topic,
};
use crate::generated::GeneratedFile;
use crate::ir::{self, Effect, GroupKind, Name};
use crate::text::{Inlines, blocks_to_plain, to_plain};
use args::arg;

/// The file that [`Part::Description`](super::Part::Description) generates.
pub(super) const FILE: &str = "description.json";

pub(super) fn generate(program: &ir::Program) -> Vec<GeneratedFile> {
    vec![GeneratedFile::new(FILE, of(program).to_json())]
}

/// Describes a program.
pub(crate) fn of(program: &ir::Program) -> Description {
    let (version, version_of_crate) = match &program.version {
        ir::Version::None => (None, false),
        ir::Version::Cargo => (None, true),
        ir::Version::Text(version) => (Some(version.clone()), false),
    };
    let topic = |topic: &ir::Topic| {
        let parts = topic.parts.iter().map(|(heading, blocks)| {
            let heading = heading.iter().map(|heading| format!("{heading}\n\n"));
            heading.collect::<String>() + &blocks_to_plain(blocks)
        });
        Topic {
            name: topic.name.value.clone(),
            title: to_plain(&topic.title),
            text: parts.collect::<Vec<_>>().join("\n\n"),
        }
    };
    Description {
        format: FORMAT,
        name: program.root.name().to_owned(),
        command: command(&program.root),
        version,
        version_of_crate,
        date: program.date.clone(),
        authors: program.authors.clone(),
        args_override_self: program.override_self,
        completions: program.completions,
        describe: program.describes_itself,
        config: program.config_files.as_ref().map(|files| ConfigFiles {
            project: text(&files.project),
            user: text(&files.user),
            system: text(&files.system),
        }),
        topics: program.topics.iter().map(topic).collect(),
    }
}

fn command(command: &ir::Command) -> Command {
    let own: Vec<Arg> = command
        .defined_sets()
        .flat_map(|set| set.args.iter().map(|it| arg(command, set, it)))
        .collect();
    let (options, arguments) = own
        .into_iter()
        .partition(|arg| arg.sigil.is_some() || !arg.names.is_empty());
    // Exit codes are those of the nearest command that defines any.
    let defines_exits = command.exits == command.path;
    let exits = command.exit_codes.iter().filter(|_| defines_exits);
    let sets = command.defined_sets();
    Command {
        name: command.name().to_owned(),
        about: to_plain(&command.about),
        description: blocks_to_plain(&command.description),
        runs: command.runs(),
        built_in: command.built_in.is_some(),
        aliases: texts(&command.aliases),
        hidden_aliases: texts(&command.hidden_aliases),
        also: texts(&command.also),
        hidden: command.hidden,
        deprecated: command.deprecated.as_deref().map(deprecation),
        since: command.since.clone(),
        effect: command.effect.map(effect),
        idempotent: command.idempotent,
        network: command.network,
        confirm: command.question.as_ref().map(ir::Question::written),
        arguments,
        options,
        inherited: inherited(command),
        needs: texts(&command.needs),
        groups: sets.flat_map(|set| &set.groups).map(group).collect(),
        output: command.output.as_ref().map(schema::of_result),
        exit_codes: exits.map(exit_code).collect(),
        environment: named(&command.environment),
        files: named(&command.files),
        examples: command
            .examples
            .iter()
            .map(|it| example(command, it))
            .collect(),
        sections: sections(command),
        see_also: command.see_also.iter().map(see_also).collect(),
        commands: command.commands.iter().map(self::command).collect(),
        headings: command.headings.iter().map(heading).collect(),
        default_command: text(&command.default_command),
        external_commands: command.external,
        extra: command.extra.clone(),
    }
}

fn inherited(command: &ir::Command) -> Vec<Inherited> {
    let args = command.inherited.iter().flat_map(|set| &set.args);
    let known: HashSet<&str> = args.clone().map(|arg| arg.id.as_str()).collect();
    let args = args.filter(|arg| arg.is_passed_on());
    let inherited = args.map(|arg| {
        let differs = command.described.iter().any(|key| **key == *arg.id);
        Inherited {
            key: arg.id.value.clone(),
            help: differs.then(|| to_plain(&arg.help)),
            hidden: differs && arg.hidden,
            only_before_name: !arg.is_accepted_after_name(),
            conflicts: conflicts_here(command, arg, &known),
        }
    });
    inherited.collect()
}

/// What conflicts with an inherited option because of a rule of this command.
fn conflicts_here(command: &ir::Command, arg: &ir::Arg, inherited: &HashSet<&str>) -> Vec<String> {
    let names = |list: &[Name], id: &str| list.iter().any(|name| **name == *id);
    let is_general = |other: &ir::Arg| {
        inherited.contains(other.id.as_str())
            && (names(&arg.conflicts, &other.id) || names(&other.conflicts, &arg.id))
    };
    let others = command.excluded(arg).filter(|other| !is_general(other));
    others.map(|other| other.id.value.clone()).collect()
}

fn group(group: &ir::Group) -> Group {
    let kind = match group.kind {
        GroupKind::OneOf => "one-of",
        GroupKind::AnyOf => "any-of",
        GroupKind::AtMostOne => "at-most-one",
        GroupKind::AllOrNone => "all-or-none",
    };
    Group {
        name: group.name.value.clone(),
        kind: kind.to_owned(),
        members: texts(&group.members),
        required: group.is_required(),
        help: plain(group.help.as_ref()),
    }
}

fn exit_code(exit: &ir::ExitCode) -> ExitCode {
    ExitCode {
        name: exit.name.value.clone(),
        code: exit.code.value,
        help: to_plain(&exit.help),
    }
}

fn example(command: &ir::Command, example: &ir::Example) -> Example {
    let expected = example.expected.as_ref();
    Example {
        about: to_plain(&example.about),
        run: example.run.value.clone(),
        fails: text(&example.fails),
        status: command.status_of(example),
        output: expected.and_then(|expected| text(&expected.output)),
    }
}

/// The further sections of a command's documentation, with the headings of its man page.
fn sections(command: &ir::Command) -> Vec<Section> {
    let usual = [
        ("Notes", &command.notes),
        ("Bugs", &command.bugs),
        ("History", &command.history),
    ];
    let usual = usual.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    let own = command.sections.iter();
    let own = own.map(|section| (&*section.heading, &section.text));
    let made = own.chain(usual).map(|(heading, blocks)| Section {
        heading: heading.to_owned(),
        text: blocks_to_plain(blocks),
    });
    made.collect()
}

fn see_also(other: &ir::SeeAlso) -> String {
    match other {
        ir::SeeAlso::Command(name) => name.value.clone(),
        ir::SeeAlso::Page(name, section) => format!("{name}({section})"),
        ir::SeeAlso::Url(url) => url.clone(),
    }
}

fn heading((heading, commands): &(Name, Vec<Name>)) -> Heading {
    Heading {
        heading: heading.value.clone(),
        commands: texts(commands),
    }
}

fn deprecation(deprecated: &ir::Deprecated) -> Deprecation {
    Deprecation {
        since: deprecated.since.clone(),
        instead: deprecated.instead.clone(),
        reason: Some(to_plain(&deprecated.reason)).filter(|reason| !reason.is_empty()),
        removal: text(&deprecated.removal),
    }
}

fn effect(effect: Effect) -> String {
    effect.name().to_owned()
}

fn named(list: &[(Name, Inlines)]) -> Vec<Named> {
    let named = list.iter().map(|(name, help)| Named {
        name: name.value.clone(),
        help: to_plain(help),
    });
    named.collect()
}

fn plain(text: Option<&Inlines>) -> Option<String> {
    text.map(|text| to_plain(text))
}

fn text(name: &Option<Name>) -> Option<String> {
    name.as_ref().map(|name| name.value.clone())
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}
