//! From a parsed command line to the program's own code.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{config, contract, doc, doc_code, doc_text, ident};
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
    let call = call(program, &program.root, &quote!(&mut Values::new(matches)));
    let result = contract::result(program);
    let parse = match program.config_files {
        Some(_) => quote!(clapspec_runtime::config::parse(&CONFIG, &CONTRACT, command)),
        None => quote!(CONTRACT.parse(command)),
    };
    let body = if program.has_contract() {
        quote! {
            match #parse {
                Ok(matches) => dispatch(handlers, matches),
                Err(exit) => exit,
            }
        }
    } else {
        quote!(dispatch(handlers, clapspec_runtime::parse(command)))
    };
    let doc = if program.has_contract() {
        quote! {
            /// Parses the command line that the program was called with, handles it, and says how the
            /// process is to end: also after a mistake in it, and after `--help` and `--version`.
        }
    } else {
        quote! {
            /// Parses the command line that the program was called with, and handles it. Ends the
            /// process after a mistake in it, and after `--help` and `--version`.
        }
    };
    quote! {
        #doc
        #[allow(dead_code)]
        pub fn run<H: Handlers>(handlers: &mut H) -> #result {
            #body
        }

        /// Handles a parsed command line: one of [`command`], parsed by
        /// [`clapspec_runtime::try_parse_from`].
        pub fn dispatch<H: Handlers>(handlers: &mut H, matches: clapspec_runtime::clap::ArgMatches) -> #result {
            #call
        }
    }
}

/// The function that passes on to the commands of a group.
fn group(program: &Program, group: &Command) -> TokenStream {
    let name = function(group);
    let arms = group.commands.iter().map(|below| {
        let name = below.name();
        let call = call(program, below, &quote!(&mut below));
        quote!(#name => #call)
    });
    let args = ident(&names::args_struct(group));
    let subcommand = if group.runnable {
        let own = own(program, group, &quote!(values));
        quote! {
            let Some((name, mut below)) = values.optional_subcommand() else {
                return #own;
            };
        }
    } else {
        quote!(let (name, mut below) = values.subcommand();)
    };
    let other = if group.external {
        let method = ident(&names::external_method(group));
        let call = |args| quote!(handlers.#method(#args, below.external()));
        match program.has_contract() {
            true => contract::end(group, quote!(#args::take(values)), call(quote!(args))),
            false => call(quote!(#args::take(values))),
        }
    } else {
        quote!(clapspec_runtime::unknown_command(&name))
    };
    let result = contract::result(program);
    quote! {
        fn #name<H: Handlers>(handlers: &mut H, values: &mut Values) -> #result {
            #subcommand
            match name.as_str() {
                #(#arms,)*
                _ => #other,
            }
        }
    }
}

fn call(program: &Program, command: &Command, values: &TokenStream) -> TokenStream {
    if command.built_in {
        let function = ident(config::DISPATCH);
        return quote!(#function(#values));
    }
    if command.is_group() {
        let function = function(command);
        return quote!(#function(handlers, #values));
    }
    own(program, command, values)
}

/// The call of a command's own handler.
fn own(program: &Program, command: &Command, values: &TokenStream) -> TokenStream {
    let args = ident(&names::args_struct(command));
    if contract::has_handle(program, command) {
        return quote!(#args::handle(handlers, #values));
    }
    let method = ident(&names::method(command));
    quote!(handlers.#method(#args::take(#values)))
}

fn function(group: &Command) -> Ident {
    ident(&names::behind("dispatch", &names::method(group)))
}
