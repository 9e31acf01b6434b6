//! The code that answers shells: a trait for the values that only the program knows.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, ident};
use crate::ir::Program;
use crate::ir::rust_names as names;

/// Returns the trait `Completers`, if the program itself offers values.
pub(super) fn items(program: &Program) -> Option<TokenStream> {
    let completers = program.completers();
    let methods = completers.iter().map(|name| {
        let method = ident(&names::completer(name));
        let text = format!("Returns values for `complete: {}`.", name.as_str());
        let doc = doc([&*text]);
        quote! {
            #doc
            fn #method(&mut self, typed: &Typed<'_>) -> Vec<Candidate>;
        }
    });
    (!completers.is_empty()).then(|| {
        quote! {
            /// The values that the program offers to shells. The methods have two seconds; what they
            /// print is discarded. They must not change anything, since users only press Tab.
            pub trait Completers {
                #(#methods)*
            }
        }
    })
}

/// Returns the traits that the program's handlers implement.
pub(super) fn bounds(program: &Program) -> TokenStream {
    match program.completers().is_empty() {
        true => quote!(Handlers),
        false => quote!(Handlers + Completers),
    }
}

/// Returns the code that answers the request of a shell, if the command line is one.
pub(super) fn answer(program: &Program) -> Option<TokenStream> {
    let completers = program.completers();
    let arms = completers.iter().map(|name| {
        let method = ident(&names::completer(name));
        let name = name.as_str();
        quote!(#name => handlers.#method(typed),)
    });
    let known = match completers.is_empty() {
        true => quote!(|_, _| Vec::new()),
        false => quote! {
            |name, typed| match name {
                #(#arms)*
                _ => Vec::new(),
            }
        },
    };
    let exit = match program.has_contract() {
        true => quote!(return std::process::ExitCode::SUCCESS;),
        false => quote!(std::process::exit(0);),
    };
    program.completions.then(|| {
        quote! {
            if clapspec_runtime::generated::complete(setup, &PROGRAM, #known) {
                #exit
            }
        }
    })
}
