//! What a command prints for programs.

pub(crate) mod types;
pub(crate) mod words;

use super::Name;
use crate::source::Span;
use crate::text::Inlines;

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Output {
    /// Where it is written.
    pub(crate) span: Span,
    pub(crate) root: Schema,
    /// Schemas that others refer to, each by its name.
    pub(crate) definitions: Vec<(Name, Schema)>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) span: Span,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<Inlines>,
    /// It may also be nothing.
    pub(crate) nullable: bool,
    pub(crate) shape: Shape,
}

/// What a value is made of.
#[derive(Debug)]
pub(crate) enum Shape {
    Boolean,
    Integer(Limits<i128>),
    Number(Limits<f64>),
    Text(Text),
    /// One of these texts.
    Words(Vec<Name>),
    List(Box<Schema>, Limits<u64>),
    /// An object whose members have any names.
    Map(Box<Schema>),
    Object(Object),
    /// An object of one of these kinds.
    OneOf(OneOf),
    /// What is defined under this name.
    Reference(Name),
}

/// What holds for a text.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) pattern: Option<String>,
    pub(crate) length: Limits<u64>,
    pub(crate) format: Option<String>,
}

/// The smallest and the largest, where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits<T> {
    pub(crate) min: Option<T>,
    pub(crate) max: Option<T>,
}

/// An object whose members have fixed names.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    /// Its schema says that it has no others.
    pub(crate) closed: bool,
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: Name,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

impl Property {
    /// The word that always stands there.
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

/// Objects of which one is there.
#[derive(Debug)]
pub(crate) struct OneOf {
    /// The name of the member whose word tells them apart.
    pub(crate) tag: String,
    pub(crate) alternatives: Vec<Alternative>,
}

/// One of several objects.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The word by which it is known.
    pub(crate) word: Name,
    pub(crate) schema: Schema,
}

impl Alternative {
    /// Its members, with the one that has the word.
    pub(crate) fn object(&self) -> Option<&Object> {
        match &self.schema.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl Output {
    /// What is defined under a name.
    pub(crate) fn definition(&self, name: &str) -> Option<&Schema> {
        let mut definitions = self.definitions.iter();
        let found = definitions.find(|(known, _)| known.as_str() == name);
        found.map(|(_, schema)| schema)
    }

    /// Whether nothing may stand where a schema is.
    pub(crate) fn is_nullable(&self, schema: &Schema) -> bool {
        let mut schema = schema;
        // A definition may refer to another; one that refers to itself is an error, found elsewhere.
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

    /// All schemas, each before those within it.
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

    /// The schemas that are written in this one.
    pub(crate) fn within(&self) -> Vec<&Schema> {
        match &self.shape {
            Shape::List(items, _) | Shape::Map(items) => vec![items],
            Shape::Object(object) => object.properties.iter().map(|it| &it.schema).collect(),
            Shape::OneOf(one_of) => one_of.alternatives.iter().map(|it| &it.schema).collect(),
            _ => Vec::new(),
        }
    }
}
