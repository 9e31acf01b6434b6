//! Structs for what a command takes, enums for choices, and taking their values out of clap's.

use std::rc::Rc;

use proc_macro2::{Ident, Literal, TokenStream};
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
        // Single arguments first, then shared sets.
        let own = command.all_sets().filter(|set| set.name.is_none());
        let shared = command.all_sets().filter(|set| set.name.is_some());
        let fields = own
            .flat_map(|set| set.args.iter().map(|arg| arg_field(set, arg)))
            .chain(shared.map(set_field))
            .collect();
        let about = doc_text(&command.about);
        let title = doc_code(&command.title());
        let doc = doc([&*format!("What {title} was called with: {about}")]);
        // The program's own definition is a function of its own: users call it.
        let define = (command.path.len() > 1).then(|| define::command(command, bodies));
        items.push(structure(doc, name, fields, define, bodies));
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
    let define = define::set(set, bodies);
    let mut items = vec![structure(doc, name, fields, Some(define), bodies)];
    items.extend(enums(set));
    items
}

struct Field {
    name: Ident,
    declaration: TokenStream,
    /// What takes its value out of `values`, as source.
    value: String,
}

fn structure(
    doc: TokenStream,
    name: Ident,
    fields: Vec<Field>,
    define: Option<TokenStream>,
    bodies: &mut Bodies,
) -> TokenStream {
    let declarations: Vec<&TokenStream> = fields.iter().map(|field| &field.declaration).collect();
    let values = fields
        .iter()
        .map(|field| (field.name.to_string(), field.value.clone()));
    let value = bodies.add_self(values.collect());
    // A command may take nothing at all.
    let argument = if fields.is_empty() {
        quote!(_)
    } else {
        quote!(values)
    };
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name {
            #(#declarations,)*
        }

        impl #name {
            #define

            fn take(#argument: &mut Values) -> Self {
                #value
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
        value: format!("{kind}::take(values)"),
        name,
    }
}

fn arg_field(set: &ArgSet, arg: &Arg) -> Field {
    let name = ident(&names::field(&arg.id));
    let id = Literal::string(&arg.id);
    let (kind, value) = match &arg.takes {
        Takes::Switch => (quote!(bool), format!("values.switch({id})")),
        Takes::Count(max) => (quote!(u8), format!("values.count({id}, {max})")),
        Takes::Value(value) => {
            let (kind, method) = value_field(set, arg, value);
            (kind, format!("values.{method}({id})"))
        }
    };
    let doc = doc([&*format!(
        "{}: {}",
        doc_code(&arg.written()),
        doc_text(&arg.help)
    )]);
    Field {
        declaration: quote!(#doc pub #name: #kind),
        value,
        name,
    }
}

/// The type of a value, and the method that takes it out.
fn value_field(set: &ArgSet, arg: &Arg, value: &Value) -> (TokenStream, String) {
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
        (quote!(Vec<#one>), format!("{method}s"))
    } else if arg.required || !value.default.is_empty() {
        (one, format!("required_{method}"))
    } else {
        (quote!(Option<#one>), method.to_owned())
    }
}

fn enums(set: &ArgSet) -> impl Iterator<Item = TokenStream> {
    set.args
        .iter()
        .filter_map(|arg| match arg.value().map(|value| &value.kind) {
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
    let allow = alike(&name.to_string(), choices);
    quote! {
        #enum_doc
        #allow
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

/// clippy would have variants that begin or end alike renamed; their names are those of the choices.
fn alike(name: &str, choices: &[(crate::ir::Name, Inlines)]) -> Option<TokenStream> {
    let variants: Vec<String> = choices
        .iter()
        .map(|(choice, _)| names::variant(choice))
        .collect();
    let words: Vec<Vec<&str>> = variants
        .iter()
        .map(|variant| names::pascal_words(variant))
        .collect();
    let same = |pick: fn(&Vec<&str>) -> Option<String>| {
        let first = words.first().and_then(pick);
        first.is_some() && words.iter().all(|words| pick(words) == first)
    };
    let begin = same(|words| words.first().map(|word| (*word).to_owned()));
    let end = same(|words| words.last().map(|word| (*word).to_owned()));
    let named = |variant: &String| variant.starts_with(name) || variant.ends_with(name);
    let found = begin || end || variants.iter().any(named);
    found.then(|| quote!(#[allow(clippy::enum_variant_names)]))
}
