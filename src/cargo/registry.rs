//! Registries, and the choice of the registry to use.

use std::env;

use clapspec_runtime::Failure;

use super::config::{self, Config};
use super::source;
use crate::cli::CargoExit;
use crate::error::Error;
use crate::report::Report;

/// A registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// The default, crates.io. Its keys are in `[registry]`. Cargo ignores those in
    /// `[registries.crates-io]`.
    CratesIo,
    /// Another one, with its keys in `[registries.NAME]`.
    Named(String),
}

/// Converts an error to the failure of a command of `authctl cargo`, with its exit code.
pub fn failure(error: Error) -> Failure<CargoExit> {
    let exit = match error {
        Error::UnknownRegistry { .. } | Error::RegistryName { .. } => CargoExit::UnknownRegistry,
        _ => CargoExit::Failure,
    };
    Failure::from(error).with_exit(exit)
}

impl Registry {
    /// The registry with this name, whether it is configured or not.
    pub fn named(name: String) -> Self {
        match name == Self::CratesIo.name() {
            true => Self::CratesIo,
            false => Self::Named(name),
        }
    }

    /// Chooses between `--registry`, the configured default and crates.io. This doesn't check whether
    /// the registry is configured. A name that cargo doesn't accept is accepted if it `is_known`.
    pub fn choose(
        option: Option<&str>,
        config: &Config<'_>,
        is_known: impl Fn(&str) -> bool,
        report: &Report,
    ) -> Result<Self, Error> {
        let (name, reason) = match option {
            Some(name) => (name.to_owned(), "given by --registry".to_owned()),
            None => match config.string(&["registry", "default"])? {
                Some(found) => (found.value, format!("the default set by {}", found.source)),
                None => {
                    source::check_crates_io(config)?;
                    ("crates-io".to_owned(), "cargo's default".to_owned())
                }
            },
        };
        if !is_known(&name) {
            check_name(&name)?;
        }
        report.verbose(format_args!("registry `{name}`: {reason}"));
        Ok(Self::named(name))
    }

    /// The address of its index in the configuration. Crates.io needs none.
    pub fn index(&self, config: &Config<'_>) -> Result<Option<String>, Error> {
        let Self::Named(name) = self else {
            return Ok(None);
        };
        match config.string(&self.key("index"))? {
            Some(index) if !is_url(&index.value) => Err(Error::Index {
                name: name.clone(),
                origin: index.source.to_string(),
            }),
            index => Ok(index.map(|index| index.value)),
        }
    }

    /// Whether it is crates.io, or has an index.
    pub fn is_configured(&self, config: &Config<'_>) -> Result<bool, Error> {
        Ok(*self == Self::CratesIo || self.index(config)?.is_some())
    }

    /// The error for a name that the configuration doesn't have.
    pub fn unknown(&self, config: &Config<'_>) -> Error {
        Error::UnknownRegistry {
            name: self.name().to_owned(),
            known: config.registries(),
        }
    }

    /// The name of the registry.
    pub fn name(&self) -> &str {
        match self {
            Self::CratesIo => "crates-io",
            Self::Named(name) => name,
        }
    }

    /// The table with the keys of this registry.
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

    /// Where users can revoke a token.
    pub fn website(&self) -> String {
        match self {
            Self::CratesIo => "https://crates.io/me".to_owned(),
            Self::Named(name) => format!("the website of `{name}`"),
        }
    }
}

/// Adds the names of registries that environment variables set one of these keys for. As in cargo, the
/// name is derived from the variable. An index defines a registry with that name. Other keys may belong
/// to one of `names`, and then no name is added.
pub fn add_from_variables(names: &mut Vec<String>, keys: &[&str]) {
    let variables = env::vars_os().filter(|(_, value)| !value.is_empty());
    let variables = variables.filter_map(|(name, _)| name.into_string().ok());
    for variable in variables {
        for key in keys {
            let is = |name: &String| config::variable(&["registries", name, key]) == variable;
            let Some(derived) = derived(&variable, key) else {
                continue;
            };
            if is(&derived) && (*key == "index" || !names.iter().any(is)) {
                names.push(derived);
            }
        }
    }
}

/// The name of the registry in a variable such as `CARGO_REGISTRIES_MY_REGISTRY_TOKEN`.
pub fn derived(variable: &str, key: &str) -> Option<String> {
    let suffix = config::variable(&[key]);
    let suffix = suffix.strip_prefix("CARGO")?;
    let name = variable.strip_prefix("CARGO_REGISTRIES_")?;
    let name = name.strip_suffix(suffix)?;
    (!name.is_empty()).then(|| name.to_lowercase())
}

/// Checks a name by cargo's rules for registry names.
///
/// Cargo uses the Unicode identifier tables. The letters and digits of the standard library differ from
/// them only in a few rare characters, and a name has to be configured anyway.
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

/// Whether a string starts with a URL scheme. Cargo rejects an index without one.
fn is_url(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
