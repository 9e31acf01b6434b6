//! Names, and pieces of code.

use crate::backend::{rust_literal as literal, rust_name as spelled};
use crate::ir::rust_names as names;
use crate::ir::{Command, Name};

/// The field of a shared set. An option may have the same name, if its field is otherwise in a type of a group.
pub(super) fn set_field(command: &Command, set: &str) -> String {
    let field = names::field(set);
    match command.args().any(|arg| names::field(&arg.id) == field) {
        true => format!("{field}_options"),
        false => spelled(&field),
    }
}

/// The field of the subcommand, which no option may have.
pub(super) fn subcommand_field(command: &Command) -> &'static str {
    let is_taken = |field: &&str| command.args().any(|arg| names::field(&arg.id) == **field);
    let mut fields = ["command", "subcommand", "subcommand_"].into_iter();
    fields.find(|field| !is_taken(field)).unwrap_or("command")
}

/// The name of the struct of the program. Without subcommands, it is that of a handler's arguments.
pub(super) fn root_name(root: &Command) -> String {
    match root.is_group() {
        true => "Cli".to_owned(),
        false => names::args_struct(root),
    }
}

pub(super) fn kind_of(command: &Command) -> String {
    match command.path.len() {
        1 => root_name(command),
        _ => struct_name(command),
    }
}

/// The name of the struct of a command.
pub(super) fn struct_name(command: &Command) -> String {
    names::args_struct(command)
}

/// An attribute in one line, or with a line for each of its parts.
pub(super) fn attribute(name: &str, parts: &[String], indent: &str) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let line = format!("{indent}#[{name}({})]\n", parts.join(", "));
    match line.chars().count() > 101 {
        true => format!(
            "{indent}#[{name}(\n{}{indent})]\n",
            parts
                .iter()
                .map(|part| format!("{indent}    {part},\n"))
                .collect::<String>()
        ),
        false => line,
    }
}

/// Whether clap derives this name from a variant.
pub(super) fn is_kebab_case(name: &str, variant: &str) -> bool {
    let words = names::pascal_words(variant);
    let is_plain = variant.chars().all(|c| c.is_ascii_alphabetic());
    is_plain && words.join("-").to_lowercase() == name
}

/// A list of names as a part of an attribute.
pub(super) fn list<'n>(key: &str, names: impl IntoIterator<Item = &'n Name>) -> Option<String> {
    let names: Vec<String> = names.into_iter().map(|name| literal(name)).collect();
    (!names.is_empty()).then(|| format!("{key} = [{}]", names.join(", ")))
}

/// The name that clap's rules have for an argument: that of its field.
pub(super) fn id(key: &str) -> String {
    let field = spelled(&names::field(key));
    field
        .strip_prefix("r#")
        .map_or(field.clone(), str::to_owned)
}

/// Text for a doc comment.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
