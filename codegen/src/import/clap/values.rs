//! The values that an argument accepts. clap has no getter for the range of a number, and none for some rules;
//! they are found by parsing small command lines.

use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{ArgAction, Id};

use super::super::described::{Arg, Choice, Kind};
use super::text;

/// What clap prints for the parsers of strings, `OsString`s, paths and Boolean values.
const STRING: &str = "ValueParser::string";

/// The kind of the values of an argument.
pub(super) fn kind(clap: &clap::Arg) -> Kind {
    let parser = clap.get_value_parser();
    let id = parser.type_id();
    let is = |other: TypeId| id == other;
    if is(TypeId::of::<PathBuf>()) || is(TypeId::of::<OsString>()) {
        return Kind::Path;
    }
    if is(TypeId::of::<bool>()) {
        return Kind::Boolean;
    }
    if is(TypeId::of::<String>()) || !clap.get_possible_values().is_empty() {
        return Kind::Text;
    }
    if is(TypeId::of::<f64>()) {
        return Kind::Float;
    }
    macro_rules! integers {
        ($($kind:ident)*) => {
            $(if is(TypeId::of::<$kind>()) {
                let whole = (i128::from($kind::MIN), i128::from($kind::MAX));
                let range = range(clap).unwrap_or(whole);
                let is_i64 = is(TypeId::of::<i64>());
                // Only the type `integer` accepts a negative number without an equals sign.
                let is_i64 = is_i64 || clap.is_allow_negative_numbers_set();
                let small = (i64::try_from(range.0), i64::try_from(range.1));
                return match small {
                    (Ok(min), Ok(max)) if is_i64 || range != whole => Kind::Integer(min, max),
                    _ => Kind::Rust(concat!("std::primitive::", stringify!($kind)).to_owned()),
                };
            })*
        };
    }
    integers!(u8 u16 u32 u64 i8 i16 i32 i64);
    if is(TypeId::of::<Duration>()) {
        return Kind::Duration;
    }
    if is(TypeId::of::<(String, String)>()) {
        return Kind::KeyValue;
    }
    Kind::Rust(path(&format!("{id:?}")))
}

/// The path of a type as a program can write it. The paths that the compiler prints are those of the modules in
/// which the types of the standard library are defined.
fn path(name: &str) -> String {
    const PRIMITIVES: [&str; 8] = [
        "usize", "isize", "u128", "i128", "f32", "char", "u64", "i64",
    ];
    if PRIMITIVES.contains(&name) {
        return format!("std::primitive::{name}");
    }
    let nonzero = name.strip_prefix("core::num::nonzero::NonZero<");
    if let Some(number) = nonzero.and_then(|rest| rest.strip_suffix('>')) {
        let (sign, rest) = number.split_at(1);
        return format!("std::num::NonZero{}{rest}", sign.to_uppercase());
    }
    let public = [
        ("core::net::ip_addr::", "std::net::"),
        ("core::net::socket_addr::", "std::net::"),
        ("core::time::", "std::time::"),
        ("alloc::string::", "std::string::"),
    ];
    let found = public
        .iter()
        .find_map(|(from, to)| Some((*to, name.strip_prefix(from)?)));
    found.map_or_else(|| name.to_owned(), |(to, name)| format!("{to}{name}"))
}

/// The range of an integer, from the error that clap reports about a number outside it.
fn range(clap: &clap::Arg) -> Option<(i128, i128)> {
    let numbers = [
        i64::MIN.to_string(),
        "0".into(),
        "1".into(),
        i64::MAX.to_string(),
        u64::MAX.to_string(),
    ];
    numbers.iter().find_map(|number| {
        let error = parse(clap, OsStr::new(number)).err()?;
        let message = std::error::Error::source(&error)?.to_string();
        let range = message.split(" is not in ").nth(1)?;
        let (min, max) = range.split_once("..")?;
        let max = match max.strip_prefix('=') {
            Some(max) => max.parse().ok()?,
            None if max.is_empty() => i128::from(u64::MAX),
            // clap prints a range without an end so, too.
            None if max == i64::MAX.to_string() || max == u64::MAX.to_string() => {
                max.parse().ok()?
            }
            None => max.parse::<i128>().ok()? - 1,
        };
        Some((min.parse().ok()?, max))
    })
}

/// Parses a value as this argument does.
fn parse(clap: &clap::Arg, value: &OsStr) -> Result<clap::ArgMatches, clap::Error> {
    let arg = clap::Arg::new("value")
        .value_parser(clap.get_value_parser().clone())
        .action(ArgAction::Set)
        .allow_hyphen_values(true);
    probe()
        .arg(arg)
        .try_get_matches_from([OsStr::new("probe"), value])
}

fn probe() -> clap::Command {
    clap::Command::new("probe")
        .disable_help_flag(true)
        .disable_version_flag(true)
}

/// The values that are accepted.
pub(super) fn choices(clap: &clap::Arg) -> Vec<Choice> {
    let is_boolean = clap.get_value_parser().type_id() == TypeId::of::<bool>();
    let choices = clap
        .get_possible_values()
        .into_iter()
        .filter(|_| !is_boolean);
    let choices = choices.map(|choice| Choice {
        name: choice.get_name().to_owned(),
        help: text(choice.get_help()),
        aliases: choice
            .get_name_and_aliases()
            .skip(1)
            .map(str::to_owned)
            .collect(),
        hidden: choice.is_hide_set(),
    });
    choices.collect()
}

/// Records what can't be seen: a function of the program checks the values, or the type has no name.
pub(super) fn custom(clap: &clap::Arg, arg: &mut Arg) {
    if matches!(arg.kind, Kind::Integer(..) | Kind::Float) {
        // The numbers of a spec may be negative.
        arg.others.remove("allow_negative_numbers");
    }
    let parser = format!("{:?}", clap.get_value_parser());
    let is_string = arg.kind == Kind::Text && arg.choices.is_empty() && parser != STRING;
    let is_path = arg.kind == Kind::Path && parser.starts_with("ValueParser::other");
    if is_string || is_path {
        arg.others.insert("value_parser", "a function".to_owned());
    }
    if clap.get_value_parser().type_id() == TypeId::of::<OsString>() {
        arg.others.insert("value_parser", "OsString".to_owned());
    }
}

/// The arguments of `required_unless_present_all`, which clap neither returns nor prints.
pub(super) fn required_unless_all(clap: &clap::Arg, command: &clap::Command) -> Vec<String> {
    if clap.is_required_set() || !clap.get_default_values().is_empty() || clap.get_env().is_some() {
        return Vec::new();
    }
    let groups = command.get_groups();
    let groups = groups.filter(|group| !group.get_args().any(|id| id == clap.get_id()));
    let ids: Vec<&Id> = command
        .get_arguments()
        .map(clap::Arg::get_id)
        .chain(groups.map(clap::ArgGroup::get_id))
        .filter(|id| *id != clap.get_id())
        .take(MAX_FLAGS)
        .collect();
    let mut arg = clap.clone().global(false);
    if arg.is_positional() {
        arg = arg.index(1);
    }
    let flags = ids.iter().enumerate().map(|(number, id)| {
        let flag = clap::Arg::new((*id).clone()).short(letter(number));
        flag.action(ArgAction::SetTrue)
    });
    let probe = probe().arg(arg).args(flags);
    let is_required = |given: &dyn Fn(usize) -> bool| {
        let flags = (0..ids.len()).filter(|number| given(*number));
        let words = flags.map(|number| format!("-{}", letter(number)));
        let line = std::iter::once("probe".to_owned()).chain(words);
        let result = probe.clone().try_get_matches_from(line);
        result.is_err_and(|error| error.kind() == ErrorKind::MissingRequiredArgument)
    };
    // Of `required_unless_present_any`, one is enough.
    let alone = |number: usize| !is_required(&|it| it == number);
    if !is_required(&|_| false) {
        return Vec::new();
    }
    let rest: Vec<usize> = (0..ids.len()).filter(|number| !alone(*number)).collect();
    if is_required(&|it| rest.contains(&it)) {
        return Vec::new();
    }
    let needed = rest.iter().filter(|number| {
        let others = |it: usize| rest.contains(&it) && it != **number;
        is_required(&others)
    });
    needed.map(|number| ids[*number].to_string()).collect()
}

/// How many other arguments a rule is tried with.
const MAX_FLAGS: usize = 6_000;

/// The name of a flag that no program has: a character for private use.
fn letter(number: usize) -> char {
    let code = u32::try_from(number)
        .ok()
        .and_then(|number| char::from_u32(0xE000 + number));
    code.unwrap_or('\u{F8FF}')
}
