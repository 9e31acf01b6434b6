//! How commands end: enums of exit codes, questions, and the functions around each handler.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Command, Deprecated, Piece, Program, Question, Role, Takes, Version, exits};
use crate::page::way_out;
use crate::text;

/// What `run` and `dispatch` return.
pub(super) fn result(program: &Program) -> TokenStream {
    match program.has_contract() {
        true => quote!(std::process::ExitCode),
        false => quote!(H::Output),
    }
}

/// What a command's handler returns.
pub(super) fn ended(program: &Program, command: &Command) -> TokenStream {
    if !program.has_contract() {
        return quote!(Self::Output);
    }
    let exit = ident(&names::exit_enum(&command.exits));
    quote!(Ended<#exit>)
}

/// What the handler of a command itself returns: with its result, if it has one.
pub(super) fn handled(program: &Program, command: &Command) -> TokenStream {
    match (&command.output, program.has_contract()) {
        (Some(_), true) => {
            let exit = ident(&names::exit_enum(&command.exits));
            let output = ident(&names::output(command));
            quote!(Ended<#exit, #output>)
        }
        _ => ended(program, command),
    }
}

/// The question that a handler gets, where there is one.
pub(super) fn question_parameter(command: &Command) -> Option<TokenStream> {
    command.question.as_ref()?;
    let name = ident(&names::question_struct(command));
    Some(quote!(question: #name))
}

/// What turns what a handler returned into what the program ends with. `call` has its values as `args`.
pub(super) fn end(command: &Command, args: TokenStream, call: TokenStream) -> TokenStream {
    let roles = roles(command);
    quote!({
        let roles = #roles;
        let console = CONTRACT.console(values, &roles);
        let args = #args;
        let ended = #call;
        console.end(ended)
    })
}

/// Whether something stands around the call of a command's handler.
pub(super) fn has_handle(program: &Program, command: &Command) -> bool {
    program.has_contract() || deprecations(command).next().is_some()
}

/// What holds for all commands.
pub(super) fn facts(program: &Program) -> Option<TokenStream> {
    if !program.has_contract() {
        return None;
    }
    let code = |name| program.exit_code(name).map(|code| (name, code));
    let (name, code) = code(exits::USAGE).or(code(exits::FAILURE))?;
    let number = Literal::u8_unsuffixed(code);
    let mut words: Vec<String> = Vec::new();
    for command in program.root.walk() {
        for role in [Role::Json, Role::PrettyJson] {
            let names = command.with_role(role).map(|arg| arg.all_names());
            for name in names.into_iter().flatten() {
                if !words.contains(&name.value) {
                    words.push(name.value);
                }
            }
        }
    }
    let words = words.join(" ");
    Some(quote! {
        /// What holds for all commands.
        const CONTRACT: Contract = Contract {
            usage: (#name, #number),
            json: #words,
        };
    })
}

/// The function that calls a command's handler, with what stands before and behind that.
pub(super) fn handle(
    program: &Program,
    command: &Command,
    bodies: &mut Bodies,
) -> Option<TokenStream> {
    if !command.runs() || !has_handle(program, command) {
        return None;
    }
    let method = ident(&names::method(command));
    let result = result(program);
    let warnings: Vec<Statement> = deprecations(command)
        .map(|(id, old)| warning(program, id, &old))
        .collect();
    let mutable = (!warnings.is_empty()).then(|| quote!(mut));
    let removals = !warnings.is_empty() && matches!(program.version, Version::Cargo);
    let warnings = (!warnings.is_empty()).then(|| bodies.add(warnings));
    if !program.has_contract() {
        let refuse = removals.then(|| quote!(console.end_if_refused();));
        return Some(quote! {
            fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> #result {
                let #mutable console = clapspec_runtime::Console::plain();
                #warnings
                #refuse
                handlers.#method(Self::take(values))
            }
        });
    }
    let roles = roles(command);
    let refuse = removals.then(|| {
        quote! {
            if let Some(exit) = console.refused() {
                return exit;
            }
        }
    });
    let question = command.question.as_ref().map(|_| {
        let yes = command.with_role(Role::Yes).map(|arg| arg.written());
        let name = ident(&names::question_struct(command));
        quote! {
            let question = match console.question(#yes) {
                Ok(question) => #name(question),
                Err(exit) => return exit,
            };
        }
    });
    let end = match command.output {
        Some(_) => quote!(end_with_output),
        None => quote!(end),
    };
    let passed = question.as_ref().map(|_| quote!(, question));
    Some(quote! {
        fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> #result {
            let roles = #roles;
            let #mutable console = CONTRACT.console(values, &roles);
            #warnings
            #refuse
            #question
            let ended = handlers.#method(Self::take(values) #passed);
            console.#end(ended)
        }
    })
}

/// The options of a command that have a role.
pub(super) fn roles(command: &Command) -> TokenStream {
    let all = [
        ("json", Role::Json),
        ("pretty_json", Role::PrettyJson),
        ("yes", Role::Yes),
        ("dry_run", Role::DryRun),
        ("color", Role::Color),
    ];
    let fields: Vec<TokenStream> = all
        .iter()
        .filter_map(|(field, role)| {
            let id = command.with_role(*role)?.id.as_str();
            let field = ident(field);
            Some(quote!(#field: Some(#id)))
        })
        .collect();
    match fields.len() {
        0 => quote!(Roles::NONE),
        n if n == all.len() => quote!(Roles { #(#fields),* }),
        _ => quote!(Roles { #(#fields,)* ..Roles::NONE }),
    }
}

/// What is deprecated of all that a command line of the command may have: the option, or `None` for the
/// command itself, with the message. The opposite of a switch is deprecated with it.
fn deprecations(command: &Command) -> impl Iterator<Item = (Option<&str>, Old<'_>)> {
    let own = command.deprecated.iter();
    let own = own.map(|old| (None, Old(command.title(), old)));
    let args = command.args().flat_map(|arg| {
        let opposite = match &arg.takes {
            Takes::Negatable { name, .. } => Some((name.as_str(), format!("--{name}"))),
            _ => None,
        };
        let names = [(arg.id.as_str(), arg.written())]
            .into_iter()
            .chain(opposite);
        let old = arg.deprecated.iter();
        old.flat_map(move |old| {
            let names = names.clone();
            names.map(move |(id, written)| (Some(id), Old(written, old)))
        })
    });
    own.chain(args)
}

/// Something that is deprecated, by its name.
struct Old<'a>(String, &'a Deprecated);

fn warning(program: &Program, id: Option<&str>, Old(name, old): &Old<'_>) -> Statement {
    let mut said = format!("`{name}` is deprecated{}", text::to_plain(&way_out(old)));
    let mut arguments = Vec::new();
    if let Some(id) = id {
        arguments.push(Argument::word("values"));
        arguments.push(Argument::text(id));
    }
    let suffix = if id.is_some() { "" } else { "_command" };
    // With a version of the spec's own, what is past its end was refused with the spec.
    let removal = old.removal.as_ref();
    let method = match removal.filter(|_| matches!(program.version, Version::Cargo)) {
        Some(removal) => {
            let removal = Literal::string(removal);
            let release = format!("(env!(\"CARGO_PKG_VERSION\"), {removal})");
            arguments.push(Argument::word(release));
            "removed"
        }
        None => {
            let removal = old.removal.iter();
            said.extend(removal.map(|removal| format!("; release {} will not have it", **removal)));
            "deprecated"
        }
    };
    arguments.push(Argument::text(&said));
    Statement::on("console", Call::new(format!("{method}{suffix}"), arguments))
}

/// The exit codes of a command that says what they are, and its question.
pub(super) fn items(program: &Program, command: &Command, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if command.exits == command.path && program.has_contract() {
        items.extend(exit_codes(program, command));
    }
    if let Some(question) = &command.question {
        items.push(ask(command, question, bodies));
    }
    items
}

fn exit_codes(program: &Program, command: &Command) -> Vec<TokenStream> {
    let name = names::exit_enum(&command.path);
    let title = doc_code(&command.title());
    let all = command.exit_codes.iter();
    let spelt: Vec<String> = all.clone().map(|exit| names::variant(&exit.name)).collect();
    let allow = super::output::lints(&name, &spelt);
    let name = ident(&name);
    let variant = |name: &str| ident(&names::variant(name));
    let variants: Vec<_> = all.clone().map(|exit| variant(&exit.name)).collect();
    let declared = all.clone().zip(&variants).map(|(exit, variant)| {
        let doc = doc([&*format!("{}: {}", exit.code.value, doc_text(&exit.help))]);
        quote!(#doc #variant)
    });
    let codes = all
        .clone()
        .map(|exit| Literal::u8_unsuffixed(exit.code.value));
    let numbers = codes.clone();
    let written = all.clone().map(|exit| exit.name.as_str());
    let failure = variant(exits::FAILURE);
    let declined = all.clone().any(|exit| *exit.name == exits::DECLINED);
    let declined = variant(if declined {
        exits::DECLINED
    } else {
        exits::SUCCESS
    });
    let first = doc([&*format!("How {title} may end, by its exit code.")]);
    let mut items = vec![
        quote! {
            #first
            #allow
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum #name { #(#declared,)* }
        },
        quote! {
            impl Exit for #name {
                const FAILURE: Self = Self::#failure;
                const DECLINED: Self = Self::#declined;

                fn from_code(code: u8) -> Option<Self> {
                    let exit = match code {
                        #(#numbers => Self::#variants,)*
                        _ => return None,
                    };
                    Some(exit)
                }

                fn code(self) -> u8 {
                    match self { #(Self::#variants => #codes,)* }
                }

                fn name(self) -> &'static str {
                    match self { #(Self::#variants => #written,)* }
                }
            }
        },
    ];
    items.extend(widen(program, command));
    items
}

/// What ends as a command above may end, ends as this one.
fn widen(program: &Program, command: &Command) -> Option<TokenStream> {
    let above = &command.path[..command.path.len() - 1];
    let commands = program.root.walk();
    let parent = commands.iter().find(|command| command.path == above)?;
    let from = ident(&names::exit_enum(&parent.exits));
    let name = ident(&names::exit_enum(&command.path));
    let variants: Vec<_> = parent
        .exit_codes
        .iter()
        .map(|exit| ident(&names::variant(&exit.name)))
        .collect();
    Some(quote! {
        impl From<#from> for #name {
            fn from(exit: #from) -> Self {
                match exit { #(#from::#variants => Self::#variants,)* }
            }
        }
    })
}

/// A question as a type, which can be asked once.
fn ask(command: &Command, question: &Question, bodies: &mut Bodies) -> TokenStream {
    let name = ident(&names::question_struct(command));
    let exit = ident(&names::exit_enum(&command.exits));
    let values: Vec<_> = question
        .values()
        .iter()
        .map(|value| ident(&names::field(value)))
        .collect();
    let free = |local: &&&str| !values.iter().any(|value| value == **local);
    let local = ["question", "asked", "words"];
    // No field has two underscores.
    let local = local.iter().find(free).copied().unwrap_or("ask__");
    let statements = question.pieces.iter().map(|piece| {
        let call = match piece {
            Piece::Text(text) => Call::new("text", vec![Argument::text(text)]),
            Piece::Value(value) => {
                let value = ident(&names::field(value)).to_string();
                Call::new("value", vec![Argument::word(format!("&{value}"))])
            }
        };
        Statement::on(local, call)
    });
    let statements = bodies.add(statements.collect());
    let local = ident(local);
    let title = doc_code(&command.title());
    let first = doc([&*format!("What {title} asks before it does anything.")]);
    let asks = doc([
        &*format!("Asks {}", doc_code(&question.written())),
        "",
        "It comes back with a yes alone: after a no, return the failure. Nobody is asked where the",
        "command line has the answer.",
    ]);
    let (answer, map) = match command.with_role(Role::DryRun) {
        Some(_) => (quote!(clapspec_runtime::Answer), quote!(#local.ask())),
        None => (quote!(()), quote!(#local.ask().map(drop))),
    };
    // With `self`, clippy takes seven for enough.
    let many = (values.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #first
        #[derive(Debug)]
        pub struct #name(clapspec_runtime::Question);

        impl #name {
            #asks
            #many
            pub fn ask(self, #(#values: impl std::fmt::Display),*) -> Result<#answer, Failure<#exit>> {
                let Self(mut #local) = self;
                #statements
                #map
            }
        }
    }
}
