//! The Rust names of commands and arguments.
//!
//! Every type's name has a suffix or consists of two words, so that the types of a command called
//! `string` or `vec` don't shadow Rust's own.

use super::{Arg, ArgSet, Choice, Command, Group};

/// `CargoLogoutArgs`: the struct of a command's arguments.
pub(crate) fn args_struct(command: &Command) -> String {
    pascal(command_parts(command)) + "Args"
}

/// `CargoCommands`: the enum of a command group's subcommands.
#[cfg(feature = "cli")]
pub(crate) fn subcommands_enum(command: &Command) -> String {
    pascal(command_parts(command)) + "Commands"
}

/// `CargoLogoutExit`: the enum of the exit codes of the command at this path.
pub(crate) fn exit_enum(path: &[String]) -> String {
    pascal(parts(path)) + "Exit"
}

/// `CargoLogoutQuestion`: the type of a command's question.
pub(crate) fn question_struct(command: &Command) -> String {
    pascal(command_parts(command)) + "Question"
}

/// `OutputOptions`: the struct of a shared set.
pub(crate) fn set_struct(set: &str) -> String {
    pascal([set]) + "Options"
}

/// `OutputFormat`: the enum of an argument's choices, with the name of the argument's set or command.
pub(crate) fn choice_enum(set: &ArgSet, arg: &Arg) -> String {
    let owner: Vec<&str> = match &set.name {
        Some(name) => vec![name.as_str()],
        None => parts(&set.owner).collect(),
    };
    let id = spelled(&arg.id);
    pascal(owner.into_iter().chain([id.as_str()]))
}

/// `OutputFormat`: the type of an option group, with the name of the group's set or command.
pub(crate) fn group_type(set: &ArgSet, group: &Group) -> String {
    let owner: Vec<&str> = match &set.name {
        Some(name) => vec![name.as_str()],
        None => parts(&set.owner).collect(),
    };
    pascal(owner.into_iter().chain([group.name.as_str()]))
}

/// `Csv`: the variant of a member of an option group.
pub(crate) fn member(id: &str) -> String {
    variant(&spelled(id))
}

/// `PrettyJson`: the variant of a choice, unless the spec gives its name.
pub(crate) fn choice_variant(choice: &Choice) -> String {
    match &choice.rust {
        Some(name) => name.value.clone(),
        None => variant(&choice.name),
    }
}

/// `NotFound`: the variant for a word, such as an exit code. A word may contain any characters.
/// Characters that are not ASCII become numbers, since Rust's rules for them are complicated, and so do
/// all characters of a word without letters and digits.
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
    // The only keyword that is spelled like a variant.
    if name == "Self" { "Self_".into() } else { name }
}

/// Splits a name in Pascal case into words: `PrettyJson` has two.
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

/// `dispatch_cargo`: a name with a prefix. After the prefix it may begin with a digit.
pub(crate) fn prefixed(prefix: &str, name: &str) -> String {
    format!("{prefix}_{}", name.trim_start_matches('_'))
}

/// `external`, or `cargo_external`: the method that handles subcommands which the spec doesn't define.
pub(crate) fn external_method(command: &Command) -> String {
    match command.path.len() {
        1 => "external".to_owned(),
        _ => format!("{}_external", method(command)),
    }
}

/// `CargoLogoutArgs::define`, or `define_cargo` for a command without a struct: the function that builds
/// its model.
pub(crate) fn define_function(command: &Command) -> String {
    if command.has_struct() {
        format!("{}::define", args_struct(command))
    } else {
        prefixed("define", &method(command))
    }
}

/// `complete_accounts`: the method that offers values.
pub(crate) fn completer(name: &str) -> String {
    prefixed("complete", &snake(name))
}

/// `pretty_json`: the field of an argument or a set.
pub(crate) fn field(name: &str) -> String {
    snake(&spelled(name))
}

/// Spells out a name of one character: a capital letter, which would become the same identifier as the
/// small one, and a sign, which can't be part of an identifier.
fn spelled(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(c), None) if c.is_ascii_uppercase() => format!("capital-{c}"),
        (Some(c), None) if !c.is_ascii_alphanumeric() => format!("sign-{:02x}", u32::from(c)),
        _ => name.to_owned(),
    }
}

/// `CargoLogoutOutput`: the type of a command's result.
pub(crate) fn output(command: &Command) -> String {
    pascal(command_parts(command)) + "Output"
}

/// `CargoLogoutOutputRemaining`: the type of a part of a result.
pub(crate) fn output_part(whole: &str, part: &str) -> String {
    whole.to_owned() + pascal([&*split_camel_case(part)]).trim_start_matches('_')
}

/// `still_signed_in`: the field of a member of a result.
pub(crate) fn output_field(member: &str) -> String {
    snake(&split_camel_case(member))
}

/// `StillSignedIn`: the variant for a constant string in a result.
pub(crate) fn output_variant(word: &str) -> String {
    variant(&split_camel_case(word))
}

/// Separates the words of a name in camel case: `stillSignedIn` → `still-Signed-In`.
fn split_camel_case(name: &str) -> String {
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

/// The names in a command's path without the program's name, or the program's name for the root command.
fn command_parts(command: &Command) -> impl Iterator<Item = &str> {
    parts(&command.path)
}

fn parts(path: &[String]) -> impl Iterator<Item = &str> {
    let own = if path.len() > 1 { &path[1..] } else { path };
    own.iter().map(String::as_str)
}

/// Joins names in Pascal case: `a-b`, `c` → `ABC`.
fn pascal<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for word in parts.into_iter().flat_map(words) {
        // Between two digits, the boundary must stay visible: `1-2` and `12` are different names.
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

/// Converts a name to snake case: `A-b` → `a_b`.
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
