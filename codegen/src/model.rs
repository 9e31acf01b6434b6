//! Converts the program to the runtime's model, which generated code builds at run time.
//!
//! The Rust back-end prints the model as calls, help is rendered from it, man pages get the facts about
//! options from it, and examples are checked with it.

use std::collections::HashMap;
use std::sync::Arc;

use clapspec_runtime::model::{
    self, Alias, Below, Called, Command, Definition, Example, Files, Group, Topic,
};

use crate::ir::output::words;
use crate::ir::{self, ArgSet, Name, Program, Version, exits};
use crate::text;
use crate::text::kept::{keep, plain};

/// A whole program, converted, with each of its commands.
pub(crate) struct Models {
    pub(crate) program: model::Program,
    commands: HashMap<String, &'static Command>,
}

impl Models {
    pub(crate) fn of(ir: &Program) -> Self {
        let program = program(ir);
        let mut commands = HashMap::new();
        collect(program.root, &mut commands);
        Self { program, commands }
    }

    /// Returns the command of the model.
    pub(crate) fn command(&self, command: &ir::Command) -> &'static Command {
        self.commands[&command.title()]
    }
}

fn collect(definition: Definition, commands: &mut HashMap<String, &'static Command>) {
    if let Definition::Built(command) = definition {
        commands.insert(command.title(), command);
        for below in command
            .commands
            .iter()
            .filter(|below| below.target.is_empty())
        {
            collect(below.definition, commands);
        }
    }
}

/// Converts a whole program.
pub(crate) fn program(program: &Program) -> model::Program {
    let files = program.config_files.as_ref();
    let name = |name: &Option<Name>| name.as_ref().map(|name| keep(name));
    model::Program {
        name: keep(program.root.name()),
        version: match &program.version {
            Version::None => None,
            // Only the crate that compiles the generated code knows the version.
            Version::Cargo => Some("0"),
            Version::Text(version) => Some(keep(version)),
        },
        root: built(root(program)),
        override_self: program.override_self,
        contract: contract(program),
        files: files.map(|files| Files {
            project: name(&files.project),
            user: name(&files.user),
            system: name(&files.system),
        }),
    }
}

/// Returns the exit codes that the runtime uses for all commands.
fn contract(program: &Program) -> Option<model::Contract> {
    let code = |name| program.exit_code(name).map(|code| (name, code));
    let failure = code(exits::FAILURE)?;
    Some(model::Contract {
        usage: code(exits::USAGE).unwrap_or(failure),
        failure,
    })
}

/// Converts the root command.
fn root(program: &Program) -> Command {
    let mut root = command(&program.root, &program.root);
    root.topics = program.topics.iter().map(topic).collect();
    root.next_line_help = program.next_line_help;
    root
}

/// Returns a command of the model, together with its parents.
pub(crate) fn called(program: &model::Program, command: &ir::Command) -> Called {
    let mut called = Called::root(program);
    for name in &command.path[1..] {
        called.enter(name);
    }
    called
}

fn built(command: Command) -> Definition {
    Definition::Built(Box::leak(Box::new(command)))
}

fn topic(topic: &ir::Topic) -> Topic {
    let mut whole = String::new();
    for (heading, blocks) in &topic.parts {
        if let Some(heading) = heading {
            whole.push_str(&format!("{heading}:\n\n"));
        }
        whole.push_str(&text::blocks_to_plain(blocks));
        whole.push_str("\n\n");
    }
    Topic {
        name: keep(&topic.name),
        title: plain(&topic.title),
        text: keep(whole.trim_end()),
    }
}

/// Converts a command with everything that it defines, and its subcommands.
fn command(command: &ir::Command, root: &ir::Command) -> Command {
    let pair = |(a, b): &(Name, Name)| (keep(a), keep(b));
    let implied = command.implied_conflicts.iter();
    let mut made = Command {
        path: command.path.iter().map(|name| keep(name)).collect(),
        about: about(command),
        description: keep(&text::blocks_to_plain(&command.description)),
        deprecated: command.deprecated.as_deref().map(ir::Deprecated::model),
        since: command.since.as_deref().map(keep),
        effect: command.effect.map(ir::Effect::model),
        args: command.defined_sets().flat_map(args).collect(),
        groups: groups(command),
        inherited: command
            .described
            .iter()
            .filter_map(|id| described(command, id))
            .collect(),
        needs: command.needs.iter().map(|id| keep(id)).collect(),
        requires: command.extra_requires.iter().map(pair).collect(),
        conflicts: command.extra_conflicts.iter().map(pair).collect(),
        implied: implied.map(|(a, b)| (keep(a), keep(b))).collect(),
        commands: in_order(command, root),
        also: command.also.iter().map(|title| keep(title)).collect(),
        idempotent: command.idempotent,
        network: command.network,
        default_command: command.default_command.as_ref().map(|name| keep(name)),
        external: command.external,
        runnable: command.runnable,
        examples: command
            .examples
            .iter()
            .map(|it| example(command, it))
            .collect(),
        ..Command::default()
    };
    if command.runs() {
        made.output = words::to_text(command).map_or("", |text| keep(&text));
        let codes = command.exit_codes.iter();
        let codes = codes.map(|exit| (exit.code.value, plain(&exit.help)));
        made.exit_codes = codes.collect();
    }
    made
}

/// Converts an inherited option that a command describes differently.
fn described(command: &ir::Command, id: &Name) -> Option<model::Inherited> {
    let arg = command.arg(id)?;
    Some(model::Inherited {
        id: keep(id),
        help: plain(&arg.help),
        description: keep(&text::blocks_to_plain(&arg.description)),
        hidden: arg.hidden,
    })
}

fn about(command: &ir::Command) -> &'static str {
    plain(&command.about)
}

fn example(command: &ir::Command, example: &ir::Example) -> Example {
    Example {
        about: plain(&example.about),
        run: keep(&example.run),
        status: command.status_of(example),
        output: keep(&example.shown_output()),
    }
}

/// Converts the option groups with at least one required member, those with a description, and those that
/// an option requires. Conflicts between members become rules of the options.
fn groups(command: &ir::Command) -> Vec<Group> {
    let members = |ids: &[Name]| ids.iter().map(|id| keep(id)).collect();
    let groups = command.defined_sets().flat_map(|set| &set.groups);
    let needed = groups.filter(|group| group.is_required() || group.help.is_some());
    let mut made: Vec<Group> = needed
        .map(|group| Group {
            name: keep(&format!("group {}", *group.name)),
            members: members(&group.members),
            one: group.kind.excludes() && !group.has_groups(),
            required: group.is_required(),
            help: group.help.as_ref().map_or("", |help| plain(help)),
        })
        .collect();
    let args = command.defined_sets().flat_map(|set| &set.args);
    for (group, ids) in args.flat_map(|arg| &arg.requires_any) {
        let name = ir::any_of(group);
        if made.iter().all(|known| *known.name != *name) {
            made.push(Group {
                name: keep(&name),
                members: members(ids),
                one: false,
                required: false,
                help: "",
            });
        }
    }
    made
}

/// Converts the subcommands, and the second names of other commands, in the order of their headings.
fn in_order(command: &ir::Command, root: &ir::Command) -> Vec<Below> {
    let headed = command.headings.iter().flat_map(|(_, names)| names);
    let place = |it: &Below| {
        let at = headed.clone().position(|name| **name == *it.name);
        at.unwrap_or(usize::MAX)
    };
    let commands = command.commands.iter();
    let mut commands: Vec<Below> = commands.map(|it| subcommand(command, it, root)).collect();
    commands.extend(command.links.iter().filter_map(|(name, path)| {
        let target = root.at(path)?;
        Some(link(command, name, target))
    }));
    commands.sort_by_key(place);
    commands
}

/// Converts the second name of a command.
fn link(parent: &ir::Command, name: &Name, target: &ir::Command) -> Below {
    Below {
        name: keep(name),
        about: about(target),
        definition: built(Command::default()),
        aliases: Vec::new(),
        target: target.path[1..].iter().map(|name| keep(name)).collect(),
        heading: heading(parent, name),
        hidden: target.hidden,
        deprecated: target.deprecated.is_some(),
        destructive: target.effect == Some(ir::Effect::Destructive),
    }
}

/// Returns the heading under which a command group lists a name.
fn heading(parent: &ir::Command, name: &str) -> Option<&'static str> {
    let mut headings = parent.headings.iter();
    let heading = headings.find(|(_, names)| names.iter().any(|known| **known == *name));
    heading.map(|(heading, _)| keep(heading))
}

fn subcommand(parent: &ir::Command, ir: &ir::Command, root: &ir::Command) -> Below {
    let alias = |hidden| {
        move |name: &Name| Alias {
            name: keep(name),
            hidden,
        }
    };
    let aliases = ir.aliases.iter().map(alias(false));
    Below {
        name: keep(ir.name()),
        about: about(ir),
        definition: built(command(ir, root)),
        target: Vec::new(),
        aliases: aliases
            .chain(ir.hidden_aliases.iter().map(alias(true)))
            .collect(),
        heading: heading(parent, ir.name()),
        hidden: ir.hidden,
        deprecated: ir.deprecated.is_some(),
        destructive: ir.effect == Some(ir::Effect::Destructive),
    }
}

/// Converts the arguments of a set.
pub(crate) fn args(set: &Arc<ArgSet>) -> Vec<model::Arg> {
    let heading = set.heading.as_deref().map(keep);
    let with_heading = |made: &ir::Arg| {
        let mut made = made.model();
        made.heading = made.heading.or(heading);
        made
    };
    set.args.iter().map(with_heading).collect()
}
