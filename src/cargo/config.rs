//! Cargo's configuration, as far as it decides about registries and tokens.
//!
//! Order of precedence, as in the cargo book ("Configuration") and as cargo 1.95 does it:
//! `--config`, of which a later one wins; the environment; `.cargo/config.toml` of the current
//! folder and upward; `config.toml` in cargo's home. What a file includes counts less than the
//! file itself.

use std::env;
use std::path::PathBuf;

use super::home::Home;
use super::layers;
use crate::document::Tree;
use crate::error::Error;
use crate::report::Report;

/// Where a part of the configuration comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A `--config KEY=VALUE` argument.
    Argument,
    /// A file, found by cargo's rules or named by `--config` or `include`.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument => f.write_str("--config"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => write!(f, "environment variable {name}"),
        }
    }
}

/// One file or argument.
#[derive(Debug)]
pub struct Layer {
    /// Where it comes from.
    pub source: Source,
    /// What it says.
    pub tree: Tree,
}

/// A value and where it is set.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it is set.
    pub source: Source,
}

/// The whole configuration.
#[derive(Debug)]
pub struct Config<'r> {
    /// Where the trace goes.
    report: &'r Report,
    /// From `--config`, lowest precedence first.
    arguments: Vec<Layer>,
    /// From files, lowest precedence first.
    files: Vec<Layer>,
}

impl<'r> Config<'r> {
    /// Reads all of it.
    pub fn load(home: &Home, arguments: &[String], report: &'r Report) -> Result<Self, Error> {
        Ok(Self {
            report,
            files: layers::files(home, report)?,
            arguments: layers::arguments(home, arguments, report)?,
        })
    }

    /// What there is without files: the environment.
    pub fn environment(report: &'r Report) -> Self {
        Self {
            report,
            files: Vec::new(),
            arguments: Vec::new(),
        }
    }

    /// The string at `path` with the highest precedence.
    pub fn string(&self, path: &[&str]) -> Result<Option<Found<String>>, Error> {
        let mut found = None;
        self.each(path, |source, value| {
            found = Some(Found {
                value: expect_string(path, &source, value)?,
                source,
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// Everywhere that `path` is set to a text that is not empty, highest precedence first. The
    /// values stay hidden.
    pub fn sources(&self, path: &[&str]) -> Result<Vec<Source>, Error> {
        let mut sources = Vec::new();
        self.each(path, |source, value| {
            if !expect_string(path, &source, value)?.is_empty() {
                sources.insert(0, source);
            }
            Ok(())
        })?;
        Ok(sources)
    }

    /// The words of the command at `path`: a list, or a string with blanks in between. A source
    /// with a higher precedence replaces the others.
    pub fn command(&self, path: &[&str]) -> Result<Option<Found<Vec<String>>>, Error> {
        let mut found = None;
        self.each(path, |source, value| {
            let value = match value {
                Tree::Leaf("a string", text) => {
                    text.split_whitespace().map(str::to_owned).collect()
                }
                other => expect_list(path, &source, other, "a string or a list of strings")?,
            };
            found = Some(Found { value, source });
            Ok(())
        })?;
        Ok(found)
    }

    /// The list at `path`: cargo joins the lists of all sources, lowest precedence first.
    pub fn joined_list(&self, path: &[&str]) -> Result<Vec<String>, Error> {
        let mut joined = Vec::new();
        self.each(path, |source, value| {
            match (&source, value) {
                (Source::Variable(_), Tree::Leaf(_, text)) => {
                    joined.extend(text.split_whitespace().map(str::to_owned));
                }
                _ => joined.extend(expect_list(path, &source, value, "a list of strings")?),
            }
            Ok(())
        })?;
        Ok(joined)
    }

    /// The names of the registries that have an index, in order.
    pub fn registries(&self) -> Vec<String> {
        self.registries_with(&["index"])
    }

    /// The names of the registries that have one of these keys in a file or an argument, in order.
    pub fn registries_with(&self, keys: &[&str]) -> Vec<String> {
        let has = |value: &Tree| matches!(value, Tree::Table(table) if keys.iter().any(|key| table.contains_key(*key)));
        let mut names = Vec::new();
        for layer in self.files.iter().chain(&self.arguments) {
            let Tree::Table(root) = &layer.tree else {
                continue;
            };
            if let Some(Tree::Table(registries)) = root.get("registries") {
                let named = registries.iter().filter(|(_, value)| has(value));
                names.extend(named.map(|(name, _)| name.clone()));
            }
        }
        names.retain(|name| name != "crates-io");
        names.sort();
        names.dedup();
        names
    }

    /// Calls `visit` with every value at `path`, lowest precedence first.
    fn each(
        &self,
        path: &[&str],
        mut visit: impl FnMut(Source, &Tree) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for layer in &self.files {
            if let Some(value) = layer.at(path)? {
                visit(layer.source.clone(), value)?;
            }
        }
        let name = variable(path);
        let set = env::var_os(&name);
        self.report.trace(format_args!(
            "environment variable {name} is {}",
            if set.is_some() { "set" } else { "not set" }
        ));
        if let Some(value) = set {
            let value = Tree::Leaf("a string", value.to_string_lossy().into_owned());
            visit(Source::Variable(name), &value)?;
        }
        for layer in &self.arguments {
            if let Some(value) = layer.at(path)? {
                visit(layer.source.clone(), value)?;
            }
        }
        Ok(())
    }
}

impl Layer {
    /// The value at `path`.
    fn at(&self, path: &[&str]) -> Result<Option<&Tree>, Error> {
        let mut value = &self.tree;
        for (depth, key) in path.iter().enumerate() {
            match value {
                Tree::Table(table) => match table.get(*key) {
                    Some(inner) => value = inner,
                    None => return Ok(None),
                },
                other => return Err(wrong_type(&path[..depth], &self.source, other, "a table")),
            }
        }
        Ok(Some(value))
    }
}

/// The environment variable that stands for a key: `registries.my-registry.token` is
/// `CARGO_REGISTRIES_MY_REGISTRY_TOKEN`.
pub fn variable(path: &[&str]) -> String {
    let name = path.join("_").replace(['-', '.'], "_").to_uppercase();
    format!("CARGO_{name}")
}

/// A string, or the error that says what is there.
fn expect_string(path: &[&str], source: &Source, value: &Tree) -> Result<String, Error> {
    match value {
        Tree::Leaf("a string", text) => Ok(text.clone()),
        other => Err(wrong_type(path, source, other, "a string")),
    }
}

/// A list of strings, or the error that says what is there.
fn expect_list(
    path: &[&str],
    source: &Source,
    value: &Tree,
    expected: &'static str,
) -> Result<Vec<String>, Error> {
    let Tree::List(items) = value else {
        return Err(wrong_type(path, source, value, expected));
    };
    items
        .iter()
        .map(|item| match item {
            Tree::Leaf("a string", text) => Ok(text.clone()),
            other => Err(wrong_type(path, source, other, expected)),
        })
        .collect()
}

/// The error for a value of the wrong type.
fn wrong_type(path: &[&str], source: &Source, found: &Tree, expected: &'static str) -> Error {
    Error::Type {
        origin: source.to_string(),
        key: path.join("."),
        expected,
        found: match found {
            Tree::Table(_) => "a table",
            Tree::List(_) => "a list",
            Tree::Leaf(name, _) => name,
        },
    }
}
