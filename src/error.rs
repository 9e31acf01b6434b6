//! The errors of authctl, with the advice that users need to fix them.
//!
//! No variant holds a secret, because a message must never show a token.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;

use clapspec_runtime::{Exit, Failure};

use crate::user;

pub use clapspec_runtime::text::printable as plain;

/// An error. Handlers choose its exit code, which is `failure` for most errors.
#[derive(Debug)]
pub enum Error {
    /// There is no home directory, and the variable that names the directory of the files is not set.
    NoHome {
        /// The name of that variable.
        variable: &'static str,
    },
    /// The current directory can't be determined.
    NoCurrentDir(io::Error),
    /// An operation on a file failed.
    File {
        /// The operation, a verb such as "read".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A path leads to a directory, a device or something else that is not a regular file.
    NotAFile(PathBuf),
    /// A file is not UTF-8.
    NotText(PathBuf),
    /// A file is too large to be a credentials or configuration file.
    TooLarge(PathBuf),
    /// Another program keeps replacing a file.
    Unsteady(PathBuf),
    /// A symbolic link whose target can't be created.
    DeadLink {
        /// The link.
        path: PathBuf,
        /// The target of the link.
        target: PathBuf,
    },
    /// A file belongs to another user, and would no longer do so after it is replaced.
    OtherOwner(PathBuf),
    /// A string is not valid TOML or JSON. The source line is left out, because it may contain a token.
    Syntax {
        /// The name of the format.
        format: &'static str,
        /// The path of the file, or the name of the option.
        origin: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in characters.
        column: usize,
        /// The message of the parser.
        message: String,
    },
    /// Another user has signed in since the command read this file.
    SignedInMeanwhile(PathBuf),
    /// A file contains JSON, but not an object.
    NotAnObject {
        /// The file.
        path: PathBuf,
        /// The type of the value that it contains.
        found: &'static str,
    },
    /// A value has the wrong type.
    Type {
        /// The path of the file, or the name of the variable or option.
        origin: String,
        /// The dotted key.
        key: String,
        /// The expected type.
        expected: &'static str,
        /// The actual type.
        found: &'static str,
    },
    /// A `--config` argument that cargo would reject too.
    Argument {
        /// The key. The value may be a secret, so it is left out.
        key: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// A file in `include` can't be included.
    Include {
        /// The file or argument with the `include`.
        origin: String,
        /// The included path.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// A name that cargo doesn't accept for a registry.
    RegistryName {
        /// The name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// The configuration has no index for this registry.
    UnknownRegistry {
        /// The name.
        name: String,
        /// The registries that have one.
        known: Vec<String>,
    },
    /// The configuration replaces crates.io, and no registry is named.
    Replaced {
        /// The source that replaces it.
        name: String,
        /// Whether there is a registry with the name of that source.
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
    /// An edit isn't possible without changing something else.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line of the edit.
        line: usize,
        /// What the user can do instead.
        advice: &'static str,
    },
    /// The value of the option `--oauth-host` or its variable is not a host.
    Host,
    /// A file has the name of a backup, but not its format, so authctl did not write it.
    Backup(PathBuf),
    /// The token read from standard input is invalid, for the given reason.
    Token(&'static str),
    /// Standard input can't be read.
    Input(io::Error),
    /// The user pressed Ctrl-C instead of typing a token.
    Interrupted,
    /// A token was passed on the command line. The message doesn't repeat it.
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
    /// An operation on `path` that failed.
    pub fn file(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::File {
            doing,
            path: path.into(),
            source,
        }
    }
}

impl fmt::Display for Error {
    /// Writes the message, and the advice in a last line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Message(self).fmt(f)?;
        match self.advice() {
            Some(advice) => write!(f, "\nhelp: {advice}"),
            None => Ok(()),
        }
    }
}

/// Displays an error without its advice.
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
    /// Writes the message of an error about a file or directory itself.
    fn fmt_file(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome { .. } => f.write_str("can't find your home directory"),
            Self::NoCurrentDir(source) => write!(f, "can't find the current directory: {source}"),
            Self::File {
                doing,
                path,
                source,
            } => write!(f, "can't {doing} `{}`: {source}", path.display()),
            Self::NotAFile(path) => write!(f, "`{}` is not a file", path.display()),
            Self::NotText(path) => write!(f, "`{}` is not UTF-8 text", path.display()),
            Self::TooLarge(path) => {
                write!(
                    f,
                    "`{}` is too large: it has more than 16 MiB",
                    path.display()
                )
            }
            Self::Unsteady(path) => {
                write!(f, "another program keeps replacing `{}`", path.display())
            }
            Self::DeadLink { path, target } => write!(
                f,
                "`{}` is a link to `{}`, whose directory doesn't exist",
                path.display(),
                target.display()
            ),
            Self::OtherOwner(path) => {
                write!(f, "`{}` belongs to another user", path.display())
            }
            Self::SignedInMeanwhile(path) => write!(
                f,
                "another user has signed in since this command started; `{}` was not changed",
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

    /// Writes the message of an error in the content of a file, a variable or an argument.
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
                "`{}` must contain a JSON object, but contains {found}",
                path.display()
            ),
            Self::Type {
                origin,
                key,
                expected,
                found,
            } => write!(f, "{origin}: `{key}` must be {expected}, but is {found}"),
            Self::Include {
                origin,
                path,
                problem,
            } => write!(f, "{origin}: can't include `{}`: {problem}", plain(path)),
            Self::Index { name, origin } => {
                write!(f, "the index of registry `{name}` in {origin} is not a URL")
            }
            Self::Edit { path, line, .. } => write!(
                f,
                "can't edit {}:{line} without changing other parts of the file; nothing changed",
                path.display()
            ),
            _ => Ok(()),
        }
    }

    /// Writes the message of an error in the user's input.
    fn fmt_input(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { key, problem } => write!(f, "--config `{}`: {problem}", plain(key)),
            Self::RegistryName { name, .. } if name.is_empty() => {
                f.write_str("the name of the registry is empty")
            }
            Self::RegistryName { name, problem } => {
                write!(
                    f,
                    "`{}` is not a valid registry name: {problem}",
                    plain(name)
                )
            }
            Self::UnknownRegistry { name, known } => unknown_registry(f, name, known),
            Self::Replaced { name, .. } if name == "crates-io" => f.write_str(
                "the configuration gives crates.io another address, so `--registry` is required",
            ),
            Self::Replaced { name, .. } => write!(
                f,
                "the configuration replaces crates.io with `{}`, so `--registry` is required",
                plain(name)
            ),
            Self::SameIndex(names) => {
                let names: Vec<String> = names
                    .iter()
                    .map(|name| format!("`{}`", plain(name)))
                    .collect();
                write!(
                    f,
                    "cargo can't use a token of {}, because they have the same index",
                    names.join(" and ")
                )
            }
            Self::Host => f.write_str("`--oauth-host` or ABLY_OAUTH_HOST is not a valid host"),
            Self::Token(problem) => f.write_str(problem),
            Self::Input(source) => write!(f, "can't read standard input: {source}"),
            Self::Interrupted => f.write_str("interrupted; nothing changed"),
            Self::TokenArgument => {
                f.write_str("a token can't be an argument, because other users could see it")
            }
            _ => Ok(()),
        }
    }

    /// What the user can do, unless that is obvious from the message.
    fn advice(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(match self {
            Self::NoHome { variable } => return Some(format!("set HOME or {variable}").into()),
            Self::File { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "change its permissions, or run authctl as its owner"
            }
            Self::NotAFile(_) | Self::TooLarge(_) | Self::Backup(_) => {
                "move it away, then try again"
            }
            Self::OtherOwner(_) => "run authctl as that user",
            Self::SignedInMeanwhile(_) => "run the command again",
            Self::NotText(_) | Self::Syntax { .. } | Self::NotAnObject { .. } => {
                "fix the file or move it away, then try again"
            }
            Self::Type { .. } | Self::Include { .. } | Self::Index { .. } => {
                "fix it, then try again"
            }
            Self::Edit { advice, .. } => advice,
            Self::RegistryName { .. } => {
                "run `authctl cargo status` to list the registries with a token"
            }
            Self::UnknownRegistry { .. } => {
                "to define it, add `[registries.NAME]` with an `index` to cargo's configuration"
            }
            Self::Replaced { name, is_registry } => {
                let crates_io = "use `--registry crates-io` for crates.io itself";
                return Some(match is_registry {
                    true => {
                        let name = user::shell_word(&plain(name));
                        format!("{crates_io}, or `--registry {name}` for its replacement").into()
                    }
                    false => crates_io.into(),
                });
            }
            Self::SameIndex(_) => "remove all but one of them from cargo's configuration",
            Self::Unsteady(_) => "try again",
            Self::DeadLink { .. } => "create the directory, or remove the link",
            Self::Host => {
                "give a host such as `ably.com` or `localhost:8080`, without `https://` or a path"
            }
            Self::TokenArgument => {
                "run `authctl cargo login` and paste the token, or pass it on standard input"
            }
            _ => return None,
        }))
    }
}

/// Writes the message for a registry without an index, with the names of those that have one.
fn unknown_registry(f: &mut fmt::Formatter<'_>, name: &str, known: &[String]) -> fmt::Result {
    write!(
        f,
        "cargo's configuration has no index for registry `{name}`"
    )?;
    if known.is_empty() {
        return f.write_str("; the only known registry is `crates-io`");
    }
    write!(f, "; known registries: `crates-io`")?;
    known
        .iter()
        .try_for_each(|name| write!(f, ", `{}`", plain(name)))
}
