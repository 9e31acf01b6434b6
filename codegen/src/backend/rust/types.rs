//! Structs for the arguments of commands, enums for choices, and the code that fills them with values.

use std::sync::Arc;

use super::calls::literal;
use super::items::{self, Item, doc_line};
use super::{contract, define, doc_code, doc_text, groups, spelled};
use super::{take, tokens};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Choice, Command, Kind, Program, Takes, Value};
use crate::model::Models;

/// Returns the struct of a command, unless it only groups subcommands, and the enums of its own
/// arguments.
pub(super) fn command(program: &Program, models: &Models, command: &Command) -> Vec<Item> {
    let mut items = Vec::new();
    if command.has_struct() {
        // Single arguments first, then shared sets.
        let own = command.args_of().filter(|(set, _)| set.name.is_none());
        let shared = command.all_sets().filter(|set| set.name.is_some());
        let fields: Vec<Field> = own
            .flat_map(|(set, args)| groups::fields(set, &args))
            .chain(shared.map(set_field))
            .collect();
        let (title, about) = (doc_code(&command.title()), doc_text(&command.about));
        let doc = doc_line(&format!("The arguments of {title}: {about}"));
        // The root command is built by the function `define`.
        let define = (command.path.len() > 1).then(|| {
            let statements = define::statements(command, models.command(command));
            items::define("define", &statements, 4)
        });
        let handle = contract::handle(program, command);
        let functions: Vec<String> = define.into_iter().chain(handle).collect();
        let name = names::args_struct(command);
        items.push(structure(&doc, &name, &fields, functions));
    }
    if command.built_in.is_none() {
        items.extend(enums(&command.own));
        items.extend(groups::items(&command.own));
    }
    items
}

/// Returns the struct of a shared set, and the enums of its options.
pub(super) fn set(set: &ArgSet) -> Vec<Item> {
    let Some(set_name) = &set.name else {
        return Vec::new();
    };
    let args: Vec<&Arg> = set.args.iter().collect();
    let fields = groups::fields(set, &args);
    let doc = doc_line(&format!("The options of the set {}.", doc_code(set_name)));
    let mut functions = vec![items::define("define", &define::set(set), 4)];
    if set.optional {
        let ids: Vec<&str> = set.args.iter().map(|arg| arg.id.as_str()).collect();
        functions.push(groups::take_given(&ids));
    }
    let name = names::set_struct(set_name);
    let mut items = vec![structure(&doc, &name, &fields, functions)];
    items.extend(enums(set));
    items.extend(groups::items(set));
    items
}

/// A field of a struct.
pub(super) struct Field {
    /// Its doc comment and attributes.
    pub(super) head: String,
    pub(super) name: String,
    pub(super) kind: String,
    /// The expression that takes its value out of `values`.
    pub(super) value: String,
    /// The expression for the origin of the value, for an option that may be set in configuration files.
    pub(super) origin: Option<String>,
}

/// Returns a struct with these fields and functions, and the function that takes it out of a command line.
pub(super) fn structure(
    doc: &str,
    name: &str,
    fields: &[Field],
    mut functions: Vec<String>,
) -> Item {
    // A command may have no arguments at all.
    let argument = if fields.is_empty() { "_" } else { "values" };
    functions.push(format!(
        "    /// Takes the values out of a parsed command line.\n    \
         pub fn take({argument}: &mut Values) -> Self {{\n{}    }}\n",
        take::fields(fields, 8)
    ));
    let declared = fields.iter();
    let declared =
        declared.map(|field| items::field("    pub ", &field.head, &field.name, &field.kind));
    let body = match fields.is_empty() {
        true => "{}\n".to_owned(),
        false => format!("{{\n{}}}\n", declared.collect::<String>()),
    };
    // `PartialEq` is not derived: it would count as reading each field, so rustc couldn't warn about fields
    // that no handler reads.
    Item::Text(format!(
        "{doc}#[derive(Clone, Debug)]\npub struct {name} {body}\nimpl {name} {{\n{}}}\n",
        functions.join("\n")
    ))
}

/// Returns the doc comment of a field. If the runtime reads the value itself, rustc must not warn that no
/// handler does.
pub(super) fn field_head(doc: &str, is_read: bool) -> String {
    let allow = if is_read { "#[allow(dead_code)]\n" } else { "" };
    doc_line(doc) + allow
}

fn set_field(set: &Arc<ArgSet>) -> Field {
    let set_name = set.name.as_ref().map_or("", |name| name.as_str());
    let kind = names::set_struct(set_name);
    let doc = format!("The options of the set {}.", doc_code(set_name));
    let function = if set.optional { "take_given" } else { "take" };
    Field {
        head: field_head(&doc, set.args.iter().all(|arg| arg.role.is_some())),
        name: spelled(&names::field(set_name)),
        value: format!("{kind}::{function}(values)"),
        kind: match set.optional {
            true => format!("Option<{kind}>"),
            false => kind,
        },
        origin: None,
    }
}

/// Returns the field of an argument or option.
pub(super) fn arg_field(set: &ArgSet, arg: &Arg) -> Field {
    let taken = taken(set, arg, arg.is_always_there());
    Field {
        head: field_head(&arg_doc(arg), arg.role.is_some()),
        name: spelled(&names::field(&arg.id)),
        kind: match &arg.config {
            Some(_) => format!("Configured<{}>", taken.kind),
            None => taken.kind,
        },
        value: taken.value,
        origin: origin(arg),
    }
}

/// Returns the expression for the origin of a value that may be set in configuration files.
pub(super) fn origin(arg: &Arg) -> Option<String> {
    let id = literal(&arg.id);
    arg.config.as_ref().map(|_| format!("values.origin({id})"))
}

/// Returns the text of the doc comment of an argument or option.
pub(super) fn arg_doc(arg: &Arg) -> String {
    let name = doc_code(&arg.written());
    match doc_text(&arg.help) {
        help if help.is_empty() => name,
        help => format!("{name}: {help}"),
    }
}

/// The type of a value, and the expression that takes it out of `values`.
pub(super) struct Taken {
    pub(super) kind: String,
    pub(super) value: String,
}

/// Returns how the value of an argument or option is taken. `always` is whether there is one in any case.
pub(super) fn taken(set: &ArgSet, arg: &Arg, always: bool) -> Taken {
    let id = literal(&arg.id);
    let (kind, value) = match &arg.takes {
        Takes::Switch => ("bool".to_owned(), format!("values.switch({id})")),
        Takes::Negatable {
            default: Some(default),
            ..
        } => (
            "bool".to_owned(),
            format!("values.negatable_or({id}, {default})"),
        ),
        // One of the switch and its opposite is always given.
        Takes::Negatable { .. } if always => (
            "bool".to_owned(),
            format!("values.negatable_or({id}, false)"),
        ),
        Takes::Negatable { .. } => ("Option<bool>".to_owned(), format!("values.negatable({id})")),
        Takes::Count(max) => ("u8".to_owned(), format!("values.count({id}, {max})")),
        Takes::Value(value) => {
            let (kind, method) = value_field(set, arg, value, always);
            (kind, format!("values.{method}({id})"))
        }
    };
    Taken { kind, value }
}

/// Returns the type of a value, and the method that takes it out of `values`.
fn value_field(set: &ArgSet, arg: &Arg, value: &Value, always: bool) -> (String, String) {
    // The most common kinds have their own methods, which are compiled once and not in each program.
    let (one, own) = match &value.kind {
        Kind::String | Kind::Url => ("String", Some("string")),
        Kind::Path(..) => ("std::path::PathBuf", Some("path")),
        Kind::Integer { .. } => ("i64", Some("integer")),
        Kind::Choice { .. } => (&*names::choice_enum(set, arg), Some("choice")),
        Kind::Float { .. } => ("f64", None),
        Kind::Boolean => ("bool", None),
        Kind::Secret => ("clapspec_runtime::Secret", None),
        Kind::Duration => ("std::time::Duration", None),
        Kind::Size => ("u64", None),
        Kind::KeyValue => ("(String, String)", None),
        Kind::Rust(path) => (&*tokens::path(path), None),
    };
    if let Some(count) = value.array() {
        return match (value.repeated, always) {
            (true, _) => (format!("Vec<[{one}; {count}]>"), "arrays".to_owned()),
            (false, true) => (format!("[{one}; {count}]"), "required_array".to_owned()),
            (false, false) => (format!("Option<[{one}; {count}]>"), "array".to_owned()),
        };
    }
    if value.is_list() {
        let method = own.map_or("many".to_owned(), |own| format!("{own}s"));
        (format!("Vec<{one}>"), method)
    } else if always {
        let method = own.map_or("required".to_owned(), |own| format!("required_{own}"));
        (one.to_owned(), method)
    } else {
        (format!("Option<{one}>"), own.unwrap_or("one").to_owned())
    }
}

fn enums(set: &ArgSet) -> impl Iterator<Item = Item> {
    let with_choices = set
        .args
        .iter()
        .filter_map(|arg| Some((arg, arg.choices()?)));
    with_choices.map(|(arg, choices)| enumeration(set, arg, choices))
}

fn enumeration(set: &ArgSet, arg: &Arg, choices: &[Choice]) -> Item {
    let name = names::choice_enum(set, arg);
    let mut text = doc_line(&format!("The values of {}.", doc_code(&arg.written())));
    let names: Vec<String> = choices.iter().map(names::choice_variant).collect();
    text += &lints(&name, &names);
    text += &format!("#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum {name} {{\n");
    let mut values = Vec::new();
    for (choice, variant) in choices.iter().zip(&names) {
        let variant = spelled(variant);
        let doc = match doc_text(&choice.help) {
            help if help.is_empty() => doc_code(&choice.name),
            help => format!("{}: {help}", doc_code(&choice.name)),
        };
        text += &format!("    /// {doc}\n    {variant},\n");
        values.push(format!("Self::{variant}"));
    }
    text += &format!("}}\n\nimpl Choice for {name} {{\n");
    text += &items::list("    const ALL: &'static [Self]", &values);
    text += "}\n";
    Item::Text(text)
}

/// Suppresses clippy's lints about the names of an enum and its variants.
pub(super) fn lints(name: &str, variants: &[String]) -> String {
    let found = [
        variant_names(name, variants).then_some("enum_variant_names"),
        acronyms(name, variants).then_some("upper_case_acronyms"),
    ];
    let found = found.into_iter().flatten();
    found
        .map(|lint| format!("#[allow(clippy::{lint})]\n"))
        .collect()
}

/// Whether clippy would complain about an acronym. It treats any name in capitals as one, such as that of the
/// choice `a-b-c`.
fn acronyms(name: &str, variants: &[String]) -> bool {
    let capitals = |name: &str| name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase());
    capitals(name) || variants.iter().any(|variant| capitals(variant))
}

/// Whether clippy would complain about variants with a common prefix or suffix. Their names come from the
/// spec.
fn variant_names(name: &str, variants: &[String]) -> bool {
    let words: Vec<Vec<&str>> = variants
        .iter()
        .map(|variant| names::pascal_words(variant))
        .collect();
    let same = |pick: fn(&Vec<&str>) -> Option<String>| {
        let first = words.first().and_then(pick);
        first.is_some() && words.iter().all(|words| pick(words) == first)
    };
    let prefix = same(|words| words.first().map(|word| (*word).to_owned()));
    let suffix = same(|words| words.last().map(|word| (*word).to_owned()));
    let named = |variant: &String| variant.starts_with(name) || variant.ends_with(name);
    prefix || suffix || variants.iter().any(named)
}
