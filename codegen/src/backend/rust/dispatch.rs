//! From a parsed command line to the program's own code.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Command, Program};

/// The trait, and the functions that lead to it.
pub(super) fn items(program: &Program) -> Vec<TokenStream> {
    let mut items = vec![handlers(program), run(program)];
    let groups = program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group());
    items.extend(groups.map(group));
    items
}

fn handlers(program: &Program) -> TokenStream {
    let methods = program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.runs())
        .map(|command| {
            let name = ident(&names::method(command));
            let args = ident(&names::args_struct(command));
            let title = doc_code(&command.title());
            let doc = doc([&*format!("{title}: {}", doc_text(&command.about))]);
            let allow = unconventional(&names::method(command));
            quote! {
                #doc
                #allow
                fn #name(&mut self, args: #args) -> Self::Output;
            }
        });
    let external = program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.external)
        .map(|command| {
            let name = ident(&names::external_method(command));
            let args = ident(&names::args_struct(command));
            let title = doc_code(&command.title());
            let doc = doc([&*format!(
                "A command of {title} that its spec does not know, for the program to find."
            )]);
            quote! {
                #doc
                fn #name(&mut self, args: #args, command: clapspec_runtime::External) -> Self::Output;
            }
        });
    quote! {
        /// What the program does: a method for each command.
        pub trait Handlers {
            /// What every command ends with, such as [`std::process::ExitCode`].
            type Output;

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
    let call = call(&program.root, &quote!(&mut Values::new(matches)));
    quote! {
        /// Parses the command line that the program was called with, and handles it. Ends the
        /// process after a mistake in it, and after `--help` and `--version`.
        #[allow(dead_code)]
        pub fn run<H: Handlers>(handlers: &mut H) -> H::Output {
            dispatch(handlers, clapspec_runtime::parse(command()))
        }

        /// Handles a parsed command line: one of [`command`], parsed by
        /// [`clapspec_runtime::try_parse_from`].
        pub fn dispatch<H: Handlers>(handlers: &mut H, matches: clapspec_runtime::clap::ArgMatches) -> H::Output {
            #call
        }
    }
}

/// The function that passes on to the commands of a group.
fn group(group: &Command) -> TokenStream {
    let name = function(group);
    let arms = group.commands.iter().map(|below| {
        let name = below.name();
        let call = call(below, &quote!(&mut below));
        quote!(#name => #call)
    });
    let args = ident(&names::args_struct(group));
    let subcommand = if group.runnable {
        let method = ident(&names::method(group));
        quote! {
            let Some((name, mut below)) = values.optional_subcommand() else {
                return handlers.#method(#args::take(values));
            };
        }
    } else {
        quote!(let (name, mut below) = values.subcommand();)
    };
    let other = if group.external {
        let method = ident(&names::external_method(group));
        quote!(handlers.#method(#args::take(values), below.external()))
    } else {
        quote!(clapspec_runtime::unknown_command(&name))
    };
    quote! {
        fn #name<H: Handlers>(handlers: &mut H, values: &mut Values) -> H::Output {
            #subcommand
            match name.as_str() {
                #(#arms,)*
                _ => #other,
            }
        }
    }
}

fn call(command: &Command, values: &TokenStream) -> TokenStream {
    if command.is_group() {
        let function = function(command);
        return quote!(#function(handlers, #values));
    }
    let method = ident(&names::method(command));
    let args = ident(&names::args_struct(command));
    quote!(handlers.#method(#args::take(#values)))
}

fn function(group: &Command) -> Ident {
    ident(&names::behind("dispatch", &names::method(group)))
}
