//! The functions that tell clap about commands and shared sets.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{doc, doc_code, ident};
use crate::backend::steps::{self, ArgKind, ArgStep, Fact, Step};
use crate::ir::rust_names as names;
use crate::ir::{ArgSet, Command, Program, Version};

/// `command`, which defines the program, and the functions that define groups. Other commands have
/// theirs beside their struct.
pub(super) fn items(program: &Program, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = vec![root(program, bodies)];
    let groups = program
        .root
        .walk()
        .into_iter()
        .skip(1)
        .filter(|command| command.is_group());
    items.extend(groups.map(|command| {
        let name = ident(&names::define_function(command));
        let body = body(command, bodies);
        let doc = doc([&*doc_code(&command.title())]);
        quote!(#doc fn #name(command: Command) -> Command #body)
    }));
    items
}

fn root(program: &Program, bodies: &mut Bodies) -> TokenStream {
    let statements = bodies.add(statements(&steps::command(&program.root, true)));
    let name = program.root.name();
    let version = match &program.version {
        Version::None => quote!(None),
        Version::Cargo => quote!(Some(env!("CARGO_PKG_VERSION"))),
        Version::Text(version) => quote!(Some(#version)),
    };
    let title = doc_code(name);
    let first = format!("The command line of {title}, as clap sees it.");
    let doc = doc([
        &*first,
        "",
        "Commands are defined when they are first needed.",
    ]);
    quote! {
        #doc
        pub fn command() -> Command {
            let mut define = Define::program(#name, #version);
            #statements
            define.finish()
        }
    }
}

/// The method of a command's struct that defines the command.
pub(super) fn command(command: &Command, bodies: &mut Bodies) -> TokenStream {
    let body = body(command, bodies);
    quote!(fn define(command: Command) -> Command #body)
}

/// The method of a set's struct that defines its options.
pub(super) fn set(set: &Rc<ArgSet>, bodies: &mut Bodies) -> TokenStream {
    let statements = bodies.add(statements(&steps::set(set)));
    quote! {
        fn define(define: &mut Define) {
            #statements
        }
    }
}

fn body(command: &Command, bodies: &mut Bodies) -> TokenStream {
    let steps = steps::command(command, false);
    if steps.is_empty() {
        // The parent said all there is to say.
        return quote!({ command });
    }
    let statements = bodies.add(statements(&steps));
    quote!({
        let mut define = Define::command(command);
        #statements
        define.finish()
    })
}

fn statements(steps: &[Step]) -> Vec<Statement> {
    steps.iter().map(statement).collect()
}

fn statement(step: &Step) -> Statement {
    let call = match step {
        Step::About(about) => Call::new("about", vec![Argument::text(about)]),
        Step::LongAbout(text) => Call::new("long_about", vec![Argument::text(text)]),
        Step::Heading(None) => Call::new("heading", vec![Argument::word("None")]),
        Step::Heading(Some(heading)) => {
            let heading = Literal::string(heading);
            Call::new("heading", vec![Argument::word(format!("Some({heading})"))])
        }
        Step::Global => Call::new("global", Vec::new()),
        Step::Set(set) => {
            let name = set.name.as_ref().map_or("", |name| name.as_str());
            let name = ident(&names::set_struct(name));
            let define = Argument::word("&mut define");
            return Statement::function(Call::new(format!("{name}::define"), vec![define]));
        }
        Step::Arg(arg) => return argument(arg),
        Step::Conflicts(a, b) => Call::new("conflicts", texts([a, b])),
        Step::Requires(a, b) => Call::new("requires", texts([a, b])),
        Step::Subcommand(below) => {
            let mut arguments = texts([&below.name, &below.about]);
            arguments.push(Argument::word(&below.function));
            let hidden = if below.hidden { "hidden_" } else { "" };
            Call::new(format!("{hidden}subcommand"), arguments)
        }
        Step::SubcommandAlias(name, alias) => Call::new("subcommand_alias", texts([name, alias])),
        Step::Section(heading, text) => Call::new("section", texts([heading, text.as_str()])),
    };
    Statement::define(vec![call])
}

fn argument(step: &ArgStep) -> Statement {
    let (id, help) = (step.id.as_str(), step.help.as_str());
    let call = match &step.kind {
        ArgKind::Switch => Call::new("switch", texts([id, help])),
        ArgKind::Count => Call::new("count", texts([id, help])),
        ArgKind::Option(value) => Call::new("option", texts([id, value, help])),
        ArgKind::Argument(value) => Call::new("argument", texts([id, value, help])),
    };
    let facts = step.facts.iter().map(fact);
    Statement::define(std::iter::once(call).chain(facts).collect())
}

fn fact(fact: &Fact) -> Call {
    let text = |name: &str, text: &str| Call::new(name, vec![Argument::text(text)]);
    let nothing = |name: &str| Call::new(name, Vec::new());
    match fact {
        Fact::Short(short) => Call::new("short", vec![Argument::character(*short)]),
        Fact::Long(long) => text("long", long),
        Fact::NoLong => nothing("no_long"),
        Fact::Alias(alias) => text("alias", alias),
        Fact::LongHelp(help) => text("long_help", help),
        Fact::Heading(heading) => text("heading", heading),
        Fact::Hidden => nothing("hidden"),
        Fact::Required => nothing("required"),
        Fact::Repeat => nothing("repeat"),
        Fact::Delimiter(c) => Call::new("delimiter", vec![Argument::character(*c)]),
        Fact::Path => nothing("path"),
        Fact::Integer => nothing("integer"),
        Fact::Choice(name, help) => Call::new("choice", texts([name, help])),
        Fact::Default(value) => text("default", value),
        Fact::Env(name) => text("env", name),
        Fact::Conflicts(other) => text("conflicts", other),
        Fact::Requires(other) => text("requires", other),
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Argument> {
    texts.into_iter().map(Argument::text).collect()
}
