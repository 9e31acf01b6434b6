//! Finding and reading the files and arguments that make up cargo's configuration.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::config::{Layer, Source};
use super::home::Home;
use crate::document::{self, Tree};
use crate::error::Error;
use crate::file;
use crate::report::Report;

/// All configuration files that cargo finds, lowest precedence first: the one in cargo's home,
/// then from the root of the file system down to the current folder.
pub fn files(home: &Home, report: &Report) -> Result<Vec<Layer>, Error> {
    let mut folders: Vec<PathBuf> = home
        .current
        .ancestors()
        .map(|folder| folder.join(".cargo"))
        .collect();
    // Cargo's home may itself be one of the folders above; then its place in that row counts.
    if !folders.contains(&home.cargo) {
        folders.push(home.cargo.clone());
    }
    let mut layers = Vec::new();
    for folder in folders.iter().rev() {
        if let Some(path) = config_file(folder, report) {
            // Something that never ends is refused. An argument may be a pipe.
            file::exists(&path)?;
            load(&path, &mut Vec::new(), &mut layers, report)?;
        }
    }
    Ok(layers)
}

/// The configuration file in a folder. As with the credentials, the old name without an
/// extension wins.
fn config_file(folder: &Path, report: &Report) -> Option<PathBuf> {
    for name in ["config", "config.toml"] {
        let path = folder.join(name);
        if path.exists() {
            return Some(path);
        }
    }
    report.trace(format_args!("no configuration in `{}`", folder.display()));
    None
}

/// The `--config` arguments in their order: a path that exists is a file, all else is TOML.
pub fn arguments(home: &Home, arguments: &[String], report: &Report) -> Result<Vec<Layer>, Error> {
    let mut layers = Vec::new();
    for argument in arguments {
        let path = home.current.join(argument);
        if !argument.is_empty() && path.exists() {
            load(&path, &mut Vec::new(), &mut layers, report)?;
            continue;
        }
        let tree = dotted(argument)?;
        let includes = included(&tree, "--config")?;
        for include in includes {
            follow(
                &home.current,
                "--config",
                include,
                &mut Vec::new(),
                &mut layers,
                report,
            )?;
        }
        let source = Source::Argument;
        layers.push(Layer { source, tree });
    }
    Ok(layers)
}

/// Parses a `KEY=VALUE` argument and refuses what cargo refuses.
fn dotted(argument: &str) -> Result<Tree, Error> {
    // What is left of the sign is safe to show, the value may be a token.
    let (key, has_value) = match argument.split_once('=') {
        Some((key, _)) => (key.trim().to_owned(), true),
        None => (argument.to_owned(), false),
    };
    let wrong = |problem| Error::Argument {
        key: key.clone(),
        problem,
    };
    if !has_value {
        return Err(wrong("no such file, and not KEY=VALUE"));
    }
    let tree = match document::parse(argument, "--config") {
        Ok(table) => Tree::of(&table),
        Err(_) => return Err(wrong("the value is not valid TOML")),
    };
    let mut path = Vec::new();
    let mut value = &tree;
    while let Tree::Table(table) = value {
        let mut members = table.iter();
        match (members.next(), members.next()) {
            (Some((key, inner)), None) => {
                path.push(key.as_str());
                value = inner;
            }
            _ => return Err(wrong("one dotted key with one value is expected")),
        }
    }
    let last_is_table = argument.trim_end().ends_with('}');
    if last_is_table || argument.trim_start().starts_with(['[', '#']) {
        return Err(wrong("one dotted key with one value is expected"));
    }
    match path.as_slice() {
        ["registry", secret] | ["registries", _, secret]
            if ["token", "secret-key"].contains(secret) =>
        {
            Err(wrong("cargo does not take a token on the command line"))
        }
        _ => Ok(tree),
    }
}

/// Reads a file and what it includes. `open` are the files that include this one.
fn load(
    path: &Path,
    open: &mut Vec<PathBuf>,
    layers: &mut Vec<Layer>,
    report: &Report,
) -> Result<(), Error> {
    let origin = path.display().to_string();
    let file = File::open(path).map_err(|error| Error::file("read", path, error))?;
    let text = file::text(&file, path)?;
    let tree = Tree::of(&document::parse(&text, &origin)?);
    report.trace(format_args!("configuration from `{origin}`"));
    open.push(path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("/"));
    for include in included(&tree, &origin)? {
        follow(folder, &origin, include, open, layers, report)?;
    }
    open.pop();
    layers.push(Layer {
        source: Source::File(path.to_owned()),
        tree,
    });
    Ok(())
}

/// A path in `include`, and whether the file may be missing.
struct Include {
    /// The path as it is written.
    path: String,
    /// Whether the file may be missing.
    optional: bool,
}

/// The `include` list of a file: strings, or tables with `path` and `optional`. Cargo 1.95
/// takes it on the stable channel, and takes no string alone.
fn included(tree: &Tree, origin: &str) -> Result<Vec<Include>, Error> {
    let wrong = |found| Error::Type {
        origin: origin.to_owned(),
        key: "include".to_owned(),
        expected: "a list of strings or of tables with a `path`",
        found,
    };
    let Tree::Table(root) = tree else {
        return Ok(Vec::new());
    };
    let items = match root.get("include") {
        None => return Ok(Vec::new()),
        Some(Tree::List(items)) => items,
        Some(Tree::Table(_)) => return Err(wrong("a table")),
        Some(Tree::Leaf(name, _)) => return Err(wrong(name)),
    };
    items
        .iter()
        .map(|item| match item {
            Tree::Leaf("a string", path) => Ok(Include {
                path: path.clone(),
                optional: false,
            }),
            Tree::Table(table) => match table.get("path") {
                Some(Tree::Leaf("a string", path)) => Ok(Include {
                    path: path.clone(),
                    optional: matches!(
                        table.get("optional"),
                        Some(Tree::Leaf("a boolean", truth)) if truth == "true"
                    ),
                }),
                _ => Err(wrong("a table without one")),
            },
            _ => Err(wrong("a list of something else")),
        })
        .collect()
}

/// Reads an included file, which is relative to the folder of the file that includes it.
fn follow(
    folder: &Path,
    origin: &str,
    include: Include,
    open: &mut Vec<PathBuf>,
    layers: &mut Vec<Layer>,
    report: &Report,
) -> Result<(), Error> {
    let path = folder.join(&include.path);
    let problem = if !include.path.ends_with(".toml") {
        "the path must end with `.toml`".to_owned()
    } else if open.contains(&path) {
        "the file includes itself".to_owned()
    } else {
        match fs::metadata(&path) {
            Ok(_) => {
                file::exists(&path)?;
                return load(&path, open, layers, report);
            }
            Err(error) if include.optional && error.kind() == io::ErrorKind::NotFound => {
                return Ok(());
            }
            Err(error) => error.to_string(),
        }
    };
    Err(Error::Include {
        origin: origin.to_owned(),
        path: include.path,
        problem,
    })
}
