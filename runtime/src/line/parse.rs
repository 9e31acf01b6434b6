//! From words to values.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::layers::{self, Layer, Variables};
use super::report::Report;
use super::scan::scan;
use super::stop::{Stop, What, Why};
use super::{Line, Setup, Values, files, flat};
use crate::console::Console;
use crate::model::{Contract, Program};

impl Program {
    /// Parses a command line, whose first word is the program's name. Values that it lacks come from
    /// variables, files and defaults.
    ///
    /// # Errors
    ///
    /// What comes in place of a call: an error, help or the version.
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
    /// What comes in place of a call: an error, help or the version.
    pub fn parse(&self, program: &Program) -> Result<Values, Stop> {
        let words = match &self.words {
            Some(words) => words.clone(),
            None => std::env::args_os().collect(),
        };
        let mut line = scan(program, words.get(1..).unwrap_or_default());
        for (id, value) in &self.defaults {
            line.called.set_default(id, value);
        }
        line.defaults.clone_from(&self.defaults);
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
        let contract = program.exits();
        Stop(Box::new(Why {
            what,
            warnings: std::mem::take(&mut line.warnings),
            console: Console::of(&line, contract.usage),
            command: line.asked().command().title(),
            failure: contract.failure,
        }))
    }

    /// Parses the command line, and tells the user what there is to know: an error, help, the version,
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
            std::process::exit(Contract::USUAL.usage.1.into());
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
        let command = flat::command(program, line, self.isolated);
        let words = flat::words(line);
        let parsed = command.try_get_matches_from(words);
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

/// The variables, and then the files, the nearest first.
fn all(files: &files::Loaded) -> Vec<&dyn Layer> {
    let files = files.layers.iter().map(|file| file as &dyn Layer);
    std::iter::once(&Variables as &dyn Layer)
        .chain(files)
        .collect()
}
