//! Reads programs from the formats of other tools.

mod cobra;
mod fig;
mod fit;
mod help;
mod keys;
mod oclif;
mod ocs;
mod opencli;
mod usage;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::confidence::HelpLine;
use super::described::{Arg, Command};
use super::{Error, Import, Loss};
use crate::source::shown;

/// The format of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The KDL of [usage](https://usage.jdx.dev), such as `mise.usage.kdl`.
    Usage,
    /// `oclif.manifest.json` of a program that uses [oclif](https://oclif.io).
    Oclif,
    /// The YAML that [cobra](https://cobra.dev) generates as documentation, or that of Docker: a directory with a file
    /// for each command, or one file.
    Cobra,
    /// OpenCLI, in JSON or YAML: version 0.1 of [opencli.org](https://opencli.org), or version 1 of
    /// [opencli.dev](https://opencli.dev).
    OpenCli,
    /// The help that a program prints: a file, or a directory with a file for each command. Their names are those of
    /// the commands: `tool.txt`, `tool remote add.txt`.
    Help,
    /// A completion spec of [Fig](https://fig.io), which has been evaluated and written as JSON.
    Fig,
}

/// A program, and what is known to be lost.
#[derive(Default)]
struct Read {
    program: Command,
    losses: Vec<Loss>,
    /// The lines of its help, if that is what was read.
    lines: Vec<HelpLine>,
}

/// The largest description that is read.
const MAX_BYTES: u64 = 8 << 20;

/// Converts a description in the format of another tool to a spec.
///
/// # Errors
///
/// The file can't be read, or isn't in this format.
pub fn file(format: Format, path: &Path) -> Result<Import, Error> {
    let mut files = Vec::new();
    for path in files_of(format, path)? {
        let failed = |why: String| Error::new(format!("can't read `{}`: {why}", shown(&path)));
        let size = fs::metadata(&path)
            .map_err(|error| failed(error.to_string()))?
            .len();
        if size > MAX_BYTES {
            return Err(failed(format!("it is larger than {} MB", MAX_BYTES >> 20)));
        }
        let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
        files.push((path, text));
    }
    let read = match (format, files.as_slice()) {
        (Format::Cobra, files) => cobra::read(files)?,
        (Format::Help, files) => help::read(files)?,
        (Format::Usage, [(path, text)]) => usage::read(path, text)?,
        (Format::Oclif, [(path, text)]) => oclif::read(path, text)?,
        (Format::OpenCli, [(path, text)]) => opencli::read(path, text)?,
        (Format::Fig, [(path, text)]) => fig::read(path, text)?,
        _ => return Err(Error::new(format!("`{}` is a directory", shown(path)))),
    };
    let Read {
        mut program,
        mut losses,
        lines,
    } = read;
    fit::fit(&mut program, &mut losses);
    let import = Import::with(&program, losses);
    Ok(Import { lines, ..import })
}

/// Lets subcommands inherit an option from the nearest command group that defines it, or else from the program.
fn pass_on(program: &mut Command, path: &[String], arg: Arg) {
    let groups = (0..path.len()).rev().map(|length| &path[..length]);
    for group in groups {
        let names: Vec<&str> = group.iter().map(String::as_str).collect();
        let group = program.at(&names);
        let mut args = group.into_iter().flat_map(|group| &mut group.args);
        if let Some(own) = args.find(|own| !own.is_positional() && own.id == arg.id) {
            own.global = true;
            return;
        }
    }
    program.args.push(Arg {
        global: true,
        ..arg
    });
}

/// The files of a description, sorted by name.
fn files_of(format: Format, path: &Path) -> Result<Vec<PathBuf>, Error> {
    let (ends, kind): (&[&str], _) = match format {
        Format::Cobra => (&["yaml", "yml"], "YAML files"),
        Format::Help => (&["txt"], "`.txt` files"),
        _ => return Ok(vec![path.to_owned()]),
    };
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error| Error::new(format!("can't read `{}`: {error}", shown(path)));
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let end = path.extension().unwrap_or_default();
        if ends.iter().any(|it| end == *it) {
            files.push(path);
        }
    }
    files.sort();
    match files.is_empty() {
        true => Err(Error::new(format!("`{}` has no {kind}", shown(path)))),
        false => Ok(files),
    }
}

/// Reads YAML, or JSON.
fn yaml(path: &Path, text: &str) -> Result<Value, Error> {
    // The parser takes minutes for a hundred thousand open brackets.
    let mut open = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MAX_OPEN {
            let why = format!("more than {MAX_OPEN} brackets are open");
            return Err(Error::in_file(path, why));
        }
    }
    serde_yaml::from_str(text).map_err(|error| Error::in_file(path, error))
}

/// How many brackets may be open in YAML. Those in texts count, too.
const MAX_OPEN: usize = 1000;

impl Error {
    fn new(message: String) -> Self {
        Self(message)
    }

    /// An error in the text of a file.
    fn in_file(path: &Path, why: impl std::fmt::Display) -> Self {
        Self(format!("`{}` can't be read: {why}", shown(path)))
    }
}

/// Why a description with too many levels of commands can't be read.
const TOO_DEEP: &str = "a command is nested more than 32 deep";

/// How deep commands may be nested, as in a spec.
const MAX_DEPTH: usize = 32;

impl Command {
    /// The command at this path, which is created with its command groups if it doesn't exist. `None` if it is nested
    /// too deep.
    fn at(&mut self, path: &[&str]) -> Option<&mut Command> {
        if path.len() > MAX_DEPTH {
            return None;
        }
        let mut command = self;
        for name in path {
            let mut commands = command.commands.iter();
            let index = commands
                .position(|command| command.name == *name)
                .unwrap_or_else(|| {
                    command.commands.push(Command {
                        name: (*name).to_owned(),
                        ..Command::default()
                    });
                    command.commands.len() - 1
                });
            command = &mut command.commands[index];
        }
        Some(command)
    }

    /// Makes each command group without arguments need a subcommand, in formats that don't say whether it does.
    fn need_commands(&mut self) {
        let has_arguments = self.args.iter().any(Arg::is_positional);
        self.needs_command |= !self.commands.is_empty() && !has_arguments;
        self.commands.iter_mut().for_each(Self::need_commands);
    }
}

/// The alias of an option, with its dashes.
fn dashed(alias: &str) -> String {
    match alias.chars().count() {
        1 => format!("-{alias}"),
        _ => format!("--{alias}"),
    }
}

impl Arg {
    /// All names of an option that are not hidden, with their dashes.
    pub(super) fn names(&self) -> Vec<String> {
        let long = self.long.iter().map(|long| format!("--{long}"));
        let short = self.short.iter().map(|short| format!("-{short}"));
        let aliases = self.aliases.shown.iter().map(|alias| dashed(alias));
        long.chain(short).chain(aliases).collect()
    }
}
