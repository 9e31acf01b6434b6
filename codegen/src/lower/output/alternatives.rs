//! Results of one kind or another.

use crate::diagnostic::Code;
use crate::ir::Name;
use crate::ir::output::{Alternative, Object, OneOf, Property, Schema, Shape};
use crate::lower::Lower;
use crate::source::{Span, Spanned};
use crate::spec;

impl Lower<'_> {
    /// The objects of which one is there, told apart by a word that each has in one member.
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
                            Code::AlternativesAlike,
                            at,
                            "an alternative of `oneOf` is an object, written here",
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

    /// The member whose word tells these objects apart.
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
                    Code::AlternativesAlike,
                    second.span,
                    format!("two alternatives are known by `{}`", **second),
                )
                .related(first.span, "the other one")
                .help("give each a word of its own"),
            None => self
                .problems
                .error(
                    Code::AlternativesAlike,
                    place,
                    "nothing tells these alternatives apart",
                )
                .help("give all of them one `required` member with a `const` of its own"),
        };
        None
    }
}

/// Two of these that are the same word.
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

/// The word that a member of an object always is.
fn word<'a>(object: &'a Object, name: &str) -> Option<&'a Name> {
    let mut properties = object.properties.iter();
    properties
        .find(|property| *property.name.as_str() == *name)
        .and_then(Property::constant)
}
