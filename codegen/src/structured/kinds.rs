//! Types and choices, with valid values.

use super::args::{Arg, Takes};
use super::node::Node;
use super::source::Source;
use super::words;

/// A type, additional keys for it, and valid values.
type Kind = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// Types, with additional keys such as limits, and valid values.
const KINDS: &[Kind] = &[
    ("string", &[], &["x", "a b", "é", "true", "{n}", "a-b", "1"]),
    ("path", &[], &["/tmp/x", "x y", "."]),
    ("path", &[("exists", "true")], &[".", "/"]),
    ("file", &[("exists", "true")], &["/dev/null"]),
    ("directory", &[("exists", "true")], &[".", "/"]),
    (
        "directory",
        &[("exists", "false")],
        &["/nowhere", "./nowhere"],
    ),
    ("file", &[], &["x", "/dev/null"]),
    ("directory", &[], &["x/", "/"]),
    ("integer", &[], &["0", "-1", "9223372036854775807"]),
    ("integer", &[("min", "1")], &["1", "9223372036854775807"]),
    (
        "integer",
        &[("min", "-9223372036854775808"), ("max", "-1")],
        &["-1", "-5"],
    ),
    ("integer", &[("min", "0"), ("max", "0")], &["0"]),
    ("float", &[], &["0", "1.5", "-3e10"]),
    (
        "float",
        &[("min", "3.14"), ("max", "2e300")],
        &["4", "3.14"],
    ),
    ("float", &[("max", "0.1")], &["0.1", "-7"]),
    (
        "float",
        &[("min", "-0.0"), ("max", "2.718281828459045")],
        &["0", "1.25"],
    ),
    ("boolean", &[], &["true", "false"]),
    ("url", &[], &["https://example.org/", "mailto:a@b"]),
    ("duration", &[], &["90s", "1h30m", "0ns"]),
    ("size", &[], &["10", "4kB", "1.5M"]),
    ("key-value", &[], &["a=b", "a="]),
    ("std::net::IpAddr", &[], &["127.0.0.1", "::1"]),
    ("std::primitive::u16", &[], &["1", "65535"]),
    ("::std::string::String", &[], &["x", "y z"]),
];

const CHOICES: &[&str] = &[
    "auto", "never", "self", "Self", "crate", "none", "some", "ok", "1", "2fa", "a+b", "a-b", "µs",
    "日本", "🦀", "x=y", "*", "/", "true", "type", "Always", "c++", "c", "a.b", "{}", "\\", "\"",
];

/// Adds a type, or choices with this probability in percent.
pub(super) fn kind(source: &mut Source<'_>, arg: &mut Arg, choices_percent: u32) -> Takes {
    let (mut is_path, mut is_open) = (false, true);
    let samples = if source.chance(choices_percent) {
        is_open = false;
        choices(source, arg)
    } else if source.chance(60) {
        let (name, keys, samples) = source.pick(KINDS);
        is_path = matches!(*name, "path" | "file" | "directory");
        is_open = *name != "boolean";
        arg.key("type", Node::text(*name));
        for (key, value) in *keys {
            arg.key(key, Node::plain(value));
        }
        samples.iter().map(|sample| (*sample).to_owned()).collect()
    } else {
        vec!["x".to_owned(), "some text".to_owned(), "y".to_owned()]
    };
    if source.chance(8) {
        arg.yes("hyphen-values");
    }
    if is_open && source.chance(8) {
        let suggested = match source.chance(50) {
            true => Node::texts(["main", "a b", "µ*"]),
            false => Node::map([("main", words::line(source)), ("$x", words::line(source))]),
        };
        arg.key("suggest", suggested);
    }
    if is_path && source.chance(20) {
        arg.key("extensions", Node::texts(["toml", "tar.gz"]));
    } else if source.chance(8) {
        let shell = *source.pick(&[
            "path",
            "file",
            "directory",
            "program",
            "command-line",
            "user",
            "host",
            "url",
            "email",
            "none",
        ]);
        arg.key("complete", Node::text(shell));
    }
    Takes {
        samples,
        min: 1,
        max: 1,
        equals: false,
        terminator: None,
    }
}

fn choices(source: &mut Source<'_>, arg: &mut Arg) -> Vec<String> {
    let count = 1 + source.below(5);
    let scope = format!("choice {}", arg.id);
    let mut names: Vec<String> = Vec::new();
    for _ in 0..count {
        let name = match source.chance(70) {
            true => (*source.pick(CHOICES)).to_owned(),
            false => words::name(source, &scope),
        };
        let same = |known: &String| known.eq_ignore_ascii_case(&name);
        if !names.iter().any(same) {
            names.push(name);
        }
    }
    let ignore_case = source.chance(15);
    if ignore_case {
        arg.yes("ignore-case");
    }
    if source.chance(40) {
        arg.key("choices", Node::texts(names.clone()));
        return names;
    }
    let mut aliases = Vec::new();
    let entries = names.iter().map(|name| {
        let help = words::line(source);
        if source.chance(60) {
            return (name.clone(), help);
        }
        let mut keys = vec![("help", help)];
        if source.chance(50) {
            let alias = format!("{name}-alias");
            keys.push(("aliases", Node::texts([alias.clone()])));
            aliases.push(alias);
        }
        if source.chance(30) {
            keys.push(("hidden", Node::plain(true)));
        }
        (name.clone(), Node::map(keys))
    });
    let entries = entries.collect();
    arg.key("choices", Node::Map(entries));
    names.extend(aliases);
    names
}
