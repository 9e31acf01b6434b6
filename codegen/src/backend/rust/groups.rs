//! Types of option groups: an enum for a group of which at most one member is given, so that a handler can't
//! be given two, and a struct for other groups in such a group.

use super::calls::literal;
use super::items::{Item, doc_line};
use super::take::{self, Member, Step};
use super::types::{self, Field, arg_doc, arg_field, field_head, taken};
use super::{doc_code, doc_text, spelled};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Group, GroupKind, Name, Takes};
use crate::text::plain;

/// Returns the fields of the arguments and options: one for each, except that a group with a type has one
/// field, in place of its first member.
pub(super) fn fields(set: &ArgSet, args: &[&Arg]) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for arg in args {
        match set.type_of(&arg.id, args) {
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
pub(super) fn items(set: &ArgSet) -> Vec<Item> {
    let mut items = Vec::new();
    for group in set.types() {
        item(set, group, &mut items);
    }
    items
}

fn item(set: &ArgSet, group: &Group, items: &mut Vec<Item>) {
    items.push(match group.kind {
        GroupKind::OneOf | GroupKind::AtMostOne => enumeration(set, group),
        GroupKind::AnyOf | GroupKind::AllOrNone => structure(set, group),
    });
    for inner in group.parts.iter().filter_map(|part| set.group(part)) {
        item(set, inner, items);
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
    let is_read = members(set, &group.members).all(|arg| arg.role.is_some());
    let (kind, value) = declared(set, group, has_value(set, group));
    Field {
        head: field_head(&group_doc(set, group), is_read),
        name: spelled(&names::field(&group.name)),
        kind,
        value,
        origin: None,
    }
}

/// Returns the type of a group's field, and the expression that takes its value. `always` is whether there is
/// a value in any case.
fn declared(set: &ArgSet, group: &Group, always: bool) -> (String, String) {
    let kind = names::group_type(set, group);
    let take = take(set, group);
    match always {
        true => {
            let name = literal(&group.name);
            (kind, format!("chosen({name}, {take})"))
        }
        false => (format!("Option<{kind}>"), take),
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

/// Returns the text of a group's doc comment: its help, or a list of its members.
fn group_doc(set: &ArgSet, group: &Group) -> String {
    match &group.help {
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
    }
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

fn enumeration(set: &ArgSet, group: &Group) -> Item {
    let mut variants = String::new();
    let mut steps = Vec::new();
    for part in &group.parts {
        let variant = spelled(&names::member(part));
        let (doc, fields) = if let Some(inner) = set.group(part) {
            let fields = format!("({})", names::group_type(set, inner));
            let take = take(set, inner);
            let variant = variant.clone();
            steps.push(Step::Group { take, variant });
            (group_doc(set, inner), fields)
        } else if let Some(arg) = arg(set, part) {
            let (fields, member) = member(set, arg);
            let id = arg.id.value.clone();
            steps.push(Step::Arg { id, member });
            (arg_doc(arg), fields)
        } else {
            continue;
        };
        variants += &format!("    /// {doc}\n    {variant}{fields},\n");
    }
    let default = default(set, group).map(|arg| member(set, arg).1);
    let body = take::steps(&steps, default.as_ref(), 8);
    let name = names::group_type(set, group);
    let spelled: Vec<String> = group.parts.iter().map(|part| names::member(part)).collect();
    let doc = doc_line(&group_doc(set, group));
    let lints = types::lints(&name, &spelled);
    Item::Text(format!(
        "{doc}{lints}#[derive(Clone, Debug)]\npub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n    \
         /// Takes the member that was given out of a parsed command line.\n    \
         pub fn take(values: &mut Values) -> Option<Self> {{\n{body}    }}\n}}\n"
    ))
}

/// Returns the fields of a member's variant, and how it is taken. A switch has no fields.
fn member(set: &ArgSet, arg: &Arg) -> (String, Member) {
    let mut member = Member {
        variant: spelled(&names::member(&arg.id)),
        value: None,
        origin: None,
    };
    if arg.value().is_none() && !matches!(arg.takes, Takes::Count(_)) {
        return (String::new(), member);
    }
    let taken = taken(set, arg, true);
    member.value = Some(taken.value);
    member.origin = types::origin(arg);
    let fields = match member.origin {
        Some(_) => format!("(Configured<{}>)", taken.kind),
        None => format!("({})", taken.kind),
    };
    (fields, member)
}

/// Returns the struct of a group of which several members may be given.
fn structure(set: &ArgSet, group: &Group) -> Item {
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
    let doc = doc_line(&group_doc(set, group));
    let name = names::group_type(set, group);
    types::structure(&doc, &name, &fields, vec![take_given(&ids)])
}

/// Returns the field of a group in a struct; `all` is whether all fields have a value.
fn inner_field(set: &ArgSet, group: &Group, all: bool) -> Field {
    let (kind, value) = declared(set, group, all);
    Field {
        head: doc_line(&group_doc(set, group)),
        name: spelled(&names::field(&group.name)),
        kind,
        value,
        origin: None,
    }
}

/// Returns the function that takes a struct only if one of these options is given.
pub(super) fn take_given(ids: &[&str]) -> String {
    format!(
        "    /// Takes the values out of a parsed command line, if one of the options was given.\n    \
         pub fn take_given(values: &mut Values) -> Option<Self> {{\n{}    }}\n",
        take::given(ids, 8)
    )
}
