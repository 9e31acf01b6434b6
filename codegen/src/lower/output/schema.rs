//! A single schema: its type and its other keys.

use super::DEFINITIONS;
use crate::diagnostic::Code;
use crate::ir::Name;
use crate::ir::output::{Object, Property, Schema, Shape, Text};
use crate::lower::Lower;
use crate::source::{Span, Spanned};
use crate::spec::{self, TextOr, Type};

impl Lower<'_> {
    /// Lowers a schema. Errors about the schema as a whole are reported at `at`.
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
                error.help("list the required members in the object instead: `required: [a, b]`");
            }
            if let Some(place) = place.filter(|place| *place != span) {
                // If the type is unknown, the error about it silences this one, which has the same span.
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

    /// Returns the shape of a schema, and what messages call it; `None` if it has no type. This
    /// removes the keys that fit the shape from `written`, so the rest doesn't fit.
    fn shape(
        &mut self,
        written: &mut spec::Schema,
        kind: Option<Type>,
        at: Span,
    ) -> Option<(Shape, Option<&'static str>)> {
        let list = &mut written.kind.0;
        if let Some(reference) = written.reference.take() {
            return Some((
                self.reference(reference),
                Some("a reference to a definition"),
            ));
        }
        if let Some(alternatives) = written.one_of.take() {
            let what = "a value with `oneOf`";
            list.retain(|kind| kind.value != Type::Object);
            return Some((self.one_of(alternatives), Some(what)));
        }
        if written.words.is_some() || written.word.is_some() {
            list.retain(|kind| !matches!(kind.value, Type::String | Type::Null));
            return Some((self.words(written), Some("a value with `enum` or `const`")));
        }
        let place = list.first().map_or(at, |kind| kind.span);
        list.clear();
        let shape = match kind.or_else(|| self.untyped(written, at))? {
            Type::Object => (self.object(written, place), Some("an object")),
            Type::Array => (self.list(written, place), Some("a list")),
            Type::String => (self.text(written), Some("a string")),
            Type::Integer => (Shape::Integer(self.integers(written)), Some("a number")),
            Type::Number => (Shape::Number(self.numbers(written)), Some("a number")),
            Type::Boolean => (Shape::Boolean, Some("a boolean")),
            Type::Null => (nothing(), None),
        };
        Some(shape)
    }

    /// Returns the type in a schema, and whether the value may be null.
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
                    "a value can have only one type, or one type and `null`",
                )
                .help("use `oneOf` with objects; Rust has no type for values of several types");
        } else if let (None, Some(null)) = (kind, list.first()) {
            self.problems
                .error(
                    Code::SchemaWithoutType,
                    null.span,
                    "a value can't always be null",
                )
                .help("add another type: `type: [string, 'null']`")
                .silences([at]);
        }
        (kind.or(list.first()).map(|kind| kind.value), nullable)
    }

    /// Reports a schema without a type. Returns the type that its other keys suggest.
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
            Some(kind) => format!("add a type: `type: {}`", kind.name()),
            None => "add a type, such as `type: string`".to_owned(),
        };
        self.problems
            .error(
                Code::SchemaWithoutType,
                at,
                "this schema has no `type`, `enum`, `const`, `$ref` or `oneOf`",
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
                        format!("`{}` is not a reference to a definition", *reference),
                    )
                    .help(format!("write it as `$ref: '{DEFINITIONS}NAME'`"))
                    .silences([reference.span]);
                String::new()
            }
        };
        Shape::Reference(Name::new(name, reference.span))
    }

    fn words(&mut self, written: &mut spec::Schema) -> Shape {
        let mut words: Vec<Name> = written.word.take().into_iter().collect();
        // With `const`, an `enum` has no effect, and is reported like other keys that don't fit.
        if words.is_empty() {
            let list = written.words.take();
            if let Some(list) = list.as_ref().filter(|list| list.value.is_empty()) {
                self.problems
                    .error(Code::EmptyChoices, list.span, "`enum` is empty")
                    .help("list the allowed strings: `enum: [a, b]`");
            }
            for word in list.into_iter().flat_map(|list| list.value) {
                match words.iter().find(|known| ***known == *word) {
                    Some(first) => self.listed_twice(&word, first.span),
                    None => words.push(word),
                }
            }
        }
        for word in &words {
            self.line(word.clone());
        }
        Shape::Words(words)
    }

    fn listed_twice(&mut self, word: &Name, first: Span) {
        self.problems
            .error(
                Code::ChoiceTwice,
                word.span,
                format!("`{}` is listed twice", **word),
            )
            .label("listed again here")
            .related(first, "first listed here")
            .help("remove one of them");
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
                        "`properties` and a schema in `additionalProperties` can't be used together",
                    )
                    .help(
                        "move the additional members into a member that is an object of its own",
                    );
                false
            }
            Some((TextOr::Plain(text), span)) => {
                if *text != "false" {
                    self.problems
                        .error(
                            Code::WrongKind,
                            span,
                            format!(
                                "`additionalProperties` must be `false` or a schema, found `{}`",
                                *text
                            ),
                        )
                        .help("remove the key if there may be other members")
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
                    "this object has no `properties`",
                )
                .help("add them, or one schema for all members: `additionalProperties: { type: string }`");
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
                self.listed_twice(name, first.span);
            } else if !names.clone().any(|known| *known == **name) {
                self.problems
                    .error(
                        Code::UnknownProperty,
                        name.span,
                        format!("`{}` is not defined in `properties`", **name),
                    )
                    .suggest_name(name, name.span, names)
                    .help("define it there, or remove it from `required`");
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
                    .error(Code::SchemaWithoutType, at, "this list has no `items`")
                    .help("add a schema for its items: `items: { type: string }`");
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
                        format!("invalid regular expression: {error}"),
                    )
                    .help(
                        "use the syntax of the crate `regex-lite`: no look-around, no Unicode classes",
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

/// Returns a placeholder for the shape of an invalid schema.
fn nothing() -> Shape {
    Shape::Boolean
}

/// Returns the keys of a schema that describe a value, each with its span.
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
