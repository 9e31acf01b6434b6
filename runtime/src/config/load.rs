//! Reading all files and checking every key, to report all errors at once.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike};

use super::files::{self, Level, Refusal, UNREADABLE};
use super::lines::Lines;
use super::loaded::{Entry, Loaded, LoadedFile};
use super::{Config, Setting, nearest};
use crate::text::printable;

/// The maximum number of unknown settings that are reported one by one.
const MAX_UNKNOWN: usize = 100;

/// Reads the files of all levels.
pub(crate) fn load(config: &Config<'_>) -> Loaded {
    let mut loaded = Loaded::default();
    for level in Level::ALL {
        let Some(path) = config.path(level) else {
            continue;
        };
        let mut layer = LoadedFile::new(level, path);
        match files::read(&layer.path) {
            Ok(None) => {}
            Ok(Some(text)) => read(config, &text, &mut layer, &mut loaded),
            Err(refusal) => {
                let place = printable(&layer.path.display().to_string());
                let why = refusal.to_string();
                match refusal {
                    Refusal::Unreadable(_) => {
                        loaded.errors.push(layer.file_problem(&place, None, why))
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
            1 => "1 more unknown setting".to_owned(),
            more => format!("{more} more unknown settings"),
        };
        loaded.warnings.push(more);
    }
    loaded
}

/// Returns the errors in the text of a file, without their positions, which an edit may change.
pub(crate) fn errors(config: &Config<'_>, level: Level, path: &Path, text: &str) -> Vec<String> {
    let mut loaded = Loaded::default();
    let mut layer = LoadedFile::new(level, path.to_owned());
    read(config, text, &mut layer, &mut loaded);
    let start = printable(&path.display().to_string());
    let without_place = |error: String| {
        let rest = error.strip_prefix(&start).unwrap_or(&error);
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':')
            .trim_start()
            .to_owned()
    };
    let mut conflicts = Vec::new();
    let settings = config.settings().iter();
    let set = |setting: &&Setting| match layer.values.get(setting.key).map(|entry| &entry.words) {
        Some(Ok(words)) => !setting.arg.is_off(words),
        Some(Err(_)) => true,
        None => false,
    };
    let set: Vec<&Setting> = settings.filter(set).collect();
    for setting in &set {
        let is_set = |key: &&&str| set.iter().any(|other| other.key == **key);
        for other in setting.conflicts.iter().filter(is_set) {
            let error = format!("`{}` can't be set together with `{other}`", setting.key);
            conflicts.push(error);
        }
    }
    loaded.layers.push(layer);
    let problems = loaded.into_problems();
    let errors = problems
        .iter()
        .map(|problem| without_place(problem.message()));
    errors.chain(conflicts).collect()
}

fn read(config: &Config<'_>, text: &str, layer: &mut LoadedFile, loaded: &mut Loaded) {
    layer.exists = true;
    let document = match parse(&layer.path, text) {
        Ok(document) => document,
        Err((place, line, why)) => {
            loaded
                .errors
                .push(layer.file_problem(&place, Some(line), why));
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

/// Parses the text of a file, or returns the error with its position.
///
/// Only the first line of the parser's message is used: the full report shows the line of the file,
/// which may contain a secret.
pub(crate) fn parse<'a>(path: &Path, text: &'a str) -> Result<Document<&'a str>, SyntaxError> {
    Document::parse(text).map_err(|error| {
        let lines = Lines::new(text);
        let (line, _) = lines.position(error.span());
        let message = error.message().lines().next().unwrap_or_default();
        let why = format!("invalid TOML: {}", printable(message));
        (place(path, &lines, error.span()), line, why)
    })
}

/// A syntax error in a file: its position as `file:line:column`, its line, and its message.
type SyntaxError = (String, usize, String);

/// Formats a position in a file as `file:line:column`, which editors and terminals understand.
fn place(path: &Path, lines: &Lines<'_>, span: Option<Range<usize>>) -> String {
    let (line, column) = lines.position(span);
    format!("{}:{line}:{column}", printable(&path.display().to_string()))
}

struct Walk<'a> {
    config: &'a Config<'a>,
    lines: &'a Lines<'a>,
    directory: &'a Path,
    layer: &'a mut LoadedFile,
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
                    let problem = self.layer.file_problem(&place(span), Some(line), why);
                    self.loaded.errors.push(problem);
                }
                // A file with so many unknown settings is probably that of another program.
                _ if self.loaded.warnings.len() >= MAX_UNKNOWN => self.loaded.more += 1,
                _ => {
                    let mut warning = format!("{}: unknown setting `{name}`", place(span));
                    if let Some(near) = self.near(name) {
                        warning += &format!("; did you mean `{near}`?");
                    }
                    self.loaded.warnings.push(warning);
                }
            }
            return;
        };
        let (words, value_span) = match setting.may_be_in(self.layer.level) {
            true => (setting.words(item, self.directory), item.span()),
            false => {
                let instead = match self.config.files.user {
                    Some(_) => "use `config set` to set it in the user's file",
                    None => "it belongs in the system's file",
                };
                let why = format!("this can't be set in a project's file; {instead}");
                (Err(why), None)
            }
        };
        let (line, _) = self.lines.position(span.clone());
        let key = place(span.clone());
        let place = place(value_span.or(span));
        if let Some(text) = setting.deprecation(name) {
            self.loaded.warnings.push(format!("{key}: {text}"));
            // The current key takes precedence over an earlier one.
            if self.layer.values.contains_key(setting.key) {
                return;
            }
        }
        let entry = Entry {
            name: name.to_owned(),
            words,
            line,
            place,
        };
        self.layer.values.insert(setting.key, entry);
    }

    /// Finds the setting or the table of settings whose name is most similar to an unknown one.
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
            // The name may lack its table, or be in another table.
            .or_else(|| keys.find(|key| last(key) == last(name)))
    }
}

/// Formats a part of a setting's key as TOML, in quotes if it needs them.
fn bare(word: &str) -> String {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !word.is_empty() && word.chars().all(good) {
        true => word.to_owned(),
        false => format!("{word:?}"),
    }
}
