//! A case: what is typed, and what must be on the screen then.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use clapspec_runtime::complete::Shell;
use serde::Deserialize;

use super::shells::{Home, demo};
use super::support::skip;
use super::terminal::{PATIENT, QUIET, Terminal};

/// A file in `tests/completions/cases/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is about.
    about: String,
    /// Where users of other programs reported it.
    #[serde(default)]
    source: String,
    /// The shells in which it is tried. Without this key, all.
    #[serde(default)]
    shells: Vec<String>,
    /// Files that must be installed, by shell.
    #[serde(default)]
    needs: BTreeMap<String, String>,
    /// Files in the current directory. A name that ends in `/` is a directory.
    #[serde(default)]
    files: Vec<String>,
    /// Values that the program offers: each with its description after a tab.
    #[serde(default)]
    values: Option<Vec<String>>,
    /// Other names for which the script is installed.
    #[serde(default)]
    names: Vec<String>,
    /// Variables.
    #[serde(default)]
    variables: BTreeMap<String, String>,
    /// Lines in the start-up file of a shell.
    #[serde(default)]
    lines: BTreeMap<String, String>,
    pub steps: Vec<Step>,
}

/// One try, each in a new shell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is typed before Tab. `<left>` and `<tab>` are keys.
    r#type: String,
    /// The shells in which it is tried. Without this key, those of the case.
    #[serde(default)]
    shells: Vec<String>,
    /// The command line after Tab, by shell or for all. With `|` at the cursor, spaces matter.
    #[serde(default)]
    line: Option<ByShell>,
    /// What the program gets when Enter is pressed then.
    #[serde(default)]
    gets: Option<Vec<String>>,
    /// Words in the menu.
    #[serde(default)]
    menu: Vec<String>,
    /// Words that are not in the menu.
    #[serde(default)]
    never: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ByShell {
    All(String),
    Each(BTreeMap<String, String>),
}

fn names(shells: &[String], shell: Shell) -> bool {
    shells.is_empty() || shells.iter().any(|name| name == shell.name())
}

impl Step {
    pub fn is_for(&self, shell: Shell) -> bool {
        names(&self.shells, shell)
    }
}

impl Case {
    pub fn is_for(&self, shell: Shell) -> bool {
        let needed = self.needs.get(shell.name());
        let missing = needed.filter(|path| !Path::new(path).exists());
        if let Some(missing) = missing {
            skip(&format!("`{missing}` is not installed"));
        }
        names(&self.shells, shell) && missing.is_none()
    }

    /// Tries a step in a shell.
    pub fn run(&self, step: &Step, shell: Shell) -> Result<(), String> {
        let first = self.attempt(step, shell, QUIET);
        let second = first.or_else(|_| self.attempt(step, shell, PATIENT));
        let Self { about, source, .. } = self;
        second.map_err(|problem| format!("{problem}\n{about} ({source})"))
    }

    fn attempt(&self, step: &Step, shell: Shell, quiet: Duration) -> Result<(), String> {
        let mut home = Home::new(shell);
        home.quiet = quiet;
        home.add_program("demo", demo());
        // Shells complete the arguments of this only if it is installed.
        home.add_program("sudo", "/usr/bin/env".as_ref());
        home.add_script("demo", "demo");
        for name in &self.names {
            home.add_script("demo", name);
        }
        for file in &self.files {
            match file.strip_suffix('/') {
                Some(directory) => {
                    std::fs::create_dir_all(home.path("work").join(directory)).expect("created")
                }
                None => home.write(&format!("work/{file}"), ""),
            }
        }
        if let Some(values) = &self.values {
            home.write("values", &values.join("\n"));
            let path = home.path("values").into();
            home.variables.push(("DEMO_VALUES".to_owned(), path));
        }
        let variables = self.variables.iter();
        home.variables
            .extend(variables.map(|(name, value)| (name.clone(), value.into())));
        home.lines += self.lines.get(shell.name()).map_or("", String::as_str);
        let mut terminal = home.start();
        for (at, keys) in step.r#type.split("<tab>").enumerate() {
            if at > 0 {
                terminal.tab();
                terminal.close_menu();
            }
            terminal.type_keys(&keys.replace("<left>", "\x1b[D"));
            terminal.settle();
        }
        terminal.tab();
        if !step.menu.is_empty() || !step.never.is_empty() {
            // bash lists only at the second Tab.
            if shell == Shell::Bash {
                terminal.tab();
            }
        }
        let result = step.check(&mut terminal, shell);
        if home.path("work/hit").exists() {
            panic!("a command was run: `{}`, {}", step.r#type, shell.name());
        }
        result.map_err(|problem| format!("{problem}\n{}", terminal.screen()))
    }
}

impl Step {
    fn check(&self, terminal: &mut Terminal, shell: Shell) -> Result<(), String> {
        let menu = terminal.below_line();
        let words: Vec<&str> = menu.iter().map(String::as_str).collect();
        let has = |word: &str| words.iter().any(|line| contains_word(line, word));
        if let Some(word) = self.menu.iter().find(|word| !has(word)) {
            return Err(format!("`{word}` is not in the menu"));
        }
        if let Some(word) = self.never.iter().find(|word| has(word)) {
            return Err(format!("`{word}` is in the menu"));
        }
        terminal.close_menu();
        let line = match &self.line {
            None => None,
            Some(ByShell::All(line)) => Some(line),
            Some(ByShell::Each(lines)) => lines.get(shell.name()).or(lines.get("others")),
        };
        if let Some(expected) = line {
            let found = match expected.contains('|') {
                true => terminal.line_with_cursor(),
                false => terminal.line().trim_end().to_owned(),
            };
            if found != *expected {
                return Err(format!("the line is `{found}`, and not `{expected}`"));
            }
        }
        let Some(expected) = &self.gets else {
            return Ok(());
        };
        let found = terminal.run_line();
        match found == *expected {
            true => Ok(()),
            false => Err(format!("the program got {found:?}, and not {expected:?}")),
        }
    }
}

/// Whether a line contains a word between spaces or at its ends.
fn contains_word(line: &str, word: &str) -> bool {
    let mut places = line.match_indices(word);
    places.any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_end = |c: char| c.is_whitespace() || "()".contains(c);
        before.is_none_or(is_end) && after.is_none_or(is_end)
    })
}
