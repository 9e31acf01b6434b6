//! The description that a program prints.

use proc_macro2::TokenStream;
use quote::quote;

use super::calls::literal;
use super::items::Item;
use crate::backend::describe;
use crate::description::Description;
use crate::ir::{Program, Version};

/// Returns the constant with the description, as JSON on one line.
pub(super) fn items(program: &Program) -> Option<Item> {
    program.describes_itself.then(|| {
        let text = match program.version {
            Version::Cargo => with_version_of_crate(describe(program)),
            Version::None | Version::Text(_) => literal(&describe(program).to_line()),
        };
        Item::Text(format!(
            "/// Everything that the spec defines, as JSON.\nconst DESCRIPTION: &str = {text};\n"
        ))
    })
}

/// Returns an expression for the JSON, to which the compiler adds the version of the crate. A version of
/// cargo has no characters that JSON escapes.
fn with_version_of_crate(mut description: Description) -> String {
    // No other string has this character, since the reader rejects control characters.
    description.version = Some('\0'.to_string());
    let json = description.to_line();
    let parts: Vec<String> = json.split("\\u0000").map(literal).collect();
    let parts = parts.join(",\n    env!(\"CARGO_PKG_VERSION\"),\n    ");
    format!("concat!(\n    {parts}\n)")
}

/// Returns the code that prints the description, if the command line asks for it.
pub(super) fn answer(program: &Program) -> Option<TokenStream> {
    let end = match program.has_contract() {
        true => quote!(return exit.into();),
        false => quote!(std::process::exit(exit.into());),
    };
    program.describes_itself.then(|| {
        quote! {
            let described = clapspec_runtime::generated::describe(setup, &PROGRAM, DESCRIPTION);
            if let Some(exit) = described {
                #end
            }
        }
    })
}
