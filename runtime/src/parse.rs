//! Parsing a command line.

use std::borrow::Cow;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, Error};

use crate::contract::print;
use crate::define::{DEFAULT, with_line};

/// Parses the command line that the process was called with. After an error in it, prints what is
/// wrong and ends the process with status 2; after `--help` and `--version` with status 0.
pub fn parse(command: impl FnOnce() -> Command) -> ArgMatches {
    try_parse_from(command, std::env::args_os()).unwrap_or_else(|error| {
        let code = match print(&error) || error.use_stderr() {
            true => error.exit_code(),
            false => 1,
        };
        std::process::exit(code)
    })
}

/// Parses a command line, whose first word is the program's name. `command` defines the program; the
/// definition depends on the line, since clap compares some values with what was typed.
///
/// # Errors
///
/// clap's error for a command line that is not valid, and for `--help` and `--version`.
pub fn try_parse_from<I, T>(
    command: impl FnOnce() -> Command,
    words: I,
) -> Result<ArgMatches, Error>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString>,
{
    let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
    with_line(words.clone(), || parse_words(&mut command(), words))
}

fn parse_words(command: &mut Command, mut words: Vec<OsString>) -> Result<ArgMatches, Error> {
    let mut result = command.try_get_matches_from_mut(&words);
    // Commands are defined when clap meets them, so that only now all options are known. A default
    // command may have a default command.
    while let Some(more) = with_default(command, &words) {
        words = more;
        result = command.try_get_matches_from_mut(&words);
    }
    if let Some(words) = options_last(command, &words) {
        result = command.try_get_matches_from_mut(words);
    }
    let result = result.and_then(|matches| match lacks_command(command, &matches) {
        false => Ok(matches),
        true => Err(missing_command(command)),
    });
    result.map_err(|mut error| {
        // Where a command is missing, clap lists all there are, hidden ones too.
        error.remove(ContextKind::ValidSubcommand);
        error
    })
}

/// Whether no command is called where there is a default one, because clap took for a value what was
/// taken for a name above.
fn lacks_command(command: &Command, matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some((name, below)) => command
            .find_subcommand(name)
            .is_some_and(|command| lacks_command(command, below)),
        None => command.find_subcommand(DEFAULT).is_some(),
    }
}

fn missing_command(command: &Command) -> Error {
    let mut error = Error::new(ErrorKind::MissingSubcommand).with_cmd(command);
    let name = command.get_name().to_owned();
    error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name));
    error
}

/// The command line with the name of the default command put in where no command is named; nothing
/// when there is none to put in.
fn with_default(command: &Command, words: &[OsString]) -> Option<Vec<OsString>> {
    let mut command = command;
    let mut at = 1;
    while command.has_subcommands() {
        let begin = at;
        // A command's own options may stand before the name.
        while let Some(word) = words.get(at) {
            let word = text(word);
            if ends_program(command, &word) {
                return None;
            }
            match values_behind(command, &word, &words[at + 1..]) {
                Some(values) => at += 1 + values,
                None => break,
            }
        }
        let at_end = at.min(words.len());
        let word = words.get(at_end);
        let below = word.and_then(|word| command.find_subcommand(&*text(word)));
        let external = word.is_some() && command.is_allow_external_subcommands_set();
        if let (None, Some(default), false) = (below, command.find_subcommand(DEFAULT), external) {
            // Behind an option that lacks its value, the name would be taken for that.
            let (before, after) = words.split_at(begin.min(at_end));
            let name = OsString::from(default.get_name());
            return Some([before, &[name], after].concat());
        }
        command = below?;
        at = at_end + 1;
    }
    None
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
    let mut rest = words.get(1..)?;
    while command.has_subcommands() {
        let Some((word, behind)) = rest.split_first() else {
            // A command that runs by itself, or one that is missing.
            break;
        };
        if let Some(values) = values_behind(command, &text(word), behind) {
            let (option, behind) = rest.split_at(1 + values);
            options.extend_from_slice(option);
            rest = behind;
            continue;
        }
        command = command.find_subcommand(&*text(word))?;
        if command.get_name() == "help" {
            return None;
        }
        names.push(word.clone());
        rest = behind;
    }
    let moved = !options.is_empty() && names.len() > 1;
    moved.then(|| [&names, &options, rest].concat())
}

/// A word to be compared with names, which are all Unicode; a value in it need not be.
fn text(word: &OsString) -> Cow<'_, str> {
    word.to_string_lossy()
}

/// How many of the words behind an option are its values; nothing when the word is not an option of
/// the command, or one that ends the program.
fn values_behind(command: &Command, word: &str, behind: &[OsString]) -> Option<usize> {
    if let Some(long) = word.strip_prefix("--") {
        let (name, attached) = long
            .split_once('=')
            .map_or((long, false), |(name, _)| (name, true));
        let is_called = |arg: &&Arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            arg.get_long() == Some(name) || aliases.contains(&name)
        };
        let arg = command.get_arguments().find(is_called)?;
        let values = taken(arg, usize::from(attached), behind)?;
        // Behind an equals sign stands all that there is.
        return Some(if attached { 0 } else { values });
    }
    let mut letters = word.strip_prefix('-')?.chars();
    loop {
        let letter = letters.next()?;
        let arg = by_letter(command, letter)?;
        let attached = !letters.as_str().is_empty();
        if takes_value(arg)? {
            // What follows the letter is the first value.
            return taken(arg, usize::from(attached), behind);
        }
        if !attached {
            return Some(0);
        }
    }
}

/// How many words are values of an option that has so many already; nothing when it ends the
/// program.
fn taken(arg: &Arg, attached: usize, behind: &[OsString]) -> Option<usize> {
    if !takes_value(arg)? || arg.is_require_equals_set() {
        return Some(0);
    }
    let (min, max) = arg
        .get_num_args()
        .map_or((1, 1), |range| (range.min_values(), range.max_values()));
    let is_value = |(at, word): &(usize, &OsString)| {
        let dash = word.as_encoded_bytes().starts_with(b"-") && *word != "-";
        at + attached < min || !dash || may_begin_with_dash(arg, word)
    };
    let room = max.saturating_sub(attached);
    let values = behind.iter().enumerate().take(room).take_while(is_value);
    let count = values.count();
    // The word that ends the values belongs to them.
    let end = arg.get_value_terminator().map(|end| end.as_str());
    let mut words = behind[..count].iter();
    let end = words.position(|word| end.is_some_and(|end| **word == *end));
    Some(end.map_or(count, |end| end + 1))
}

/// Whether a word with a dash is a value of an option that needs no more.
fn may_begin_with_dash(arg: &Arg, word: &OsString) -> bool {
    let is_number = || text(word).parse::<f64>().is_ok_and(f64::is_finite);
    arg.is_allow_hyphen_values_set() || arg.is_allow_negative_numbers_set() && is_number()
}

/// Whether an option takes a value; nothing for `--help` and `--version`.
fn takes_value(arg: &Arg) -> Option<bool> {
    match arg.get_action() {
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version => None,
        action => Some(action.takes_values()),
    }
}

/// Whether a word asks for help or the version, alone or among other letters.
fn ends_program(command: &Command, word: &str) -> bool {
    if let Some(long) = word.strip_prefix("--") {
        let mut args = command.get_arguments();
        return args.any(|arg| arg.get_long() == Some(long) && takes_value(arg).is_none());
    }
    let letters = word.strip_prefix('-').unwrap_or_default();
    let args = letters
        .chars()
        .map_while(|letter| by_letter(command, letter));
    // Behind a letter that takes a value stands the value.
    let mut args = args
        .map(takes_value)
        .take_while(|takes| *takes != Some(true));
    args.any(|takes| takes.is_none())
}

/// The option that a letter stands for.
fn by_letter(command: &Command, letter: char) -> Option<&Arg> {
    command.get_arguments().find(|arg| {
        let aliases = arg.get_all_short_aliases().unwrap_or_default();
        arg.get_short() == Some(letter) || aliases.contains(&letter)
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{DEFAULT, OsString, options_last, with_default};
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

    #[test]
    fn a_default_command_is_put_in() {
        let stash = Command::new("stash")
            .arg(Arg::new("path").short('p').global(true))
            .subcommand(Command::new("push").alias(DEFAULT).arg(Arg::new("file")))
            .subcommand(Command::new("pop"));
        let mut command = Command::new("tool").version("1").subcommand(stash);
        command.build();
        for (line, whole) in [
            ("tool stash", Some("tool stash push")),
            ("tool stash -p x", Some("tool stash push -p x")),
            ("tool stash -ph", Some("tool stash push -ph")),
            ("tool stash -p", Some("tool stash push -p")),
            ("tool stash -p x -m y", Some("tool stash push -p x -m y")),
            ("tool stash file", Some("tool stash push file")),
            ("tool stash -- file", Some("tool stash push -- file")),
            ("tool stash pop", None),
            ("tool stash -p x pop", None),
            ("tool stash push file", None),
            ("tool stash --help", None),
            ("tool stash -h", None),
            ("tool stash help", None),
            ("tool", None),
            ("tool --version", None),
            ("tool other", None),
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let found = with_default(&command, &words);
            let found = found.map(|words| words.join(OsStr::new(" ")));
            assert_eq!(found.as_deref(), whole.map(OsStr::new), "{line}");
        }
    }
}
