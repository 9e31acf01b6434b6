//! Tests of whole help pages.

use clap::builder::Styles;

use super::wrap::columns;
use super::{Length, render, render_topic};
use crate::model::{Called, Command, Program, Topic};

/// Creates the root command of a program.
pub(super) fn called(define: fn(&mut Command)) -> Called {
    Called::root(&Program::of(define))
}

fn help(length: Length, width: usize, define: fn(&mut Command)) -> String {
    let program = Program::of(define);
    let page = render(
        &program,
        &Called::root(&program),
        length,
        width,
        &Styles::plain(),
    );
    for line in page.lines() {
        assert_eq!(line, line.trim_end());
    }
    page
}

fn short(define: fn(&mut Command)) -> String {
    help(Length::Short, 80, define)
}

fn long(define: fn(&mut Command)) -> String {
    help(Length::Long, 80, define)
}

/// Returns the text after the usage line.
fn after_usage(page: &str) -> &str {
    page.split_once("\n\n").map_or("", |(_, rest)| rest)
}

#[test]
fn a_command_without_arguments_and_options() {
    let page = "Usage: tool\n\nOptions:\n  -h, --help  Print help\n";
    assert_eq!(short(|_| {}), page);
    // Long help has nothing to add, so `--help` prints the same as `-h`.
    assert_eq!(long(|_| {}), short(|_| {}));
}

#[test]
fn built_in_options_yield_their_short_names() {
    let define = |c: &mut Command| {
        c.about("Do something");
        c.description("It does.");
        c.switch("human", "").short('h');
        c.switch("verify", "").short_alias('V');
    };
    let mut program = Program::of(define);
    program.version = Some("1.0");
    let called = Called::root(&program);
    let page = render(&program, &called, Length::Short, 80, &Styles::plain());
    let expected = "Do something\n\nUsage: tool [OPTIONS]\n\nOptions:
  -h, --human
      --verify   [alias: -V]
      --help     Print help
      --version  Print version\n";
    assert_eq!(page, expected);
}

#[test]
fn short_help_has_facts_in_brackets() {
    let page = short(|c| {
        c.option("file", "FILE", "Read this")
            .env("FILE")
            .default("a b")
            .default("c");
        c.switch("all", "Everything")
            .alias("every")
            .short_alias('e')
            .hidden_alias("x");
        let depth = c.option("depth", "N", "How deep").integer_range(1, 9);
        depth.deprecated(" since 2", None);
        let color = c
            .option("color", "WHEN", "Use colors")
            .choice("auto", "If possible");
        color
            .choice("never", "")
            .choice("secret", "")
            .hidden_choice();
        c.switch("owner", "Keep it")
            .negatable("no-owner")
            .default("true");
        c.switch("rare", "Rare").hidden_short();
        c.option("strict", "BOOL", "").boolean();
        c.switch("odd", "Odd").hidden();
    });
    let expected = "Options:
      --file <FILE>    Read this [env: FILE] [default: \"a b\" c]
      --all            Everything [aliases: -e, --every]
      --depth <N>      How deep [deprecated] [from 1 to 9]
      --color <WHEN>   Use colors [possible values: auto, never]
      --owner          Keep it [default: true]
      --no-owner       The opposite of `--owner`
      --strict <BOOL>  [possible values: true, false]
  -h, --help           Print help (see more with '--help')\n";
    assert_eq!(after_usage(&page), expected);
}

#[test]
fn long_help_has_everything() {
    let page = long(|c| {
        c.about("Do something");
        c.description("- One item.\n\n\ttool --it");
        c.argument("file", "FILE", "Read this")
            .description("First.\n\nSecond.");
        let color = c
            .option("color", "WHEN", "Use colors")
            .short('c')
            .env("COLOR");
        color
            .alias("tint")
            .default("auto")
            .description("In messages.");
        color
            .choice("auto", "If possible")
            .choice("never", "")
            .choice("x", "")
            .hidden_choice();
        c.option("depth", "N", "How deep")
            .integer_range(1, 9)
            .choice("1", "")
            .integer_range(1, 9);
        c.switch("rare", "Rare").hidden_short();
    });
    let expected = "Do something\n\n- One item.\n\n    tool --it\n
Usage: tool [OPTIONS] [FILE]\n\nArguments:\n  [FILE]\n          Read this
\n          First.\n\n          Second.\n\nOptions:\n  -c, --color <WHEN>\n          Use colors
\n          In messages.\n\n          Possible values:\n          - auto:  If possible
          - never\n\n          [env: COLOR]\n          [default: auto]\n          [alias: --tint]
\n      --depth <N>\n          How deep\n\n          [possible values: 1]\n\n          From 1 to 9.
\n      --rare\n          Rare\n\n  -h, --help\n          Print help (see a summary with '-h')\n";
    assert_eq!(page, expected);
}

#[test]
fn options_are_under_their_headings() {
    let define = |c: &mut Command| {
        c.heading(Some("Display options"));
        c.switch("quiet", "Q");
        c.heading(None);
        c.switch("global", "G");
        c.subcommand("sub", "", |c| {
            c.switch("own", "O");
            c.switch("loud", "L").heading("Display options");
            c.argument("file", "FILE", "F");
        });
    };
    let program = Program::of(define);
    let mut called = Called::root(&program);
    assert!(called.enter("sub"));
    let page = render(&program, &called, Length::Short, 80, &Styles::plain());
    let expected = "Usage: tool sub [OPTIONS] [FILE]\n\nArguments:\n  [FILE]  F\n\nOptions:
      --own     O\n      --global  G\n  -h, --help    Print help\n\nDisplay options:
      --loud   L\n      --quiet  Q\n";
    assert_eq!(page, expected);
}

#[test]
fn commands_are_listed() {
    let page = short(|c| {
        c.subcommand("status", "Show", |_| {})
            .alias("st")
            .alias("s")
            .hidden_alias("x");
        c.subcommand("old", "Old", |_| {}).deprecated();
        c.subcommand("odd", "Odd", |_| {}).hidden();
    });
    let expected = "Commands:
  status  Show [aliases: st, s]
  old     Old [deprecated]
  help    Print this message or the help of the given subcommand(s)

Options:
  -h, --help  Print help\n";
    assert_eq!(after_usage(&page), expected);
    let page = short(|c| {
        c.subcommand("a", "A", |_| {});
        c.subcommand("b", "B", |_| {}).heading("Two");
        c.subcommand("c", "C", |_| {}).heading("One");
        c.subcommand("d", "D", |_| {}).heading("Two");
    });
    let expected =
        "Two:\n  b   B\n  d   D\n\nOne:\n  c   C\n\nOther commands:\n  a     A\n  help  ";
    assert!(after_usage(&page).starts_with(expected), "{page}");
}

#[test]
fn a_group_shows_its_default_command() {
    let page = long(|c| {
        c.default_subcommand("list");
        c.switch("all", "All");
        c.subcommand("list", "List", |c| {
            c.argument("file", "FILE", "File");
            c.option("sort", "KEY", "Sort").heading("Other");
        });
    });
    let expected = "\n\nArguments of `list`:\n  [FILE]\n          File\n\nOptions of `list`:
      --sort <KEY>\n          Sort\n";
    assert!(page.ends_with(expected), "{page}");
}

#[test]
fn sections_come_last() {
    let page = help(Length::Long, 40, |c| {
        c.output("  An object:\n    name: text\n        What it is called, in full.");
        c.example(
            "Do it, and look at everything that there is",
            "tool --a-long-option --and-another-one",
        );
        c.example("Fail", "tool \\\n  --fail").status(3);
        c.exit_code(0, "Everything worked, and nothing is left");
        c.exit_code(130, "Interrupted");
        c.topic("files", "How files are changed", "");
    });
    let expected = "Output:\n  An object:\n    name: text\n        What it is called, in full.
\nExamples:\n  Do it, and look at everything that\n  there is:
      tool --a-long-option --and-another-one\n\n  Fail (status 3):\n      tool \\\n        --fail
\nExit status:\n    0  Everything worked, and nothing is\n       left\n  130  Interrupted
\nTopics:\n  files  How files are changed\n\n  Run `tool help TOPIC` to read a topic\n";
    assert!(page.ends_with(expected), "{page}");
}

#[test]
fn help_moves_to_the_next_line_if_names_are_wide() {
    let define = |c: &mut Command| {
        c.option(
            "a-long-name",
            "VALUE",
            "Something that is worth being described",
        );
        c.switch("empty", "");
    };
    let page = help(Length::Short, 50, define);
    let expected = "Options:
      --a-long-name <VALUE>
          Something that is worth being described
      --empty
  -h, --help
          Print help\n";
    assert_eq!(after_usage(&page), expected);
    let page = help(Length::Short, 80, define);
    assert!(
        page.contains("<VALUE>  Something that is worth being described\n"),
        "{page}"
    );
    let page = short(|c| {
        c.next_line_help();
        c.switch("a", "A");
    });
    assert!(
        page.contains("Options:\n      --a\n          A\n  -h, --help\n          Print"),
        "{page}"
    );
}

#[test]
fn names_of_all_widths_are_aligned() {
    let page = short(|c| {
        c.option("漢字", "値", "A");
        c.option("ab", "e\u{301}", "B").short('b');
        c.switch("x", "C").short('x').no_long();
    });
    let expected = "Options:
      --漢字 <値>  A
  -b, --ab <e\u{301}>     B
  -x               C
  -h, --help       Print help\n";
    assert_eq!(after_usage(&page), expected);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let define = |c: &mut Command| {
        c.about("Do a lot of things, described with words that fill more than one line");
        c.description("- 漢字かな交じり文を書くことができる。漢字かな交じり文を書くことができる。 e\u{301}tude");
        let arg = c.option(
            "some-name",
            "VALUE",
            "Help that goes on until it is longer than a line is",
        );
        arg.env("A_VARIABLE")
            .default("a default value")
            .choice("a", "Help that is longer than a line");
        c.exit_code(
            3,
            "Help that goes on until it is longer than a line of this page",
        );
    };
    for width in [1, 20, 40, 79, 80, 100, 500] {
        for length in [Length::Short, Length::Long] {
            let page = help(length, width, define);
            let most = page.lines().map(columns).max();
            assert!(most <= Some(width.clamp(40, 100)), "{width}: {page}");
        }
    }
    assert_eq!(
        help(Length::Long, 1, define),
        help(Length::Long, 40, define)
    );
    assert_eq!(
        help(Length::Long, 500, define),
        help(Length::Long, 100, define)
    );
}

#[test]
fn styles_do_not_change_the_layout() {
    let define = |c: &mut Command| {
        c.option("name", "VALUE", "Help that goes on and on and on")
            .env("A")
            .default("a b c d e f");
        c.subcommand("sub", "Help", |_| {}).alias("s");
    };
    let program = Program::of(define);
    let called = Called::root(&program);
    let underlined = Styles::styled().context(clap::builder::styling::Style::new().underline());
    let styled = render(&program, &called, Length::Short, 40, &underlined);
    let plain = render(&program, &called, Length::Short, 40, &Styles::plain());
    assert!(
        styled.contains("\x1b[1m\x1b[4mOptions:\x1b[0m\n  "),
        "{styled}"
    );
    assert!(
        styled.contains("\x1b[4m[env:\x1b[0m \x1b[4mA\x1b[0m\x1b[4m]\x1b[0m"),
        "{styled}"
    );
    let codes = ["\x1b[1m", "\x1b[4m", "\x1b[0m"];
    assert_eq!(
        codes
            .iter()
            .fold(styled, |text, code| text.replace(code, "")),
        plain
    );
}

#[test]
fn topics_have_their_title() {
    let topic = Topic {
        name: "files",
        title: "How files are changed",
        text: "Steps:\n\n1. The file is read and looked through, line by line.",
    };
    let expected = "How files are changed\n\nSteps:\n
1. The file is read and looked through,\n   line by line.\n";
    assert_eq!(render_topic(&topic, 40, &Styles::plain()), expected);
}
