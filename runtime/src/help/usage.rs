//! The usage line, and the notation of arguments and options in it and in lists.

use clap::builder::Styles;

use super::paint::{Line, Paint};
use crate::model::{Arg, Called, Kind, Rule};

mod groups;

use groups::Groups;
pub(crate) use groups::choices_without_hidden;

/// Returns the usage line without its heading: `tool [OPTIONS] <FILE>`.
pub(super) fn line(called: &Called, paint: &Paint) -> Line {
    let groups = Groups::of(called);
    let mut line = Line::default();
    line.paint(&paint.literal, &called.command().title());
    for (sign, arg) in called.accepted().filter_map(|arg| Some((arg.sigil?, arg))) {
        line.push(" ");
        let name = arg.names.first().copied().unwrap_or_default();
        line.paint(&paint.placeholder, &format!("[{sign}{name}]"));
    }
    let optional = |arg: &Arg| {
        let has_names = !arg.positional && arg.sigil.is_none();
        has_names && !arg.hidden && !is_required(called, arg) && !groups.have(arg)
    };
    if called.accepted().any(optional) {
        line.push(" ");
        line.paint(&paint.placeholder, "[OPTIONS]");
    }
    let needed = needed(called);
    for arg in needed
        .iter()
        .filter(|arg| !arg.positional && !arg.hidden && !groups.have(arg))
    {
        line.push(" ");
        option(&mut line, paint, arg);
    }
    groups.write(&mut line, paint, called);
    for arg in called
        .positionals()
        .filter(|arg| !arg.hidden && !groups.have(arg))
    {
        line.push(" ");
        positional(
            &mut line,
            paint,
            arg,
            needed.iter().any(|other| other.id == arg.id),
        );
    }
    if called.command().is_group() && called.takes_words() {
        // Its subcommands are called without these arguments, as the second line shows.
        return line;
    }
    command(&mut line, paint, called);
    line
}

/// Returns the second usage line of a command group that takes arguments: `tool <COMMAND>`.
fn second_line(called: &Called, paint: &Paint) -> Option<Line> {
    let command = called.command();
    let shown = command.commands.iter().any(|below| !below.hidden);
    if !shown || !called.takes_words() {
        return None;
    }
    let mut line = Line::default();
    line.paint(&paint.literal, &command.title());
    line.push(" ");
    line.paint(&paint.placeholder, "<COMMAND>");
    Some(line)
}

/// Returns the usage line with its heading, without a line break at its end.
pub(super) fn with_heading(called: &Called, styles: &Styles) -> String {
    let paint = Paint::of(styles);
    let mut out = String::new();
    write(&mut out, called, &paint);
    out
}

/// Adds the usage line with its heading.
pub(super) fn write(out: &mut String, called: &Called, paint: &Paint) {
    paint.usage.paint(out, "Usage:");
    out.push(' ');
    out.push_str(&line(called, paint).text);
    if let Some(second) = second_line(called, paint) {
        out.push_str("\n       ");
        out.push_str(&second.text);
    }
}

/// Returns whether a command requires an argument or option.
pub(super) fn is_required(called: &Called, arg: &Arg) -> bool {
    arg.is_required() || called.command().needs.contains(&arg.id)
}

/// Returns the arguments and options that must always be given: the required ones, and those that these
/// require.
fn needed(called: &Called) -> Vec<&Arg> {
    let mut needed: Vec<&Arg> = called
        .args()
        .filter(|arg| is_required(called, arg))
        .collect();
    let mut at = 0;
    while let Some(arg) = needed.get(at).copied() {
        let own = arg.rules.iter().filter_map(|rule| match rule {
            Rule::Requires(other) => Some(*other),
            _ => None,
        });
        let pairs = called.upwards().flat_map(|command| &command.requires);
        let pairs = pairs
            .filter(|(id, _)| *id == arg.id)
            .map(|(_, other)| *other);
        for other in own.chain(pairs).filter_map(|id| called.arg(id)) {
            if needed.iter().all(|known| known.id != other.id) {
                needed.push(other);
            }
        }
        at += 1;
    }
    needed
}

/// Adds ` <COMMAND>` or ` [COMMAND]`, if there are subcommands.
fn command(line: &mut Line, paint: &Paint, called: &Called) {
    let command = called.command();
    if command.commands.iter().all(|below| below.hidden) && !command.external {
        return;
    }
    let optional = command.runnable || command.default_command.is_some() || !command.is_group();
    line.push(" ");
    line.paint(
        &paint.placeholder,
        if optional { "[COMMAND]" } else { "<COMMAND>" },
    );
}

/// Adds a positional argument: `<FILE>`, or `[-- <FILE>...]` if it is accepted only after `--`.
fn positional(line: &mut Line, paint: &Paint, arg: &Arg, required: bool) {
    if !arg.last {
        return values(line, paint, arg, required);
    }
    line.paint(&paint.literal, if required { "--" } else { "[--" });
    line.push(" ");
    values(line, paint, arg, true);
    if !required {
        line.paint(&paint.literal, "]");
    }
}

/// Adds an option with one of its names and its value: `--file <FILE>`.
fn option(line: &mut Line, paint: &Paint, arg: &Arg) {
    match arg.negation.filter(|_| !arg.negation_hidden) {
        Some(negation) => {
            let either = format!("<{}|--{negation}>", arg.written());
            line.paint(&paint.placeholder, &either);
        }
        None => line.paint(&paint.literal, &arg.written()),
    }
    values(line, paint, arg, true);
}

/// Formats an argument or option with all its names, for lists: `-f, --file <FILE>`, or `[FILE]...`.
pub(super) fn entry(paint: &Paint, arg: &Arg, required: bool) -> Line {
    let mut line = Line::with_room();
    if let Some(sign) = arg.sigil {
        line.paint_with(&paint.literal, |out| out.push(sign));
    } else if !arg.positional {
        names(&mut line, paint, arg.short, arg.long);
    }
    values(&mut line, paint, arg, required);
    line
}

/// Adds names: `-f, --file`. A long name without a short name before it is aligned with those that have
/// one.
pub(super) fn names(line: &mut Line, paint: &Paint, short: Option<char>, long: Option<&str>) {
    if let Some(short) = short {
        line.paint_with(&paint.literal, |out| {
            out.push('-');
            out.push(short);
        });
    }
    if let Some(long) = long {
        line.push(if short.is_some() { ", " } else { "    " });
        line.paint_with(&paint.literal, |out| {
            out.push_str("--");
            out.push_str(long);
        });
    }
}

/// Adds the placeholders that follow the names of an option, or those of a positional argument.
fn values(line: &mut Line, paint: &Paint, arg: &Arg, required: bool) {
    let mark = mark(arg);
    let ink = match mark {
        "=" => &paint.literal,
        _ => &paint.placeholder,
    };
    // The space has no style, because it would be underlined.
    if let Some(bracket) = mark.strip_prefix(' ') {
        line.push(" ");
        line.paint(ink, bracket);
    } else {
        line.paint(ink, mark);
    }
    line.paint_with(&paint.placeholder, |out| notation(out, arg, required));
}

/// Returns the separator between an option and its value.
fn mark(arg: &Arg) -> &'static str {
    if arg.positional || !arg.takes_value() || arg.sigil.is_some() {
        return "";
    }
    match (arg.equals, counts(arg).0) {
        (true, 0) => "[=",
        (true, _) => "=",
        (false, 0) => " [",
        (false, _) => " ",
    }
}

/// Returns the minimum and the maximum number of values.
fn counts(arg: &Arg) -> (usize, usize) {
    match arg.bounds {
        _ if arg.bare.is_some() => (0, 1),
        Some((min, max)) => (min, max.unwrap_or(usize::MAX)),
        None if arg.positional && arg.repeat => (1, usize::MAX),
        None => (arg.names.len().max(1), arg.names.len().max(1)),
    }
}

/// Adds the placeholders as clap writes them: `<FILE>`, `[FILE]...` or `<FROM> <TO>`, and `...` for an
/// option that counts. Closes the bracket that [`mark`] opens.
fn notation(out: &mut String, arg: &Arg, required: bool) {
    if !arg.takes_value() {
        if matches!(arg.kind, Kind::Count(_)) {
            out.push_str("...");
        }
        return;
    }
    let (min, max) = counts(arg);
    let names = match arg.names.len() {
        0 | 1 => min.max(1),
        several => several,
    };
    for at in 0..names {
        let name = arg.names.get(at).or(arg.names.first()).unwrap_or(&arg.id);
        let beyond = min <= at;
        let optional = match arg.positional {
            true => !required || beyond,
            false => min > 0 && beyond,
        };
        let (open, close) = if optional { ("[", "]") } else { ("<", ">") };
        out.push_str(if at > 0 { " " } else { "" });
        out.extend([open, name, close]);
    }
    if names < max || (arg.positional && (arg.repeat || arg.bounds.is_some())) {
        out.push_str("...");
    }
    if !arg.positional && min == 0 {
        out.push(']');
    }
}

#[cfg(test)]
mod tests {
    use clap::builder::Styles;

    use super::super::tests::called;
    use super::{Paint, entry, with_heading};
    use crate::model::{Arg, Command};

    fn usage(define: fn(&mut Command)) -> String {
        let called = called(define);
        with_heading(&called, &Styles::plain())
    }

    /// Returns an option or argument as a list shows it.
    fn listed(define: fn(&mut Command) -> &mut Arg) -> String {
        let mut command = Command::default();
        define(&mut command);
        let paint = Paint::of(&Styles::plain());
        let arg = command.args.last();
        arg.map_or(String::new(), |arg| {
            entry(&paint, arg, arg.is_required()).text
        })
    }

    #[test]
    fn values_are_written_as_clap_does() {
        type Case = (fn(&mut Command) -> &mut Arg, &'static str);
        let cases: [Case; 18] = [
            (|c| c.switch("all", ""), "    --all"),
            (|c| c.switch("all", "").short('a'), "-a, --all"),
            (|c| c.switch("all", "").short('a').no_long(), "-a"),
            (|c| c.count("verbose", 2, "").short('v'), "-v, --verbose..."),
            (|c| c.option("o", "A", ""), "    --o <A>"),
            (|c| c.option("o", "A", "").repeat(), "    --o <A>"),
            (|c| c.option("o", "A", "").equals(), "    --o=<A>"),
            (|c| c.option("o", "A", "").bare("x"), "    --o [<A>]"),
            (
                |c| c.option("o", "A", "").bare("x").equals(),
                "    --o[=<A>]",
            ),
            (|c| c.option("o", "A", "").and_value("B"), "    --o <A> <B>"),
            (|c| c.option("o", "A", "").values(2, 2), "    --o <A> <A>"),
            (|c| c.option("o", "A", "").values_from(1), "    --o <A>..."),
            (
                |c| c.option("o", "A", "").values_from(0),
                "    --o [<A>...]",
            ),
            (|c| c.argument("f", "A", ""), "[A]"),
            (|c| c.argument("f", "A", "").required(), "<A>"),
            (|c| c.argument("f", "A", "").repeat(), "[A]..."),
            (|c| c.argument("f", "A", "").repeat().required(), "<A>..."),
            (
                |c| c.argument("f", "A", "").values(2, 3).required(),
                "<A> <A>...",
            ),
        ];
        for (define, expected) in cases {
            assert_eq!(listed(define), expected);
        }
    }

    #[test]
    fn arguments_follow_options() {
        assert_eq!(usage(|_| {}), "Usage: tool");
        let line = usage(|c| {
            c.argument("from", "FROM", "").required();
            c.argument("to", "TO", "").repeat();
            c.argument("rest", "REST", "").repeat().last();
            c.argument("secret", "SECRET", "").hidden();
            c.switch("odd", "").hidden();
            c.option("file", "FILE", "").required();
        });
        assert_eq!(
            line,
            "Usage: tool --file <FILE> <FROM> [TO]... [-- <REST>...]"
        );
        let line = usage(|c| {
            c.switch("quiet", "");
            c.argument("rest", "REST", "").repeat().last().required();
        });
        assert_eq!(line, "Usage: tool [OPTIONS] -- <REST>...");
    }

    #[test]
    fn required_options_are_shown_with_those_that_they_require() {
        let line = usage(|c| {
            c.option("user", "USER", "").required().requires("host");
            c.option("host", "HOST", "");
            c.requires("host", "port");
            c.option("port", "PORT", "");
            c.switch("key", "").short('k').no_long();
            c.needs("key");
        });
        let expected = "Usage: tool [OPTIONS] --user <USER> -k --host <HOST> --port <PORT>";
        assert_eq!(line, expected);
    }

    #[test]
    fn groups_are_alternatives() {
        let line = usage(|c| {
            c.argument("system", "SYSTEM", "").repeat();
            c.switch("all", "");
            c.option("host", "HOST", "");
            c.switch("odd", "").hidden();
            c.one_of("what", &["system", "all", "host", "odd"]);
        });
        assert_eq!(line, "Usage: tool <SYSTEM|--all|--host <HOST>>");
    }

    #[test]
    fn commands_come_last() {
        let line = usage(|c| {
            c.subcommand("a", "", |_| {});
        });
        assert_eq!(line, "Usage: tool <COMMAND>");
        let line = usage(|c| {
            c.runnable();
            c.subcommand("a", "", |_| {});
        });
        assert_eq!(line, "Usage: tool [COMMAND]");
        let line = usage(|c| {
            c.default_subcommand("a");
            c.subcommand("a", "", |_| {});
        });
        assert_eq!(line, "Usage: tool [COMMAND]");
        let line = usage(|c| {
            c.runnable();
            c.subcommand("a", "", |_| {}).hidden();
        });
        assert_eq!(line, "Usage: tool");
    }

    #[test]
    fn styles_are_those_of_clap() {
        let called = called(|c| {
            c.option("file", "FILE", "").required();
        });
        let line = with_heading(&called, &Styles::styled());
        let expected = "\x1b[1m\x1b[4mUsage:\x1b[0m \x1b[1mtool\x1b[0m \x1b[1m--file\x1b[0m <FILE>";
        assert_eq!(line, expected);
    }
}
