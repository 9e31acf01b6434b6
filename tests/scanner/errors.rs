//! Errors name the command of their level, and the argument that has the value.

use std::ffi::OsString;

use clapspec_runtime::Setup;
use clapspec_runtime::clap::error::ErrorKind;
use clapspec_runtime::model::{Arg, Command, Definition, Exists, PathKind, Program};

use super::{LONG, parse};

/// A program with nested command groups, each with an option, and a command in the innermost one.
fn deep() -> Program {
    const NAMES: [&str; 7] = ["tool", "one", "two", "three", "four", "five", "six"];
    fn level(at: usize) -> Command {
        let mut command = Command {
            path: NAMES[..=at].to_vec(),
            ..Command::default()
        };
        let option: &mut Arg = command.option(LONG[at.min(5)], "VALUE", "Value");
        if at == 6 {
            option.long("last");
            option.id = "last";
            command.argument("rest", "REST", "Arguments").repeat();
            return command;
        }
        let below = Definition::Built(Box::leak(Box::new(level(at + 1))));
        command.subcommand(NAMES[at + 1], "Next", |_| {}).definition = below;
        command
    }
    Program {
        name: "tool",
        version: Some("1"),
        root: Definition::Built(Box::leak(Box::new(level(0)))),
        override_self: false,
        contract: None,
        files: None,
    }
}

#[test]
fn errors_name_the_command_of_their_level() {
    let program = deep();
    let names = ["one", "two", "three", "four", "five", "six"];
    for level in 0..=names.len() {
        let command = [&["tool"], &names[..level]].concat().join(" ");
        for (word, kind, more) in [
            ("--bogus", "unknown-argument", true),
            ("-x", "unknown-argument", false),
            ("bogus", "unknown-command", true),
        ] {
            if level == names.len() && word == "bogus" {
                continue;
            }
            let mut words: Vec<String> = names[..level].iter().map(|it| (*it).into()).collect();
            words.push(word.to_owned());
            if more {
                words.extend(names[level..].iter().map(|it| (*it).to_owned()));
            }
            let stop = parse(&program, &words).expect_err("an error");
            let found = stop.usage_error().expect("a usage error").found();
            assert_eq!(
                (found.kind, &*found.command),
                (kind, &*command),
                "{words:?}"
            );
        }
    }
    let whole: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    let options = LONG.iter().map(|name| format!("--{name}=x"));
    let words: Vec<String> = whole.into_iter().chain(options).collect();
    assert!(parse(&program, &words).is_ok());
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_reported() {
    use std::os::unix::ffi::OsStringExt as _;
    let word = |text: &[u8]| OsString::from_vec(text.to_vec());
    let program = deep();
    let names: Vec<OsString> = "tool one two three four five six"
        .split(' ')
        .map(Into::into)
        .collect();
    for wrong in [
        &b"\xff"[..],
        b"--\xff",
        b"-\xff",
        b"--alpha=\xff",
        b"--last=\xff",
    ] {
        for at in 1..=names.len() {
            let mut words = names.clone();
            words.insert(at, word(wrong));
            let setup = Setup::new().isolated().words(words);
            let stop = setup.parse(&program).expect_err("not Unicode");
            let kind = stop.error().kind();
            let known = [
                ErrorKind::InvalidUtf8,
                ErrorKind::UnknownArgument,
                ErrorKind::InvalidSubcommand,
            ];
            assert!(known.contains(&kind), "{wrong:?} at {at}: {kind:?}");
            let message = stop.error().to_string();
            // An option that does not exist is named without its value.
            let named = message.contains('\u{fffd}') || message.contains("'--last'");
            assert!(named, "{message}");
            if kind == ErrorKind::InvalidUtf8 {
                let found = stop.usage_error().expect("a usage error").found();
                assert!(found.option.is_some(), "{message}");
            }
        }
    }
}

/// The error names the argument that has the value, and not the first argument that must be Unicode.
#[cfg(unix)]
#[test]
fn errors_name_the_argument_that_is_not_unicode() {
    use std::os::unix::ffi::OsStringExt as _;
    let mut root = Command {
        path: vec!["tool"],
        ..Command::default()
    };
    let file = root.argument("file", "FILE", "Bytes");
    file.path(PathKind::Any, Exists::Either);
    root.argument("name", "NAME", "Text");
    root.argument("title", "TITLE", "Text");
    let program = Program {
        name: "tool",
        version: None,
        root: Definition::Built(Box::leak(Box::new(root))),
        override_self: false,
        contract: None,
        files: None,
    };
    let wrong = || OsString::from_vec(b"\xff".to_vec());
    let parse = |words: [OsString; 3]| {
        let words = std::iter::once(OsString::from("tool")).chain(words);
        Setup::new().isolated().words(words).parse(&program)
    };
    let option = |words| {
        let stop = parse(words).expect_err("not Unicode");
        let found = stop.usage_error().expect("a usage error").found();
        (found.option.expect("an argument"), stop.error().to_string())
    };
    let ok = || OsString::from("x");
    assert_eq!(option([ok(), ok(), wrong()]).0, "[TITLE]");
    assert_eq!(option([wrong(), wrong(), ok()]).0, "[NAME]");
    assert!(parse([wrong(), ok(), ok()]).is_ok());
    assert!(option([ok(), ok(), wrong()]).1.ends_with("try '--help'.\n"));
}
