//! Exit codes and questions, and the functions that call each handler.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Command, Piece, Program, Question, Role, exits};

/// Returns the return type of `run` and `dispatch`.
pub(super) fn result(program: &Program) -> TokenStream {
    match program.has_contract() {
        true => quote!(std::process::ExitCode),
        false => quote!(H::Output),
    }
}

/// Returns the return type of a handler for a command without a result.
pub(super) fn ended(program: &Program, command: &Command) -> TokenStream {
    if !program.has_contract() {
        return quote!(Self::Output);
    }
    let exit = ident(&names::exit_enum(&command.exits));
    quote!(Ended<#exit>)
}

/// Returns the return type of a command's handler, which includes the result if the command has one.
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

/// Returns the handler's parameter for the question, if the command has one.
pub(super) fn question_parameter(command: &Command) -> Option<TokenStream> {
    command.question.as_ref()?;
    let name = ident(&names::question_struct(command));
    Some(quote!(question: #name))
}

/// Returns a block that calls a handler and converts its return value to an exit code. `call` uses the
/// variable `args`.
pub(super) fn end(args: TokenStream, call: TokenStream) -> TokenStream {
    quote!({
        let console = values.console(&PROGRAM);
        let args = #args;
        let ended = #call;
        console.end(ended)
    })
}

/// Returns the exit codes that the runtime uses for all commands.
pub(super) fn facts(program: &Program) -> TokenStream {
    let code = |name| program.exit_code(name).map(|code| (name, code));
    let Some(failure) = code(exits::FAILURE) else {
        return quote!(None);
    };
    let written = |(name, code): (&str, u8)| {
        let number = Literal::u8_unsuffixed(code);
        quote!((#name, #number))
    };
    let usage = written(code(exits::USAGE).unwrap_or(failure));
    let failure = written(failure);
    quote! {
        Some(clapspec_runtime::generated::Contract {
            usage: #usage,
            failure: #failure,
        })
    }
}

/// Returns the method that prepares the call of a command's handler, calls it, and ends the command.
pub(super) fn handle(program: &Program, command: &Command) -> Option<TokenStream> {
    if !command.runs() || !program.has_contract() {
        return None;
    }
    let method = ident(&names::method(command));
    let result = result(program);
    let question = command.question.as_ref().map(|_| {
        let name = ident(&names::question_struct(command));
        quote! {
            let question = match console.question() {
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
            let console = values.console(&PROGRAM);
            #question
            let ended = handlers.#method(Self::take(values) #passed);
            console.#end(ended)
        }
    })
}

/// Returns the enum of a command's own exit codes, and the type of its question.
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
    let spelled: Vec<String> = all.clone().map(|exit| names::variant(&exit.name)).collect();
    let allow = super::output::lints(&name, &spelled);
    let name = ident(&name);
    let variant = |name: &str| ident(&names::variant(name));
    let variants: Vec<_> = all.clone().map(|exit| variant(&exit.name)).collect();
    let declared = all.clone().zip(&variants).map(|(exit, variant)| {
        let code = exit.code.value;
        let doc = doc([&*format!("{code}: {}", doc_text(&exit.help))]);
        let code = Literal::u8_unsuffixed(code);
        quote!(#doc #variant = #code)
    });
    let written = all.clone().map(|exit| exit.name.as_str());
    let failure = variant(exits::FAILURE);
    let declined = all.clone().any(|exit| *exit.name == exits::DECLINED);
    let declined = variant(if declined {
        exits::DECLINED
    } else {
        exits::SUCCESS
    });
    let first = doc([&*format!("The exit codes of {title}.")]);
    let mut items = vec![
        quote! {
            #first
            #allow
            #[allow(dead_code)]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[repr(u8)]
            pub enum #name { #(#declared,)* }
        },
        quote! {
            impl Exit for #name {
                const FAILURE: Self = Self::#failure;
                const DECLINED: Self = Self::#declined;

                fn code(self) -> u8 {
                    self as u8
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

/// Returns the conversion from the exit codes of the parent command to those of this command.
fn widen(program: &Program, command: &Command) -> Option<TokenStream> {
    let parent = &command.path[..command.path.len() - 1];
    let commands = program.root.walk();
    let parent = commands.iter().find(|command| command.path == parent)?;
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

/// Returns the type of a question, which can be asked only once.
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
    // No field has two underscores in a row.
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
    let first = doc([&*format!("The question that {title} asks before it runs.")]);
    let asks = doc([
        &*format!("Asks {}", doc_code(&question.written())),
        "",
        "If the user declines, this returns an error, and the handler should return it. The user",
        "isn't asked if the command line already has the answer.",
    ]);
    let (answer, map) = match command.with_role(Role::DryRun) {
        Some(_) => (quote!(clapspec_runtime::Answer), quote!(#local.ask())),
        None => (quote!(()), quote!(#local.ask().map(drop))),
    };
    // clippy allows at most seven parameters, including `self`.
    let many = (values.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #first
        #[derive(Debug)]
        pub struct #name(pub clapspec_runtime::Question);

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
