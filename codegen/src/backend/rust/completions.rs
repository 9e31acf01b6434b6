//! The code that answers shells: a trait for the values that only the program knows.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, ident};
use crate::ir::Program;
use crate::ir::rust_names as names;

/// Returns the trait `Completers`, and the function that calls its methods, if the program itself offers
/// values.
pub(super) fn items(program: &Program) -> Vec<TokenStream> {
    let completers = program.completers();
    if completers.is_empty() {
        return Vec::new();
    }
    let methods = completers.iter().map(|name| {
        let method = ident(&names::completer(name));
        let text = format!("Returns values for `complete: {}`.", name.as_str());
        let doc = doc([&*text]);
        quote! {
            #doc
            fn #method(&mut self, typed: &Typed<'_>) -> Vec<Candidate>;
        }
    });
    let arms = completers.iter().map(|name| {
        let method = ident(&names::completer(name));
        let name = name.as_str();
        quote!(#name => completers.#method(typed),)
    });
    vec![
        quote! {
            /// The values that the program offers to shells. The methods have two seconds; what they
            /// print is discarded. They must not change anything, since users only press Tab.
            pub trait Completers {
                #(#methods)*
            }
        },
        quote! {
            fn known<C: Completers>(completers: &mut C, name: &str, typed: &Typed<'_>) -> Vec<Candidate> {
                match name {
                    #(#arms)*
                    _ => Vec::new(),
                }
            }
        },
    ]
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
    let (define, known) = match program.completers().is_empty() {
        true => (None, quote!(|_, _| Vec::new())),
        false => {
            let known = quote!(|name: &str, typed: &Typed<'_>| known(handlers, name, typed));
            (Some(quote!(let known = #known;)), quote!(known))
        }
    };
    let exit = match program.has_contract() {
        true => quote!(return std::process::ExitCode::SUCCESS;),
        false => quote!(std::process::exit(0);),
    };
    program.completions.then(|| {
        quote! {
            #define
            if clapspec_runtime::generated::complete(setup, &PROGRAM, #known) {
                #exit
            }
        }
    })
}
