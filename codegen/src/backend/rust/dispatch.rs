//! From a parsed command line to the program's own code.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{contract, doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Command, Program};

/// The trait, and the functions that lead to it.
pub(super) fn items(program: &Program) -> Vec<TokenStream> {
    let mut items = vec![handlers(program), run(program)];
    let groups = program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group() && !command.built_in);
    items.extend(groups.map(|command| group(program, command)));
    items
}

fn handlers(program: &Program) -> TokenStream {
    let commands = program.root.walk();
    let running = commands
        .iter()
        .filter(|command| command.runs() && !command.built_in);
    let methods = running.map(|command| {
        let name = ident(&names::method(command));
        let args = ident(&names::args_struct(command));
        let title = doc_code(&command.title());
        let doc = doc([&*format!("{title}: {}", doc_text(&command.about))]);
        let allow = unconventional(&names::method(command));
        let question = contract::question_parameter(command);
        let ended = contract::handled(program, command);
        quote! {
            #doc
            #allow
            fn #name(&mut self, args: #args, #question) -> #ended;
        }
    });
    let external = commands.iter().filter(|command| command.external);
    let external = external.map(|command| {
        let name = ident(&names::external_method(command));
        let args = ident(&names::args_struct(command));
        let title = doc_code(&command.title());
        let doc = doc([&*format!(
            "A command of {title} that its spec does not know, for the program to find."
        )]);
        let ended = contract::ended(program, command);
        quote! {
            #doc
            fn #name(&mut self, args: #args, command: clapspec_runtime::External) -> #ended;
        }
    });
    let output = (!program.has_contract()).then(|| {
        quote! {
            /// What every command ends with, such as [`std::process::ExitCode`].
            type Output;
        }
    });
    quote! {
        /// What the program does: a method for each command.
        pub trait Handlers {
            #output
            #(#methods)*
            #(#external)*
        }
    }
}

/// clippy knows conventions for methods of some names, which a command's handler can't follow.
fn unconventional(method: &str) -> Option<TokenStream> {
    if method == "new" {
        return Some(quote!(#[allow(clippy::new_ret_no_self, clippy::wrong_self_convention)]));
    }
    let prefixes = ["as_", "from_", "into_", "is_", "to_"];
    let found = prefixes.iter().any(|prefix| method.starts_with(prefix));
    found.then(|| quote!(#[allow(clippy::wrong_self_convention)]))
}

fn run(program: &Program) -> TokenStream {
    let call = call(program, &program.root);
    let result = contract::result(program);
    let body = match program.has_contract() {
        true => quote! {
            match setup.start(&PROGRAM) {
                Ok(values) => dispatch(handlers, values),
                Err(exit) => exit,
            }
        },
        false => quote!(dispatch(handlers, setup.start_or_exit(&PROGRAM))),
    };
    let doc = match program.has_contract() {
        true => quote! {
            /// Parses the command line that the program was called with, handles it, and says how the
            /// process is to end: also after an error in it, and after `--help` and `--version`.
        },
        false => quote! {
            /// Parses the command line that the program was called with, and handles it. Ends the
            /// process after an error in it, and after `--help` and `--version`.
        },
    };
    quote! {
        #doc
        #[allow(dead_code)]
        pub fn run<H: Handlers>(handlers: &mut H) -> #result {
            run_with(handlers, &Setup::new())
        }

        /// The same with what the program decides when it runs: the text of `--version`, colors,
        /// computed defaults, the command line itself.
        pub fn run_with<H: Handlers>(handlers: &mut H, setup: &Setup) -> #result {
            #body
        }

        /// Handles a command line that was parsed, such as by [`Setup::parse`].
        pub fn dispatch<H: Handlers>(handlers: &mut H, mut values: Values) -> #result {
            let values = &mut values;
            #call
        }
    }
}

/// The function that passes on to the commands of a group.
fn group(program: &Program, group: &Command) -> TokenStream {
    let name = function(group);
    let arms = group.commands.iter().map(|below| {
        let name = below.name();
        let call = call(program, below);
        quote!(#name => #call,)
    });
    let external = group.external.then(|| {
        let args = ident(&names::args_struct(group));
        let method = ident(&names::external_method(group));
        let call = |args| quote!(handlers.#method(#args, values.external()));
        let call = match program.has_contract() {
            true => contract::end(quote!(#args::take(values)), call(quote!(args))),
            false => call(quote!(#args::take(values))),
        };
        quote!("" if values.is_external() => #call,)
    });
    let own = group.runnable.then(|| {
        let own = own(program, group);
        quote!("" => #own,)
    });
    let result = contract::result(program);
    quote! {
        fn #name<H: Handlers>(handlers: &mut H, values: &mut Values) -> #result {
            match values.subcommand() {
                #(#arms)*
                #external
                #own
                name => clapspec_runtime::generated::unknown_command(name),
            }
        }
    }
}

fn call(program: &Program, command: &Command) -> TokenStream {
    if command.built_in {
        values_of_config()
    } else if command.is_group() {
        let function = function(command);
        quote!(#function(handlers, values))
    } else {
        own(program, command)
    }
}

/// The command `config`, which the runtime carries out.
fn values_of_config() -> TokenStream {
    quote!(clapspec_runtime::generated::run_config(&PROGRAM, values))
}

/// The call of a command's own handler.
fn own(program: &Program, command: &Command) -> TokenStream {
    let args = ident(&names::args_struct(command));
    if program.has_contract() {
        return quote!(#args::handle(handlers, values));
    }
    let method = ident(&names::method(command));
    quote!(handlers.#method(#args::take(values)))
}

fn function(group: &Command) -> Ident {
    ident(&names::behind("dispatch", &names::method(group)))
}
