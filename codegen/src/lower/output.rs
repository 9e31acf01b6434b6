//! What commands print for programs.

mod alternatives;
mod limits;
mod schema;

use std::collections::BTreeSet;

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::Name;
use crate::ir::output::{Output, Schema, Shape};
use crate::source::Spanned;
use crate::spec;

/// What stands before the name of a definition.
const DEFINITIONS: &str = "#/$defs/";
/// How many definitions one result may have. Which holds which is looked up for each.
const MAX_DEFINITIONS: usize = 500;

impl Lower<'_> {
    /// The result of a command.
    pub(super) fn output(&mut self, written: Spanned<spec::Schema>) -> Output {
        let mut written = written;
        let definitions = std::mem::take(&mut written.value.definitions);
        let at = written.span;
        let too_many = definitions
            .0
            .get(MAX_DEFINITIONS)
            .map(|(name, _)| name.span);
        if let Some(place) = too_many {
            self.problems
                .error(
                    Code::TooMuch,
                    place,
                    format!("this result has more than {MAX_DEFINITIONS} definitions"),
                )
                .help("write some of them where they are used");
        }
        let root = self.schema(written, at);
        let definitions = definitions.0.into_iter().map(|(name, schema)| {
            let at = name.span;
            (name, self.schema(schema, at))
        });
        let output = Output {
            span: at,
            definitions: definitions.collect(),
            root,
        };
        if too_many.is_some() {
            return output;
        }
        self.definition_names(&output);
        self.references(&output);
        self.contained(&output);
        self.missing_or_null(&output);
        if output.is_nullable(&output.root) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    output.root.span,
                    "a result as a whole can't be null",
                )
                .help("make it an object with a member that may be null");
        }
        output
    }

    /// Names of definitions are parts of addresses.
    fn definition_names(&mut self, output: &Output) {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        for (name, _) in &output.definitions {
            if name.is_empty() || !name.chars().all(fits) {
                self.problems
                    .error(
                        Code::NotAName,
                        name.span,
                        format!("`{}` can't be the name of a definition", **name),
                    )
                    .help("letters, digits, `-`, `_` and `.` make a name");
            }
        }
    }

    /// Each `$ref` names a definition, and each definition is named.
    fn references(&mut self, output: &Output) {
        let known = || output.definitions.iter().map(|(name, _)| name.as_str());
        let mut used = BTreeSet::new();
        let mut unknown = false;
        for schema in output.schemas() {
            let Shape::Reference(name) = &schema.shape else {
                continue;
            };
            if !used.insert(name.as_str()) || output.definition(name).is_some() {
                continue;
            }
            unknown = true;
            let written: Vec<String> = known().map(|name| format!("{DEFINITIONS}{name}")).collect();
            self.problems
                .error(
                    Code::UnknownDefinition,
                    name.span,
                    format!("there is no definition `{}`", **name),
                )
                .suggest_name(
                    &format!("{DEFINITIONS}{}", **name),
                    name.span,
                    written.iter().map(String::as_str),
                )
                .help("definitions stand below `$defs` at the top of `output`");
        }
        for (name, _) in &output.definitions {
            // What is misspelled may mean any of them.
            if !unknown && !used.contains(name.as_str()) {
                self.problems
                    .error(
                        Code::UnusedDefinition,
                        name.span,
                        format!("nothing refers to the definition `{}`", **name),
                    )
                    .help(format!(
                        "refer to it by `$ref: '{DEFINITIONS}{}'`, or remove it",
                        **name
                    ));
            }
        }
    }

    /// No value contains itself, unless a list or an object of any members lies between.
    fn contained(&mut self, output: &Output) {
        let mut told = BTreeSet::new();
        for (name, schema) in &output.definitions {
            let mut reached: Vec<&Name> = Vec::new();
            let mut next = direct(schema);
            while let Some(reference) = next.pop() {
                if reached.iter().any(|known| ***known == **reference) {
                    continue;
                }
                reached.push(reference);
                next.extend(output.definition(reference).into_iter().flat_map(direct));
            }
            let itself = reached.iter().any(|reference| ***reference == **name);
            // Of those that contain each other, one is enough.
            if itself && !told.contains(name.as_str()) {
                told.extend(reached.iter().map(|reference| reference.as_str()));
                self.problems
                    .error(
                        Code::SchemaOfItself,
                        name.span,
                        format!("a value of `{}` would contain another, and so on", **name),
                    )
                    .help("put a list between them: `type: array` with the `$ref` in `items`");
            }
        }
    }

    /// What may be missing can't be null, too: readers of the result would not know the difference.
    fn missing_or_null(&mut self, output: &Output) {
        for schema in output.schemas() {
            let Shape::Object(object) = &schema.shape else {
                continue;
            };
            for property in &object.properties {
                if !property.required && output.is_nullable(&property.schema) {
                    let name = &property.name;
                    self.problems
                        .error(
                            Code::OptionalAndNull,
                            name.span,
                            format!("`{}` may be missing and may be null", **name),
                        )
                        .help("name it in `required`, or take `null` from its `type`");
                }
            }
        }
    }
}

/// The definitions of which a value holds one itself.
fn direct(schema: &Schema) -> Vec<&Name> {
    match &schema.shape {
        Shape::Reference(name) => vec![name],
        Shape::List(..) | Shape::Map(_) => Vec::new(),
        _ => schema.within().into_iter().flat_map(direct).collect(),
    }
}
