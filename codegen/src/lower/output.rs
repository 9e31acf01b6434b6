//! The results that commands print for other programs.

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

/// The prefix of a reference to a definition.
const DEFINITIONS: &str = "#/$defs/";
/// The largest number of definitions of a result. All definitions that each one contains are looked up.
const MAX_DEFINITIONS: usize = 500;

impl Lower<'_> {
    /// Lowers the schema of a command's result.
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
                    format!("this schema has more than {MAX_DEFINITIONS} definitions"),
                )
                .help("write some of them inline, where they are used");
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
        self.recursion(&output);
        self.missing_or_null(&output);
        if output.is_nullable(&output.root) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    output.root.span,
                    "the whole result can't be null",
                )
                .help("make it an object with a member that may be null");
        }
        output
    }

    /// Checks the names of definitions, which are parts of URIs.
    fn definition_names(&mut self, output: &Output) {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        for (name, _) in &output.definitions {
            if name.is_empty() || !name.chars().all(fits) {
                self.problems
                    .error(
                        Code::NotAName,
                        name.span,
                        format!("`{}` is not a valid name for a definition", **name),
                    )
                    .help("use only letters, digits, `-`, `_` and `.`");
            }
        }
    }

    /// Checks that each `$ref` names a definition, and that each definition is used.
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
                    format!("unknown definition `{}`", **name),
                )
                .suggest_name(
                    &format!("{DEFINITIONS}{}", **name),
                    name.span,
                    written.iter().map(String::as_str),
                )
                .help("define it in `$defs`, at the top level of `output`");
        }
        for (name, _) in &output.definitions {
            // A misspelled `$ref` may mean any of them.
            if !unknown && !used.contains(name.as_str()) {
                self.problems
                    .error(
                        Code::UnusedDefinition,
                        name.span,
                        format!("the definition `{}` is never used", **name),
                    )
                    .help(format!(
                        "refer to it with `$ref: '{DEFINITIONS}{}'`, or remove it",
                        **name
                    ));
            }
        }
    }

    /// Checks that no value contains itself, except inside a list or an object with members of any name.
    fn recursion(&mut self, output: &Output) {
        let mut reported = BTreeSet::new();
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
            // If definitions contain each other, the first is enough to report.
            if itself && !reported.contains(name.as_str()) {
                reported.extend(reached.iter().map(|reference| reference.as_str()));
                self.problems
                    .error(
                        Code::SchemaOfItself,
                        name.span,
                        format!("recursive definition `{}` has infinite size", **name),
                    )
                    .help("put a list in between: `type: array` with the `$ref` in `items`");
            }
        }
    }

    /// Checks that no member can be both missing and null: readers of the result couldn't tell why.
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
                            format!("`{}` may be both missing and null", **name),
                        )
                        .help("add it to `required`, or remove `null` from its `type`");
                }
            }
        }
    }
}

/// Returns the definitions that a value contains directly, and not in a list or a map.
fn direct(schema: &Schema) -> Vec<&Name> {
    match &schema.shape {
        Shape::Reference(name) => vec![name],
        Shape::List(..) | Shape::Map(_) => Vec::new(),
        _ => schema.within().into_iter().flat_map(direct).collect(),
    }
}
