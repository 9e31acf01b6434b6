//! Files, programs, users and hosts of this machine.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use super::offers::{Heading, Offer, Offers};
use crate::model::Complete;

/// The character after which the names of files in a directory begin.
fn is_separator(c: char) -> bool {
    c == '/' || cfg!(windows) && c == '\\'
}

/// Adds what the shell would complete itself, for shells that leave it to the program. `token` is the
/// token at the cursor.
pub(super) fn add(offers: &mut Offers, token: &str) {
    let Some((complete, start)) = offers.shell.take() else {
        return;
    };
    let typed = &token[start..];
    let is_name = matches!(complete, Complete::User | Complete::Host)
        || complete == Complete::Program && !typed.contains(is_separator);
    let heading = if is_name {
        Heading::Values
    } else {
        Heading::Files
    };
    let names: Vec<String> = match complete {
        Complete::Path => paths(typed, |_| true),
        Complete::File => paths(typed, |_| true),
        Complete::Directory => paths(typed, |_| false),
        Complete::Files(extensions) => paths(typed, |name| has_extension(name, extensions)),
        Complete::Program if typed.contains(is_separator) => paths(typed, |_| true),
        Complete::Program => programs(),
        Complete::User => users(),
        Complete::Host => hosts(),
        Complete::CommandLine | Complete::None | Complete::Url | Complete::Email => Vec::new(),
        Complete::Values(_) => Vec::new(),
    };
    for name in names {
        let before = start + typed.rfind(is_separator).map_or(0, |at| at + 1);
        let offer = Offer {
            before,
            ..Offer::new(format!("{}{name}", &token[..start]), "", heading)
        };
        offers.add(token, offer);
    }
}

/// Lists the directories, and the files that are `wanted` by their names, that a path can become. Hidden
/// ones are listed if the name begins with a period.
fn paths(typed: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let at = typed.rfind(is_separator).map_or(0, |at| at + 1);
    let (directory, name) = typed.split_at(at);
    let entries = fs::read_dir(real(directory))
        .into_iter()
        .flatten()
        .flatten();
    let entry = |entry: DirEntry| {
        let own = entry.file_name().into_string().ok()?;
        let is_shown = own.starts_with(name) && (name.starts_with('.') || !own.starts_with('.'));
        // `metadata` follows links.
        let is_directory = is_shown && fs::metadata(entry.path()).is_ok_and(|file| file.is_dir());
        match (is_shown, is_directory) {
            (true, true) => Some(format!("{directory}{own}/")),
            (true, false) if wanted(&own) => Some(format!("{directory}{own}")),
            _ => None,
        }
    };
    let found: BTreeSet<String> = entries.filter_map(entry).collect();
    found.into_iter().collect()
}

/// Returns the directory that a shell would use: the current one if it is empty, and the home directory
/// for `~`.
fn real(directory: &str) -> PathBuf {
    match (directory, directory.strip_prefix("~/")) {
        ("", _) => PathBuf::from("."),
        (_, Some(rest)) => home().unwrap_or_default().join(rest),
        _ => PathBuf::from(directory),
    }
}

/// Returns the user's home directory.
pub(super) fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let home = env::var_os(name).map(PathBuf::from);
    home.filter(|home| home.is_absolute())
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    extensions.iter().any(|extension| {
        let rest = name.strip_suffix(extension);
        rest.is_some_and(|rest| rest.ends_with('.'))
    })
}

/// Lists the programs in `PATH`.
fn programs() -> Vec<String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let entries = env::split_paths(&path).filter_map(|directory| fs::read_dir(directory).ok());
    let entries = entries.flatten().flatten();
    let names = entries.filter(|entry| is_executable(&entry.path()));
    let names: BTreeSet<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.into_iter().collect()
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("exe"))
}

/// Lists the users in `/etc/passwd`.
fn users() -> Vec<String> {
    let text = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let names = text.lines().filter_map(|line| line.split_once(':'));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Lists the hosts in `/etc/hosts`, and those that ssh knows (ssh_config(5), sshd(8)).
fn hosts() -> Vec<String> {
    let own = home().unwrap_or_default().join(".ssh");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let mut names = BTreeSet::new();
    for line in read(Path::new("/etc/hosts")).lines() {
        let line = line.split('#').next().unwrap_or_default();
        names.extend(line.split_whitespace().skip(1).map(str::to_owned));
    }
    for line in read(&own.join("config")).lines() {
        let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
        if words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("host"))
        {
            names.extend(words.map(str::to_owned));
        }
    }
    for line in read(&own.join("known_hosts")).lines() {
        let hosts = line.split_whitespace().next().unwrap_or_default();
        names.extend(
            hosts
                .split(',')
                .map(|host| host.trim_matches(['[', ']']).to_owned()),
        );
    }
    // Patterns, hashes and comments are not names.
    let is_name =
        |name: &String| !name.is_empty() && !name.contains(['*', '?', '!', '|', '#', ']']);
    names.into_iter().filter(is_name).collect()
}
