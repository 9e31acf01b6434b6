//! From words to values.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Error, builder::Str};

use super::layers::{self, Layer, Variables};
use super::report::Report;
use super::scan::{End, scan};
use super::stop::{Stop, What, Why};
use super::{Line, Setup, Values, files, flat};
use crate::console::Console;
use crate::model::{Contract, Kind, Program};
use crate::text::printable;

/// The exit codes of a program whose spec has none.
const USUAL: Contract = Contract {
    usage: ("usage", 2),
    failure: ("failure", 1),
};

impl Program {
    /// Parses a command line, whose first word is the program's name. Values that it lacks come from
    /// variables, files and defaults.
    ///
    /// # Errors
    ///
    /// What comes in place of a call: a mistake, help or the version.
    pub fn parse_from<T: Into<OsString>>(
        &self,
        words: impl IntoIterator<Item = T>,
    ) -> Result<Values, Stop> {
        Setup::new().words(words).parse(self)
    }
}

impl Setup {
    /// Parses the command line.
    ///
    /// # Errors
    ///
    /// What comes in place of a call: a mistake, help or the version.
    pub fn parse(&self, program: &Program) -> Result<Values, Stop> {
        let words = match &self.words {
            Some(words) => words.clone(),
            None => std::env::args_os().collect(),
        };
        let mut line = scan(program, words.get(1..).unwrap_or_default());
        match self.read(program, &mut line) {
            Ok(matches) => Ok(Values::new(matches, line)),
            Err(what) => Err(self.stop(program, line, what)),
        }
    }

    fn stop(&self, program: &Program, mut line: Line, what: What) -> Stop {
        if !self.isolated {
            let files = files::load_for_messages(program, &line);
            layers::add_for_messages(&mut line, &all(&files));
        }
        let contract = program.contract.unwrap_or(USUAL);
        Stop(Box::new(Why {
            what,
            warnings: std::mem::take(&mut line.warnings),
            console: Console::of(&line, contract.usage),
            contract: contract.usage,
            failure: contract.failure,
        }))
    }

    /// Parses the command line, and tells the user what there is to know: a mistake, help, the version,
    /// what is deprecated.
    ///
    /// # Errors
    ///
    /// The exit code, where the program is to end without a call.
    pub fn start(&self, program: &Program) -> Result<Values, ExitCode> {
        let values = self.parse(program).map_err(|stop| stop.print())?;
        values.warn(program)?;
        Ok(values)
    }

    /// As [`start`](Self::start), but ends the process itself. For programs whose spec has no exit codes.
    pub fn start_or_exit(&self, program: &Program) -> Values {
        let values = self
            .parse(program)
            .unwrap_or_else(|stop| std::process::exit(stop.say().into()));
        if values.warn(program).is_err() {
            std::process::exit(USUAL.usage.1.into());
        }
        values
    }

    fn read(&self, program: &Program, line: &mut Line) -> Result<clap::ArgMatches, What> {
        let report = self.report(program, line);
        if let Some(end) = &line.end {
            let before = report.before(end);
            return Err(before.unwrap_or_else(|| report.end(end)));
        }
        if !self.isolated {
            let files = files::load_for(program, line)?;
            let added = layers::add(line, &all(&files));
            files::with_unused(line, &files, added)?;
        }
        if let Some(end) = line.too_many() {
            return Err(self.report(program, line).end(&end));
        }
        let mut command = flat::command(program, line, self.isolated);
        if !self.defaults.is_empty() {
            command = command.mut_args(|arg| self.with_default(arg));
        }
        let words = flat::words(line);
        let parsed = command.try_get_matches_from(words);
        parsed.map_err(|error| {
            let report = self.report(program, line);
            match error.kind() {
                ErrorKind::InvalidUtf8 => report.not_unicode().unwrap_or(report.mistake(error)),
                _ => report.mistake(error),
            }
        })
    }

    fn with_default(&self, arg: clap::Arg) -> clap::Arg {
        let mut defaults = self.defaults.iter();
        match defaults.find(|(id, _)| arg.get_id() == id) {
            Some((_, value)) => {
                let value = Str::from(keep(value));
                arg.required(false).default_value(value)
            }
            None => arg,
        }
    }

    fn report<'a>(&'a self, program: &'a Program, line: &'a Line) -> Report<'a> {
        Report {
            program,
            line,
            setup: self,
        }
    }
}

/// The variables, and then the files, the nearest first.
fn all(files: &files::Loaded) -> Vec<&dyn Layer> {
    let files = files.layers.iter().map(|file| file as &dyn Layer);
    std::iter::once(&Variables as &dyn Layer)
        .chain(files)
        .collect()
}

/// A text, for as long as the program runs: clap wants defaults so.
fn keep(text: &str) -> &'static str {
    Box::leak(text.into())
}

impl Report<'_> {
    /// What is wrong before the end that the scanner found: the first mistake on the line is told.
    fn before(&self, end: &End) -> Option<What> {
        let mut sound = &self.line.given[..self.line.sound];
        if let ([before @ .., last], End::UnknownOption(_)) = (sound, end) {
            // Its values may not be complete.
            sound = if last.open { before } else { sound };
        }
        if sound.is_empty() || end.is_request() {
            return None;
        }
        let words = flat::first_options(self.line, sound.len());
        let command = flat::command(self.program, self.line, self.setup.isolated);
        let error = command.try_get_matches_from(words).err()?;
        // What is missing may follow, and what goes together is looked at last.
        let later = match error.kind() {
            ErrorKind::MissingRequiredArgument => true,
            // Unless it is given twice.
            ErrorKind::ArgumentConflict => {
                error.get(ContextKind::InvalidArg) != error.get(ContextKind::PriorArg)
            }
            _ => false,
        };
        (!later).then(|| self.mistake(error))
    }

    /// The first value that must be Unicode and is not, by its option.
    fn not_unicode(&self) -> Option<What> {
        let given = self.line.given.iter().find_map(|given| {
            let arg = self.line.arg(given);
            let wrong = given.values.iter().find(|value| value.to_str().is_none());
            Some((arg, wrong.filter(|_| arg.kind.is_unicode())?))
        });
        let positional = || {
            let word = self
                .line
                .words
                .iter()
                .find(|word| word.to_str().is_none())?;
            let mut positionals = self.line.called.positionals();
            Some((positionals.find(|arg| arg.kind.is_unicode())?, word))
        };
        let (arg, value) = given.or_else(positional)?;
        let mut command = flat::command(self.program, self.line, true);
        command.build();
        let known = command
            .get_arguments()
            .find(|known| known.get_id() == arg.id);
        let name = known.map_or_else(|| arg.written(), ToString::to_string);
        let found = match arg.kind {
            Kind::Secret => String::new(),
            _ => format!(", found `{}`", printable(&value.to_string_lossy())),
        };
        let message = format!("invalid value for '{name}': expected Unicode text{found}");
        let mut error = Error::raw(ErrorKind::InvalidUtf8, message);
        error.insert(ContextKind::InvalidArg, ContextValue::String(name));
        Some(self.mistake(error))
    }
}
