//! What can go wrong, with what the user needs to know to set it right.
//!
//! No variant holds a secret: a token must not reach a message.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;

use clapspec_runtime::{Exit, Failure};

use crate::user;

pub use clapspec_runtime::text::printable as plain;

/// A failure. Handlers say with which exit code it ends the program; most with `failure`.
#[derive(Debug)]
pub enum Error {
    /// Neither a home directory is known, nor the variable that says where the files are.
    NoHome {
        /// The variable.
        variable: &'static str,
    },
    /// The current directory cannot be found out.
    NoCurrentDir(io::Error),
    /// Something cannot be done with a file; `doing` is a verb such as "read".
    File {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A path is a directory, a device or the like.
    NotAFile(PathBuf),
    /// A file is not UTF-8.
    NotText(PathBuf),
    /// A file is larger than any of its kind.
    TooLarge(PathBuf),
    /// Another program replaces a file again and again.
    Unsteady(PathBuf),
    /// A link whose target can't be created.
    DeadLink {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A file of another user, which would not be theirs when it is replaced.
    OtherOwner(PathBuf),
    /// A text is not TOML or JSON. The source line is left out, it may hold a token.
    Syntax {
        /// The name of the format.
        format: &'static str,
        /// The file, or the words for an argument.
        origin: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in characters.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// Somebody signed in, to what this file is for, after the user was asked.
    SignedInMeanwhile(PathBuf),
    /// A file is JSON, but no object.
    NotAnObject {
        /// The file.
        path: PathBuf,
        /// The type that it holds.
        found: &'static str,
    },
    /// A value has the wrong type.
    Type {
        /// The file, the variable or the words for an argument.
        origin: String,
        /// The dotted key.
        key: String,
        /// The type that belongs there.
        expected: &'static str,
        /// The type that is there.
        found: &'static str,
    },
    /// A `--config` argument that cargo would refuse as well.
    Argument {
        /// The key, never the value.
        key: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// An `include` that cannot be followed.
    Include {
        /// The file or argument that includes.
        origin: String,
        /// The included path.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// A name that cargo does not take for a registry.
    RegistryName {
        /// The name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// No configuration has an index for this registry.
    UnknownRegistry {
        /// The name.
        name: String,
        /// The registries that do have one.
        known: Vec<String>,
    },
    /// The configuration replaces crates.io, and no registry is named.
    Replaced {
        /// The source that replaces it.
        name: String,
        /// Whether that is a registry with this name.
        is_registry: bool,
    },
    /// Several registries have the same index.
    SameIndex(Vec<String>),
    /// The index of a registry is not a URL.
    Index {
        /// The registry.
        name: String,
        /// Where the index is set.
        origin: String,
    },
    /// The edit cannot be made without touching something else.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line where it would have to be made.
        line: usize,
        /// What the user can do.
        advice: &'static str,
    },
    /// The option `--oauth-host`, or its variable, is not a host.
    Host,
    /// A backup that authctl did not write, or not in this form.
    Backup(PathBuf),
    /// The token read from standard input is of no use.
    Token(&'static str),
    /// Standard input cannot be read.
    Input(io::Error),
    /// The user ended the input of the token with Ctrl-C.
    Interrupted,
    /// A token stands on the command line. It is not repeated.
    TokenArgument,
}

impl<C: Exit> From<Error> for Failure<C> {
    fn from(error: Error) -> Self {
        let failure = Self::new(C::FAILURE, Message(&error).to_string());
        match error.advice() {
            Some(advice) => failure.help(advice),
            None => failure,
        }
    }
}

impl Error {
    /// A failure of `doing` something with `path`.
    pub fn file(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::File {
            doing,
            path: path.into(),
            source,
        }
    }
}

impl fmt::Display for Error {
    /// What is wrong, and in a last line what the user can do about it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Message(self).fmt(f)?;
        match self.advice() {
            Some(advice) => write!(f, "\nhelp: {advice}"),
            None => Ok(()),
        }
    }
}

/// What is wrong, without the advice.
struct Message<'a>(&'a Error);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        match error {
            Error::NoHome { .. }
            | Error::NoCurrentDir(_)
            | Error::File { .. }
            | Error::NotAFile(_)
            | Error::NotText(_)
            | Error::TooLarge(_)
            | Error::Unsteady(_)
            | Error::DeadLink { .. }
            | Error::OtherOwner(_)
            | Error::SignedInMeanwhile(_)
            | Error::Backup(_) => error.fmt_file(f),
            Error::Syntax { .. }
            | Error::NotAnObject { .. }
            | Error::Type { .. }
            | Error::Include { .. }
            | Error::Index { .. }
            | Error::Edit { .. } => error.fmt_content(f),
            _ => error.fmt_input(f),
        }
    }
}

impl Error {
    /// What is wrong with a file or directory as such.
    fn fmt_file(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome { .. } => f.write_str("can't find your home directory"),
            Self::NoCurrentDir(source) => write!(f, "can't find the current directory: {source}"),
            Self::File {
                doing,
                path,
                source,
            } => write!(f, "cannot {doing} `{}`: {source}", path.display()),
            Self::NotAFile(path) => write!(f, "`{}` is not a file", path.display()),
            Self::NotText(path) => write!(f, "`{}` is not UTF-8 text", path.display()),
            Self::TooLarge(path) => write!(
                f,
                "`{}` is larger than 16 MiB, which no such file is",
                path.display()
            ),
            Self::Unsteady(path) => write!(
                f,
                "another program replaces `{}` again and again",
                path.display()
            ),
            Self::DeadLink { path, target } => write!(
                f,
                "`{}` is a link to `{}`, and there is no such directory",
                path.display(),
                target.display()
            ),
            Self::OtherOwner(path) => {
                write!(f, "`{}` belongs to another user", path.display())
            }
            Self::SignedInMeanwhile(path) => write!(
                f,
                "another user was signed in meanwhile in `{}`; nothing changed",
                path.display()
            ),
            Self::Backup(path) => write!(
                f,
                "`{}` is in the way: it is not a backup that authctl wrote",
                path.display()
            ),
            _ => Ok(()),
        }
    }

    /// What is wrong with what is in a file, or stands where a file could.
    fn fmt_content(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax {
                format,
                origin,
                line,
                column,
                message,
            } => write!(f, "{origin}:{line}:{column}: not valid {format}: {message}"),
            Self::NotAnObject { path, found } => write!(
                f,
                "`{}` must hold a JSON object, it holds {found}",
                path.display()
            ),
            Self::Type {
                origin,
                key,
                expected,
                found,
            } => write!(f, "{origin}: `{key}` must be {expected}, it is {found}"),
            Self::Include {
                origin,
                path,
                problem,
            } => write!(f, "{origin}: include `{}`: {problem}", plain(path)),
            Self::Index { name, origin } => {
                write!(f, "the index of registry `{name}` in {origin} is not a URL")
            }
            Self::Edit { path, line, .. } => write!(
                f,
                "cannot edit {}:{line} without touching its surroundings; nothing changed",
                path.display()
            ),
            _ => Ok(()),
        }
    }

    /// What is wrong with what the user gave.
    fn fmt_input(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { key, problem } => write!(f, "--config `{}`: {problem}", plain(key)),
            Self::RegistryName { name, .. } if name.is_empty() => {
                f.write_str("the name of the registry is empty")
            }
            Self::RegistryName { name, problem } => {
                write!(f, "`{}` is not a registry name: {problem}", plain(name))
            }
            Self::UnknownRegistry { name, known } => unknown_registry(f, name, known),
            Self::Replaced { name, .. } if name == "crates-io" => f.write_str(
                "the configuration gives crates.io another address, and no registry is named",
            ),
            Self::Replaced { name, .. } => write!(
                f,
                "the configuration replaces crates.io by `{}`, and no registry is named",
                plain(name)
            ),
            Self::SameIndex(names) => {
                let names: Vec<String> = names
                    .iter()
                    .map(|name| format!("`{}`", plain(name)))
                    .collect();
                write!(
                    f,
                    "cargo uses no token of {}, because they have the same index",
                    names.join(" and ")
                )
            }
            Self::Host => f.write_str("--oauth-host or ABLY_OAUTH_HOST is not a host"),
            Self::Token(problem) => f.write_str(problem),
            Self::Input(source) => write!(f, "cannot read standard input: {source}"),
            Self::Interrupted => f.write_str("interrupted; nothing changed"),
            Self::TokenArgument => {
                f.write_str("a token is not taken as an argument, where other users can see it")
            }
            _ => Ok(()),
        }
    }

    /// What the user can do, where that is not plain.
    fn advice(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(match self {
            Self::NoHome { variable } => return Some(format!("set HOME or {variable}").into()),
            Self::File { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "change its rights, or run authctl as its owner"
            }
            Self::NotAFile(_) | Self::TooLarge(_) | Self::Backup(_) => "move it away and try again",
            Self::OtherOwner(_) => "nothing changed; run authctl as that user",
            Self::SignedInMeanwhile(_) => "run the command again",
            Self::NotText(_) | Self::Syntax { .. } | Self::NotAnObject { .. } => {
                "correct it, or move the file away, and try again"
            }
            Self::Type { .. } | Self::Include { .. } | Self::Index { .. } => {
                "correct it and try again"
            }
            Self::Edit { advice, .. } => advice,
            Self::RegistryName { .. } => "`authctl cargo status` shows registries with a token",
            Self::UnknownRegistry { .. } => {
                "a table `[registries.NAME]` with an `index` in cargo's configuration makes one known"
            }
            Self::Replaced { name, is_registry } => {
                let crates_io = "`--registry crates-io` means crates.io itself";
                return Some(match is_registry {
                    true => {
                        let name = user::shell_word(&plain(name));
                        format!("{crates_io}, `--registry {name}` the other").into()
                    }
                    false => crates_io.into(),
                });
            }
            Self::SameIndex(_) => "remove all of them but one from cargo's configuration",
            Self::Unsteady(_) => "try again",
            Self::DeadLink { .. } => "create the directory, or remove the link",
            Self::Host => {
                "it must look like `ably.com` or `localhost:8080`, without `https://` and path"
            }
            Self::TokenArgument => {
                "run `authctl cargo login` and paste it, or give it on standard input"
            }
            _ => return None,
        }))
    }
}

/// The message for a registry without an index, with those that have one.
fn unknown_registry(f: &mut fmt::Formatter<'_>, name: &str, known: &[String]) -> fmt::Result {
    write!(f, "no configuration has an index for registry `{name}`")?;
    if known.is_empty() {
        return f.write_str("; there is `crates-io` alone");
    }
    write!(f, "; known are: `crates-io`")?;
    known
        .iter()
        .try_for_each(|name| write!(f, ", `{}`", plain(name)))
}
