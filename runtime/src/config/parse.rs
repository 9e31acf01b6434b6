//! Parsing a command line with what configuration files say.
//!
//! clap parses it once without them. When files have something to add, the command is defined again,
//! with their values as clap's defaults, and parsed again. What is in the way of `--help`, of a mistake
//! on the command line or of the command `config` is never a file.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::Config;
use super::layers::{Active, Given, Loaded};
use super::load::load;
use super::origin::Origin;
use crate::text::printable;
use crate::{Contract, Values, try_parse_from};

/// The command that shows and changes settings.
const COMMAND: &str = "config";

thread_local! {
    /// The settings whose values come from files in this run.
    static ACTIVE: RefCell<Vec<Active>> = const { RefCell::new(Vec::new()) };
    /// Whether commands are being defined for the parse in which these values count.
    static INJECTING: Cell<bool> = const { Cell::new(false) };
}

/// Parses the command line that the process was called with. Values that it lacks come from variables,
/// then from files.
///
/// # Errors
///
/// The exit code when there is nothing to do: after a mistake, of which the user was told, and after
/// `--help` and `--version`.
pub fn parse(
    config: &'static Config,
    contract: &Contract,
    command: fn() -> Command,
) -> Result<ArgMatches, ExitCode> {
    let words: Vec<OsString> = std::env::args_os().collect();
    ACTIVE.set(Vec::new());
    let first = try_parse_from(command, &words);
    let called = match &first {
        Ok(matches) => Called::by(matches),
        // A file may have what is missing.
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            let lenient = try_parse_from(|| command().ignore_errors(true), &words);
            lenient.as_ref().map(Called::by).unwrap_or_default()
        }
        Err(error) => return Err(contract.refuse(error)),
    };
    if called.commands.first().is_some_and(|name| name == COMMAND) {
        return first.map_err(|error| contract.refuse(&error));
    }
    let loaded = load(config);
    refuse_mistakes(config, contract, &loaded)?;
    let mut active = loaded.active(config, &called.given);
    active.retain(|active| active.setting.is_taken_by(&called.commands));
    if active.is_empty() {
        return first.map_err(|error| contract.refuse(&error));
    }
    refuse_paths(config, contract, &active)?;
    ACTIVE.set(active);
    INJECTING.set(true);
    let second = try_parse_from(command, &words);
    INJECTING.set(false);
    second.map_err(|error| contract.refuse(&error))
}

/// Tells of all that is wrong in the files, and ends if there are mistakes among it.
fn refuse_mistakes(config: &Config, contract: &Contract, loaded: &Loaded) -> Result<(), ExitCode> {
    let console = contract.early_console();
    for warning in &loaded.warnings {
        console.warning(warning);
    }
    for error in &loaded.errors {
        console.error(config.failure, error, None);
    }
    match loaded.errors.is_empty() {
        true => Ok(()),
        false => Err(ExitCode::from(config.failure.1)),
    }
}

/// Looks whether at paths of files there is what must be there.
fn refuse_paths(config: &Config, contract: &Contract, active: &[Active]) -> Result<(), ExitCode> {
    let mut result = Ok(());
    for Active {
        setting,
        entry,
        path,
    } in active
    {
        let Some(found) = setting.kind.found() else {
            continue;
        };
        for word in &entry.words {
            if let Err(why) = found.look(PathBuf::from(word)) {
                let (path, key) = (printable(&path.display().to_string()), setting.key);
                let message = format!("{path}:{}: `{key}` is `{word}`: {why}", entry.line);
                contract
                    .early_console()
                    .error(config.failure, &message, None);
                result = Err(ExitCode::from(config.failure.1));
            }
        }
    }
    result
}

/// What was called, and with which options.
#[derive(Debug, Default)]
struct Called {
    /// The names of the commands, without the program's.
    commands: Vec<String>,
    given: Given,
}

impl Called {
    fn by(matches: &ArgMatches) -> Self {
        let mut called = Self::default();
        let mut matches = matches;
        loop {
            called.given.add(matches);
            let Some((name, below)) = matches.subcommand() else {
                return called;
            };
            called.commands.push(name.to_owned());
            matches = below;
        }
    }
}

impl Given {
    fn add(&mut self, matches: &ArgMatches) {
        for id in matches.ids() {
            // clap hands values up as well, to commands that don't have the option.
            if matches.try_contains_id(id.as_str()).is_err() {
                continue;
            }
            let source = matches.value_source(id.as_str());
            if !matches!(
                source,
                Some(ValueSource::CommandLine | ValueSource::EnvVariable)
            ) {
                continue;
            }
            self.all.push(id.to_string());
            // A variable may say that a switch is off.
            let value = matches.try_get_one::<bool>(id.as_str());
            if source == Some(ValueSource::CommandLine) || !matches!(value, Ok(Some(false))) {
                self.on.push(id.to_string());
            }
        }
    }
}

/// The words of a file for the option that is being defined, which has this setting.
pub(crate) fn injected(key: &str) -> Option<Vec<String>> {
    if !INJECTING.get() {
        return None;
    }
    with_active(
        |active| active.setting.key == key,
        |active| active.entry.words.clone(),
    )
}

/// Whether a file says that this option is given.
pub(crate) fn is_configured(id: &str) -> bool {
    let says_yes = with_active(
        |active| active.setting.id == id,
        |active| active.entry.says_yes(),
    );
    INJECTING.get() && says_yes == Some(true)
}

/// The word that a file has for this option. Nothing where it is given otherwise.
pub(crate) fn word_of(id: &str) -> Option<String> {
    with_active(
        |active| active.setting.id == id,
        |active| active.entry.words.first().cloned(),
    )
    .flatten()
}

fn with_active<T>(is_meant: impl Fn(&Active) -> bool, get: impl Fn(&Active) -> T) -> Option<T> {
    ACTIVE.with_borrow(|list| list.iter().find(|active| is_meant(active)).map(get))
}

impl Values {
    /// Where the value of an option comes from that has this setting.
    pub fn origin(&self, config: &'static Config, key: &str) -> Origin {
        let Some(setting) = config.find(key) else {
            return Origin::Default;
        };
        let source = |id: &str| self.source(id);
        let negated = setting.negation.and_then(source);
        let sources = [source(setting.id), negated];
        match sources {
            [Some(ValueSource::CommandLine), _] => {
                return Origin::Argument(setting.option.to_owned());
            }
            [_, Some(ValueSource::CommandLine)] => {
                let negation = setting.negation.unwrap_or_default();
                return Origin::Argument(format!("--{negation}"));
            }
            _ => {}
        }
        if let (true, Some(variable)) = (
            sources.contains(&Some(ValueSource::EnvVariable)),
            setting.env,
        ) {
            return Origin::Variable(variable.to_owned());
        }
        with_active(|active| active.setting.key == key, Active::origin).unwrap_or(Origin::Default)
    }
}
