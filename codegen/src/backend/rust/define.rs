//! The functions that tell clap about commands and shared sets.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{doc, doc_code, ident};
use crate::backend::steps::{self, ArgKind, ArgStep, Fact, Parser, Step, limit};
use crate::ir::rust_names as names;
use crate::ir::{ArgSet, Bounds, Command, Program, Version};

/// `command`, which defines the program, and the functions that define groups. Other commands have
/// theirs beside their struct.
pub(super) fn items(program: &Program, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = vec![root(program, bodies)];
    let groups = program
        .root
        .walk()
        .into_iter()
        .skip(1)
        .filter(|command| !command.has_struct());
    items.extend(groups.map(|command| {
        let name = ident(&names::define_function(command));
        let body = body(command, bodies);
        let doc = doc([&*doc_code(&command.title())]);
        quote!(#doc fn #name(command: Command) -> Command #body)
    }));
    items
}

fn root(program: &Program, bodies: &mut Bodies) -> TokenStream {
    let statements = bodies.add(statements(&steps::program(program)));
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
    let steps = steps::command(command);
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
        Step::OverrideSelf => nothing("override_self"),
        Step::NextLineHelp => nothing("next_line_help"),
        Step::Global => nothing("global"),
        Step::NoShortHelp => nothing("no_short_help"),
        Step::NoShortVersion => nothing("no_short_version"),
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
        Step::Needs(id) => Call::new("needs", texts([id])),
        Step::AnyOf(group) => Call::new("any_of", texts([group])),
        Step::Member(group, id) => Call::new("member", texts([group, id])),
        Step::HiddenSubcommandAlias(name, alias) => {
            Call::new("hidden_subcommand_alias", texts([name, alias]))
        }
        Step::DefaultSubcommand(name) => Call::new("default_subcommand", texts([name])),
        Step::ExternalSubcommands => nothing("external_subcommands"),
        Step::Runnable => nothing("runnable"),
        Step::SubcommandAlias(name, alias) => Call::new("subcommand_alias", texts([name, alias])),
        Step::Topic(name, text) => Call::new("topic", texts([name, text])),
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

pub(super) fn fact(fact: &Fact) -> Call {
    let text = |name: &str, text: &str| Call::new(name, texts([text]));
    let letter = |name: &str, c: char| Call::new(name, vec![Argument::character(c)]);
    match fact {
        Fact::Short(short) => letter("short", *short),
        Fact::Long(long) => text("long", long),
        Fact::NoLong => nothing("no_long"),
        Fact::Alias(alias) => text("alias", alias),
        Fact::ShortAlias(alias) => letter("short_alias", *alias),
        Fact::HiddenAlias(alias) => text("hidden_alias", alias),
        Fact::HiddenShortAlias(alias) => letter("hidden_short_alias", *alias),
        Fact::Negatable(name) => text("negatable", name),
        Fact::LongHelp(help) => text("long_help", help),
        Fact::Heading(heading) => text("heading", heading),
        Fact::Hidden => nothing("hidden"),
        Fact::HiddenShort => nothing("hidden_short"),
        Fact::Required => nothing("required"),
        Fact::Repeat => nothing("repeat"),
        Fact::Times(bounds) => number_of("times", *bounds),
        Fact::NumArgs(bounds) => number_of("num_args", *bounds),
        Fact::AndValue(name) => text("and_value", name),
        Fact::Bare(value) => text("bare", value),
        Fact::Equals => nothing("equals"),
        Fact::Last => nothing("last"),
        Fact::Trailing => nothing("trailing"),
        Fact::HyphenValues => nothing("hyphen_values"),
        Fact::Terminator(word) => text("terminator", word),
        Fact::Delimiter(c) => letter("delimiter", *c),
        Fact::Parser(parser) => self::parser(parser),
        Fact::Hint(name) => {
            let hint = format!("clapspec_runtime::clap::ValueHint::{name}");
            Call::new("hint", vec![Argument::word(hint)])
        }
        Fact::Choice(name, help) => Call::new("choice", texts([name, help])),
        Fact::ChoiceAlias(alias) => text("choice_alias", alias),
        Fact::HiddenChoice => nothing("hidden_choice"),
        Fact::IgnoreCase => nothing("ignore_case"),
        Fact::Default(value) => text("default", value),
        Fact::DefaultWhen(other, is, value) => Call::new("default_when", texts([other, is, value])),
        Fact::Env(name) => text("env", name),
        Fact::Config(key) => text("config", key),
        Fact::Conflicts(other) => text("conflicts", other),
        Fact::Requires(other) => text("requires", other),
        Fact::RequiredUnless(other) => text("required_unless", other),
        Fact::RequiredUnlessAll(other) => text("required_unless_all", other),
        Fact::RequiredWhen(other, is) => Call::new("required_when", texts([other, is])),
        Fact::RequiredWhenAll(other, is) => Call::new("required_when_all", texts([other, is])),
        Fact::Overrides(other) => text("overrides", other),
        Fact::Exclusive => nothing("exclusive"),
    }
}

fn parser(parser: &Parser) -> Call {
    let numbers = |name: &str, min: String, max: String| {
        Call::new(name, vec![Argument::word(min), Argument::word(max)])
    };
    match parser {
        Parser::Path => nothing("path"),
        Parser::File => nothing("file"),
        Parser::Folder => nothing("folder"),
        Parser::ExistingPath => nothing("existing_path"),
        Parser::ExistingFile => nothing("existing_file"),
        Parser::ExistingFolder => nothing("existing_folder"),
        Parser::NewPath => nothing("new_path"),
        Parser::Integer => nothing("integer"),
        Parser::IntegerRange(min, max) => {
            let bound = |n: i64, name: &str, extreme: i64| match n {
                n if n == extreme => format!("i64::{name}"),
                n => n.to_string(),
            };
            let (min, max) = (bound(*min, "MIN", i64::MIN), bound(*max, "MAX", i64::MAX));
            numbers("integer_range", min, max)
        }
        // As texts: clippy would have constants such as π in place of numbers near them.
        Parser::Float(min, max) => Call::new("float", texts([&limit(*min), &limit(*max)])),
        Parser::Boolean => nothing("boolean"),
        Parser::Secret => nothing("secret"),
        Parser::Url => nothing("url"),
        Parser::Duration => nothing("duration"),
        Parser::Size => nothing("size"),
        Parser::KeyValue => nothing("key_value"),
        Parser::Typed(path) => nothing(&format!("typed::<{path}>")),
    }
}

fn number_of(name: &str, bounds: Bounds) -> Call {
    let max = bounds
        .max
        .map_or("usize::MAX".to_owned(), |max| max.to_string());
    let min = Argument::word(bounds.min.to_string());
    Call::new(name, vec![min, Argument::word(max)])
}

fn nothing(name: &str) -> Call {
    Call::new(name, Vec::new())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Argument> {
    texts.into_iter().map(Argument::text).collect()
}
