//! The result of a command, which it prints as JSON.

pub(crate) mod types;
pub(crate) mod words;

use super::Name;
use crate::source::Span;
use crate::text::Inlines;

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its place in the spec.
    pub(crate) span: Span,
    pub(crate) root: Schema,
    /// Schemas that others refer to by name.
    pub(crate) definitions: Vec<(Name, Schema)>,
}

/// The schema of a value.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) span: Span,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<Inlines>,
    /// Whether the value may also be null.
    pub(crate) nullable: bool,
    pub(crate) shape: Shape,
}

/// The type of a value, with its constraints.
#[derive(Debug)]
pub(crate) enum Shape {
    Boolean,
    Integer(Limits<i128>),
    Number(Limits<f64>),
    Text(Text),
    /// One of these strings.
    Words(Vec<Name>),
    List(Box<Schema>, Limits<u64>),
    /// An object whose members have arbitrary names.
    Map(Box<Schema>),
    Object(Object),
    /// One of several objects.
    OneOf(OneOf),
    /// The definition with this name.
    Reference(Name),
}

/// The constraints of a string.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) pattern: Option<String>,
    pub(crate) length: Limits<u64>,
    pub(crate) format: Option<String>,
}

/// A minimum and a maximum, both optional.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits<T> {
    pub(crate) min: Option<T>,
    pub(crate) max: Option<T>,
}

/// An object whose members have fixed names.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    /// Whether its schema excludes other properties.
    pub(crate) closed: bool,
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: Name,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

impl Property {
    /// The string that is always its value, if there is only one.
    pub(crate) fn constant(&self) -> Option<&Name> {
        match &self.schema.shape {
            Shape::Words(words) if self.required && !self.schema.nullable => match &words[..] {
                [word] => Some(word),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Several kinds of objects, one of which is present.
#[derive(Debug)]
pub(crate) struct OneOf {
    /// The name of the property that distinguishes them.
    pub(crate) tag: String,
    pub(crate) alternatives: Vec<Alternative>,
}

/// One of several objects.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The value of the property that distinguishes it.
    pub(crate) word: Name,
    pub(crate) schema: Schema,
}

impl Alternative {
    /// The object, including the property that distinguishes it.
    pub(crate) fn object(&self) -> Option<&Object> {
        match &self.schema.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl Output {
    /// The definition with a name.
    pub(crate) fn definition(&self, name: &str) -> Option<&Schema> {
        let mut definitions = self.definitions.iter();
        let found = definitions.find(|(known, _)| known.as_str() == name);
        found.map(|(_, schema)| schema)
    }

    /// Whether a value with this schema may be null.
    pub(crate) fn is_nullable(&self, schema: &Schema) -> bool {
        let mut schema = schema;
        // A definition may refer to another. A reference cycle is an error that is reported elsewhere.
        for _ in 0..=self.definitions.len() {
            match &schema.shape {
                Shape::Reference(name) if !schema.nullable => match self.definition(name) {
                    Some(definition) => schema = definition,
                    None => return false,
                },
                _ => break,
            }
        }
        schema.nullable
    }

    /// All schemas, each before its nested schemas.
    pub(crate) fn schemas(&self) -> Vec<&Schema> {
        let definitions = self.definitions.iter().map(|(_, schema)| schema);
        let mut all = Vec::new();
        for schema in std::iter::once(&self.root).chain(definitions) {
            schema.collect(&mut all);
        }
        all
    }
}

impl Schema {
    fn collect<'a>(&'a self, all: &mut Vec<&'a Schema>) {
        all.push(self);
        for schema in self.within() {
            schema.collect(all);
        }
    }

    /// The schemas that are directly nested in this one.
    pub(crate) fn within(&self) -> Vec<&Schema> {
        match &self.shape {
            Shape::List(items, _) | Shape::Map(items) => vec![items],
            Shape::Object(object) => object.properties.iter().map(|it| &it.schema).collect(),
            Shape::OneOf(one_of) => one_of.alternatives.iter().map(|it| &it.schema).collect(),
            _ => Vec::new(),
        }
    }
}
