//! What another format can't say.
//!
//! A format lists the members of a description that it has. All other members that a program uses are losses, so a
//! new member is a loss until a format has it.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::description::{Arg, Command, Description};

/// Something that a program defines and the other format can't say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// What is lost: the name of a member of a description, or a sentence.
    pub fact: String,
    /// The commands, options and arguments that it belongs to.
    pub places: Vec<String>,
}

/// How many places of a loss are shown in one line.
const MAX_SHOWN: usize = 3;

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.places.iter().take(MAX_SHOWN);
        let shown: Vec<&str> = shown.map(String::as_str).collect();
        write!(f, "{}: {}", self.fact, shown.join(", "))?;
        match self.places.len().saturating_sub(MAX_SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// The members of a description that a format has.
pub(super) struct Has {
    pub(super) program: &'static [&'static str],
    pub(super) command: &'static [&'static str],
    /// Of options and arguments.
    pub(super) arg: &'static [&'static str],
    pub(super) value: &'static [&'static str],
    pub(super) choice: &'static [&'static str],
    /// The types of values, besides strings and choices.
    pub(super) types: &'static [&'static str],
}

/// All types of values.
pub(super) const ANY: &str = "*";

/// The types of paths, which formats for completions have.
pub(super) const PATHS: &[&str] = &["path", "file", "directory"];

/// Collects losses.
#[derive(Default)]
pub(super) struct Losses(BTreeMap<String, Vec<String>>);

impl Losses {
    /// The members that a format doesn't have.
    pub(super) fn of(description: &Description, has: &Has) -> Self {
        let mut losses = Self::default();
        let whole = serde_json::to_value(description).expect("plain data is JSON");
        if let Value::Object(program) = &whole {
            losses.members(&description.name, program, has.program);
            if let Value::Object(command) = &program["command"] {
                losses.command(&description.name, command, has);
            }
        }
        losses
    }

    fn command(&mut self, place: &str, command: &Map<String, Value>, has: &Has) {
        if command.contains_key("built-in") && !has.command.contains(&"built-in") {
            return self.add("commands that clapspec implements", place);
        }
        self.members(place, command, has.command);
        let list = |key: &str| {
            command
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        for arg in list("arguments")
            .chain(list("options"))
            .filter_map(Value::as_object)
        {
            let place = format!("{place} {}", written(arg));
            self.members(&place, arg, has.arg);
            if let Some(value) = arg.get("value").and_then(Value::as_object) {
                self.members_of(&place, value, has.value, (has.types, ""));
                let choices = value.get("choices").and_then(Value::as_array);
                for choice in choices.into_iter().flatten().filter_map(Value::as_object) {
                    self.members_of(&place, choice, has.choice, (&[], " of a value"));
                }
            }
        }
        for below in list("commands").filter_map(Value::as_object) {
            let name = below["name"].as_str().unwrap_or_default();
            self.command(&format!("{place} {name}"), below, has);
        }
    }

    fn members(&mut self, place: &str, object: &Map<String, Value>, has: &[&str]) {
        self.members_of(place, object, has, (&[], ""));
    }

    /// Adds the members that a format doesn't have, and types of values. `of` follows their names.
    fn members_of(
        &mut self,
        place: &str,
        object: &Map<String, Value>,
        has: &[&str],
        (types, of): (&[&str], &str),
    ) {
        for (member, value) in object {
            let is_usual = match member.as_str() {
                // Which set defines an option doesn't matter to users.
                "set" => true,
                "type" => {
                    let mut known = ["string", "choice"].iter().chain(types);
                    known.any(|known| *known == ANY || value == known)
                }
                "max" => *value == u8::MAX,
                _ => false,
            };
            if !is_usual && !has.contains(&member.as_str()) {
                self.add(&format!("`{member}`{of}"), place);
            }
        }
    }

    /// Adds what a format can say only in part: whatever the function returns for an option or argument.
    pub(super) fn parts(
        &mut self,
        description: &Description,
        lost: impl Fn(&Command, &Arg) -> Vec<&'static str>,
    ) {
        for (place, command) in description.command.walk() {
            for arg in command.options.iter().chain(&command.arguments) {
                for fact in lost(command, arg) {
                    self.add(fact, &format!("{place} {}", arg.written()));
                }
            }
        }
    }

    /// Adds a loss.
    pub(super) fn add(&mut self, fact: &str, place: &str) {
        let places = self.0.entry(fact.to_owned()).or_default();
        if !places.iter().any(|known| known == place) {
            places.push(place.to_owned());
        }
    }

    /// The losses, sorted by their names.
    pub(super) fn list(self) -> Vec<Loss> {
        let losses = self.0.into_iter();
        losses.map(|(fact, places)| Loss { fact, places }).collect()
    }
}

/// How users write an option or argument.
fn written(arg: &Map<String, Value>) -> String {
    let names = arg
        .get("names")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let names: Vec<&str> = names.filter_map(Value::as_str).collect();
    let long = names
        .iter()
        .find(|name| name.starts_with("--"))
        .or(names.first());
    let key = arg["key"].as_str().unwrap_or_default();
    long.map_or_else(|| format!("<{key}>"), |name| (*name).to_owned())
}

/// The rules about others that are not options of the same command.
pub(super) fn refers_elsewhere(command: &Command, keys: &[String]) -> bool {
    let is_own = |key: &String| command.options.iter().any(|arg| arg.key == *key);
    !keys.iter().all(is_own)
}
