//! The values that an argument accepts. clap has no getter for the range of a number, and none for some rules;
//! they are found by parsing small command lines.

use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValue, Resettable};
use clap::error::ErrorKind;
use clap::{ArgAction, Id};

use super::super::described::{Arg, Choice, Kind, Takes};
use super::text;

/// What clap prints for the parsers of strings, `OsString`s, paths and Boolean values.
const STRING: &str = "ValueParser::string";

/// The kind of the values of an argument.
pub(super) fn kind(clap: &clap::Arg) -> Kind {
    let parser = clap.get_value_parser();
    let id = parser.type_id();
    let is = |other: TypeId| id == other;
    if is(TypeId::of::<String>()) || !choices(clap).is_empty() {
        return Kind::Text;
    }
    if is(TypeId::of::<PathBuf>()) || is(TypeId::of::<OsString>()) {
        return Kind::Path;
    }
    if is(TypeId::of::<Duration>()) {
        return Kind::Duration;
    }
    if is(TypeId::of::<(String, String)>()) {
        return Kind::KeyValue;
    }
    let name = path(&format!("{id:?}"));
    if is_standard(&name) && accepts_more(clap) {
        return Kind::Text;
    }
    if is(TypeId::of::<bool>()) {
        return Kind::Boolean;
    }
    if is(TypeId::of::<f64>()) {
        return Kind::Float;
    }
    integer(clap).unwrap_or(Kind::Rust(name))
}

/// The kind of an integer.
fn integer(clap: &clap::Arg) -> Option<Kind> {
    let id = clap.get_value_parser().type_id();
    macro_rules! integers {
        ($($kind:ident)*) => {
            $(if id == TypeId::of::<$kind>() {
                let whole = (i128::from($kind::MIN), i128::from($kind::MAX));
                let (min, max) = range(clap).unwrap_or(whole);
                // Only the type `integer` accepts a negative number without an equals sign.
                let is_small = id == TypeId::of::<i64>() || clap.is_allow_negative_numbers_set();
                let min = i64::try_from(min).ok()?;
                return match (min, max) {
                    range if !is_small && (i128::from(range.0), range.1) == whole => None,
                    // The largest `u64` is no `i64`.
                    (min, max) => Some(Kind::Integer(min, i64::try_from(max).unwrap_or(i64::MAX))),
                };
            })*
        };
    }
    integers!(u8 u16 u32 u64 i8 i16 i32 i64);
    None
}

/// Whether a type of the standard library has a syntax that everybody knows.
fn is_standard(name: &str) -> bool {
    name.starts_with("std::primitive::")
}

/// Whether a function of the program accepts values that the type itself doesn't.
fn accepts_more(clap: &clap::Arg) -> bool {
    let values = [
        "0x1f", "ff", "10k", "1_000", "1,5", "one", "yes", "on", "1m", "50%", "",
    ];
    // A character is any of these.
    let is_char = clap.get_value_parser().type_id() == TypeId::of::<char>();
    !is_char
        && values
            .iter()
            .any(|value| parse(clap, OsStr::new(value)).is_ok())
}

/// The path of a type as a program can write it. The paths that the compiler prints are those of the modules in
/// which the types of the standard library are defined.
fn path(name: &str) -> String {
    const PRIMITIVES: [&str; 16] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
        "u32", "u64", "u128", "usize",
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
    let choices = clap.get_possible_values();
    // The values of `bool` itself.
    let is_boolean = clap.get_value_parser().type_id() == TypeId::of::<bool>()
        && choices
            .iter()
            .map(PossibleValue::get_name)
            .eq(["true", "false"]);
    let choices = choices.into_iter().filter(|_| !is_boolean);
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

/// Records what a spec can't say about the values, or what can't be seen.
pub(super) fn unusual(clap: &clap::Arg, arg: &mut Arg) {
    if arg.takes != Takes::Value {
        return unusual_switch(clap, arg);
    }
    if matches!(arg.kind, Kind::Integer(..) | Kind::Float) {
        // In a spec, a negative number is a value wherever numbers may be negative.
        let may_be_negative = !matches!(arg.kind, Kind::Integer(0.., _));
        let is_value = arg.others.remove("allow_negative_numbers").is_some() || arg.hyphen_values;
        if may_be_negative && !is_value {
            arg.others
                .insert("allow_negative_numbers", "false".to_owned());
        }
    }
    if arg.kind == Kind::Float && parse(clap, OsStr::new("inf")).is_ok() {
        arg.others
            .insert("value_parser", "f64, also infinite".to_owned());
    }
    let id = clap.get_value_parser().type_id();
    let parser = format!("{:?}", clap.get_value_parser());
    let is_string = arg.kind == Kind::Text && arg.choices.is_empty() && parser != STRING;
    let is_function = parser.starts_with("ValueParser::other");
    let is_path = arg.kind == Kind::Path && is_function;
    let is_boolean = arg.kind == Kind::Boolean && is_function;
    if is_string || is_path || is_boolean {
        arg.others.insert("value_parser", "a function".to_owned());
    }
    if id == TypeId::of::<OsString>() {
        arg.others.insert("value_parser", "OsString".to_owned());
    }
    if let (Kind::Integer(_, i64::MAX), true) = (&arg.kind, id == TypeId::of::<u64>()) {
        arg.others.insert("max", u64::MAX.to_string());
    }
    // A path may have bytes that are not UTF-8.
    let is_text = |values: &[String]| !values.iter().any(|value| value.contains('\u{FFFD}'));
    for (fact, values) in [
        ("default_value", &arg.defaults),
        ("default_missing_value", &arg.bare),
    ] {
        if !is_text(values) {
            arg.others.insert(fact, "not UTF-8".to_owned());
        }
    }
}

/// Records what a spec can't say about an option without a value.
fn unusual_switch(clap: &clap::Arg, arg: &mut Arg) {
    let usual = match arg.takes {
        Takes::Count => "0",
        _ if matches!(clap.get_action(), ArgAction::SetFalse) => "true",
        _ => "false",
    };
    let default = clap.get_default_values().first();
    if let Some(default) = default.filter(|default| *default != usual) {
        arg.others
            .insert("default_value", default.to_string_lossy().into_owned());
    }
    if clap
        .get_num_args()
        .is_some_and(|values| values.takes_values())
    {
        arg.others.insert("num_args", "a value".to_owned());
    }
    if let (Takes::Count, Some((_, max))) = (arg.takes, range(clap)) {
        if max < i128::from(u8::MAX) {
            arg.others.insert("value_parser", format!("at most {max}"));
        }
    }
}

/// The arguments of `required_unless_present_all`, which clap neither returns nor prints.
/// `any` are those of `required_unless_present_any`.
pub(super) fn required_unless_all(
    clap: &clap::Arg,
    command: &clap::Command,
    any: &[String],
) -> Vec<String> {
    if clap.is_required_set() || !clap.get_default_values().is_empty() {
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
    let mut arg = clap.clone().global(false).env(Resettable::Reset);
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
    if !is_required(&|_| false) {
        return Vec::new();
    }
    // Of `required_unless_present_any`, one is enough.
    let any: Vec<&str> = any.iter().flat_map(|id| members(command, id)).collect();
    let rest = ids
        .iter()
        .enumerate()
        .filter(|(_, id)| !any.contains(&id.as_str()));
    let rest: Vec<usize> = rest.map(|(number, _)| number).collect();
    if is_required(&|it| rest.contains(&it)) {
        return Vec::new();
    }
    let needed = rest.iter().filter(|number| {
        let others = |it: usize| rest.contains(&it) && it != **number;
        is_required(&others)
    });
    needed.map(|number| ids[*number].to_string()).collect()
}

/// The argument or group with this ID, the members of the group, and the groups of which it is a member.
fn members<'a>(command: &'a clap::Command, id: &'a str) -> Vec<&'a str> {
    let mut members = vec![id];
    for group in command.get_groups() {
        if group.get_id() == id {
            members.extend(group.get_args().map(Id::as_str));
        } else if group.get_args().any(|member| member == id) {
            members.push(group.get_id().as_str());
        }
    }
    members
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
