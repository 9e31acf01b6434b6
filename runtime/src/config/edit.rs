//! Changing a file: `set` and `unset`. The rest of the file stays unchanged.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use toml_edit::{Document, DocumentMut, Item, Table, TableLike, Value};

use super::files::{self, Level};
use super::load;
use super::value::strip_home;
use super::write::Locked;
use super::{Config, Setting};

/// The maximum length of a secret, in bytes.
const MAX_SECRET: u64 = 1 << 16;

/// Sets a setting in the file of this level, and returns the file.
pub(crate) fn set(
    config: &Config<'_>,
    setting: &Setting,
    words: Vec<String>,
    level: Option<Level>,
    dry_run: bool,
) -> Result<PathBuf, String> {
    if setting.is_secret() && !words.is_empty() {
        return Err(format!(
            "`{}` is a secret, which other users could read on a command line; omit the value to \
             read it from standard input",
            setting.key
        ));
    }
    let (level, path) = target(config, level)?;
    if !setting.may_be_in(level) {
        let instead = match config.files.user {
            Some(_) => "omit `--project`",
            None => "an administrator can set it in the system's file",
        };
        return Err(format!(
            "`{}` can't be set in a project's file, which others could write; {instead}",
            setting.key
        ));
    }
    let words = match setting.is_secret() {
        true => vec![read_secret()?],
        false => words,
    };
    // This is checked before a path is rewritten relative to the file's directory.
    for word in &words {
        let wrong = |why: String| format!("`{}`: {why}", setting.key);
        setting.arg.check_there(word).map_err(wrong)?;
    }
    let words = match setting.is_path() {
        true => words.iter().map(|word| path_in(word, &path)).collect(),
        false => words,
    };
    let value = setting.value(&words)?;
    let edit = |document: &mut DocumentMut| {
        let table = document.as_table_mut();
        setting.arg.deprecated_keys.iter().for_each(|key| {
            remove(table, key);
        });
        put(table, setting.key, value.clone())
    };
    change(config, level, &path, dry_run, edit)?;
    Ok(path)
}

/// Removes a setting from the file of this level. Returns the file, and whether the setting was in it.
pub(crate) fn unset(
    config: &Config<'_>,
    setting: &Setting,
    level: Option<Level>,
    dry_run: bool,
) -> Result<(PathBuf, bool), String> {
    let (level, path) = target(config, level)?;
    let mut was_there = false;
    // If the file doesn't exist, nothing changes. If it can't be accessed, that is an error.
    change(config, level, &path, dry_run, |document| {
        let table = document.as_table_mut();
        was_there = false;
        for key in setting.keys() {
            was_there |= remove(table, key);
        }
        Ok(())
    })?;
    Ok((path, was_there))
}

/// Returns the file to change: that of the level if one is given, or else the user's, or else the
/// project's.
fn target(config: &Config<'_>, level: Option<Level>) -> Result<(Level, PathBuf), String> {
    let levels = match level {
        Some(level) => vec![level],
        None => vec![Level::User, Level::Project],
    };
    let mut levels = levels.into_iter();
    let file = levels.find_map(|level| Some((level, config.path(level)?)));
    file.ok_or_else(|| match level {
        Some(level) => format!("can't determine where the {} file is", level.name()),
        None => "can't determine where your configuration file is".to_owned(),
    })
}

/// Converts a path that is relative to the current directory to one that means the same in a file. In
/// the file's directory, the path stays relative, so that a project can be moved.
fn path_in(word: &str, file: &Path) -> String {
    if strip_home(word).is_some() {
        return word.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let path = here.join(word);
    let directory = file
        .parent()
        .filter(|directory| here.starts_with(directory));
    let path = directory
        .and_then(|directory| path.strip_prefix(directory).ok())
        .unwrap_or(&path);
    match path.to_str().unwrap_or(word) {
        "" => ".".to_owned(),
        path if strip_home(path).is_some() => format!("./{path}"),
        path => path.to_owned(),
    }
}

/// Reads a secret: one line of standard input.
fn read_secret() -> Result<String, String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(
            "a secret can't be typed at a terminal, where others could see it; redirect standard \
             input, for example with `< FILE`"
                .into(),
        );
    }
    let mut text = String::new();
    let read = stdin.lock().take(MAX_SECRET + 1).read_to_string(&mut text);
    // The message must not contain anything that was read, so it has only the kind of the error.
    read.map_err(|error| format!("can't read standard input: {}", error.kind()))?;
    let secret = text.strip_suffix('\n').unwrap_or(&text);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    match secret {
        "" => Err("there is no secret on standard input".to_owned()),
        _ if text.len() as u64 > MAX_SECRET => Err(format!(
            "the secret is longer than {} KiB",
            MAX_SECRET / 1024
        )),
        _ if secret.contains('\n') => Err("the secret has more than one line".to_owned()),
        _ => Ok(secret.to_owned()),
    }
}

/// Changes the document in a file and writes it, unless nothing changes. The file is read again and
/// written under one lock. A change that would make commands fail is rejected.
fn change(
    config: &Config<'_>,
    level: Level,
    path: &Path,
    dry_run: bool,
    mut edit: impl FnMut(&mut DocumentMut) -> Result<(), String>,
) -> Result<(), String> {
    let (old, new) = edited(config, level, path, &mut edit)?;
    if dry_run || old == new {
        return Ok(());
    }
    let shown = path.display();
    let locked = Locked::new(path).map_err(|error| format!("can't change {shown}: {error}"))?;
    let (_, new) = edited(config, level, path, &mut edit)?;
    let document = parsed(path, &new)?;
    let secrets = config
        .settings()
        .iter()
        .filter(|setting| setting.is_secret());
    let has_secret = secrets
        .flat_map(Setting::keys)
        .any(|key| get(document.as_table(), key).is_some());
    let written = locked.write(&new, has_secret);
    written.map_err(|error| format!("can't write {shown}: {error}"))
}

/// Returns the text of a file before and after an edit.
fn edited(
    config: &Config<'_>,
    level: Level,
    path: &Path,
    edit: &mut impl FnMut(&mut DocumentMut) -> Result<(), String>,
) -> Result<(String, String), String> {
    let shown = path.display();
    let old = files::read(path).map_err(|refusal| format!("{shown}: {refusal}"))?;
    let old = old.unwrap_or_default();
    let new = changed(path, &old, edit)?;
    let before = load::errors(config, level, path, &old);
    let mut errors = load::errors(config, level, path, &new).into_iter();
    match errors.find(|error| !before.contains(error)) {
        Some(error) => Err(format!("{shown}: {error}")),
        None => Ok((old, new)),
    }
}

/// Returns the text of a file after an edit. Keeps comments, a byte order mark and the line endings.
fn changed(
    path: &Path,
    text: &str,
    edit: &mut impl FnMut(&mut DocumentMut) -> Result<(), String>,
) -> Result<String, String> {
    let wrong = |why| format!("{}: {why}", path.display());
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let mut document = parsed(path, body)?.into_mut();
    let mut changed = String::new();
    if document.as_table().is_empty() {
        // The parser treats comments in an empty document as its end, so they would follow the new
        // setting.
        changed.push_str(body);
        if !body.is_empty() && !body.ends_with('\n') {
            changed.push('\n');
        }
        document = DocumentMut::new();
    }
    edit(&mut document).map_err(wrong)?;
    changed.push_str(&document.to_string());
    if body.contains("\r\n") && !body.replace("\r\n", "").contains('\n') {
        changed = changed.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    // Nothing was added to a file that contains only comments.
    if changed.trim_end() == body.trim_end() {
        return Ok(text.to_owned());
    }
    Ok(format!("{mark}{changed}"))
}

fn parsed<'a>(path: &Path, text: &'a str) -> Result<Document<&'a str>, String> {
    load::parse(path, text).map_err(|(place, _, why)| format!("{place}: {why}"))
}

pub(super) fn get<'a>(table: &'a dyn TableLike, key: &str) -> Option<&'a Item> {
    match key.split_once('.') {
        None => table.get(key),
        Some((first, rest)) => get(table.get(first)?.as_table_like()?, rest),
    }
}

/// Sets the value of a key, creates the tables that it needs, and keeps the comments of an old value.
pub(super) fn put(table: &mut dyn TableLike, key: &str, mut value: Value) -> Result<(), String> {
    if let Some((first, rest)) = key.split_once('.') {
        let below = table.entry(first).or_insert_with(|| {
            let mut table = Table::new();
            // The header is written only if the table directly contains values.
            table.set_implicit(true);
            Item::Table(table)
        });
        let below = below.as_table_like_mut();
        let below = below.ok_or_else(|| format!("`{first}` is not a table"))?;
        return put(below, rest, value);
    }
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(Item::None) | None => {
            table.insert(key, Item::Value(value));
        }
        Some(_) => return Err(format!("`{key}` is a table")),
    }
    Ok(())
}

fn remove(table: &mut dyn TableLike, key: &str) -> bool {
    match key.split_once('.') {
        None => table.remove(key).is_some(),
        Some((first, rest)) => {
            let below = table.get_mut(first).and_then(Item::as_table_like_mut);
            below.is_some_and(|below| remove(below, rest))
        }
    }
}
