//! What another format can't say.
//!
//! A format lists the members of a description that it has. All other members that a program uses are losses, so a
//! new member is a loss until a format has it.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde_json::Value;

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
pub(super) struct Losses {
    /// The places of each fact, in the order of the commands.
    places: BTreeMap<String, Vec<String>>,
    known: HashSet<(String, String)>,
}

impl Losses {
    /// The members that a format doesn't have.
    pub(super) fn of(description: &Description, has: &Has) -> Self {
        let mut losses = Self::default();
        let whole = serde_json::to_value(description).expect("plain data is JSON");
        losses.members(&description.name, &whole, has.program);
        losses.command(
            &description.name,
            &description.command,
            &whole["command"],
            has,
        );
        losses
    }

    /// Adds the losses of a command, which is also given as JSON.
    fn command(&mut self, place: &str, command: &Command, json: &Value, has: &Has) {
        if command.built_in && !has.command.contains(&"built-in") {
            return self.add("commands that clapspec implements", place);
        }
        self.members(place, json, has.command);
        for (args, json) in [
            (&command.arguments, &json["arguments"]),
            (&command.options, &json["options"]),
        ] {
            for (at, arg) in args.iter().enumerate() {
                let (place, json) = (format!("{place} {}", arg.written()), &json[at]);
                self.members(&place, json, has.arg);
                self.members_of(&place, &json["value"], has.value, (has.types, ""));
                for choice in json["value"]["choices"].as_array().into_iter().flatten() {
                    self.members_of(&place, choice, has.choice, (&[], " of a value"));
                }
            }
        }
        for (at, below) in command.commands.iter().enumerate() {
            let place = format!("{place} {}", below.name);
            self.command(&place, below, &json["commands"][at], has);
        }
    }

    fn members(&mut self, place: &str, object: &Value, has: &[&str]) {
        self.members_of(place, object, has, (&[], ""));
    }

    /// Adds the members that a format doesn't have, and types of values. `of` follows their names.
    fn members_of(
        &mut self,
        place: &str,
        object: &Value,
        has: &[&str],
        (types, of): (&[&str], &str),
    ) {
        for (member, value) in object.as_object().into_iter().flatten() {
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

    /// Adds what a format can say only in part. The function returns facts about an option or argument, and whether
    /// they are lost.
    pub(super) fn parts<const N: usize>(
        &mut self,
        description: &Description,
        facts: impl Fn(&Command, &Arg) -> [(&'static str, bool); N],
    ) {
        for (place, command) in description.command.walk() {
            for arg in command.options.iter().chain(&command.arguments) {
                let facts = facts(command, arg).into_iter();
                for (fact, _) in facts.filter(|(_, is_lost)| *is_lost) {
                    self.add(fact, &format!("{place} {}", arg.written()));
                }
            }
        }
    }

    /// Adds a loss.
    pub(super) fn add(&mut self, fact: &str, place: &str) {
        if self.known.insert((fact.to_owned(), place.to_owned())) {
            let places = self.places.entry(fact.to_owned()).or_default();
            places.push(place.to_owned());
        }
    }

    /// The losses, sorted by their names.
    pub(super) fn list(self) -> Vec<Loss> {
        let losses = self.places.into_iter();
        losses.map(|(fact, places)| Loss { fact, places }).collect()
    }
}

/// Whether a rule names something else than options of the same command.
pub(super) fn refers_elsewhere(command: &Command, keys: &[String]) -> bool {
    let is_own = |key: &String| command.options.iter().any(|arg| arg.key == *key);
    !keys.iter().all(is_own)
}
