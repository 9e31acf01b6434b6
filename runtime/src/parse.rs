//! Parsing a command line.

use std::ffi::OsString;

use clap::error::ContextKind;
use clap::{Arg, ArgAction, ArgMatches, Command, Error};

/// Parses the command line that the process was called with. After a mistake in it, prints what is
/// wrong and ends the process with status 2; after `--help` and `--version` with status 0.
pub fn parse(mut command: Command) -> ArgMatches {
    try_parse_from(&mut command, std::env::args_os()).unwrap_or_else(|error| error.exit())
}

/// Parses a command line, of which the first word is the program's name.
///
/// # Errors
///
/// What clap says of a command line that is not right, and of `--help` and `--version`.
pub fn try_parse_from<I, T>(command: &mut Command, words: I) -> Result<ArgMatches, Error>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
    let result = command.try_get_matches_from_mut(&words);
    // Commands are defined when clap meets them, so that only now all options are known.
    let result = match options_last(command, &words) {
        Some(words) => command.try_get_matches_from_mut(words),
        None => result,
    };
    result.map_err(|mut error| {
        // Where a command is missing, clap lists all there are, hidden ones too.
        error.remove(ContextKind::ValidSubcommand);
        error
    })
}

/// The command line with the options that stand before a command's name moved behind the last
/// name; nothing when there are none, or when clap is to say what is wrong.
///
/// To clap, an option before and one behind a command's name are two command lines: it checks rules
/// in each by itself, and forgets the values of the first for those of the second.
fn options_last(command: &Command, words: &[OsString]) -> Option<Vec<OsString>> {
    let mut names = vec![words.first()?.clone()];
    let mut options = Vec::new();
    let mut command = command;
    let mut rest = words.get(1..)?.iter();
    while command.has_subcommands() {
        let word = rest.next()?;
        let text = word.to_str()?;
        if text == "--" || text == "-" {
            return None;
        } else if text.starts_with('-') {
            options.push(word.clone());
            if needs_next(command, text)? {
                options.push(rest.next()?.clone());
            }
        } else {
            command = command.find_subcommand(text)?;
            if command.get_name() == "help" {
                return None;
            }
            names.push(word.clone());
        }
    }
    let moved = !options.is_empty();
    moved.then(|| [names, options, rest.cloned().collect()].concat())
}

/// Whether the value of this option is the next word; nothing when it is not an option of the
/// command, or one that ends the program.
fn needs_next(command: &Command, word: &str) -> Option<bool> {
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = long
            .split_once('=')
            .map_or((long, false), |(name, _)| (name, true));
        let is_called = |arg: &&Arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            arg.get_long() == Some(name) || aliases.contains(&name)
        };
        return Some(takes_value(command.get_arguments().find(is_called)?)? && !value);
    }
    let mut letters = word.chars().skip(1);
    while let Some(letter) = letters.next() {
        let is_called = |arg: &&Arg| arg.get_short() == Some(letter);
        if takes_value(command.get_arguments().find(is_called)?)? {
            // What follows the letter is the value.
            return Some(letters.next().is_none());
        }
    }
    Some(false)
}

/// Whether an option takes a value; nothing for `--help` and `--version`.
fn takes_value(arg: &Arg) -> Option<bool> {
    match arg.get_action() {
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version => None,
        action => Some(action.takes_values()),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{OsString, options_last};
    use clap::{Arg, ArgAction, Command};

    #[test]
    fn options_move_behind_the_last_name() {
        let flag = |id, short| {
            Arg::new(id)
                .long(id)
                .short(short)
                .action(ArgAction::SetTrue)
        };
        let mut command = Command::new("tool")
            .version("1")
            .arg(flag("quiet", 'q').global(true).visible_alias("silent"))
            .arg(Arg::new("config").long("config").short('c').global(true))
            .subcommand(Command::new("run").alias("r").arg(Arg::new("file")))
            .subcommand(Command::new("group").subcommand(Command::new("leaf")));
        command.build();
        for (line, moved) in [
            ("tool -q run x", Some("tool run -q x")),
            ("tool -q -c a r x -q", Some("tool r -q -c a x -q")),
            ("tool -qc a run -- -x", Some("tool run -qc a -- -x")),
            ("tool -ca run", Some("tool run -ca")),
            (
                "tool --config=a group --silent leaf",
                Some("tool group leaf --config=a --silent"),
            ),
            ("tool run -q x", None),
            ("tool group leaf", None),
            ("tool -q --help run", None),
            ("tool -V run", None),
            ("tool -q help run", None),
            ("tool -x run", None),
            ("tool -q", None),
            ("tool -q nothing", None),
            ("tool -c", None),
            ("tool -- run", None),
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let found = options_last(&command, &words);
            let found = found.map(|words| words.join(OsStr::new(" ")));
            assert_eq!(found.as_deref(), moved.map(OsStr::new), "{line}");
        }
    }
}
