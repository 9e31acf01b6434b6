//! Finds and reads the files and arguments of cargo's configuration.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::config::{Layer, Source};
use super::location::Home;
use crate::document::{self, Tree};
use crate::error::Error;
use crate::file;
use crate::report::Report;

/// The most files that may be included. Cargo has no limit, and would overflow its stack.
const MOST_INCLUDED: usize = 100;

/// All configuration files that cargo finds, lowest precedence first: the file in cargo's home, then
/// from the root of the file system down to the current directory.
pub fn files(home: &Home, report: &Report) -> Result<Vec<Layer>, Error> {
    let current = home.current.iter().flat_map(|current| current.ancestors());
    let mut directories: Vec<PathBuf> = current.map(|above| above.join(".cargo")).collect();
    // Cargo's home may be one of these directories. Then it has the precedence of that directory.
    let real = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let real_home = real(&home.cargo);
    if !directories
        .iter()
        .any(|directory| real(directory) == real_home)
    {
        directories.push(home.cargo.clone());
    }
    let mut layers = Vec::new();
    for directory in directories.iter().rev() {
        if let Some(path) = config_file(directory, report) {
            // Reject anything but regular files, such as a device that never ends. A `--config` argument
            // may be a pipe.
            file::exists(&path)?;
            load(&path, &mut BTreeSet::new(), &mut layers, report)?;
        }
    }
    Ok(layers)
}

/// The configuration file in a directory. As with the credentials, the old name without an extension
/// takes precedence.
fn config_file(directory: &Path, report: &Report) -> Option<PathBuf> {
    for name in ["config", "config.toml"] {
        let path = directory.join(name);
        if path.exists() {
            return Some(path);
        }
    }
    report.trace(format_args!(
        "no configuration in `{}`",
        directory.display()
    ));
    None
}

/// The credentials file as a layer of the configuration, after the files that it includes. `text` is its
/// content.
pub fn credentials(text: &str, path: &Path, report: &Report) -> Result<Vec<Layer>, Error> {
    let mut layers = Vec::new();
    let mut seen = BTreeSet::from([path.to_owned()]);
    add(text, path, &mut seen, &mut layers, report)?;
    Ok(layers)
}

/// The `--config` arguments in order. A path that exists is a file, and anything else is TOML.
pub fn arguments(home: &Home, arguments: &[String], report: &Report) -> Result<Vec<Layer>, Error> {
    let here = home.current.clone().unwrap_or_default();
    let mut layers = Vec::new();
    for argument in arguments {
        let path = here.join(argument);
        if !argument.is_empty() && path.exists() {
            load(&path, &mut BTreeSet::new(), &mut layers, report)?;
            continue;
        }
        let tree = dotted(argument)?;
        let mut seen = BTreeSet::new();
        for include in included(&tree, "--config")? {
            follow(&here, "--config", include, &mut seen, &mut layers, report)?;
        }
        let source = Source::Argument;
        layers.push(Layer { source, tree });
    }
    Ok(layers)
}

/// Parses a `KEY=VALUE` argument, and rejects what cargo rejects.
fn dotted(argument: &str) -> Result<Tree, Error> {
    // The part before `=` is safe to show. The value may be a token.
    let (key, has_value) = match argument.split_once('=') {
        Some((key, _)) => (key.trim().to_owned(), true),
        None => (argument.to_owned(), false),
    };
    let wrong = |problem| Error::Argument {
        key: key.clone(),
        problem,
    };
    if !has_value {
        return Err(wrong("neither an existing file nor KEY=VALUE"));
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
            _ => return Err(wrong("expected one dotted key with one value")),
        }
    }
    let last_is_table = argument.trim_end().ends_with('}');
    if last_is_table || argument.trim_start().starts_with(['[', '#']) {
        return Err(wrong("expected one dotted key with one value"));
    }
    match path.as_slice() {
        ["term", "quiet" | "verbose" | "color"] => Err(wrong(
            "this is for cargo's own messages; use authctl's --quiet, --verbose or --color instead",
        )),
        ["registry", secret] | ["registries", _, secret]
            if ["token", "secret-key"].contains(secret) =>
        {
            Err(wrong("cargo doesn't accept a token on the command line"))
        }
        _ => Ok(tree),
    }
}

/// Reads a file and the files that it includes. `seen` has the files read so far. As in cargo, each file
/// can be read only once, so that no file includes itself, and a few files can't include each other many
/// times.
fn load(
    path: &Path,
    seen: &mut BTreeSet<PathBuf>,
    layers: &mut Vec<Layer>,
    report: &Report,
) -> Result<(), Error> {
    let file = File::open(path).map_err(|error| Error::file("read", path, error))?;
    let text = file::text(&file, path)?;
    report.trace(format_args!("configuration from `{}`", path.display()));
    seen.insert(path.to_owned());
    add(&text, path, seen, layers, report)
}

/// Adds the layers of `text`, the content of the file `path`.
fn add(
    text: &str,
    path: &Path,
    seen: &mut BTreeSet<PathBuf>,
    layers: &mut Vec<Layer>,
    report: &Report,
) -> Result<(), Error> {
    let origin = path.display().to_string();
    let tree = Tree::of(&document::parse(text, &origin)?);
    let directory = path.parent().unwrap_or(Path::new("/"));
    for include in included(&tree, &origin)? {
        follow(directory, &origin, include, seen, layers, report)?;
    }
    layers.push(Layer {
        source: Source::File(path.to_owned()),
        tree,
    });
    Ok(())
}

/// A path in `include`, and whether the file may be missing.
struct Include {
    /// The path as it is in the file.
    path: String,
    /// Whether the file may be missing.
    optional: bool,
}

/// The `include` list of a file. Its items are strings, or tables with `path` and `optional`. Cargo 1.95
/// accepts it on the stable channel, but doesn't accept a string instead of a list.
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

/// Reads an included file, which is relative to the directory of the file that includes it.
fn follow(
    directory: &Path,
    origin: &str,
    include: Include,
    seen: &mut BTreeSet<PathBuf>,
    layers: &mut Vec<Layer>,
    report: &Report,
) -> Result<(), Error> {
    let path = directory.join(&include.path);
    let problem = if !include.path.ends_with(".toml") {
        "the path must end with `.toml`".to_owned()
    } else if seen.contains(&path) {
        "the file is already included; a file can't be included twice or include itself".to_owned()
    } else if seen.len() >= MOST_INCLUDED {
        format!("more than {MOST_INCLUDED} files are included")
    } else {
        match fs::metadata(&path) {
            Ok(_) => {
                file::exists(&path)?;
                return load(&path, seen, layers, report);
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
