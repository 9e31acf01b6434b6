//! One schema: what it is, and what is said of it.

use super::DEFINITIONS;
use crate::diagnostic::Code;
use crate::ir::Name;
use crate::ir::output::{Object, Property, Schema, Shape, Text};
use crate::lower::Lower;
use crate::source::{Span, Spanned};
use crate::spec::{self, TextOr, Type};

impl Lower<'_> {
    /// A schema, which `at` names in messages.
    pub(super) fn schema(&mut self, written: Spanned<spec::Schema>, at: Span) -> Schema {
        let Spanned {
            value: mut written,
            span,
        } = written;
        let title = written.title.take().map(|title| self.line(title));
        let description = written.description.take();
        let description = description.map(|text| self.inlines(&text));
        let (kind, nullable) = self.kind_of_schema(&written, at);
        let place = kind.and(written.kind.0.first()).map(|kind| kind.span);
        let shape = self.shape(&mut written, kind, at);
        let (shape, what) = shape.unwrap_or((nothing(), None));
        for (key, span) in what.iter().flat_map(|_| keys(&written)) {
            let error = self.does_not_fit(span, key, what.unwrap_or_default());
            if key == "required" {
                error
                    .help("the object lists the members that are always there: `required: [a, b]`");
            }
            if let Some(place) = place.filter(|place| *place != span) {
                // Of a type that is misspelled, nobody knows what it has a use for.
                error.related(place, "its type");
            }
        }
        Schema {
            span: if span.start == span.end { at } else { span },
            title,
            description,
            nullable,
            shape,
        }
    }

    /// What it is made of, and the words for that; nothing if it does not say. What it has a use for is
    /// taken out of what is written.
    fn shape(
        &mut self,
        written: &mut spec::Schema,
        kind: Option<Type>,
        at: Span,
    ) -> Option<(Shape, Option<&'static str>)> {
        let list = &mut written.kind.0;
        if let Some(reference) = written.reference.take() {
            return Some((self.reference(reference), Some("what is defined elsewhere")));
        }
        if let Some(alternatives) = written.one_of.take() {
            let what = "what is one of several objects";
            list.retain(|kind| kind.value != Type::Object);
            return Some((self.one_of(alternatives), Some(what)));
        }
        if written.words.is_some() || written.word.is_some() {
            list.retain(|kind| !matches!(kind.value, Type::String | Type::Null));
            return Some((self.words(written), Some("one of several texts")));
        }
        let place = list.first().map_or(at, |kind| kind.span);
        list.clear();
        let shape = match kind.or_else(|| self.untyped(written, at))? {
            Type::Object => (self.object(written, place), Some("an object")),
            Type::Array => (self.list(written, place), Some("a list")),
            Type::String => (self.text(written), Some("a text")),
            Type::Integer => (Shape::Integer(self.integers(written)), Some("a number")),
            Type::Number => (Shape::Number(self.numbers(written)), Some("a number")),
            Type::Boolean => (Shape::Boolean, Some("what is true or false")),
            Type::Null => (nothing(), None),
        };
        Some(shape)
    }

    /// The type that is written, and whether it may be nothing.
    fn kind_of_schema(&mut self, written: &spec::Schema, at: Span) -> (Option<Type>, bool) {
        let list = &written.kind.0;
        let nullable = list.iter().any(|kind| kind.value == Type::Null);
        let mut kinds = list.iter().filter(|kind| kind.value != Type::Null);
        let (kind, more) = (kinds.next(), kinds.next());
        if let Some(more) = more {
            self.problems
                .error(
                    Code::SchemaWithoutType,
                    more.span,
                    "a value has one type, or one and `null`",
                )
                .help("values of several types have no type in Rust; use `oneOf` with objects");
        } else if let (None, Some(null)) = (kind, list.first()) {
            self.problems
                .error(
                    Code::SchemaWithoutType,
                    null.span,
                    "what is always null says nothing",
                )
                .help("say what else it may be: `type: [string, 'null']`")
                .silences([at]);
        }
        (kind.or(list.first()).map(|kind| kind.value), nullable)
    }

    /// Refuses a schema without a type. What its keys are for may tell what is meant.
    fn untyped(&mut self, written: &spec::Schema, at: Span) -> Option<Type> {
        let found = keys(written);
        let meant = found.iter().find_map(|(key, _)| match *key {
            "properties" | "required" | "additionalProperties" => Some(Type::Object),
            "items" | "minItems" | "maxItems" => Some(Type::Array),
            "pattern" | "minLength" | "maxLength" | "format" => Some(Type::String),
            "minimum" | "maximum" => Some(Type::Number),
            _ => None,
        });
        let help = match meant {
            Some(kind) => format!("add it: `type: {}`", kind.name()),
            None => "add it, such as `type: string`".to_owned(),
        };
        self.problems
            .error(
                Code::SchemaWithoutType,
                at,
                "this has no `type`, `enum`, `const`, `$ref` or `oneOf`",
            )
            .help(help);
        meant
    }

    fn reference(&mut self, reference: spec::Text) -> Shape {
        let name = match reference.strip_prefix(DEFINITIONS) {
            Some(name) => name.to_owned(),
            None => {
                self.problems
                    .error(
                        Code::UnknownDefinition,
                        reference.span,
                        format!("`{}` is not the address of a definition", *reference),
                    )
                    .help(format!("write it so: `$ref: '{DEFINITIONS}NAME'`"))
                    .silences([reference.span]);
                String::new()
            }
        };
        Shape::Reference(Name::new(name, reference.span))
    }

    fn words(&mut self, written: &mut spec::Schema) -> Shape {
        let mut words: Vec<Name> = written.word.take().into_iter().collect();
        // With `const`, `enum` says nothing more, and is refused with what is left.
        if words.is_empty() {
            let list = written.words.take();
            if let Some(list) = list.as_ref().filter(|list| list.value.is_empty()) {
                self.problems
                    .error(Code::EmptyChoices, list.span, "there is nothing it may be")
                    .help("list the texts that it may be: `enum: [a, b]`");
            }
            for word in list.into_iter().flat_map(|list| list.value) {
                match words.iter().find(|known| ***known == *word) {
                    Some(first) => self.twice(&word, first.span),
                    None => words.push(word),
                }
            }
        }
        for word in &words {
            self.line(word.clone());
        }
        Shape::Words(words)
    }

    fn twice(&mut self, word: &Name, first: Span) {
        self.problems
            .error(
                Code::ChoiceTwice,
                word.span,
                format!("`{}` is listed twice", **word),
            )
            .related(first, "first here")
            .help("remove one");
    }

    fn object(&mut self, written: &mut spec::Schema, place: Span) -> Shape {
        let more = written.additional_properties.take();
        let closed = match more.map(|more| (more.value, more.span)) {
            Some((TextOr::Map(schema), span)) if written.properties.is_none() => {
                return Shape::Map(Box::new(self.schema(*schema, span)));
            }
            Some((TextOr::Map(_), span)) => {
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        span,
                        "an object has `properties` or members of any name, not both",
                    )
                    .help(
                        "put the others into a member: `type: object` with `additionalProperties`",
                    );
                false
            }
            Some((TextOr::Text(text), span)) => {
                if *text != "false" {
                    self.problems
                        .error(
                            Code::WrongKind,
                            span,
                            format!(
                                "`additionalProperties` takes `false` or a schema, found `{}`",
                                *text
                            ),
                        )
                        .help("without the key, it is not said whether there are others")
                        .silences([place]);
                }
                true
            }
            None => false,
        };
        let Some(properties) = written.properties.take() else {
            written.required.0.clear();
            self.problems
                .error(
                    Code::SchemaWithoutType,
                    place,
                    "this object does not say what its members are",
                )
                .help("name them in `properties`, or say what all are: `additionalProperties: { type: string }`");
            return nothing();
        };
        let required = std::mem::take(&mut written.required.0);
        let properties = properties
            .value
            .0
            .into_iter()
            .map(|(name, schema)| Property {
                required: required.iter().any(|required| **required == *name),
                schema: self.schema(schema, name.span),
                name,
            });
        let properties: Vec<Property> = properties.collect();
        for property in &properties {
            self.line(property.name.clone());
        }
        self.required_members(&required, &properties);
        Shape::Object(Object { properties, closed })
    }

    fn required_members(&mut self, required: &[Name], properties: &[Property]) {
        for (i, name) in required.iter().enumerate() {
            let names = properties.iter().map(|property| property.name.as_str());
            if let Some(first) = required[..i].iter().find(|first| ***first == **name) {
                self.twice(name, first.span);
            } else if !names.clone().any(|known| *known == **name) {
                self.problems
                    .error(
                        Code::UnknownProperty,
                        name.span,
                        format!("there is no member `{}`", **name),
                    )
                    .suggest_name(name, name.span, names)
                    .help("`required` names members that `properties` has");
            }
        }
    }

    fn list(&mut self, written: &mut spec::Schema, at: Span) -> Shape {
        let (min, max) = (written.min_items.take(), written.max_items.take());
        let length = self.limits(min, max);
        let items = match written.items.take() {
            Some(items) => {
                let at = items.span;
                self.schema(*items, at)
            }
            None => {
                self.problems
                    .error(
                        Code::SchemaWithoutType,
                        at,
                        "this list does not say what its entries are",
                    )
                    .help("add it: `items: { type: string }`");
                Schema {
                    span: at,
                    title: None,
                    description: None,
                    nullable: false,
                    shape: nothing(),
                }
            }
        };
        Shape::List(Box::new(items), length)
    }

    fn text(&mut self, written: &mut spec::Schema) -> Shape {
        let (min, max) = (written.min_length.take(), written.max_length.take());
        let pattern = written.pattern.take();
        if let Some(pattern) = &pattern {
            self.line(pattern.clone());
            if let Err(error) = regex_lite::Regex::new(pattern) {
                self.problems
                    .error(
                        Code::NotAPattern,
                        pattern.span,
                        format!("this is not a regular expression: {error}"),
                    )
                    .help(
                        "it is one of the crate regex-lite: no lookaround, no classes of Unicode",
                    );
            }
        }
        Shape::Text(Text {
            pattern: pattern.map(|pattern| pattern.value),
            length: self.limits(min, max),
            format: written.format.take().map(|format| self.line(format)),
        })
    }
}

/// What stands for a schema that is wrong.
fn nothing() -> Shape {
    Shape::Boolean
}

/// The keys that say something of a value, as far as they are there, each with its place.
fn keys(written: &spec::Schema) -> Vec<(&'static str, Span)> {
    let text = |key, text: &Option<spec::Text>| Some((key, text.as_ref()?.span));
    let first = |list: &[Name]| list.first().map(|name| name.span);
    let kind = written.kind.0.first().map(|kind| kind.span);
    let properties = written.properties.as_ref().map(|it| it.span);
    let more = written.additional_properties.as_ref().map(|it| it.span);
    let items = written.items.as_ref().map(|it| it.span);
    let words = written.words.as_ref().map(|it| it.span);
    let one_of = written.one_of.as_ref().map(|it| it.span);
    let definitions = written.definitions.0.first().map(|(name, _)| name.span);
    let spans = [
        ("type", kind),
        ("properties", properties),
        ("required", first(&written.required.0)),
        ("additionalProperties", more),
        ("items", items),
        ("enum", words),
        ("oneOf", one_of),
        ("$defs", definitions),
    ];
    let texts = [
        text("minItems", &written.min_items),
        text("maxItems", &written.max_items),
        text("const", &written.word),
        text("pattern", &written.pattern),
        text("minLength", &written.min_length),
        text("maxLength", &written.max_length),
        text("format", &written.format),
        text("minimum", &written.minimum),
        text("maximum", &written.maximum),
        text("$ref", &written.reference),
    ];
    let spans = spans
        .into_iter()
        .filter_map(|(key, span)| Some((key, span?)));
    spans.chain(texts.into_iter().flatten()).collect()
}
