//! Parsing a command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::layers::{self, Variables};
use super::matches::Matches;
use super::report::Report;
use super::scan::scan;
use super::stop::{Details, Reason, Stop};
use super::{Line, Setup, Values, files, flat, plain};
use crate::console::Console;
use crate::model::{Contract, Program};

impl Program {
    /// Parses a command line, whose first element is the program's name. Missing values come from
    /// environment variables, configuration files and defaults.
    ///
    /// # Errors
    ///
    /// Returns a [`Stop`] if no handler is to be called: because of an error, or for help or the
    /// version.
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
    /// Returns a [`Stop`] if no handler is to be called: because of an error, or for help or the
    /// version.
    pub fn parse(&self, program: &Program) -> Result<Values, Stop> {
        let words = match &self.words {
            Some(words) => words.clone(),
            None => std::env::args_os().collect(),
        };
        let mut line = scan(program, words.get(1..).unwrap_or_default());
        self.apply(&mut line);
        match self.read(program, &mut line) {
            Ok(matches) => Ok(Values::new(matches, line)),
            Err(reason) => Err(self.stop(program, line, reason)),
        }
    }

    /// Adds what the program decides to a command line: computed defaults and environment variables.
    pub(crate) fn apply(&self, line: &mut Line) {
        for (id, value) in &self.defaults {
            line.called.set_default(id, value);
        }
        line.defaults.clone_from(&self.defaults);
        line.variables = Variables {
            set: self.variables.clone(),
            isolated: self.isolated,
        };
    }

    fn stop(&self, program: &Program, mut line: Line, reason: Reason) -> Stop {
        if self.has_layers() {
            let files = files::load_for_messages(program, &line);
            layers::add_for_messages(&mut line, &files);
        }
        let contract = program.exits();
        Stop(Box::new(Details {
            reason,
            warnings: std::mem::take(&mut line.warnings),
            console: Console::of(&line, contract.usage),
            command: line.reported_command().command().title(),
            failure: contract.failure,
        }))
    }

    /// Parses the command line, and prints errors, help, the version and deprecation warnings.
    ///
    /// # Errors
    ///
    /// Returns the exit code if the program is to end without calling a handler.
    pub fn start(&self, program: &Program) -> Result<Values, ExitCode> {
        let values = self.parse(program).map_err(|stop| stop.print())?;
        values.warn(program)?;
        Ok(values)
    }

    /// Does the same as [`start`](Self::start), but ends the process itself. For programs whose spec
    /// defines no exit codes.
    pub fn start_or_exit(&self, program: &Program) -> Values {
        let values = self
            .parse(program)
            .unwrap_or_else(|stop| std::process::exit(stop.say().into()));
        if values.warn(program).is_err() {
            std::process::exit(Contract::DEFAULT.usage.1.into());
        }
        values
    }

    /// Whether values may come from elsewhere than the command line.
    fn has_layers(&self) -> bool {
        !self.isolated || !self.variables.is_empty()
    }

    fn read(&self, program: &Program, line: &mut Line) -> Result<Matches, Reason> {
        let report = self.report(program, line);
        if let Some(end) = &line.end {
            let earlier = report.earlier_error(end);
            return Err(earlier.unwrap_or_else(|| report.end(end)));
        }
        if self.has_layers() {
            let files = files::load_for(program, line)?;
            let added = layers::add(line, &files);
            files::with_unused(line, &files, added)?;
        }
        if let Some(end) = line.too_many() {
            return Err(self.report(program, line).end(&end));
        }
        let plain = match self.only_clap {
            true => None,
            false => plain::matches(line, program.override_self),
        };
        let matches = match plain {
            Some(matches) => matches,
            None => Matches::Clap(self.matches_of_clap(program, line)?),
        };
        let wrong = line.wrong_count(&matches);
        let wrong = wrong.or_else(|| match &matches {
            // `plain` leaves options with such conditions to clap.
            Matches::Plain(_) => None,
            Matches::Clap(matches) => line.wrong_conditions(matches),
        });
        match wrong {
            Some(end) => Err(self.report(program, line).end(&end)),
            None => Ok(matches),
        }
    }

    fn matches_of_clap(&self, program: &Program, line: &Line) -> Result<clap::ArgMatches, Reason> {
        let command = flat::command(program, line);
        let parsed = command.try_get_matches_from(flat::words(line));
        parsed.map_err(|error| {
            let report = self.report(program, line);
            match error.kind() {
                ErrorKind::InvalidUtf8 => report.not_unicode().unwrap_or(report.usage_error(error)),
                _ => report.usage_error(error),
            }
        })
    }

    fn report<'a>(&'a self, program: &'a Program, line: &'a Line) -> Report<'a> {
        Report {
            program,
            line,
            setup: self,
        }
    }
}
