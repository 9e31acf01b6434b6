//! The model as Rust: the calls that build it again.

use std::rc::Rc;

use clapspec_runtime::model::{
    self, Alias, Below, Choice, Complete, Condition, Deprecated, Effect, Example, Exists, Group,
    PathKind, Role, Rule,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{contract, doc, doc_code, ident};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Command, Kind, Program, Version};
use crate::model::{arg, command as model_of, limit, root};

/// The program as data, and the functions that build groups. Other commands have theirs beside their
/// struct.
pub(super) fn items(program: &Program, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = vec![facts(program), root_function(program, bodies)];
    let groups = program
        .root
        .walk()
        .into_iter()
        .skip(1)
        .filter(|command| !command.has_struct());
    items.extend(groups.map(|command| {
        let name = ident(&names::define_function(command));
        let (parameter, body) = body(command, &model_of(command), bodies);
        let doc = doc([&*doc_code(&command.title())]);
        quote!(#doc fn #name(#parameter: &mut Command) #body)
    }));
    items
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
        quote!(clapspec_runtime::model::Files { project: #project, user: #user, system: #system })
    });
    let files = match files {
        Some(files) => quote!(Some(#files)),
        None => quote!(None),
    };
    let title = doc_code(name);
    let first = doc([&*format!("The program {title}, as data.")]);
    let command = doc([
        &*format!("The command line of {title} as clap's own type, for other tools."),
        "The program itself does not parse by it; see [`run`].",
    ]);
    quote! {
        #first
        pub static PROGRAM: Program = Program {
            name: #name,
            version: #version,
            root: clapspec_runtime::model::Definition::Function(define),
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

fn root_function(program: &Program, bodies: &mut Bodies) -> TokenStream {
    let doc = doc([&*doc_code(program.root.name())]);
    let mut statements = vec![on_command("about", [root(program).about])];
    statements.extend(command_statements(&program.root, &root(program)));
    let statements = bodies.add(statements);
    quote! {
        #doc
        fn define(command: &mut Command) {
            #statements
        }
    }
}

/// The method of a command's struct that builds the command.
pub(super) fn command(command: &Command, bodies: &mut Bodies) -> TokenStream {
    let (parameter, body) = body(command, &model_of(command), bodies);
    quote!(fn define(#parameter: &mut Command) #body)
}

/// The method of a set's struct that adds its options.
pub(super) fn set(set: &Rc<ArgSet>, bodies: &mut Bodies) -> TokenStream {
    let heading = match &set.heading {
        Some(heading) => format!("Some({})", Literal::string(heading)),
        None => "None".to_owned(),
    };
    let heading = Call::new("heading", vec![Argument::word(heading)]);
    let mut statements = vec![Statement::on("command", heading)];
    statements.extend(set.args.iter().map(argument));
    let statements = bodies.add(statements);
    quote! {
        fn define(command: &mut Command) {
            #statements
        }
    }
}

fn body(
    command: &Command,
    model: &model::Command,
    bodies: &mut Bodies,
) -> (TokenStream, TokenStream) {
    let statements = command_statements(command, model);
    if statements.is_empty() {
        // The parent said all there is to say.
        return (quote!(_), quote!({}));
    }
    let statements = bodies.add(statements);
    (quote!(command), quote!({ #statements }))
}

/// All that a command's parent does not say of it.
fn command_statements(command: &Command, model: &model::Command) -> Vec<Statement> {
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
            .map(|old| Statement::on("command", deprecated(old))),
    );
    statements.extend(model.effect.map(|effect| match effect {
        Effect::Read => on_command("reads", []),
        Effect::Write => on_command("writes", []),
        Effect::Destructive => on_command("destroys", []),
    }));
    statements.extend(command.own.args.iter().map(argument));
    for set in &command.sets {
        let name = set.name.as_ref().map_or("", |name| name.as_str());
        let name = ident(&names::set_struct(name));
        let define = vec![Argument::word("command")];
        statements.push(Statement::function(Call::new(
            format!("{name}::define"),
            define,
        )));
    }
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
    for below in &model.commands {
        let ir = command.commands.iter().find(|it| it.name() == below.name);
        statements.extend(ir.map(|ir| subcommand(below, &names::define_function(ir))));
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
    let name = if group.one { "one_of" } else { "any_of" };
    let arguments = vec![Argument::text(group.name), Argument::list(&members)];
    Statement::on("command", Call::new(name, arguments))
}

fn subcommand(below: &Below, function: &str) -> Statement {
    let mut arguments = texts([below.name, below.about]);
    arguments.push(Argument::word(function));
    let mut calls = vec![Call::new("subcommand", arguments)];
    for Alias { name, hidden } in &below.aliases {
        let method = if *hidden { "hidden_alias" } else { "alias" };
        calls.push(text(method, name));
    }
    calls.extend(below.heading.map(|heading| text("heading", heading)));
    let switches = [
        ("hidden", below.hidden),
        ("deprecated", below.deprecated),
        ("destructive", below.destructive),
    ];
    let switches = switches.into_iter().filter(|(_, on)| *on);
    calls.extend(switches.map(|(name, _)| nothing(name)));
    Statement::chain("command", calls)
}

fn example(example: &Example) -> Statement {
    let mut arguments = texts([example.about, example.run]);
    let name = match example.status {
        None => "example",
        Some(status) => {
            arguments.push(Argument::word(status.to_string()));
            "failing_example"
        }
    };
    Statement::on("command", Call::new(name, arguments))
}

fn deprecated(old: &Deprecated) -> Call {
    let removal = match old.removal {
        Some(release) => format!("Some({})", Literal::string(release)),
        None => "None".to_owned(),
    };
    let arguments = vec![Argument::text(old.way_out), Argument::word(removal)];
    Call::new("deprecated", arguments)
}

/// The calls that add an argument. Every field of the model is here, so that a new one is not forgotten.
fn argument(ir: &Arg) -> Statement {
    let model::Arg {
        id,
        positional,
        short,
        long,
        aliases,
        letters,
        negation,
        help,
        description,
        heading,
        hidden,
        hidden_short,
        deprecated: old,
        since,
        kind,
        names,
        repeat,
        bounds,
        delimiter,
        bare,
        equals,
        hyphen_values,
        terminator,
        last,
        trailing,
        complete,
        choices,
        defaults,
        defaults_when,
        env,
        config,
        users_own,
        role,
        rules,
    } = arg(ir);
    let first = match (kind, names.first()) {
        (model::Kind::Count(max), _) => {
            let mut arguments = texts([id, help]);
            arguments.insert(1, Argument::word(max.to_string()));
            Call::new("count", arguments)
        }
        (_, Some(value)) if positional => Call::new("argument", texts([id, value, help])),
        (_, Some(value)) => Call::new("option", texts([id, value, help])),
        (_, None) => Call::new("switch", texts([id, help])),
    };
    let mut calls = vec![first];
    calls.extend(short.map(|short| letter("short", short)));
    match long {
        None if !positional => calls.push(nothing("no_long")),
        Some(long) if long != id => calls.push(text("long", long)),
        _ => {}
    }
    calls.extend(
        aliases.iter().map(|Alias { name, hidden }| {
            text(if *hidden { "hidden_alias" } else { "alias" }, name)
        }),
    );
    calls.extend(letters.iter().map(|Alias { name, hidden }| {
        letter(
            if *hidden {
                "hidden_short_alias"
            } else {
                "short_alias"
            },
            *name,
        )
    }));
    let optional = |name: &str, value: Option<&str>| value.map(|value| text(name, value));
    let flag = |name: &str, on: bool| on.then(|| nothing(name));
    calls.extend(optional("negatable", negation));
    calls.extend(optional(
        "description",
        Some(description).filter(|it| !it.is_empty()),
    ));
    calls.extend(optional("heading", heading));
    calls.extend(flag("hidden", hidden));
    calls.extend(flag("hidden_short", hidden_short));
    calls.extend(old.as_ref().map(deprecated));
    calls.extend(optional("since", since));
    calls.extend(names.iter().skip(1).map(|name| text("and_value", name)));
    calls.extend(kind_of(ir));
    calls.extend(flag("repeat", repeat));
    calls.extend(bounds.map(values));
    calls.extend(delimiter.map(|delimiter| letter("delimiter", delimiter)));
    calls.extend(optional("bare", bare));
    calls.extend(flag("equals", equals));
    calls.extend(flag("hyphen_values", hyphen_values));
    calls.extend(optional("terminator", terminator));
    calls.extend(flag("last", last));
    calls.extend(flag("trailing", trailing));
    calls.extend(complete.map(completion));
    calls.extend(choices.iter().flat_map(choice));
    calls.extend(defaults.iter().map(|value| text("default", value)));
    calls.extend(
        defaults_when.iter().map(|(Condition { arg, is }, value)| {
            Call::new("default_when", texts([arg, is, value]))
        }),
    );
    calls.extend(optional("env", env));
    calls.extend(optional("config", config));
    calls.extend(flag("users_own", users_own));
    calls.extend(role.map(role_of));
    calls.extend(rules.iter().map(rule));
    Statement::chain("command", calls)
}

fn values((min, max): (usize, Option<usize>)) -> Call {
    let number = |number: usize| Argument::word(number.to_string());
    match max {
        Some(max) => Call::new("values", vec![number(min), number(max)]),
        None => Call::new("values_from", vec![number(min)]),
    }
}

fn kind_of(arg: &Arg) -> Option<Call> {
    Some(match &arg.value()?.kind {
        Kind::String => return None,
        Kind::Choice { ignore_case, .. } => {
            return ignore_case.then(|| nothing("ignore_case"));
        }
        Kind::Path(kind, exists) => {
            let kind = match kind {
                PathKind::Any => "Any",
                PathKind::File => "File",
                PathKind::Directory => "Directory",
            };
            let exists = match exists {
                Exists::Either => "Either",
                Exists::Must => "Must",
                Exists::MustNot => "MustNot",
            };
            let kind = Argument::word(format!("PathKind::{kind}"));
            Call::new(
                "path",
                vec![kind, Argument::word(format!("Exists::{exists}"))],
            )
        }
        Kind::Integer {
            min: i64::MIN,
            max: i64::MAX,
        } => nothing("integer"),
        Kind::Integer { min, max } => {
            let bound = |n: i64, name: &str, extreme: i64| match n {
                n if n == extreme => Argument::word(format!("i64::{name}")),
                n => Argument::word(n.to_string()),
            };
            let (min, max) = (bound(*min, "MIN", i64::MIN), bound(*max, "MAX", i64::MAX));
            Call::new("integer_range", vec![min, max])
        }
        // As texts: clippy would have constants such as π in place of numbers near them.
        Kind::Float { min, max } => Call::new("float", texts([&limit(*min), &limit(*max)])),
        Kind::Boolean => nothing("boolean"),
        Kind::Secret => nothing("secret"),
        Kind::Url => nothing("url"),
        Kind::Duration => nothing("duration"),
        Kind::Size => nothing("size"),
        Kind::KeyValue => nothing("key_value"),
        Kind::Rust(path) => nothing(&format!("typed::<{path}>")),
    })
}

fn completion(complete: Complete) -> Call {
    let complete = format!("clapspec_runtime::model::Complete::{complete:?}");
    Call::new("complete", vec![Argument::word(complete)])
}

fn role_of(role: Role) -> Call {
    Call::new("role", vec![Argument::word(format!("Role::{role:?}"))])
}

fn choice(choice: &Choice) -> Vec<Call> {
    let mut calls = vec![Call::new("choice", texts([choice.name, choice.help]))];
    calls.extend(
        choice
            .aliases
            .iter()
            .map(|alias| text("choice_alias", alias)),
    );
    calls.extend(choice.hidden.then(|| nothing("hidden_choice")));
    calls
}

fn rule(rule: &Rule) -> Call {
    match *rule {
        Rule::Required => nothing("required"),
        Rule::Conflicts(id) => text("conflicts", id),
        Rule::Requires(id) => text("requires", id),
        Rule::RequiredWith(id) => text("required_with", id),
        Rule::RequiredUnless(id) => text("required_unless", id),
        Rule::RequiredUnlessAll(id) => text("required_unless_all", id),
        Rule::RequiredWhen(Condition { arg, is }) => Call::new("required_when", texts([arg, is])),
        Rule::RequiredWhenAll(Condition { arg, is }) => {
            Call::new("required_when_all", texts([arg, is]))
        }
        Rule::Overrides(id) => text("overrides", id),
        Rule::Exclusive => nothing("exclusive"),
    }
}

fn text(name: &str, text: &str) -> Call {
    Call::new(name, texts([text]))
}

fn letter(name: &str, c: char) -> Call {
    Call::new(name, vec![Argument::character(c)])
}

fn nothing(name: &str) -> Call {
    Call::new(name, Vec::new())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Argument> {
    texts.into_iter().map(Argument::text).collect()
}
