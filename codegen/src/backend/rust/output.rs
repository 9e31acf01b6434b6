//! The result of a command: its types, how they are serialized, and its schema.

use super::calls::{Argument, Call, Statement, literal};
use super::items::{self, Item, doc_line};
use super::types::lints;
use super::{doc_code, doc_text, spelled};
use crate::backend::schema;
use crate::ir::output::types::{Speller, Type, types, variant};
use crate::ir::output::{Object, OneOf, Output, Property, Schema, Shape};
use crate::ir::rust_names as names;
use crate::ir::{Command, Name};

/// Returns the types of a command's result, and their trait implementations.
pub(super) fn items(command: &Command) -> Vec<Item> {
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
        items.push(writer.item(kind, i == 0));
        if i == 0 {
            items.push(implementation(kind, output));
        }
    }
    items
}

/// Implements `Output`, with the schema as a raw string literal.
fn implementation(kind: &Type<'_>, output: &Output) -> Item {
    let json = schema::bare(output).compact();
    let mut marks = "#".to_owned();
    while json.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    let name = &kind.name;
    Item::Text(format!(
        "impl clapspec_runtime::Output for {name} {{\n    \
         const SCHEMA: &'static str = r{marks}\"\n{json}\"{marks};\n}}\n"
    ))
}

/// The maximum width of a pattern's fields on one line, rustfmt's `struct_lit_width`.
const PATTERN: usize = 18;

/// Writes the types of one result.
struct Writer<'a> {
    speller: Speller<'a>,
    eq: bool,
}

/// The definition of a type, and the body of its function `serialize`.
type Parts = (String, String);

impl Writer<'_> {
    fn item(&self, kind: &Type<'_>, whole: bool) -> Item {
        let doc = match &kind.schema.description {
            Some(description) => doc_line(&doc_text(description)),
            None => doc_line(&sentence(&kind.what)),
        };
        // A program doesn't have to use everything that its spec allows.
        let several = matches!(kind.schema.shape, Shape::Words(_) | Shape::OneOf(_));
        let unused = match several || !whole {
            true => "#[allow(dead_code)]\n",
            false => "",
        };
        let (definition, body) = match &kind.schema.shape {
            Shape::Words(words) => enumeration(kind, words),
            Shape::Object(object) => self.structure(kind, object),
            Shape::OneOf(one_of) => self.one_of(kind, one_of),
            _ => self.newtype(kind),
        };
        let derives = match (&kind.schema.shape, self.eq) {
            (Shape::Words(_), _) => "Clone, Copy, Debug, PartialEq, Eq",
            (_, true) => "Clone, Debug, PartialEq, Eq",
            (_, false) => "Clone, Debug, PartialEq",
        };
        let name = &kind.name;
        Item::Text(format!(
            "{doc}{unused}#[derive({derives})]\n{definition}\nimpl Serialize for {name} {{\n    \
             fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{\n\
             {body}    }}\n}}\n"
        ))
    }

    /// A result that isn't an object becomes a newtype.
    fn newtype(&self, kind: &Type<'_>) -> Parts {
        let inner = self.speller.inner(&kind.name, kind.schema);
        (
            format!("pub struct {}(pub {inner});\n", kind.name),
            "        self.0.serialize(serializer)\n".to_owned(),
        )
    }

    fn structure(&self, kind: &Type<'_>, object: &Object) -> Parts {
        let fields = fields(object, None).map(|property| {
            let (name, declared) = self.field(&kind.name, property);
            items::field("    pub ", &property_doc(property), &name, &declared)
        });
        let fields: String = fields.collect();
        let body = match fields.is_empty() {
            true => "{}".to_owned(),
            false => format!("{{\n{fields}}}"),
        };
        let definition = format!("pub struct {} {body}\n", kind.name);
        if object.properties.is_empty() {
            let empty = "        Object::new(serializer)?.end()\n";
            return (definition, empty.to_owned());
        }
        let members = object.properties.iter();
        let members = members.map(|property| member("object", property, "&self.").print(8));
        let members: String = members.collect();
        let body = format!(
            "        let mut object = Object::new(serializer)?;\n{members}        object.end()\n"
        );
        (definition, body)
    }

    fn one_of(&self, kind: &Type<'_>, one_of: &OneOf) -> Parts {
        let mut variants = String::new();
        let mut arms = Vec::new();
        let local = local(one_of);
        for alternative in &one_of.alternatives {
            let Some(object) = alternative.object() else {
                continue;
            };
            let variant = spelled(&variant(alternative));
            let part = names::output_part(&kind.name, &alternative.word);
            let mut bound = Vec::new();
            let declared = fields(object, Some(&one_of.tag)).map(|property| {
                let (name, declared) = self.field(&part, property);
                let field = items::field("        ", &property_doc(property), &name, &declared);
                bound.push(name);
                field
            });
            let declared: String = declared.collect();
            let doc = match &alternative.schema.description {
                Some(description) => doc_text(description),
                None => doc_code(&alternative.word),
            };
            let braces = match declared.is_empty() {
                true => String::new(),
                false => format!(" {{\n{declared}    }}"),
            };
            variants += &format!("    /// {doc}\n    {variant}{braces},\n");
            let members = object.properties.iter();
            let members = members.map(|property| member(local, property, ""));
            arms.push((variant, bound, members.collect()));
        }
        let words: Vec<String> = one_of.alternatives.iter().map(variant).collect();
        let (name, lints) = (&kind.name, lints(&kind.name, &words));
        let definition = format!(
            "{lints}#[allow(clippy::large_enum_variant)]\npub enum {name} {{\n{variants}}}\n"
        );
        let arms = self::arms(&arms, 8);
        let body = format!(
            "        let mut {local} = Object::new(serializer)?;\n{arms}        {local}.end()\n"
        );
        (definition, body)
    }

    /// Returns the name and the type of a member's field.
    fn field(&self, whole: &str, property: &Property) -> (String, String) {
        let name = names::output_part(whole, &property.name);
        let declared = self.speller.whole(&name, &property.schema);
        let declared = match property.required {
            true => declared,
            false => format!("Option<{declared}>"),
        };
        (spelled(&names::output_field(&property.name)), declared)
    }
}

/// Defines an enum for a string with a fixed set of values.
fn enumeration(kind: &Type<'_>, words: &[Name]) -> Parts {
    let names = words.iter().map(|word| names::output_variant(word));
    let names: Vec<String> = names.collect();
    let (mut variants, mut arms) = (String::new(), String::new());
    for (word, variant) in words.iter().zip(&names) {
        let variant = spelled(variant);
        variants += &format!("    /// {}\n    {variant},\n", doc_code(word));
        arms += &items::arm(12, &format!("Self::{variant}"), &literal(word));
    }
    let (name, lints) = (&kind.name, lints(&kind.name, &names));
    (
        format!("{lints}pub enum {name} {{\n{variants}}}\n"),
        format!(
            "        let word = match self {{\n{arms}        }};\n        \
             serializer.serialize_str(word)\n"
        ),
    )
}

/// A variant, its fields, and the statements for it.
type Arm = (String, Vec<String>, Vec<Statement>);

/// Writes a `match` over the variants of `self`.
fn arms(arms: &[Arm], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let arms: String = arms.iter().map(|it| arm(indent + 4, it)).collect();
    format!("{pad}match self {{\n{arms}{pad}}}\n")
}

/// Formats `Self::Variant { fields } => { statements }`, with a line for each field if they are too
/// long.
fn arm(indent: usize, (variant, fields, statements): &Arm) -> String {
    let pad = " ".repeat(indent);
    let line = fields.join(", ");
    let fields = match line.chars().count() {
        0 => String::new(),
        1..=PATTERN => format!(" {{ {line} }}"),
        _ => {
            let lines = fields.iter().map(|field| format!("{pad}    {field},\n"));
            format!(" {{\n{}{pad}}}", lines.collect::<String>())
        }
    };
    let statements = statements.iter().map(|it| it.print(indent + 4));
    let statements: String = statements.collect();
    format!("{pad}Self::{variant}{fields} => {{\n{statements}{pad}}}\n")
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
    let field = spelled(&names::output_field(&property.name));
    let method = if property.required {
        "member"
    } else {
        "optional"
    };
    let value = match property.constant() {
        Some(word) => format!("&{}", literal(word)),
        None => format!("{owner}{field}"),
    };
    let name = literal(&property.name);
    let arguments = vec![Argument::word(name), Argument::word(value)];
    Statement::on(object, Call::new(method, arguments)).or_return()
}

fn property_doc(property: &Property) -> String {
    let name = doc_code(&property.name);
    doc_line(&match &property.schema.description {
        Some(description) => format!("{name}: {}", doc_text(description)),
        None => name,
    })
}

fn sentence(what: &str) -> String {
    let mut text = what.replacen("the ", "The ", 1);
    text.push('.');
    text
}
