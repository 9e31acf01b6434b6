//! Structs for the arguments of commands, enums for choices, and the code that fills them with values.

use std::rc::Rc;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::print::{self, Bodies};
use super::{contract, define, doc, doc_code, doc_text, groups, ident};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Choice, Command, Kind, Program, Takes, Value};
use crate::model::Models;

/// Returns the struct of a command, unless it only groups subcommands, and the enums of its own
/// arguments.
pub(super) fn command(
    program: &Program,
    models: &Models,
    command: &Command,
    bodies: &mut Bodies,
) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if command.has_struct() {
        let name = ident(&names::args_struct(command));
        // Single arguments first, then shared sets.
        let own = command.args_of().filter(|(set, _)| set.name.is_none());
        let shared = command.all_sets().filter(|set| set.name.is_some());
        let fields = own
            .flat_map(|(set, args)| groups::fields(set, &args))
            .chain(shared.map(set_field))
            .collect();
        let about = doc_text(&command.about);
        let title = doc_code(&command.title());
        let doc = doc([&*format!("The arguments of {title}: {about}")]);
        // The root command is built by the function `define`.
        let define = (command.path.len() > 1).then(|| define::command(models, command, bodies));
        let handle = contract::handle(program, command);
        let functions = quote!(#define #handle);
        items.push(structure(doc, name, fields, functions, bodies));
    }
    if command.built_in.is_none() {
        items.extend(enums(&command.own));
        items.extend(groups::items(&command.own, bodies));
    }
    items
}

/// Returns the struct of a shared set, and the enums of its options.
pub(super) fn set(set: &Rc<ArgSet>, bodies: &mut Bodies) -> Vec<TokenStream> {
    let Some(set_name) = &set.name else {
        return Vec::new();
    };
    let name = ident(&names::set_struct(set_name));
    let args: Vec<&Arg> = set.args.iter().collect();
    let fields = groups::fields(set, &args);
    let doc = doc([&*format!("The options of the set {}.", doc_code(set_name))]);
    let define = define::set(set, bodies);
    let ids: Vec<&str> = set.args.iter().map(|arg| arg.id.as_str()).collect();
    let given = set.optional.then(|| groups::take_given(&ids, bodies));
    let functions = quote!(#define #given);
    let mut items = vec![structure(doc, name, fields, functions, bodies)];
    items.extend(enums(set));
    items.extend(groups::items(set, bodies));
    items
}

/// A field of a struct.
pub(super) struct Field {
    pub(super) name: Ident,
    pub(super) declaration: TokenStream,
    /// The expression that takes its value out of `values`.
    pub(super) value: String,
    /// The expression for the origin of the value, for an option that may be set in configuration files.
    pub(super) origin: Option<String>,
}

pub(super) fn structure(
    doc: TokenStream,
    name: Ident,
    fields: Vec<Field>,
    functions: TokenStream,
    bodies: &mut Bodies,
) -> TokenStream {
    let declarations: Vec<&TokenStream> = fields.iter().map(|field| &field.declaration).collect();
    let values = fields.iter().map(|field| print::Field {
        name: field.name.to_string(),
        value: field.value.clone(),
        origin: field.origin.clone(),
    });
    let value = bodies.add_self(values.collect());
    // A command may have no arguments at all.
    let argument = if fields.is_empty() {
        quote!(_)
    } else {
        quote!(values)
    };
    quote! {
        #doc
        // `PartialEq` is not derived: it would count as reading each field, so rustc couldn't warn about
        // fields that no handler reads.
        #[derive(Clone, Debug)]
        pub struct #name {
            #(#declarations,)*
        }

        impl #name {
            #functions

            /// Takes the values out of a parsed command line.
            pub fn take(#argument: &mut Values) -> Self {
                #value
            }
        }
    }
}

/// Suppresses the warning about an unread field if the runtime reads the value itself.
pub(super) fn read_anyway(is_read: bool) -> Option<TokenStream> {
    is_read.then(|| quote!(#[allow(dead_code)]))
}

fn set_field(set: &Rc<ArgSet>) -> Field {
    let set_name = set.name.as_ref().map_or("", |name| name.as_str());
    let name = ident(&names::field(set_name));
    let kind = ident(&names::set_struct(set_name));
    let doc = doc([&*format!("The options of the set {}.", doc_code(set_name))]);
    let allow = read_anyway(set.args.iter().all(|arg| arg.role.is_some()));
    let (declared, function) = match set.optional {
        true => (quote!(Option<#kind>), "take_given"),
        false => (quote!(#kind), "take"),
    };
    Field {
        declaration: quote!(#doc #allow pub #name: #declared),
        value: format!("{kind}::{function}(values)"),
        origin: None,
        name,
    }
}

/// Returns the field of an argument or option.
pub(super) fn arg_field(set: &ArgSet, arg: &Arg) -> Field {
    let name = ident(&names::field(&arg.id));
    let taken = taken(set, arg, arg.is_always_there());
    let doc = arg_doc(arg);
    let kind = match &arg.config {
        Some(_) => {
            let kind = taken.kind;
            quote!(Configured<#kind>)
        }
        None => taken.kind,
    };
    let origin = origin(arg);
    let allow = read_anyway(arg.role.is_some());
    Field {
        declaration: quote!(#doc #allow pub #name: #kind),
        value: taken.value,
        origin,
        name,
    }
}

/// Returns the expression for the origin of a value that may be set in configuration files.
pub(super) fn origin(arg: &Arg) -> Option<String> {
    let id = Literal::string(&arg.id);
    arg.config.as_ref().map(|_| format!("values.origin({id})"))
}

/// Returns the doc comment of an argument or option.
pub(super) fn arg_doc(arg: &Arg) -> TokenStream {
    let name = doc_code(&arg.written());
    doc([&*match doc_text(&arg.help) {
        help if help.is_empty() => name,
        help => format!("{name}: {help}"),
    }])
}

/// The type of a value, and the expression that takes it out of `values`.
pub(super) struct Taken {
    pub(super) kind: TokenStream,
    pub(super) value: String,
}

/// Returns how the value of an argument or option is taken. `always` is whether there is one in any case.
pub(super) fn taken(set: &ArgSet, arg: &Arg, always: bool) -> Taken {
    let id = Literal::string(&arg.id);
    let (kind, value) = match &arg.takes {
        Takes::Switch => (quote!(bool), format!("values.switch({id})")),
        Takes::Negatable {
            default: Some(default),
            ..
        } => (
            quote!(bool),
            format!("values.negatable_or({id}, {default})"),
        ),
        // One of the switch and its opposite is always given.
        Takes::Negatable { .. } if always => {
            (quote!(bool), format!("values.negatable_or({id}, false)"))
        }
        Takes::Negatable { .. } => (quote!(Option<bool>), format!("values.negatable({id})")),
        Takes::Count(max) => (quote!(u8), format!("values.count({id}, {max})")),
        Takes::Value(value) => {
            let (kind, method) = value_field(set, arg, value, always);
            (kind, format!("values.{method}({id})"))
        }
    };
    Taken { kind, value }
}

/// Returns the type of a value, and the method that takes it out of `values`.
fn value_field(set: &ArgSet, arg: &Arg, value: &Value, always: bool) -> (TokenStream, String) {
    // The most common kinds have their own methods, which are compiled once and not in each program.
    let (one, own) = match &value.kind {
        Kind::String => (quote!(String), Some("string")),
        Kind::Path(..) => (quote!(std::path::PathBuf), Some("path")),
        Kind::Integer { .. } => (quote!(i64), Some("integer")),
        Kind::Choice { .. } => {
            let name = ident(&names::choice_enum(set, arg));
            (quote!(#name), Some("choice"))
        }
        Kind::Float { .. } => (quote!(f64), None),
        Kind::Boolean => (quote!(bool), None),
        Kind::Secret => (quote!(clapspec_runtime::Secret), None),
        Kind::Url => (quote!(String), Some("string")),
        Kind::Duration => (quote!(std::time::Duration), None),
        Kind::Size => (quote!(u64), None),
        Kind::KeyValue => (quote!((String, String)), None),
        Kind::Rust(path) => {
            let path: syn::Path = syn::parse_str(path)
                .unwrap_or_else(|error| panic!("`{path}` is not a valid path: {error}"));
            (quote!(#path), None)
        }
    };
    if let Some(count) = value.array() {
        let count = Literal::usize_unsuffixed(count);
        return match (value.repeated, always) {
            (true, _) => (quote!(Vec<[#one; #count]>), "arrays".to_owned()),
            (false, true) => (quote!([#one; #count]), "required_array".to_owned()),
            (false, false) => (quote!(Option<[#one; #count]>), "array".to_owned()),
        };
    }
    if value.is_list() {
        let method = own.map_or("many".to_owned(), |own| format!("{own}s"));
        (quote!(Vec<#one>), method)
    } else if always {
        let method = own.map_or("required".to_owned(), |own| format!("required_{own}"));
        (one, method)
    } else {
        (quote!(Option<#one>), own.unwrap_or("one").to_owned())
    }
}

fn enums(set: &ArgSet) -> impl Iterator<Item = TokenStream> {
    let with_choices = |arg: &'_ Arg| Some(enumeration(set, arg, arg.choices()?));
    let items: Vec<TokenStream> = set.args.iter().filter_map(with_choices).collect();
    items.into_iter()
}

fn enumeration(set: &ArgSet, arg: &Arg, choices: &[Choice]) -> TokenStream {
    let name = ident(&names::choice_enum(set, arg));
    let enum_doc = doc([&*format!("The values of {}.", doc_code(&arg.written()))]);
    let variants = choices.iter().map(|choice| {
        let variant = ident(&names::choice_variant(choice));
        let text = match doc_text(&choice.help) {
            text if text.is_empty() => doc_code(&choice.name),
            text => format!("{}: {text}", doc_code(&choice.name)),
        };
        let doc = doc([&*text]);
        quote!(#doc #variant)
    });
    let arms = choices.iter().map(|choice| {
        let variant = ident(&names::choice_variant(choice));
        let choice = choice.name.as_str();
        quote!(#choice => Self::#variant)
    });
    let names = choices.iter().map(names::choice_variant);
    let names: Vec<String> = names.collect();
    let allow = allow_variant_names(&name.to_string(), &names);
    let acronym = allow_acronyms(&name.to_string(), &names);
    quote! {
        #enum_doc
        #allow
        #acronym
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

/// Suppresses clippy's lint about acronyms. It treats any name in capitals as one, such as that of the
/// choice `a-b-c`.
pub(super) fn allow_acronyms(name: &str, variants: &[String]) -> Option<TokenStream> {
    let capitals = |name: &str| name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase());
    let found = capitals(name) || variants.iter().any(|variant| capitals(variant));
    found.then(|| quote!(#[allow(clippy::upper_case_acronyms)]))
}

/// Suppresses clippy's lint about variants with a common prefix or suffix. Their names come from the
/// spec.
pub(super) fn allow_variant_names(name: &str, variants: &[String]) -> Option<TokenStream> {
    let words: Vec<Vec<&str>> = variants
        .iter()
        .map(|variant| names::pascal_words(variant))
        .collect();
    let same = |pick: fn(&Vec<&str>) -> Option<String>| {
        let first = words.first().and_then(pick);
        first.is_some() && words.iter().all(|words| pick(words) == first)
    };
    let prefix = same(|words| words.first().map(|word| (*word).to_owned()));
    let suffix = same(|words| words.last().map(|word| (*word).to_owned()));
    let named = |variant: &String| variant.starts_with(name) || variant.ends_with(name);
    let found = prefix || suffix || variants.iter().any(named);
    found.then(|| quote!(#[allow(clippy::enum_variant_names)]))
}
