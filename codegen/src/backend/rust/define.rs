//! The Rust code that builds the model at run time.

use clapspec_runtime::model::{self, Alias, Below, Effect, Example, Group};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement, literal};
use super::items::{self, Item, doc_line};
use super::{contract, doc, doc_code, spelled};
use crate::ir::rust_names as names;
use crate::ir::{ArgSet, Command, Program, Version};
use crate::model::Models;

/// Returns the program as data, and the functions that build command groups. The functions of other
/// commands are methods of their structs.
pub(super) fn items(program: &Program, models: &Models) -> Vec<Item> {
    let root = models.command(&program.root);
    let mut statements = vec![on_command("about", [root.about])];
    statements.extend(self::statements(&program.root, root));
    let mut items = vec![
        facts(program).into(),
        function(&program.root, "define", &statements),
    ];
    let groups = program
        .root
        .walk()
        .into_iter()
        .skip(1)
        .filter(|command| !command.has_struct());
    items.extend(groups.map(|command| {
        let name = spelled(&names::define_function(command));
        let statements = self::statements(command, models.command(command));
        function(command, &name, &statements)
    }));
    items
}

/// Returns the function that builds a command.
fn function(command: &Command, name: &str, statements: &[Statement]) -> Item {
    let doc = doc_line(&doc_code(&command.title()));
    Item::Text(doc + &items::define(name, statements, 0))
}

fn facts(program: &Program) -> TokenStream {
    let name = program.root.name();
    let version = match &program.version {
        Version::None => quote!(None),
        Version::Cargo => quote!(Some(env!("CARGO_PKG_VERSION"))),
        Version::Text(version) => quote!(Some(#version)),
    };
    let override_self = program.override_self;
    let contract = contract::facts(program);
    let files = program.config_files.as_ref().map(|files| {
        let file = |name: &Option<crate::ir::Name>| match name.as_ref().map(|name| name.as_str()) {
            Some(name) => quote!(Some(#name)),
            None => quote!(None),
        };
        let (project, user, system) =
            (file(&files.project), file(&files.user), file(&files.system));
        quote!(clapspec_runtime::generated::Files { project: #project, user: #user, system: #system })
    });
    let files = match files {
        Some(files) => quote!(Some(#files)),
        None => quote!(None),
    };
    let title = doc_code(name);
    let first = doc([&*format!("The definition of {title}, as data.")]);
    let command = doc([
        &*format!("The command line of {title} as a clap command, for other tools."),
        "The program itself doesn't use it for parsing; see [`run`].",
    ]);
    quote! {
        #first
        pub static PROGRAM: Program = Program {
            name: #name,
            version: #version,
            root: clapspec_runtime::generated::Definition::Function(define),
            override_self: #override_self,
            contract: #contract,
            files: #files,
        };

        #command
        #[allow(dead_code)]
        pub fn command() -> clapspec_runtime::clap::Command {
            PROGRAM.clap()
        }
    }
}

/// Returns the statements that add the options of a set.
pub(super) fn set(set: &ArgSet) -> Vec<Statement> {
    let heading = match &set.heading {
        Some(heading) => format!("Some({})", literal(heading)),
        None => "None".to_owned(),
    };
    let heading = Call::new("heading", vec![Argument::word(heading)]);
    let mut statements = vec![Statement::on("command", heading)];
    statements.extend(set.args.iter().map(|arg| argument(&arg.model())));
    statements
}

/// Returns the statements for everything about a command that its parent doesn't define.
pub(super) fn statements(command: &Command, model: &model::Command) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut text = |name: &str, text: &str| {
        if !text.is_empty() {
            statements.push(on_command(name, [text]));
        }
    };
    text("description", model.description);
    text("since", model.since.unwrap_or_default());
    statements.extend(
        model
            .deprecated
            .as_ref()
            .map(|old| Statement::on("command", printed(&old.call()))),
    );
    statements.extend(model.also.iter().map(|title| on_command("also", [title])));
    let switches = [
        ("idempotent", model.idempotent),
        ("uses_network", model.network == Some(true)),
        ("uses_no_network", model.network == Some(false)),
    ];
    let switches = switches.into_iter().filter(|(_, on)| *on);
    statements.extend(switches.map(|(name, _)| on_command(name, [])));
    statements.extend(model.effect.map(|effect| match effect {
        Effect::Read => on_command("reads", []),
        Effect::Write => on_command("writes", []),
        Effect::Destructive => on_command("destroys", []),
    }));
    let own = |arg: &&model::Arg| command.own.args.iter().any(|own| *own.id == *arg.id);
    statements.extend(model.args.iter().filter(own).map(argument));
    for set in &command.sets {
        let name = set.name.as_ref().map_or("", |name| name.as_str());
        let name = names::set_struct(name);
        let define = vec![Argument::word("command")];
        statements.push(Statement::function(Call::new(
            format!("{name}::define"),
            define,
        )));
    }
    statements.extend(model.inherited.iter().map(|other| {
        let name = if other.hidden {
            "inherit_hidden"
        } else {
            "inherit"
        };
        on_command(name, [other.id, other.help, other.description])
    }));
    let pairs = [
        ("requires", &model.requires),
        ("conflicts", &model.conflicts),
        ("implies_conflict", &model.implied),
    ];
    for (name, pairs) in pairs {
        statements.extend(pairs.iter().map(|(a, b)| on_command(name, [a, b])));
    }
    statements.extend(model.groups.iter().map(group));
    statements.extend(model.needs.iter().map(|id| on_command("needs", [id])));
    for entry in &model.commands {
        if !entry.target.is_empty() {
            statements.push(link(entry));
            continue;
        }
        let ir = command.commands.iter().find(|it| it.name() == entry.name);
        statements.extend(ir.map(|ir| subcommand(entry, &names::define_function(ir))));
    }
    let default = model.default_command;
    statements.extend(default.map(|name| on_command("default_subcommand", [name])));
    let switches = [
        ("external_subcommands", model.external),
        ("runnable", model.runnable),
        ("next_line_help", model.next_line_help),
    ];
    let switches = switches.into_iter().filter(|(_, on)| *on);
    statements.extend(switches.map(|(name, _)| on_command(name, [])));
    if !model.output.is_empty() {
        statements.push(on_command("output", [model.output]));
    }
    statements.extend(model.examples.iter().map(example));
    statements.extend(model.exit_codes.iter().map(|(code, help)| {
        let arguments = vec![Argument::word(code.to_string()), Argument::text(help)];
        Statement::on("command", Call::new("exit_code", arguments))
    }));
    let topics = model.topics.iter();
    statements
        .extend(topics.map(|topic| on_command("topic", [topic.name, topic.title, topic.text])));
    statements
}

fn on_command<const N: usize>(name: &str, arguments: [&str; N]) -> Statement {
    Statement::on("command", Call::new(name, texts(arguments)))
}

fn group(group: &Group) -> Statement {
    let members = group
        .members
        .iter()
        .map(|id| Literal::string(id).to_string());
    let members = members.collect::<Vec<_>>().join(", ");
    let name = match (group.required, group.one) {
        (false, _) => "group",
        (true, false) => "any_of",
        (true, true) => "one_of",
    };
    let arguments = vec![Argument::text(group.name), Argument::list(&members)];
    let mut calls = vec![Call::new(name, arguments)];
    if !group.help.is_empty() {
        calls.push(text("help", group.help));
    }
    Statement::chain("command", calls)
}

fn subcommand(entry: &Below, function: &str) -> Statement {
    let mut arguments = texts([entry.name, entry.about]);
    arguments.push(Argument::word(function));
    entry_calls(entry, Call::new("subcommand", arguments))
}

/// Returns the statement that adds the second name of a command.
fn link(entry: &Below) -> Statement {
    let mut arguments = texts([entry.name, entry.about]);
    let path = entry
        .target
        .iter()
        .map(|name| Literal::string(name).to_string());
    let path: Vec<String> = path.collect();
    arguments.push(Argument::list(&path.join(", ")));
    entry_calls(entry, Call::new("link", arguments))
}

fn entry_calls(entry: &Below, first: Call) -> Statement {
    let mut calls = vec![first];
    for Alias { name, hidden } in &entry.aliases {
        let method = if *hidden { "hidden_alias" } else { "alias" };
        calls.push(text(method, name));
    }
    calls.extend(entry.heading.map(|heading| text("heading", heading)));
    let switches = [
        ("hidden", entry.hidden),
        ("deprecated", entry.deprecated),
        ("destructive", entry.destructive),
    ];
    let switches = switches.into_iter().filter(|(_, on)| *on);
    calls.extend(switches.map(|(name, _)| without_arguments(name)));
    Statement::chain("command", calls)
}

fn example(example: &Example) -> Statement {
    let mut calls = vec![Call::new("example", texts([example.about, example.run]))];
    if let Some(status) = example.status {
        calls.push(Call::new(
            "status",
            vec![Argument::word(status.to_string())],
        ));
    }
    if !example.output.is_empty() {
        calls.push(text("output", example.output));
    }
    Statement::chain("command", calls)
}

/// Returns the statement that adds an argument to a command.
fn argument(arg: &model::Arg) -> Statement {
    Statement::chain("command", arg.calls().iter().map(printed).collect())
}

/// Converts a call of the model to source code.
fn printed(call: &model::Call) -> Call {
    let arguments = call.arguments.iter().map(|argument| match argument {
        model::Argument::Text(text) => Argument::text(text),
        model::Argument::Letter(letter) => Argument::character(*letter),
        model::Argument::Code(code) => Argument::word(code),
    });
    Call::new(&call.method, arguments.collect())
}

fn text(name: &str, text: &str) -> Call {
    Call::new(name, texts([text]))
}

fn without_arguments(name: &str) -> Call {
    Call::new(name, Vec::new())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Argument> {
    texts.into_iter().map(Argument::text).collect()
}
