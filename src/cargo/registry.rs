//! Which registry is meant, and where cargo would look for its token.

use clapspec_runtime::Failure;

use super::config::{Config, Source};
use crate::cli::CargoExit;
use crate::error::{Error, plain};
use crate::report::Report;

/// The provider that keeps tokens in the credentials file, cargo's default.
const TOKEN_FILE_PROVIDER: &str = "cargo:token";

/// A registry that cargo knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// The default, crates.io. Its keys are in `[registry]`; cargo does not use the token in
    /// `[registries.crates-io]`, neither to sign in nor on logout.
    CratesIo,
    /// Another one, with its keys in `[registries.NAME]`.
    Named(String),
}

/// A failure of any command of cargo, with the exit code for it.
pub fn failure(error: Error) -> Failure<CargoExit> {
    let exit = match error {
        Error::UnknownRegistry { .. } => CargoExit::UnknownRegistry,
        _ => CargoExit::Failure,
    };
    Failure::from(error).with_exit(exit)
}

impl Registry {
    /// Of this name, whether it is configured or not.
    pub fn named(name: String) -> Self {
        match name == Self::CratesIo.name() {
            true => Self::CratesIo,
            false => Self::Named(name),
        }
    }

    /// Decides between `--registry`, the configured default and crates.io.
    pub fn choose(
        option: Option<&str>,
        config: &Config<'_>,
        report: &Report,
    ) -> Result<Self, Error> {
        let (name, reason) = match option {
            Some(name) => (name.to_owned(), "given by --registry".to_owned()),
            None => match config.string(&["registry", "default"])? {
                Some(found) => (found.value, format!("the default set by {}", found.source)),
                None => ("crates-io".to_owned(), "cargo's default".to_owned()),
            },
        };
        check_name(&name)?;
        report.verbose(format_args!("registry `{name}`: {reason}"));
        let registry = Self::named(name.clone());
        if registry == Self::CratesIo {
            return Ok(registry);
        }
        let index = config.string(&registry.key("index"))?;
        match index {
            Some(index) if is_url(&index.value) => Ok(registry),
            Some(index) => Err(Error::Index {
                name,
                origin: index.source.to_string(),
            }),
            None => Err(Error::UnknownRegistry {
                name,
                known: config.registries(),
            }),
        }
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        match self {
            Self::CratesIo => "crates-io",
            Self::Named(name) => name,
        }
    }

    /// The table that holds the keys of this registry.
    pub fn table(&self) -> Vec<&str> {
        match self {
            Self::CratesIo => vec!["registry"],
            Self::Named(name) => vec!["registries", name],
        }
    }

    /// A key in the table of this registry.
    pub fn key<'a>(&'a self, key: &'a str) -> Vec<&'a str> {
        let mut path = self.table();
        path.push(key);
        path
    }

    /// The other name under which cargo looks for the token of this registry.
    ///
    /// When only the environment has the index, cargo takes the name of the registry from the
    /// variable: `MY_REG` and `my-reg` become `my_reg`. It reads the token of that one, but logout
    /// removes the one of the name as given.
    pub fn alias(&self, config: &Config<'_>) -> Result<Option<Self>, Error> {
        let Self::Named(name) = self else {
            return Ok(None);
        };
        let index = config.string(&["registries", name, "index"])?;
        let from_variable = matches!(
            index,
            Some(found) if matches!(found.source, Source::Variable(_))
        );
        let other = name.replace('-', "_").to_lowercase();
        Ok((from_variable && other != *name).then_some(Self::Named(other)))
    }

    /// Where a token can be revoked.
    pub fn website(&self) -> String {
        match self {
            Self::CratesIo => "https://crates.io/me".to_owned(),
            Self::Named(name) => format!("the website of `{name}`"),
        }
    }
}

/// Cargo's rules for registry names.
///
/// Cargo goes by the Unicode identifier tables; the standard library's letters and digits are
/// the same but for some rare signs, and a name has to be configured anyway.
fn check_name(name: &str) -> Result<(), Error> {
    let wrong = |problem: String| Error::RegistryName {
        name: name.to_owned(),
        problem,
    };
    let mut chars = name.chars();
    match chars.next() {
        None => return Err(wrong("it is empty".to_owned())),
        Some(first) if first.is_ascii_digit() => {
            return Err(wrong("it starts with a digit".to_owned()));
        }
        Some(first) if !first.is_alphabetic() && first != '_' => {
            return Err(wrong(format!(
                "it starts with `{}`, not with a letter or `_`",
                first.escape_debug()
            )));
        }
        Some(_) => {}
    }
    match chars.find(|c| !c.is_alphanumeric() && !['-', '_'].contains(c)) {
        None => Ok(()),
        Some(other) => Err(wrong(format!(
            "`{}` is not a letter, a digit, `-` or `_`",
            other.escape_debug()
        ))),
    }
}

/// Whether a text starts with a URL scheme. Cargo refuses an index without one.
fn is_url(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Something outside the credentials file that still signs cargo in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remaining {
    /// A token in an environment variable.
    Variable(String),
    /// A token in a configuration file.
    File(String),
    /// A token in the credentials file under another name that cargo takes for the same.
    Alias {
        /// The credentials file.
        file: String,
        /// The other name.
        name: String,
    },
    /// A program that keeps tokens elsewhere and that authctl cannot look into.
    Provider(String),
}

impl Remaining {
    /// What the user needs to know about it, when it signs in to the registry of this name.
    pub fn message(&self, name: &str) -> String {
        let name = plain(name);
        match self {
            Self::Variable(variable) => format!(
                "still logged in to `{name}`: the environment variable {variable} holds a token"
            ),
            Self::File(file) => format!("still logged in to `{name}`: {file} holds a token"),
            Self::Alias { file, name: other } => format!(
                "still logged in to `{name}`: {file} holds a token of `{other}`, which cargo takes \
                 for the same; log out of `{other}` too"
            ),
            Self::Provider(provider) => format!(
                "you may still be logged in to `{name}`: cargo also asks the credential provider \
                 `{provider}`; run `cargo logout --registry {name}` to log out there"
            ),
        }
    }
}

/// Finds what would still give cargo a token.
pub fn remaining(registry: &Registry, config: &Config<'_>) -> Result<Vec<Remaining>, Error> {
    let mut remaining = Vec::new();
    for source in config.sources(&registry.key("token"))? {
        remaining.push(match source {
            Source::Variable(name) => Remaining::Variable(name),
            other => Remaining::File(other.to_string()),
        });
    }
    remaining.extend(
        providers(registry, config)?
            .into_iter()
            .map(Remaining::Provider),
    );
    Ok(remaining)
}

/// The credential providers besides the credentials file that cargo asks for this registry, in
/// the order in which it asks them.
///
/// A provider of the registry replaces `registry.global-credential-providers`. In that list the
/// last one is asked first, and the next one when the former has no token: so all count.
pub fn providers(registry: &Registry, config: &Config<'_>) -> Result<Vec<String>, Error> {
    let own = config.command(&registry.key("credential-provider"))?;
    let commands = match own {
        Some(command) => vec![command.value],
        None => {
            let list = config.joined_list(&["registry", "global-credential-providers"])?;
            let words = |entry: &String| entry.split_whitespace().map(str::to_owned).collect();
            list.iter().rev().map(words).collect()
        }
    };
    let mut names: Vec<String> = Vec::new();
    for command in commands {
        // Only the program is named: its arguments may hold a secret.
        let Some(program) = command.first() else {
            continue;
        };
        let resolved = match command.len() {
            1 => config.command(&["credential-alias", program])?,
            _ => None,
        };
        let real = resolved.as_ref().and_then(|alias| alias.value.first());
        if real.unwrap_or(program) != TOKEN_FILE_PROVIDER && !names.contains(&plain(program)) {
            names.push(plain(program));
        }
    }
    Ok(names)
}
