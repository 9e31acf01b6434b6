//! The names by which a Rust program knows commands and arguments.
//!
//! Every type has a suffix or two parts, so that a command called `string` or `vec` makes no type
//! that hides one of Rust's own.

use super::{Arg, ArgSet, Command};

/// `CargoLogoutArgs`: the struct of a command's values.
pub(crate) fn args_struct(command: &Command) -> String {
    pascal(command_parts(command)) + "Args"
}

/// `CargoLogoutExit`: the enum of the exit codes that the command at this path has.
pub(crate) fn exit_enum(path: &[String]) -> String {
    pascal(parts(path)) + "Exit"
}

/// `CargoLogoutQuestion`: what a command asks.
pub(crate) fn question_struct(command: &Command) -> String {
    pascal(command_parts(command)) + "Question"
}

/// `OutputOptions`: the struct of a shared set.
pub(crate) fn set_struct(set: &str) -> String {
    pascal([set]) + "Options"
}

/// `OutputFormat`: the enum of an argument's choices, named after what the argument belongs to.
pub(crate) fn choice_enum(set: &ArgSet, arg: &Arg) -> String {
    let owner: Vec<&str> = match &set.name {
        Some(name) => vec![name.as_str()],
        None => parts(&set.owner).collect(),
    };
    pascal(owner.into_iter().chain([arg.id.as_str()]))
}

/// `PrettyJson`: the variant of a choice. A choice may hold any characters; those that are not ASCII,
/// which Rust knows too many rules about, and those of a choice without letters stand as numbers.
pub(crate) fn variant(choice: &str) -> String {
    let no_letters = !choice.contains(|c: char| c.is_ascii_alphanumeric());
    let mut spelled = String::new();
    for c in choice.chars() {
        if no_letters || !c.is_ascii() {
            spelled.push_str(&format!("-u{:04x}-", u32::from(c)));
        } else {
            spelled.push(c);
        }
    }
    let name = pascal([spelled.as_str()]);
    // The one word in this spelling that Rust keeps for itself.
    if name == "Self" { "Self_".into() } else { name }
}

/// The words of a name in this spelling: `PrettyJson` has two.
pub(crate) fn pascal_words(name: &str) -> Vec<&str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(_, c)| c.is_ascii_uppercase())
        .map(|(at, _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &name[*start..end])
        .collect()
}

/// `cargo_logout`: the method that handles a command.
pub(crate) fn method(command: &Command) -> String {
    snake(&command_parts(command).collect::<Vec<_>>().join("-"))
}

/// `dispatch_cargo`: a name behind a word, where it may begin with a digit.
pub(crate) fn behind(word: &str, name: &str) -> String {
    format!("{word}_{}", name.trim_start_matches('_'))
}

/// `external`, or `cargo_external`: the method that handles commands which the spec does not know.
pub(crate) fn external_method(command: &Command) -> String {
    match command.path.len() {
        1 => "external".to_owned(),
        _ => format!("{}_external", method(command)),
    }
}

/// `CargoLogoutArgs::define`, or `define_cargo` for a mere group: the function that builds its model.
pub(crate) fn define_function(command: &Command) -> String {
    if command.has_struct() {
        format!("{}::define", args_struct(command))
    } else {
        behind("define", &method(command))
    }
}

/// `pretty_json`: the field of an argument or a set.
pub(crate) fn field(name: &str) -> String {
    snake(name)
}

/// `CargoLogoutOutput`: the type of a command's result.
pub(crate) fn output(command: &Command) -> String {
    pascal(command_parts(command)) + "Output"
}

/// `CargoLogoutOutputRemaining`: the type of a part of a result.
pub(crate) fn output_part(whole: &str, part: &str) -> String {
    whole.to_owned() + pascal([&*parted(part)]).trim_start_matches('_')
}

/// `still_signed_in`: the field of a member of a result.
pub(crate) fn output_field(member: &str) -> String {
    snake(&parted(member))
}

/// `StillSignedIn`: the variant of a word of a result.
pub(crate) fn output_variant(word: &str) -> String {
    variant(&parted(word))
}

/// `stillSignedIn` → `still-Signed-In`
fn parted(name: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    for c in name.chars() {
        let begins = c.is_ascii_uppercase()
            && before.is_some_and(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if begins {
            out.push('-');
        }
        out.push(c);
        before = Some(c);
    }
    out
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
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}
