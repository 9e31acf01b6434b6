//! Types of option groups: an enum for a group of which at most one member is given, so that a handler can't
//! be given two, and a struct for other groups in such a group.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::print::{Bodies, Member, Step};
use super::types::{self, Field, arg_doc, arg_field, read_anyway, taken};
use super::{doc, doc_code, doc_text, ident};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Group, GroupKind, Name, Takes};
use crate::text::plain;

/// Returns the fields of the arguments and options: one for each, except that a group with a type has one
/// field, in place of its first member.
pub(super) fn fields(set: &ArgSet, args: &[&Arg]) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for arg in args {
        match set.type_of(&arg.id) {
            None => fields.push(arg_field(set, arg)),
            Some(group) if done.contains(&group.name.as_str()) => {}
            Some(group) => {
                done.push(&group.name);
                fields.push(field(set, group));
            }
        }
    }
    fields
}

/// Whether the fields of a set's groups call the runtime's function `chosen`.
pub(super) fn have_chosen(set: &ArgSet) -> bool {
    let mut groups = set.types();
    groups.any(|group| {
        let all = |group: &Group| group.kind == GroupKind::AllOrNone && group.has_groups();
        let mut inner = set.groups.iter().filter(|inner| inner.nested);
        has_value(set, group) || inner.any(all)
    })
}

/// Whether a group's field always has a value.
fn has_value(set: &ArgSet, group: &Group) -> bool {
    group.kind == GroupKind::OneOf || default(set, group).is_some()
}

/// Returns the types of the groups of a set.
pub(super) fn items(set: &ArgSet, bodies: &mut Bodies) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for group in set.types() {
        item(set, group, bodies, &mut items);
    }
    items
}

fn item(set: &ArgSet, group: &Group, bodies: &mut Bodies, items: &mut Vec<TokenStream>) {
    items.push(match group.kind {
        GroupKind::OneOf | GroupKind::AtMostOne => enumeration(set, group, bodies),
        GroupKind::AnyOf | GroupKind::AllOrNone => structure(set, group, bodies),
    });
    for inner in group.parts.iter().filter_map(|part| set.group(part)) {
        item(set, inner, bodies, items);
    }
}

/// Returns the members of a group that are options or arguments.
fn members<'s>(set: &'s ArgSet, ids: &'s [Name]) -> impl Iterator<Item = &'s Arg> {
    ids.iter().filter_map(|id| arg(set, id))
}

fn arg<'s>(set: &'s ArgSet, id: &str) -> Option<&'s Arg> {
    set.args.iter().find(|arg| *arg.id == *id)
}

fn field(set: &ArgSet, group: &Group) -> Field {
    let name = ident(&names::field(&group.name));
    let doc = group_doc(set, group);
    let (declared, value) = declared(set, group, has_value(set, group));
    let allow = read_anyway(members(set, &group.members).all(|arg| arg.role.is_some()));
    Field {
        declaration: quote!(#doc #allow pub #name: #declared),
        value,
        origin: None,
        name,
    }
}

/// Returns the type of a group's field, and the expression that takes its value. `always` is whether there is
/// a value in any case.
fn declared(set: &ArgSet, group: &Group, always: bool) -> (TokenStream, String) {
    let kind = ident(&names::group_type(set, group));
    let take = take(set, group);
    match always {
        true => {
            let name = Literal::string(&group.name);
            (quote!(#kind), format!("chosen({name}, {take})"))
        }
        false => (quote!(Option<#kind>), take),
    }
}

/// Returns the expression that takes the optional value of a group.
fn take(set: &ArgSet, group: &Group) -> String {
    let kind = names::group_type(set, group);
    match group.kind.excludes() {
        true => format!("{kind}::take(values)"),
        false => format!("{kind}::take_given(values)"),
    }
}

/// Returns the doc comment of a group: its help, or a list of its members.
fn group_doc(set: &ArgSet, group: &Group) -> TokenStream {
    let text = match &group.help {
        Some(help) => doc_text(help),
        None => {
            let written = members(set, &group.members).map(|arg| doc_code(&arg.written()));
            let written: Vec<String> = written.collect();
            let list = match written.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, others)) => format!("{} or {last}", others.join(", ")),
                None => String::new(),
            };
            format!("{}{list}.", doc_text(&plain("One of these: ")))
        }
    };
    doc([&*text])
}

/// Returns the member that has a value even if none is given.
fn default<'s>(set: &'s ArgSet, group: &'s Group) -> Option<&'s Arg> {
    members(set, &group.parts).find(|arg| arg.is_always_there() || is_on(arg))
}

/// Whether a switch is on by default.
fn is_on(arg: &Arg) -> bool {
    let default = Some(true);
    matches!(arg.takes, Takes::Negatable { default: found, .. } if found == default)
}

fn enumeration(set: &ArgSet, group: &Group, bodies: &mut Bodies) -> TokenStream {
    let name = ident(&names::group_type(set, group));
    let group_doc = group_doc(set, group);
    let mut variants = Vec::new();
    let mut steps = Vec::new();
    for part in &group.parts {
        let spelled = names::member(part);
        let variant = ident(&spelled);
        if let Some(inner) = set.group(part) {
            let kind = ident(&names::group_type(set, inner));
            let doc = self::group_doc(set, inner);
            variants.push(quote!(#doc #variant(#kind)));
            let take = take(set, inner);
            steps.push(Step::Group {
                take,
                variant: spelled,
            });
        } else if let Some(arg) = arg(set, part) {
            let doc = arg_doc(arg);
            let (fields, member) = member(set, arg);
            variants.push(quote!(#doc #variant #fields));
            let id = arg.id.value.clone();
            steps.push(Step::Arg { id, member });
        }
    }
    let default = default(set, group).map(|arg| member(set, arg).1);
    let body = bodies.add_steps(steps, default);
    let spelled: Vec<String> = group.parts.iter().map(|part| names::member(part)).collect();
    let allow = types::allow_variant_names(&name.to_string(), &spelled);
    let acronym = types::allow_acronyms(&name.to_string(), &spelled);
    quote! {
        #group_doc
        #allow
        #acronym
        #[derive(Clone, Debug)]
        pub enum #name {
            #(#variants,)*
        }

        impl #name {
            /// Takes the member that was given out of a parsed command line.
            pub fn take(values: &mut Values) -> Option<Self> {
                #body
            }
        }
    }
}

/// Returns the fields of a member's variant, and how it is taken. A switch has no fields.
fn member(set: &ArgSet, arg: &Arg) -> (TokenStream, Member) {
    let mut member = Member {
        variant: names::member(&arg.id),
        value: None,
        origin: None,
    };
    if arg.value().is_none() && !matches!(arg.takes, Takes::Count(_)) {
        return (TokenStream::new(), member);
    }
    let taken = taken(set, arg, true);
    let kind = taken.kind;
    member.value = Some(taken.value);
    member.origin = types::origin(arg);
    match member.origin {
        Some(_) => (quote!((Configured<#kind>)), member),
        None => (quote!((#kind)), member),
    }
}

/// Returns the struct of a group of which several members may be given.
fn structure(set: &ArgSet, group: &Group, bodies: &mut Bodies) -> TokenStream {
    let name = ident(&names::group_type(set, group));
    let doc = group_doc(set, group);
    let all = group.kind == GroupKind::AllOrNone;
    let fields = group.parts.iter().filter_map(|part| match set.group(part) {
        Some(inner) => Some(inner_field(set, inner, all)),
        None => {
            let mut arg = arg(set, part)?.clone();
            arg.required |= all;
            Some(arg_field(set, &arg))
        }
    });
    let fields: Vec<Field> = fields.collect();
    let ids: Vec<&str> = group.members.iter().map(|id| id.as_str()).collect();
    let take_given = take_given(&ids, bodies);
    types::structure(doc, name, fields, take_given, bodies)
}

/// Returns the field of a group in a struct; `all` is whether all fields have a value.
fn inner_field(set: &ArgSet, group: &Group, all: bool) -> Field {
    let name = ident(&names::field(&group.name));
    let doc = group_doc(set, group);
    let (declared, value) = declared(set, group, all);
    Field {
        declaration: quote!(#doc pub #name: #declared),
        value,
        origin: None,
        name,
    }
}

/// Returns the function that takes a struct only if one of these options is given.
pub(super) fn take_given(ids: &[&str], bodies: &mut Bodies) -> TokenStream {
    let body = bodies.add_given(ids.iter().map(|id| (*id).to_owned()).collect());
    quote! {
        /// Takes the values out of a parsed command line, if one of the options was given.
        pub fn take_given(values: &mut Values) -> Option<Self> {
            #body
        }
    }
}
