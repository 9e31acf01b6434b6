//! The Rust types of a result.

use super::{Alternative, Object, Output, Schema, Shape};
use crate::ir::Command;
use crate::ir::rust_names as names;
use crate::source::Span;

/// A Rust type.
pub(crate) struct Type<'a> {
    pub(crate) name: String,
    pub(crate) schema: &'a Schema,
    /// The place that its name comes from.
    pub(crate) span: Span,
    /// A description of that place.
    pub(crate) what: String,
}

/// Returns the types of a command's result: first the result itself, then those of its definitions. Each
/// type comes before its nested types.
pub(crate) fn types<'a>(command: &Command, output: &'a Output) -> Vec<Type<'a>> {
    let name = names::output(command);
    let mut types = vec![Type {
        what: format!("the output of `{}`", command.title()),
        span: command.span,
        schema: &output.root,
        name: name.clone(),
    }];
    within(&name, &output.root, &mut types);
    for (definition, schema) in &output.definitions {
        if !is_plain(schema) {
            let name = names::output_part(&name, definition);
            types.push(Type {
                what: format!("the definition `{}`", **definition),
                span: definition.span,
                schema,
                name: name.clone(),
            });
            within(&name, schema, &mut types);
        }
    }
    types
}

/// Collects the types that are nested in another.
fn within<'a>(name: &str, schema: &'a Schema, types: &mut Vec<Type<'a>>) {
    match &schema.shape {
        Shape::List(items, _) => part(entry(name), items, items.span, "the entries", types),
        Shape::Map(items) => part(member(name), items, items.span, "the members", types),
        Shape::Object(object) => members(name, object, None, types),
        Shape::OneOf(one_of) => {
            for alternative in &one_of.alternatives {
                if let Some(object) = alternative.object() {
                    let name = names::output_part(name, &alternative.word);
                    members(&name, object, Some(&one_of.tag), types);
                }
            }
        }
        _ => {}
    }
}

fn members<'a>(name: &str, object: &'a Object, tag: Option<&str>, types: &mut Vec<Type<'a>>) {
    for property in object.properties.iter() {
        if Some(property.name.as_str()) != tag && property.constant().is_none() {
            let what = format!("the member `{}`", *property.name);
            let name = names::output_part(name, &property.name);
            part(name, &property.schema, property.name.span, &what, types);
        }
    }
}

fn part<'a>(name: String, schema: &'a Schema, span: Span, what: &str, types: &mut Vec<Type<'a>>) {
    if has_type(schema) {
        types.push(Type {
            what: what.to_owned(),
            span,
            schema,
            name: name.clone(),
        });
    }
    within(&name, schema, types);
}

/// The type of the entries of a list.
fn entry(name: &str) -> String {
    names::output_part(name, "entry")
}

/// The type of the members of an object whose members have arbitrary names.
fn member(name: &str) -> String {
    names::output_part(name, "member")
}

/// Whether it always has a Rust type of its own.
fn has_type(schema: &Schema) -> bool {
    matches!(
        schema.shape,
        Shape::Words(_) | Shape::Object(_) | Shape::OneOf(_)
    )
}

/// Whether a definition of it needs no Rust type of its own.
fn is_plain(schema: &Schema) -> bool {
    matches!(
        schema.shape,
        Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Reference(_)
    )
}

/// Converts schemas to Rust types.
pub(crate) struct Speller<'a> {
    output: &'a Output,
    /// The name of the whole result.
    name: String,
}

impl<'a> Speller<'a> {
    pub(crate) fn new(command: &Command, output: &'a Output) -> Self {
        Self {
            output,
            name: names::output(command),
        }
    }

    /// The Rust type of a schema. `name` is the type's name if it needs one.
    pub(crate) fn whole(&self, name: &str, schema: &Schema) -> String {
        let inner = self.inner(name, schema);
        match schema.nullable {
            true => format!("Option<{inner}>"),
            false => inner,
        }
    }

    /// The Rust type of a schema's values that are not null.
    pub(crate) fn inner(&self, name: &str, schema: &Schema) -> String {
        match &schema.shape {
            Shape::Boolean => "bool".to_owned(),
            Shape::Integer(limits) => match limits.min {
                Some(min) if min >= 0 => "u64".to_owned(),
                _ => "i64".to_owned(),
            },
            Shape::Number(_) => "f64".to_owned(),
            Shape::Text(_) => "String".to_owned(),
            Shape::List(items, _) => format!("Vec<{}>", self.whole(&entry(name), items)),
            Shape::Map(items) => {
                let items = self.whole(&member(name), items);
                format!("std::collections::BTreeMap<String, {items}>")
            }
            Shape::Words(_) | Shape::Object(_) | Shape::OneOf(_) => name.to_owned(),
            Shape::Reference(definition) => self.definition(definition),
        }
    }

    fn definition(&self, name: &str) -> String {
        let Some(schema) = self.output.definition(name) else {
            return "()".to_owned();
        };
        let spelled = names::output_part(&self.name, name);
        match (is_plain(schema), schema.nullable) {
            (true, _) => self.whole(&spelled, schema),
            (false, true) => format!("Option<{spelled}>"),
            (false, false) => spelled,
        }
    }
}

/// The variant of an alternative.
pub(crate) fn variant(alternative: &Alternative) -> String {
    names::output_variant(&alternative.word)
}
