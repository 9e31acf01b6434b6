//! Parsing a command line.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, Error};

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
    let matches = command.try_get_matches_from_mut(words)?;
    conflicts(command, &matches)?;
    Ok(matches)
}

/// clap checks each command by itself, so that of two conflicting options one may be given before
/// and one after a command's name. The last command has the values of both.
fn conflicts(command: &Command, matches: &ArgMatches) -> Result<(), Error> {
    if let Some((name, matches)) = matches.subcommand() {
        let below = command
            .get_subcommands()
            .find(|below| below.get_name() == name);
        return below.map_or(Ok(()), |below| conflicts(below, matches));
    }
    let given = |arg: &Arg| {
        let id = arg.get_id().as_str();
        let known = matches.try_contains_id(id).is_ok();
        known && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    for arg in command.get_arguments().filter(|arg| given(arg)) {
        let others = command.get_arg_conflicts_with(arg);
        if let Some(other) = others.into_iter().find(|other| given(other)) {
            let text = |arg: &Arg| ContextValue::String(arg.to_string());
            let mut error = Error::new(ErrorKind::ArgumentConflict).with_cmd(command);
            error.insert(ContextKind::InvalidArg, text(other));
            error.insert(ContextKind::PriorArg, text(arg));
            return Err(error);
        }
    }
    Ok(())
}
