//! What an error shows of the words that were typed.

use std::str::FromStr;

use crate::model::{Arg, Command, Kind, Program};
use crate::{Setup, Stop};

/// A type that rejects every value, and shows it.
#[derive(Clone, Debug)]
struct Rejected;

impl FromStr for Rejected {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Err(format!("it is {word}\nand so is not accepted"))
    }
}

fn define(command: &mut Command) {
    let mut option = Arg::new("rejected", Kind::Text, "");
    option.typed::<Rejected>();
    option.names = vec!["VALUE"];
    command.args.push(option);
    command.option("size", "SIZE", "").integer();
}

fn stopped(words: &[&str]) -> Stop {
    let setup = Setup::new().isolated().words([&["tool"], words].concat());
    let values = setup.parse(&Program::of(define));
    values.expect_err("no values")
}

/// Words of the command line can't control the terminal or add lines, even if the type of a program shows them.
#[test]
fn words_in_errors_are_escaped() {
    for (word, shown) in [
        ("x", "x' for '--rejected <VALUE>': it is x\nand so"),
        (
            "x\x1b[31m\u{202e}",
            "x\\u{1b}[31m\\u{202e}' for '--rejected <VALUE>': it is x\\u{1b}[31m\\u{202e}\nand so",
        ),
        (
            "x\n\n  tip: y",
            "x\\n\\n  tip: y' for '--rejected <VALUE>': it is x\\n\\n  tip: y\\nand so",
        ),
    ] {
        let stop = stopped(&["--rejected", word]);
        let error = stop.usage_error().expect("an error in the command line");
        let text = error.error().render().to_string();
        let expected = format!("error: invalid value '{shown} is not accepted\n\n");
        assert!(text.starts_with(&expected), "{text}");
        // In data, the value is the one that was typed.
        assert_eq!(error.found().found.as_deref(), Some(word));
    }
}

/// The exit code of a line that calls no handler.
#[test]
fn the_status_is_that_of_the_program() {
    for (words, status) in [
        (&["--help"][..], 0),
        (&["--nothing"], 2),
        (&["--size", "x"], 2),
    ] {
        assert_eq!(stopped(words).status(), status, "{words:?}");
    }
}
