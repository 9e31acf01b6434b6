//! Results that are one of several objects.

use crate::diagnostic::Code;
use crate::ir::Name;
use crate::ir::output::{Alternative, Object, OneOf, Property, Schema, Shape};
use crate::lower::Lower;
use crate::source::{Span, Spanned};
use crate::spec;

impl Lower<'_> {
    /// Lowers the alternatives of `oneOf`. They are objects that differ in the constant of one
    /// member, the tag.
    pub(super) fn one_of(&mut self, written: Spanned<Vec<Spanned<spec::Schema>>>) -> Shape {
        let place = written.span;
        let mut schemas = Vec::new();
        for schema in written.value {
            let at = schema.span;
            let schema = self.schema(schema, at);
            match &schema.shape {
                Shape::Object(_) if !schema.nullable => schemas.push(schema),
                _ => {
                    self.problems
                        .error(
                            Code::AmbiguousAlternatives,
                            at,
                            "each alternative of `oneOf` must be an object, defined inline",
                        )
                        .help("write `type: object` with a member that has a `const`")
                        .silences([place]);
                }
            }
        }
        let tag = self.tag(&schemas, place).unwrap_or_default();
        let with_word = |schema: Schema| {
            let word = word(object(&schema)?, &tag)?.clone();
            Some(Alternative { word, schema })
        };
        Shape::OneOf(OneOf {
            alternatives: schemas.into_iter().filter_map(with_word).collect(),
            tag,
        })
    }

    /// Finds the member whose constant distinguishes these objects.
    fn tag(&mut self, schemas: &[Schema], place: Span) -> Option<String> {
        let objects: Vec<&Object> = schemas.iter().filter_map(object).collect();
        let properties = objects.first().map_or(&[][..], |first| &first.properties);
        let names = properties.iter().map(|property| property.name.as_str());
        let words = |tag: &str| -> Option<Vec<&Name>> {
            objects.iter().map(|object| word(object, tag)).collect()
        };
        let tags: Vec<(&str, Vec<&Name>)> = names
            .filter_map(|name| Some((name, words(name)?)))
            .collect();
        if let Some((tag, _)) = tags.iter().find(|(_, words)| same(words).is_none()) {
            return Some((*tag).to_owned());
        }
        match tags.first().and_then(|(_, words)| same(words)) {
            Some((first, second)) => self
                .problems
                .error(
                    Code::AmbiguousAlternatives,
                    second.span,
                    format!("two alternatives have the same `const`: `{}`", **second),
                )
                .related(first.span, "the other alternative")
                .help("give each alternative its own `const`"),
            None => self
                .problems
                .error(
                    Code::AmbiguousAlternatives,
                    place,
                    "these alternatives can't be distinguished",
                )
                .help("add a member to all of them that is `required` and has a different `const` in each"),
        };
        None
    }
}

/// Returns the first two of these that are the same.
fn same<'a>(words: &[&'a Name]) -> Option<(&'a Name, &'a Name)> {
    words.iter().enumerate().find_map(|(i, second)| {
        let first = words[..i]
            .iter()
            .find(|first| first.value == second.value)?;
        Some((*first, *second))
    })
}

fn object(schema: &Schema) -> Option<&Object> {
    match &schema.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// Returns the constant of a member of an object.
fn word<'a>(object: &'a Object, name: &str) -> Option<&'a Name> {
    let mut properties = object.properties.iter();
    properties
        .find(|property| *property.name.as_str() == *name)
        .and_then(Property::constant)
}
