//! The result of a command: its types, how they are serialized, and its schema.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::types::{allow_acronyms, allow_variant_names};
use super::{doc, doc_code, doc_text, ident};
use crate::backend::schema;
use crate::ir::output::types::{Speller, Type, types, variant};
use crate::ir::output::{Object, OneOf, Output, Property, Schema, Shape};
use crate::ir::rust_names as names;
use crate::ir::{Command, Name};

/// Returns the types of a command's result, and their trait implementations.
pub(super) fn items(command: &Command, bodies: &mut Bodies) -> Vec<TokenStream> {
    let Some(output) = &command.output else {
        return Vec::new();
    };
    let number = |schema: &&Schema| matches!(schema.shape, Shape::Number(_));
    let writer = Writer {
        speller: Speller::new(command, output),
        // `f64` doesn't implement `Eq`.
        eq: !output.schemas().iter().any(number),
    };
    let mut items = Vec::new();
    for (i, kind) in types(command, output).iter().enumerate() {
        items.extend(writer.items(kind, i == 0, bodies));
        if i == 0 {
            items.push(implementation(kind, output));
        }
    }
    items
}

/// Implements `Output`, with the schema as a raw string literal.
fn implementation(kind: &Type<'_>, output: &Output) -> TokenStream {
    let name = ident(&kind.name);
    let json = schema::bare(output).compact();
    let mut marks = "#".to_owned();
    while json.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    let literal: Literal = format!("r{marks}\"\n{json}\"{marks}")
        .parse()
        .unwrap_or_else(|error| panic!("the schema is not a valid literal: {error}"));
    quote! {
        impl clapspec_runtime::Output for #name {
            const SCHEMA: &'static str = #literal;
        }
    }
}

/// Writes the types of one result.
struct Writer<'a> {
    speller: Speller<'a>,
    eq: bool,
}

impl Writer<'_> {
    fn items(&self, kind: &Type<'_>, whole: bool, bodies: &mut Bodies) -> Vec<TokenStream> {
        let doc = match &kind.schema.description {
            Some(description) => doc([&*doc_text(description)]),
            None => doc([&*sentence(&kind.what)]),
        };
        // A program doesn't have to use everything that its spec allows.
        let several = matches!(kind.schema.shape, Shape::Words(_) | Shape::OneOf(_));
        let unused = (several || !whole).then(|| quote!(#[allow(dead_code)]));
        let (definition, body) = match &kind.schema.shape {
            Shape::Words(words) => enumeration(kind, words),
            Shape::Object(object) => self.structure(kind, object, bodies),
            Shape::OneOf(one_of) => self.one_of(kind, one_of, bodies),
            _ => self.newtype(kind),
        };
        let name = ident(&kind.name);
        let derives = match (&kind.schema.shape, self.eq) {
            (Shape::Words(_), _) => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq)]),
            (_, true) => quote!(#[derive(Clone, Debug, PartialEq, Eq)]),
            (_, false) => quote!(#[derive(Clone, Debug, PartialEq)]),
        };
        vec![
            quote!(#doc #unused #derives #definition),
            quote! {
                impl Serialize for #name {
                    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        #body
                    }
                }
            },
        ]
    }

    /// A result that isn't an object becomes a newtype.
    fn newtype(&self, kind: &Type<'_>) -> (TokenStream, TokenStream) {
        let name = ident(&kind.name);
        let inner = self.parsed(&self.speller.inner(&kind.name, kind.schema));
        let definition = quote!(pub struct #name(pub #inner););
        (definition, quote!(self.0.serialize(serializer)))
    }

    fn structure(
        &self,
        kind: &Type<'_>,
        object: &Object,
        bodies: &mut Bodies,
    ) -> (TokenStream, TokenStream) {
        let name = ident(&kind.name);
        let fields = fields(object, None).map(|property| {
            let (field, declared) = self.field(&kind.name, property);
            let doc = property_doc(property);
            quote!(#doc pub #field: #declared)
        });
        let definition = quote!(pub struct #name { #(#fields,)* });
        if object.properties.is_empty() {
            return (definition, quote!(Object::new(serializer)?.end()));
        }
        let members = object.properties.iter();
        let members = members.map(|property| member("object", property, "&self."));
        let members = bodies.add(members.collect());
        let body = quote! {
            let mut object = Object::new(serializer)?;
            #members
            object.end()
        };
        (definition, body)
    }

    fn one_of(
        &self,
        kind: &Type<'_>,
        one_of: &OneOf,
        bodies: &mut Bodies,
    ) -> (TokenStream, TokenStream) {
        let name = ident(&kind.name);
        let mut variants = Vec::new();
        let mut arms = Vec::new();
        let local = local(one_of);
        for alternative in &one_of.alternatives {
            let Some(object) = alternative.object() else {
                continue;
            };
            let variant = ident(&variant(alternative));
            let part = names::output_part(&kind.name, &alternative.word);
            let mut bound = Vec::new();
            let declared = fields(object, Some(&one_of.tag)).map(|property| {
                let (field, declared) = self.field(&part, property);
                bound.push(field.to_string());
                let doc = property_doc(property);
                quote!(#doc #field: #declared)
            });
            let declared: Vec<TokenStream> = declared.collect();
            let doc = match &alternative.schema.description {
                Some(description) => doc([&*doc_text(description)]),
                None => doc([&*doc_code(&alternative.word)]),
            };
            let braces = (!declared.is_empty()).then(|| quote!({ #(#declared,)* }));
            variants.push(quote!(#doc #variant #braces));
            let members = object.properties.iter();
            let members = members.map(|property| member(local, property, ""));
            arms.push((variant.to_string(), bound, members.collect()));
        }
        let words = one_of.alternatives.iter().map(variant);
        let words: Vec<String> = words.collect();
        let allow = lints(&kind.name, &words);
        let definition = quote! {
            #allow
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variants,)* }
        };
        let arms = bodies.add_arms(arms);
        let local = ident(local);
        let body = quote! {
            let mut #local = Object::new(serializer)?;
            #arms
            #local.end()
        };
        (definition, body)
    }

    /// Returns the name and the type of a member's field.
    fn field(&self, whole: &str, property: &Property) -> (Ident, TokenStream) {
        let name = names::output_part(whole, &property.name);
        let declared = self.speller.whole(&name, &property.schema);
        let declared = match property.required {
            true => declared,
            false => format!("Option<{declared}>"),
        };
        let field = ident(&names::output_field(&property.name));
        (field, self.parsed(&declared))
    }

    fn parsed(&self, source: &str) -> TokenStream {
        let kind: syn::Type = syn::parse_str(source)
            .unwrap_or_else(|error| panic!("`{source}` is not a valid type: {error}"));
        quote!(#kind)
    }
}

/// Defines an enum for a string with a fixed set of values.
fn enumeration(kind: &Type<'_>, words: &[Name]) -> (TokenStream, TokenStream) {
    let name = ident(&kind.name);
    let spelled: Vec<String> = words
        .iter()
        .map(|word| names::output_variant(word))
        .collect();
    let allow = lints(&kind.name, &spelled);
    let variants: Vec<Ident> = spelled.iter().map(|name| ident(name)).collect();
    let declared = words.iter().zip(&variants).map(|(word, variant)| {
        let doc = doc([&*doc_code(word)]);
        quote!(#doc #variant)
    });
    let texts = words.iter().map(|word| word.as_str());
    let definition = quote!(#allow pub enum #name { #(#declared,)* });
    let body = quote! {
        let word = match self { #(Self::#variants => #texts,)* };
        serializer.serialize_str(word)
    };
    (definition, body)
}

/// Returns the members that have a field. A member with a constant value needs none.
fn fields<'a>(object: &'a Object, tag: Option<&'a str>) -> impl Iterator<Item = &'a Property> {
    let properties = object.properties.iter();
    properties.filter(move |property| {
        Some(property.name.as_str()) != tag && property.constant().is_none()
    })
}

/// Returns a name for the variable of the serialized object that differs from the names of all fields.
fn local(one_of: &OneOf) -> &'static str {
    let objects = one_of.alternatives.iter().filter_map(|it| it.object());
    let properties = objects.flat_map(|object| &object.properties);
    let fields: Vec<String> = properties
        .map(|property| names::output_field(&property.name))
        .collect();
    let mut locals = ["object", "writer", "members"].into_iter();
    let free = locals.find(|local| !fields.iter().any(|field| field == local));
    free.unwrap_or("out__")
}

/// Returns the statement that writes a member to `object`. `owner` is the prefix of its field.
fn member(object: &str, property: &Property, owner: &str) -> Statement {
    let field = ident(&names::output_field(&property.name));
    let method = if property.required {
        "member"
    } else {
        "optional"
    };
    let value = match property.constant() {
        Some(word) => format!("&{}", Literal::string(word)),
        None => format!("{owner}{field}"),
    };
    let name = Literal::string(&property.name).to_string();
    let arguments = vec![Argument::word(name), Argument::word(value)];
    Statement::on(object, Call::new(method, arguments)).or_return()
}

fn property_doc(property: &Property) -> TokenStream {
    let name = doc_code(&property.name);
    match &property.schema.description {
        Some(description) => doc([&*format!("{name}: {}", doc_text(description))]),
        None => doc([&*name]),
    }
}

fn sentence(what: &str) -> String {
    let mut text = what.replacen("the ", "The ", 1);
    text.push('.');
    text
}

/// Suppresses clippy's lints about names of variants, which come from the spec.
pub(super) fn lints(name: &str, variants: &[String]) -> TokenStream {
    let variant_names = allow_variant_names(name, variants);
    let acronyms = allow_acronyms(name, variants);
    quote!(#variant_names #acronyms)
}
