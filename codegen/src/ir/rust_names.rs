//! The names by which a Rust program knows commands and arguments.
//!
//! Every type has a suffix or two parts, so that a command called `string` or `vec` makes no type
//! that hides one of Rust's own.

use super::{Arg, ArgSet, Command};

/// `CargoLogoutArgs`: the struct of a command's values.
pub(crate) fn args_struct(command: &Command) -> String {
    pascal(command_parts(command)) + "Args"
}

/// `OutputOptions`: the struct of a shared set.
pub(crate) fn set_struct(set: &str) -> String {
    pascal([set]) + "Options"
}

/// `OutputFormat`: the enum of an argument's choices, named after what the argument belongs to.
pub(crate) fn choice_enum(set: &ArgSet, arg: &Arg) -> String {
    let owner = match &set.name {
        Some(name) => pascal([name.as_str()]),
        None => pascal(parts(&set.owner)),
    };
    owner + &pascal([arg.id.as_str()])
}

/// `CargoLogout` as the name of an enum's variant, or of one choice.
pub(crate) fn variant(name: &str) -> String {
    let name = pascal([name]);
    // The one word in this spelling that Rust keeps for itself.
    if name == "Self" { "Self_".into() } else { name }
}

/// `cargo_logout`: the method that handles a command.
pub(crate) fn method(command: &Command) -> String {
    snake(&command_parts(command).collect::<Vec<_>>().join("-"))
}

/// `CargoLogoutArgs::define`, or `define_cargo` for a group: the function that tells clap about it.
pub(crate) fn define_function(command: &Command) -> String {
    if command.is_group() {
        format!("define_{}", method(command))
    } else {
        format!("{}::define", args_struct(command))
    }
}

/// `pretty_json`: the field of an argument or a set.
pub(crate) fn field(name: &str) -> String {
    snake(name)
}

/// The names after the program's own; of the program itself, that one.
fn command_parts(command: &Command) -> impl Iterator<Item = &str> {
    parts(&command.path)
}

fn parts(path: &[String]) -> impl Iterator<Item = &str> {
    let own = if path.len() > 1 { &path[1..] } else { path };
    own.iter().map(String::as_str)
}

/// `a-b`, `c` → `ABC`
fn pascal<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for word in parts.into_iter().flat_map(words) {
        // Between two digits, a boundary would be lost: `1-2` and `12` are not the same.
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digits(name.chars().last()) && digits(word.chars().next()) {
            name.push('_');
        }
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(&letters.as_str().to_lowercase());
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        name.insert(0, '_');
    }
    name
}

/// `A-b` → `a_b`
fn snake(name: &str) -> String {
    let mut name = words(name).collect::<Vec<_>>().join("_").to_lowercase();
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        name.insert(0, '_');
    }
    name
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
