//! Types of values, enums of choices, and parsers for which clap has none.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Writer, attribute, literal, one_line, spelled};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Complete, Exists, Kind, Value};
use crate::text::to_plain;
use clapspec_runtime::model::PathKind;

/// How a value is parsed.
pub(super) enum Parser {
    /// As clap parses the type.
    Default,
    /// By this expression.
    Own(String),
    /// By an expression with a function that is added to the file.
    Helper(&'static str, String),
    /// As clap parses the type, which is not the same.
    Lost(&'static str),
}

/// The type of a single value, and how it is parsed.
pub(super) fn kind(
    set: &ArgSet,
    arg: &Arg,
    value: &Value,
    enums: &BTreeSet<String>,
) -> (String, Parser) {
    let path = match enums.contains("PathBuf") {
        true => "std::path::PathBuf",
        false => "PathBuf",
    };
    let (kind, parser) = match &value.kind {
        Kind::String => ("String", Parser::Default),
        Kind::Path(_, Exists::Either) => (path, Parser::Default),
        Kind::Path(kind, exists) => (path, on_disk(*kind, *exists)),
        Kind::Secret => (
            "String",
            Parser::Lost("a secret: the field is a string, which `Debug` shows"),
        ),
        Kind::Integer { min, max } => ("i64", integers(*min, *max)),
        Kind::Float { min, max } if min.is_finite() || max.is_finite() => {
            ("f64", floats(*min, *max))
        }
        Kind::Float { .. } => ("f64", Parser::Default),
        Kind::Boolean => (
            "bool",
            Parser::Own("clap::value_parser!(bool), action = clap::ArgAction::Set".to_owned()),
        ),
        Kind::Url => ("String", function("url")),
        Kind::Duration => ("std::time::Duration", function("duration")),
        Kind::Size => ("u64", function("size")),
        Kind::KeyValue => ("(String, String)", function("key_value")),
        Kind::Rust(path) => (&**path, Parser::Default),
        Kind::Choice { .. } => (&*names::choice_enum(set, arg), Parser::Default),
    };
    let parser = match parser {
        // A list has an action of its own.
        Parser::Own(parser) if value.is_list() => {
            Parser::Own(parser.replace(", action = clap::ArgAction::Set", ""))
        }
        parser => parser,
    };
    (kind.to_owned(), parser)
}

/// A parser that is a function.
fn function(name: &'static str) -> Parser {
    Parser::Helper(name, name.to_owned())
}

fn on_disk(kind: PathKind, exists: Exists) -> Parser {
    let name = match (exists, kind) {
        (Exists::Either, _) => return Parser::Default,
        (Exists::MustNot, _) => "new_path",
        (Exists::Must, PathKind::Any) => "existing_path",
        (Exists::Must, PathKind::File) => "existing_file",
        (Exists::Must, PathKind::Directory) => "existing_directory",
    };
    let parser = format!(
        "clap::builder::TypedValueParser::try_map(clap::builder::PathBufValueParser::new(), {name})"
    );
    Parser::Helper(name, parser)
}

fn floats(min: f64, max: f64) -> Parser {
    let limit = |limit: f64| match limit {
        f64::INFINITY => "f64::INFINITY".to_owned(),
        f64::NEG_INFINITY => "f64::NEG_INFINITY".to_owned(),
        limit => format!("{limit:?}"),
    };
    Parser::Helper(
        "number",
        format!("|word: &str| number(word, {}, {})", limit(min), limit(max)),
    )
}

fn integers(min: i64, max: i64) -> Parser {
    let from = if min == i64::MIN {
        String::new()
    } else {
        min.to_string()
    };
    let to = if max == i64::MAX {
        String::new()
    } else {
        format!("={max}")
    };
    match (min, max) {
        (i64::MIN, i64::MAX) => Parser::Default,
        _ => Parser::Own(format!("clap::value_parser!(i64).range({from}..{to})")),
    }
}

/// Whether values may be negative numbers.
pub(super) fn is_number(value: &Value) -> bool {
    matches!(value.kind, Kind::Integer { .. } | Kind::Float { .. })
}

/// What shells complete.
pub(super) fn hint(value: &Value, is_option: bool) -> Option<String> {
    use clapspec_runtime::model::Complete as Named;
    let hint = match (&value.complete, &value.kind) {
        (Some(Complete::Named(named)), _) => match named {
            Named::None => "Other",
            Named::Path => "AnyPath",
            Named::File => "FilePath",
            Named::Directory => "DirPath",
            Named::Program => "CommandName",
            // clap allows the arguments of another program only for positional arguments.
            Named::CommandLine if !is_option => "CommandWithArguments",
            Named::CommandLine => "CommandName",
            Named::User => "Username",
            Named::Host => "Hostname",
            Named::Url => "Url",
            Named::Email => "EmailAddress",
            _ => return None,
        },
        (Some(Complete::Files(_)), _) | (None, Kind::Path(PathKind::File, _)) => "FilePath",
        (None, Kind::Path(PathKind::Directory, _)) => "DirPath",
        (None, Kind::Url) => "Url",
        _ => return None,
    };
    Some(format!("value_hint = clap::ValueHint::{hint}"))
}

impl Writer<'_> {
    /// Writes the enums of the choices of a set.
    pub(super) fn enums(&mut self, set: &ArgSet) {
        for arg in &set.args {
            let Some(choices) = arg.choices() else {
                continue;
            };
            let mut variants = String::new();
            for choice in choices {
                let variant = names::choice_variant(choice);
                let mut parts = Vec::new();
                if !super::is_kebab_case(&choice.name, &variant) {
                    parts.push(format!("name = {}", literal(&choice.name)));
                }
                parts.extend(super::list("aliases", &choice.aliases));
                if choice.hidden {
                    parts.push("hide = true".to_owned());
                }
                let help = to_plain(&choice.help);
                if help.ends_with('.') {
                    parts.push(format!("help = {}", literal(&help)));
                }
                if !help.is_empty() {
                    let _ = writeln!(variants, "    /// {}", one_line(&help));
                }
                variants += &attribute("value", &parts, "    ");
                let _ = writeln!(variants, "    {},", spelled(&variant));
            }
            let name = names::choice_enum(set, arg);
            let derive = match self.enums.contains("ValueEnum") {
                true => "clap::ValueEnum",
                false => "ValueEnum",
            };
            let _ = write!(
                self.code,
                "\n/// The values of `{}`.\n#[derive({derive}, Clone, Copy, Debug, PartialEq, Eq)]\npub enum {name} {{\n{variants}}}\n",
                arg.written()
            );
        }
    }
}

/// The functions that parse values.
pub(super) fn helpers(names: &BTreeSet<&str>, has_own_path: bool) -> String {
    let mut text = String::new();
    for name in names {
        text += match *name {
            "url" => include_str!("values/url.rs"),
            "duration" => include_str!("values/duration.rs"),
            "size" => include_str!("values/size.rs"),
            "existing_path" => include_str!("values/existing_path.rs"),
            "existing_file" => include_str!("values/existing_file.rs"),
            "existing_directory" => include_str!("values/existing_directory.rs"),
            "new_path" => include_str!("values/new_path.rs"),
            "number" => include_str!("values/number.rs"),
            _ => include_str!("values/key_value.rs"),
        };
    }
    if names.contains("duration") || names.contains("size") {
        text += include_str!("values/decimal.rs");
    }
    match has_own_path {
        true => text.replace("PathBuf", "std::path::PathBuf"),
        false => text,
    }
}
