//! The description of a program as data, for other tools.

use std::collections::HashSet;

use clapspec_runtime::model::{Exists, PathKind};

use super::schema;
use crate::description::{
    Arg, Bounds, Choice, Command, Complete, Condition, ConfigFiles, DefaultWhen, Deprecation,
    Description, Example, ExitCode, FORMAT, Group, Heading, Inherited, Named, Opposite, Section,
    Takes, Topic, Value,
};
use crate::generated::GeneratedFile;
use crate::ir::{self, ArgSet, COMPLETIONS, Effect, Form, GroupKind, KINDS, Kind, Name, Role};
use crate::text::{Inlines, blocks_to_plain, to_plain};

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
        deprecated: command.deprecated.as_ref().map(deprecation),
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

fn arg(command: &ir::Command, set: &ArgSet, arg: &ir::Arg) -> Arg {
    let shown = arg.shown_names();
    let mut made = Arg {
        key: arg.id.value.clone(),
        help: to_plain(&arg.help),
        description: blocks_to_plain(&arg.description),
        required: arg.required,
        required_in_set: arg.required_in_set,
        set: text(&set.name),
        env: texts(&arg.env),
        setting: text(&arg.config),
        deprecated_settings: texts(&arg.deprecated_keys),
        only_user_setting: arg.users_own,
        placement: arg.placement.and_then(|placement| match placement.value {
            ir::Placement::Anywhere => None,
            ir::Placement::BeforeSubcommand => Some("before-subcommand".to_owned()),
            ir::Placement::WithoutSubcommand => Some("without-subcommand".to_owned()),
        }),
        hidden: arg.hidden,
        hidden_in_short_help: arg.hidden_short,
        deprecated: arg.deprecated.as_ref().map(deprecation),
        since: arg.since.clone(),
        heading: arg.heading.clone().or_else(|| set.heading.clone()),
        effect: arg.effect.map(effect),
        role: arg.role.map(|it| role(it.value).to_owned()),
        names: texts(&shown),
        ..Arg::default()
    };
    add_form(arg, &mut made);
    add_takes(arg, &mut made);
    add_rules(command, arg, &mut made);
    made
}

/// Adds how it is recognized on a command line.
fn add_form(arg: &ir::Arg, made: &mut Arg) {
    let Form::Option {
        sigil,
        hidden_aliases,
        deprecated_aliases,
        ..
    } = &arg.form
    else {
        return;
    };
    made.sigil = sigil.map(|sign| sign.value);
    made.hidden_names = hidden_aliases.iter().map(|name| dashed(name)).collect();
    let earlier = deprecated_aliases.iter();
    let earlier = earlier.map(|(name, deprecated)| Named {
        name: dashed(name),
        help: to_plain(&deprecated.reason),
    });
    made.deprecated_names = earlier.collect();
}

fn dashed(name: &str) -> String {
    let dashes = if name.chars().count() == 1 { "-" } else { "--" };
    format!("{dashes}{name}")
}

/// Adds what it takes, and its defaults.
fn add_takes(arg: &ir::Arg, made: &mut Arg) {
    match &arg.takes {
        ir::Takes::Switch => {}
        ir::Takes::Negatable { opposite, default } => {
            made.opposite = Some(Opposite {
                name: format!("--{}", *opposite.name),
                help: plain(opposite.help.as_ref()).unwrap_or_default(),
                hidden: opposite.hidden,
            });
            made.default.extend(default.map(|on| on.to_string()));
        }
        ir::Takes::Count(max) => (made.takes, made.max) = (Takes::Count, Some(*max)),
        ir::Takes::Value(it) => {
            made.takes = Takes::Value;
            made.value = Some(value(arg, it));
            made.default = texts(&it.default);
            let when = it.default_when.iter().map(|default| DefaultWhen {
                when: condition(&default.when),
                value: default.value.value.clone(),
            });
            made.default_when = when.collect();
        }
    }
    let on = arg.on_when.iter().map(|when| DefaultWhen {
        when: condition(when),
        value: "true".to_owned(),
    });
    made.default_when.extend(on);
}

fn add_rules(command: &ir::Command, arg: &ir::Arg, made: &mut Arg) {
    let conditions = |list: &[ir::Condition]| list.iter().map(condition).collect::<Vec<_>>();
    let excluded = command.excluded(arg).map(|other| other.id.value.clone());
    made.conflicts = excluded.collect();
    made.requires = command.requires(arg).map(|id| id.value.clone()).collect();
    made.requires.dedup();
    let any = arg.requires_any.iter();
    made.requires_any = any.map(|(_, members)| texts(members)).collect();
    made.required_unless = texts(&arg.required_unless);
    made.required_unless_all = texts(&arg.required_unless_all);
    made.required_when = conditions(&arg.required_when);
    made.required_when_all = conditions(&arg.required_when_all);
    made.conflicts_when = conditions(&arg.conflicts_when);
    made.conflicts_when_all = conditions(&arg.conflicts_when_all);
    made.requires_when = conditions(&arg.requires_when);
    made.requires_when_all = conditions(&arg.requires_when_all);
    made.overrides = texts(&arg.overrides);
    made.exclusive = arg.exclusive;
}

fn value(arg: &ir::Arg, value: &ir::Value) -> Value {
    let (last, trailing) = match arg.form {
        Form::Argument { last, trailing } => (last, trailing),
        Form::Option { .. } => (false, false),
    };
    let mut made = Value {
        r#type: type_name(&value.kind),
        names: value.names.clone(),
        repeated: value.repeated,
        times: value.times.map(bounds),
        values: value.bounds.map(bounds),
        delimiter: value.delimiter,
        bare: text(&value.bare),
        equals: value.equals,
        hyphen_values: value.hyphen_values,
        terminator: value.terminator.clone(),
        last,
        trailing,
        complete: value.complete.as_ref().map(complete),
        suggest: named(&value.suggestions),
        ..Value::default()
    };
    match &value.kind {
        Kind::Integer { min, max } => {
            made.min = Some(*min).filter(|min| *min != i64::MIN).map(Into::into);
            made.max = Some(*max).filter(|max| *max != i64::MAX).map(Into::into);
        }
        Kind::Float { min, max } => {
            // An infinite limit is no number.
            made.min = serde_json::Number::from_f64(*min);
            made.max = serde_json::Number::from_f64(*max);
        }
        Kind::Path(_, exists) => {
            made.exists = match exists {
                Exists::Either => None,
                Exists::Must => Some(true),
                Exists::MustNot => Some(false),
            };
        }
        Kind::Choice {
            choices,
            ignore_case,
        } => {
            made.choices = choices.iter().map(choice).collect();
            made.ignore_case = *ignore_case;
        }
        Kind::String
        | Kind::Secret
        | Kind::Boolean
        | Kind::Url
        | Kind::Duration
        | Kind::Size
        | Kind::KeyValue
        | Kind::Rust(_) => {}
    }
    made
}

/// The name of a type, as in a spec.
fn type_name(kind: &Kind) -> String {
    match kind {
        Kind::Secret => "secret".to_owned(),
        Kind::Choice { .. } => "choice".to_owned(),
        Kind::Rust(path) => path.clone(),
        Kind::Path(PathKind::Any, _) => "path".to_owned(),
        Kind::Path(PathKind::File, _) => "file".to_owned(),
        Kind::Path(PathKind::Directory, _) => "directory".to_owned(),
        kind => {
            let same = |named: &&ir::NamedKind| {
                let known = (named.kind)(Exists::Either);
                std::mem::discriminant(&known) == std::mem::discriminant(kind)
            };
            let known = KINDS.iter().find(same);
            known.map_or_else(String::new, |known| known.name.to_owned())
        }
    }
}

fn choice(choice: &ir::Choice) -> Choice {
    Choice {
        name: choice.name.value.clone(),
        help: to_plain(&choice.help),
        aliases: texts(&choice.aliases),
        hidden: choice.hidden,
    }
}

fn bounds(bounds: ir::Bounds) -> Bounds {
    Bounds {
        min: bounds.min,
        max: bounds.max,
    }
}

fn complete(complete: &ir::Complete) -> Complete {
    let kind = |kind: &str| Complete {
        kind: kind.to_owned(),
        ..Complete::default()
    };
    match complete {
        ir::Complete::Named(complete) => {
            let known = COMPLETIONS.iter().find(|known| known.complete == *complete);
            kind(known.map_or("", |known| known.name))
        }
        ir::Complete::Files(extensions) => Complete {
            extensions: texts(extensions),
            ..kind("files")
        },
        ir::Complete::Values(name) => Complete {
            values: Some(name.value.clone()),
            ..kind("values")
        },
    }
}

fn condition(condition: &ir::Condition) -> Condition {
    Condition {
        arg: condition.arg.value.clone(),
        is: condition.is.value.clone(),
    }
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

fn role(role: Role) -> &'static str {
    match role {
        Role::Json => "json",
        Role::PrettyJson => "pretty-json",
        Role::Yes => "yes",
        Role::DryRun => "dry-run",
        Role::Color => "color",
    }
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
