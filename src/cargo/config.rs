//! The parts of cargo's configuration that concern registries and tokens.
//!
//! The order of precedence is that of the cargo book ("Configuration") and of cargo 1.95: `--config`, of
//! which later ones take precedence; the environment; `.cargo/config.toml` in the current directory and
//! its parents; `config.toml` in cargo's home. A file takes precedence over the files that it includes.
//! `credentials.toml` is another such file, which has the highest precedence for credentials.

use std::env;
use std::path::PathBuf;

use super::layers;
use super::location::Home;
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
    /// Its content.
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
    /// Writes messages.
    report: &'r Report,
    /// The layers from files, lowest precedence first.
    files: Vec<Layer>,
    /// The layers from `--config`, lowest precedence first.
    arguments: Vec<Layer>,
    /// The layers from the credentials file and the files that it includes, lowest precedence first.
    credentials: Vec<Layer>,
}

impl<'r> Config<'r> {
    /// Reads the whole configuration, except for the credentials.
    pub fn load(home: &Home, arguments: &[String], report: &'r Report) -> Result<Self, Error> {
        Ok(Self {
            files: layers::files(home, report)?,
            arguments: layers::arguments(home, arguments, report)?,
            ..Self::environment(report)
        })
    }

    /// The configuration without files: only the environment.
    pub fn environment(report: &'r Report) -> Self {
        Self {
            report,
            files: Vec::new(),
            arguments: Vec::new(),
            credentials: Vec::new(),
        }
    }

    /// Adds the layers of the credentials file. Because cargo reads them late, they affect tokens and
    /// credential providers, but neither the default registry nor the index of a registry.
    pub fn add_credentials(&mut self, layers: Vec<Layer>) {
        self.credentials = layers;
    }

    /// Whether the credentials have this table.
    pub fn has_credentials(&self, table: &str) -> bool {
        let has =
            |layer: &Layer| matches!(&layer.tree, Tree::Table(root) if root.contains_key(table));
        self.credentials.iter().any(has)
    }

    /// The files that were read.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        let layers = self.files.iter().chain(&self.arguments);
        layers.chain(&self.credentials).filter_map(Layer::path)
    }

    /// The string at `path` with the highest precedence.
    pub fn string(&self, path: &[&str]) -> Result<Option<Found<String>>, Error> {
        let mut found = None;
        self.each(path, |source, value| {
            let value = expect_string(path, &source, value)?;
            found = Some(Found { value, source });
            Ok(())
        })?;
        Ok(found)
    }

    /// All sources that set the credential at `path` to a string that is not empty, highest precedence
    /// first. Only the result of `look` is returned, and not the credential itself.
    pub fn sources<T>(
        &self,
        path: &[&str],
        look: impl Fn(&str) -> T,
    ) -> Result<Vec<Found<T>>, Error> {
        let mut found = Vec::new();
        self.each_credential(path, |source, value| {
            found.extend(credential(path, source, value, &look)?);
            Ok(())
        })?;
        found.reverse();
        Ok(found)
    }

    /// All sources of the credentials with a `token` outside of all tables, highest precedence first.
    pub fn top_level<T>(&self, look: impl Fn(&str) -> T) -> Result<Vec<Found<T>>, Error> {
        let path = ["token"];
        let mut found = Vec::new();
        visit_all(&self.credentials, &path, &mut |source, value| {
            found.extend(credential(&path, source, value, &look)?);
            Ok(())
        })?;
        found.reverse();
        Ok(found)
    }

    /// The program with its arguments at `path`, which is a list, or a string with spaces in between.
    /// The source with the highest precedence is used.
    pub fn command(&self, path: &[&str]) -> Result<Option<Found<Vec<String>>>, Error> {
        let mut found = None;
        self.each_credential(path, |source, value| {
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

    /// The list at `path`, with the source of each item. Cargo joins the lists of all sources, lowest
    /// precedence first. The variable comes last.
    pub fn joined_list(&self, path: &[&str]) -> Result<Vec<Found<String>>, Error> {
        let mut joined = Vec::new();
        let layers = self.files.iter().chain(&self.arguments);
        for layer in layers.chain(&self.credentials) {
            if let Some(value) = layer.at(path)? {
                let source = &layer.source;
                let items = expect_list(path, source, value, "a list of strings")?;
                joined.extend(items.into_iter().map(|value| Found {
                    value,
                    source: source.clone(),
                }));
            }
        }
        if let Some((source, text)) = self.variable(path) {
            joined.extend(text.split_whitespace().map(|word| Found {
                value: word.to_owned(),
                source: source.clone(),
            }));
        }
        Ok(joined)
    }

    /// The names of the registries that have an index in a file or an argument, in order. The
    /// credentials are not considered.
    pub fn registries(&self) -> Vec<String> {
        let layers = self.files.iter().chain(&self.arguments);
        named(layers, &["index"])
    }

    /// The names of the registries that have one of these keys in a file or an argument, in order.
    pub fn registries_with(&self, keys: &[&str]) -> Vec<String> {
        let layers = self.files.iter().chain(&self.arguments);
        named(layers.chain(&self.credentials), keys)
    }

    /// Calls `visit` with every value at `path`, lowest precedence first. The credentials are not
    /// considered.
    fn each(
        &self,
        path: &[&str],
        mut visit: impl FnMut(Source, &Tree) -> Result<(), Error>,
    ) -> Result<(), Error> {
        visit_all(&self.files, path, &mut visit)?;
        self.visit_variable(path, &mut visit)?;
        visit_all(&self.arguments, path, &mut visit)
    }

    /// Calls `visit` with every value at `path`, including the credentials. If the credentials have a
    /// value, the variable has the highest precedence, even over arguments.
    fn each_credential(
        &self,
        path: &[&str],
        mut visit: impl FnMut(Source, &Tree) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut is_in_credentials = false;
        for layer in &self.credentials {
            is_in_credentials |= layer.at(path)?.is_some();
        }
        if !is_in_credentials {
            return self.each(path, visit);
        }
        visit_all(&self.files, path, &mut visit)?;
        visit_all(&self.arguments, path, &mut visit)?;
        visit_all(&self.credentials, path, &mut visit)?;
        self.visit_variable(path, &mut visit)
    }

    /// Calls `visit` with the variable for `path`, if it is set.
    fn visit_variable(
        &self,
        path: &[&str],
        visit: &mut impl FnMut(Source, &Tree) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self.variable(path) {
            Some((source, text)) => visit(source, &Tree::Leaf("a string", text)),
            None => Ok(()),
        }
    }

    /// The variable for `path`, if it is set.
    fn variable(&self, path: &[&str]) -> Option<(Source, String)> {
        let name = variable(path);
        let set = env::var_os(&name);
        self.report.trace(format_args!(
            "environment variable {name} is {}",
            if set.is_some() { "set" } else { "not set" }
        ));
        let text = set?.to_string_lossy().into_owned();
        Some((Source::Variable(name), text))
    }
}

/// Calls `visit` with the value of each of these layers at `path`.
fn visit_all(
    layers: &[Layer],
    path: &[&str],
    visit: &mut impl FnMut(Source, &Tree) -> Result<(), Error>,
) -> Result<(), Error> {
    for layer in layers {
        if let Some(value) = layer.at(path)? {
            visit(layer.source.clone(), value)?;
        }
    }
    Ok(())
}

/// The names of the registries that have one of these keys in these layers, in order.
fn named<'l>(layers: impl Iterator<Item = &'l Layer>, keys: &[&str]) -> Vec<String> {
    let has = |value: &Tree| matches!(value, Tree::Table(table) if keys.iter().any(|key| table.contains_key(*key)));
    let mut names = Vec::new();
    for layer in layers {
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

impl Layer {
    /// The path, if the layer is a file.
    fn path(&self) -> Option<&PathBuf> {
        match &self.source {
            Source::File(path) => Some(path),
            _ => None,
        }
    }

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

/// The environment variable for a key: for `registries.my-registry.token`, it is
/// `CARGO_REGISTRIES_MY_REGISTRY_TOKEN`.
pub fn variable(path: &[&str]) -> String {
    let name = path.join("_").replace(['-', '.'], "_").to_uppercase();
    format!("CARGO_{name}")
}

/// The result of `look` for a credential, with its source. An empty credential counts as unset.
fn credential<T>(
    path: &[&str],
    source: Source,
    value: &Tree,
    look: impl Fn(&str) -> T,
) -> Result<Option<Found<T>>, Error> {
    let text = expect_string(path, &source, value)?;
    let value = (!text.is_empty()).then(|| look(&text));
    Ok(value.map(|value| Found { value, source }))
}

/// A string, or the error for a value of another type.
fn expect_string(path: &[&str], source: &Source, value: &Tree) -> Result<String, Error> {
    match value {
        Tree::Leaf("a string", text) => Ok(text.clone()),
        other => Err(wrong_type(path, source, other, "a string")),
    }
}

/// A list of strings, or the error for a value of another type.
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
