//! Reads all files, checks every key, and reports all errors at once.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike};

use super::files::{self, Level, Refusal, UNREADABLE};
use super::lines::Lines;
use super::loaded::{Entry, Found, Loaded};
use super::{Config, Setting, nearest};
use crate::text::printable;

/// How many settings that don't exist are named.
const MOST_MESSAGES: usize = 100;

/// Reads the files of all levels.
pub(crate) fn load(config: &Config<'_>) -> Loaded {
    let mut loaded = Loaded::default();
    for level in Level::ALL {
        let Some(path) = config.place(level) else {
            continue;
        };
        let mut layer = Found::new(level, path);
        match files::read(&layer.path) {
            Ok(None) => {}
            Ok(Some(text)) => read(config, &text, &mut layer, &mut loaded),
            Err(refusal) => {
                let place = printable(&layer.path.display().to_string());
                let why = refusal.to_string();
                match refusal {
                    Refusal::Unreadable(_) => {
                        loaded.errors.push(layer.wrong_file(&place, None, why))
                    }
                    Refusal::Untrusted(_) => loaded.warnings.push(format!("{place}: {why}")),
                }
                layer.problem = Some(refusal.state());
            }
        }
        loaded.layers.push(layer);
    }
    if loaded.more > 0 {
        let more = match loaded.more {
            1 => "1 more setting doesn't exist".to_owned(),
            more => format!("{more} more settings don't exist"),
        };
        loaded.warnings.push(more);
    }
    loaded
}

/// What is wrong in a text as the file of a level, without the places: an edit moves them.
pub(crate) fn errors(config: &Config<'_>, level: Level, path: &Path, text: &str) -> Vec<String> {
    let mut loaded = Loaded::default();
    let mut layer = Found::new(level, path.to_owned());
    read(config, text, &mut layer, &mut loaded);
    let start = printable(&path.display().to_string());
    let without_place = |error: String| {
        let rest = error.strip_prefix(&start).unwrap_or(&error);
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':')
            .trim_start()
            .to_owned()
    };
    let mut rivals = Vec::new();
    let settings = config.settings().iter();
    let set = |setting: &&Setting| match layer.values.get(setting.key).map(|entry| &entry.words) {
        Some(Ok(words)) => !setting.arg.is_off(words),
        Some(Err(_)) => true,
        None => false,
    };
    let set: Vec<&Setting> = settings.filter(set).collect();
    for setting in &set {
        let rivals_set = |rival: &&&str| set.iter().any(|other| other.key == **rival);
        for rival in setting.rivals.iter().filter(rivals_set) {
            let error = format!("`{}` can't be set together with `{rival}`", setting.key);
            rivals.push(error);
        }
    }
    loaded.layers.push(layer);
    let wrong = loaded.refused();
    let wrong = wrong.iter().map(|problem| without_place(problem.message()));
    wrong.chain(rivals).collect()
}

fn read(config: &Config<'_>, text: &str, layer: &mut Found, loaded: &mut Loaded) {
    layer.there = true;
    let document = match parse(&layer.path, text) {
        Ok(document) => document,
        Err((place, line, why)) => {
            loaded
                .errors
                .push(layer.wrong_file(&place, Some(line), why));
            layer.problem = Some(UNREADABLE);
            return;
        }
    };
    let directory = layer.path.parent().unwrap_or(Path::new("")).to_owned();
    let lines = Lines::new(text);
    let mut walk = Walk {
        config,
        lines: &lines,
        directory: &directory,
        layer,
        loaded,
    };
    walk.table("", document.as_table());
}

/// The document in a text, or what is wrong with it, with its place.
///
/// The parser's own report shows the line, which may hold a secret. Its message does not.
pub(crate) fn parse<'a>(path: &Path, text: &'a str) -> Result<Document<&'a str>, Wrong> {
    Document::parse(text).map_err(|error| {
        let lines = Lines::new(text);
        let (line, _) = lines.position(error.span());
        let message = error.message().lines().next().unwrap_or_default();
        let why = format!("this is not valid TOML: {}", printable(message));
        (place(path, &lines, error.span()), line, why)
    })
}

/// What is wrong with a file: its place with line and column, the line, and why.
type Wrong = (String, usize, String);

/// A place in a file, as editors and terminals know it: `file:line:column`.
fn place(path: &Path, lines: &Lines<'_>, span: Option<Range<usize>>) -> String {
    let (line, column) = lines.position(span);
    format!("{}:{line}:{column}", printable(&path.display().to_string()))
}

struct Walk<'a> {
    config: &'a Config<'a>,
    lines: &'a Lines<'a>,
    directory: &'a Path,
    layer: &'a mut Found,
    loaded: &'a mut Loaded,
}

impl Walk<'_> {
    fn table(&mut self, name: &str, table: &dyn TableLike) {
        for (word, item) in table.iter() {
            let key = table.key(word);
            let full = match name {
                "" => bare(word),
                name => format!("{name}.{}", bare(word)),
            };
            self.item(&full, key, item);
        }
    }

    fn item(&mut self, name: &str, key: Option<&Key>, item: &Item) {
        let span = key.and_then(Key::span).or_else(|| item.span());
        let place = |span| place(&self.layer.path, self.lines, span);
        let Some(setting) = self.config.find(name) else {
            match item.as_table_like() {
                Some(table) if self.config.has_table(name) => self.table(name, table),
                _ if self.config.has_table(name) => {
                    let span = item.span().or(span);
                    let (line, _) = self.lines.position(span.clone());
                    let why = format!("`{name}` must be a table of settings");
                    let wrong = self.layer.wrong_file(&place(span), Some(line), why);
                    self.loaded.errors.push(wrong);
                }
                // Whoever has so many has another program's file.
                _ if self.loaded.warnings.len() >= MOST_MESSAGES => self.loaded.more += 1,
                _ => {
                    let mut warning = format!("{}: there is no setting `{name}`", place(span));
                    if let Some(near) = self.near(name) {
                        warning += &format!("; did you mean `{near}`?");
                    }
                    self.loaded.warnings.push(warning);
                }
            }
            return;
        };
        let (words, wrong) = match setting.may_be_in(self.layer.level) {
            true => (setting.words(item, self.directory), item.span()),
            false => {
                let own = match self.config.files.user {
                    Some(_) => "use `config set` to put it in your own file",
                    None => "it belongs in the system's file",
                };
                (Err(format!("a project's file can't set this; {own}")), None)
            }
        };
        let place = place(wrong.or(span.clone()));
        let (line, _) = self.lines.position(span);
        let entry = Entry { words, line, place };
        self.layer.values.insert(setting.key, entry);
    }

    /// The setting, or table of settings, whose name is nearest to one that is none.
    fn near(&self, name: &str) -> Option<&'static str> {
        let settings = self.config.settings();
        let tables = settings.iter().flat_map(|setting| {
            let dots = setting.key.match_indices('.');
            dots.map(|(at, _)| &setting.key[..at])
        });
        let last = |key: &str| key.rsplit('.').next().map(str::to_owned);
        let mut keys = settings.iter().map(|setting| setting.key);
        self.config
            .nearest(name)
            .or_else(|| nearest(name, tables.filter(|table| *table != name)))
            // The table may have been forgotten, or be another one.
            .or_else(|| keys.find(|key| last(key) == last(name)))
    }
}

/// A word of a setting's name as it is written: in quotes where it needs them.
fn bare(word: &str) -> String {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !word.is_empty() && word.chars().all(good) {
        true => word.to_owned(),
        false => format!("{word:?}"),
    }
}
