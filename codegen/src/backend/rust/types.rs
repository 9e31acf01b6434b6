//! Structs for what a command takes, enums for choices, and taking their values out of clap's.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::print::Bodies;
use super::{define, doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Command, Kind, Takes, Value};
use crate::text::Inlines;

/// The struct of a command, unless it is a group, and the enums of its own arguments.
pub(super) fn command(command: &Command, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if !command.is_group() {
        let name = ident(&names::args_struct(command));
        let mut fields = Vec::new();
        for set in command.all_sets() {
            match set.name {
                Some(_) => fields.push(set_field(set)),
                None => fields.extend(set.args.iter().map(|arg| arg_field(set, arg))),
            }
        }
        let about = doc_text(&command.about);
        let title = doc_code(&command.title());
        let doc = doc([&*format!("What {title} was called with."), "", &about]);
        // The program's own definition is a function of its own: users call it.
        let define = (command.path.len() > 1).then(|| define::command(command, bodies));
        items.push(structure(doc, name, &fields, define));
    }
    items.extend(enums(&command.own));
    items
}

/// The struct of a shared set, and the enums of its options.
pub(super) fn set(set: &Rc<ArgSet>, bodies: &mut Bodies) -> Vec<TokenStream> {
    let Some(set_name) = &set.name else {
        return Vec::new();
    };
    let name = ident(&names::set_struct(set_name));
    let fields: Vec<Field> = set.args.iter().map(|arg| arg_field(set, arg)).collect();
    let doc = doc([&*format!("The options of the set {}.", doc_code(set_name))]);
    let mut items = vec![structure(doc, name, &fields, Some(define::set(set, bodies)))];
    items.extend(enums(set));
    items
}

struct Field {
    declaration: TokenStream,
    value: TokenStream,
}

fn structure(
    doc: TokenStream,
    name: Ident,
    fields: &[Field],
    define: Option<TokenStream>,
) -> TokenStream {
    let declarations = fields.iter().map(|field| &field.declaration);
    let values = fields.iter().map(|field| &field.value);
    // A command may take nothing at all.
    let argument = if fields.is_empty() { quote!(_) } else { quote!(values) };
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name {
            #(#declarations,)*
        }

        impl #name {
            #define

            fn take(#argument: &mut Values) -> Self {
                Self { #(#values,)* }
            }
        }
    }
}

fn set_field(set: &Rc<ArgSet>) -> Field {
    let set_name = set.name.as_ref().map_or("", |name| name.as_str());
    let name = ident(&names::field(set_name));
    let kind = ident(&names::set_struct(set_name));
    let doc = doc([&*format!("The options of the set {}.", doc_code(set_name))]);
    Field {
        declaration: quote!(#doc pub #name: #kind),
        value: quote!(#name: #kind::take(values)),
    }
}

fn arg_field(set: &ArgSet, arg: &Arg) -> Field {
    let name = ident(&names::field(&arg.id));
    let id = arg.id.as_str();
    let (kind, value) = match &arg.takes {
        Takes::Switch => (quote!(bool), quote!(values.switch(#id))),
        Takes::Count(max) => (quote!(u8), quote!(values.count(#id, #max))),
        Takes::Value(value) => value_field(set, arg, value),
    };
    let doc = doc([&*format!("{}: {}", doc_code(&arg.written()), doc_text(&arg.help))]);
    Field {
        declaration: quote!(#doc pub #name: #kind),
        value: quote!(#name: #value),
    }
}

/// The type of a value, and how it is taken out.
fn value_field(set: &ArgSet, arg: &Arg, value: &Value) -> (TokenStream, TokenStream) {
    let id = arg.id.as_str();
    let (one, method) = match &value.kind {
        Kind::String => (quote!(String), "string"),
        Kind::Path => (quote!(std::path::PathBuf), "path"),
        Kind::Integer => (quote!(i64), "integer"),
        Kind::Choice(_) => {
            let name = ident(&names::choice_enum(set, arg));
            (quote!(#name), "choice")
        }
    };
    if value.repeated {
        let method = ident(&format!("{method}s"));
        return (quote!(Vec<#one>), quote!(values.#method(#id)));
    }
    if arg.required || !value.default.is_empty() {
        let method = ident(&format!("required_{method}"));
        return (one, quote!(values.#method(#id)));
    }
    let method = ident(method);
    (quote!(Option<#one>), quote!(values.#method(#id)))
}

fn enums(set: &ArgSet) -> impl Iterator<Item = TokenStream> {
    set.args.iter().filter_map(|arg| match arg.value().map(|value| &value.kind) {
        Some(Kind::Choice(choices)) => Some(enumeration(set, arg, choices)),
        _ => None,
    })
}

fn enumeration(set: &ArgSet, arg: &Arg, choices: &[(crate::ir::Name, Inlines)]) -> TokenStream {
    let name = ident(&names::choice_enum(set, arg));
    let enum_doc = doc([&*format!("The values of {}.", doc_code(&arg.written()))]);
    let variants = choices.iter().map(|(choice, help)| {
        let variant = ident(&names::variant(choice));
        let text = match doc_text(help) {
            text if text.is_empty() => doc_code(choice),
            text => format!("{}: {text}", doc_code(choice)),
        };
        let doc = doc([&*text]);
        quote!(#doc #variant)
    });
    let arms = choices.iter().map(|(choice, _)| {
        let variant = ident(&names::variant(choice));
        let choice = choice.as_str();
        quote!(#choice => Self::#variant)
    });
    quote! {
        #enum_doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum #name {
            #(#variants,)*
        }

        impl Choice for #name {
            fn from_name(name: &str) -> Option<Self> {
                let choice = match name {
                    #(#arms,)*
                    _ => return None,
                };
                Some(choice)
            }
        }
    }
}
