//! Compares the results of two commands: whether each new result is valid by the earlier schema.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::{Found, Rule, code};
use crate::description::Command;

/// Compares the results of two commands.
pub(super) fn results(place: &str, old: &Command, new: &Command, found: &mut Found) {
    match (&old.output, &new.output) {
        (None, None) => {}
        (Some(_), None) => found.add(
            Rule::OutputRemoved,
            place,
            "the result is no longer described",
        ),
        (None, Some(_)) => found.add(Rule::OutputAdded, place, "the result is described"),
        (Some(old), Some(new)) => {
            let mut walk = Walk {
                place,
                old,
                new,
                seen: HashSet::new(),
                found,
            };
            walk.compare(old, new, "the result");
            let differs = without_rules(old) != without_rules(new);
            let texts = [("description", differs && !has_rules(place, found))];
            found.texts(place, "the result", &texts);
        }
    }
}

/// Whether another change of the result was found already.
fn has_rules(place: &str, found: &Found) -> bool {
    let mut changes = found.changes.iter();
    changes.any(|change| {
        change.place == *place && matches!(change.rule, Rule::OutputWider | Rule::OutputNarrower)
    })
}

/// A schema in one line.
fn without_rules(schema: &Json) -> String {
    schema.to_string()
}

struct Walk<'a> {
    place: &'a str,
    /// The two whole schemas, with their definitions.
    old: &'a Json,
    new: &'a Json,
    /// The pairs of definitions that are compared already. Definitions may refer to themselves.
    seen: HashSet<(String, String)>,
    found: &'a mut Found,
}

impl<'a> Walk<'a> {
    fn wider(&mut self, at: &str, what: &str) {
        self.found
            .add(Rule::OutputWider, self.place, format!("{at} {what}"));
    }

    fn narrower(&mut self, at: &str, what: &str) {
        self.found
            .add(Rule::OutputNarrower, self.place, format!("{at} {what}"));
    }

    /// Compares two schemas. `at` is what they describe.
    fn compare(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        let pair = (old["$ref"].to_string(), new["$ref"].to_string());
        let is_reference = pair.0 != "null" || pair.1 != "null";
        // The same definitions elsewhere have the same differences.
        if is_reference && !self.seen.insert(pair) {
            return;
        }
        let (old, old_null) = resolved(self.old, old);
        let (new, new_null) = resolved(self.new, new);
        match (old_null, new_null) {
            (false, true) => self.wider(at, "may be null"),
            (true, false) => self.narrower(at, "is never null"),
            _ => {}
        }
        match (words(old), words(new)) {
            (Some(before), Some(after)) => return self.words(&before, &after, at),
            (Some(_), None) => return self.wider(at, "is no longer one of a list of strings"),
            (None, Some(_)) if kind(old) == "string" => {
                return self.narrower(at, "is one of a list of strings");
            }
            _ => {}
        }
        match (kind(old), kind(new)) {
            ("number", "integer") => {
                self.narrower(at, "is always a whole number");
                self.limits(old, new, at);
            }
            (before, after) if before != after => {
                self.wider(
                    at,
                    &format!(
                        "is {} instead of {}",
                        with_article(after),
                        with_article(before)
                    ),
                );
            }
            ("one of several objects", _) => self.alternatives(old, new, at),
            ("object", _) => self.object(old, new, at),
            ("array", _) => {
                self.limits(old, new, at);
                self.compare(&old["items"], &new["items"], &format!("an item of {at}"));
            }
            ("string", _) => {
                self.limits(old, new, at);
                self.strings(old, new, at);
            }
            _ => self.limits(old, new, at),
        }
    }

    fn words(&mut self, old: &[&str], new: &[&str], at: &str) {
        for word in new.iter().filter(|word| !old.contains(word)) {
            self.wider(
                at,
                &format!("may be {}, which readers don't know", code(word)),
            );
        }
        for word in old.iter().filter(|word| !new.contains(word)) {
            self.narrower(at, &format!("is never {}", code(word)));
        }
    }

    fn limits(&mut self, old: &Json, new: &Json, at: &str) {
        for (key, is_max) in [
            ("minimum", false),
            ("maximum", true),
            ("minLength", false),
            ("maxLength", true),
            ("minItems", false),
            ("maxItems", true),
        ] {
            let (before, after) = (old[key].as_f64(), new[key].as_f64());
            let is_wider = match (before, after) {
                (None, None) => continue,
                (Some(before), Some(after)) if before == after => continue,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (Some(before), Some(after)) => (after > before) == is_max,
            };
            let shown = |value: &Json| match value {
                Json::Null => "none".to_owned(),
                value => value.to_string(),
            };
            let what = format!(
                "has the `{key}` {} instead of {}",
                shown(&new[key]),
                shown(&old[key])
            );
            match is_wider {
                true => self.wider(at, &what),
                false => self.narrower(at, &what),
            }
        }
    }

    /// Compares patterns and formats. Whether a pattern matches less than another can't be decided here.
    fn strings(&mut self, old: &Json, new: &Json, at: &str) {
        for key in ["pattern", "format"] {
            match (&old[key], &new[key]) {
                (before, after) if before == after => {}
                (Json::Null, _) => self.narrower(at, &format!("has a `{key}`")),
                (_, Json::Null) => self.wider(at, &format!("has no `{key}`")),
                _ => self.wider(at, &format!("has another `{key}`")),
            }
        }
    }

    fn object(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        match (&old["additionalProperties"], &new["additionalProperties"]) {
            (before @ Json::Object(_), after @ Json::Object(_)) => {
                return self.compare(before, after, &format!("each member of {at}"));
            }
            (Json::Object(_), _) => return self.wider(at, "has members with other names"),
            (_, Json::Object(_)) => return self.wider(at, "has members with any names"),
            _ => {}
        }
        let is_closed = |schema: &Json| schema["additionalProperties"] == Json::Bool(false);
        match (is_closed(old), is_closed(new)) {
            (true, false) => self.wider(at, "may have further members"),
            (false, true) => self.narrower(at, "has no further members"),
            _ => {}
        }
        let is_required = |schema: &Json, name: &str| {
            let required = schema["required"].as_array();
            required.is_some_and(|names| names.iter().any(|known| known == name))
        };
        let members = |schema: &'a Json| schema["properties"].as_object().into_iter().flatten();
        for (name, before) in members(old) {
            let member = match at {
                "the result" => code(name),
                at => format!("{} of {at}", code(name)),
            };
            let after = &new["properties"][name];
            if after.is_null() {
                self.wider(&member, "was removed");
                continue;
            }
            match (is_required(old, name), is_required(new, name)) {
                (true, false) => self.wider(&member, "may be missing"),
                (false, true) => self.narrower(&member, "is always there"),
                _ => {}
            }
            self.compare(before, after, &member);
        }
        for (name, _) in members(new) {
            if old["properties"][name].is_null() {
                match is_closed(old) {
                    true => self.wider(
                        at,
                        &format!(
                            "has the additional member {}, which its schema excluded",
                            code(name)
                        ),
                    ),
                    false => {
                        self.narrower(at, &format!("has the additional member {}", code(name)))
                    }
                }
            }
        }
    }

    /// Compares several kinds of objects by the member that distinguishes them.
    fn alternatives(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        let (before, after) = (tagged(self.old, old), tagged(self.new, new));
        for (tag, schema) in &after {
            let same = before.iter().find(|(known, _)| known == tag);
            match same {
                None => self.wider(
                    at,
                    &format!(
                        "may be the object with {}, which readers don't know",
                        code(tag)
                    ),
                ),
                Some((_, earlier)) => {
                    self.compare(earlier, schema, &format!("the object with {}", code(tag)))
                }
            }
        }
        for (tag, _) in &before {
            if !after.iter().any(|(known, _)| known == tag) {
                self.narrower(at, &format!("is never the object with {}", code(tag)));
            }
        }
    }
}

/// Follows references. Returns the schema, and whether the value may be null.
fn resolved<'a>(root: &'a Json, schema: &'a Json) -> (&'a Json, bool) {
    let mut schema = schema;
    // A definition may refer to another one, but not to itself.
    for _ in 0..100 {
        let reference = schema["$ref"].as_str();
        let name = reference.and_then(|reference| reference.strip_prefix("#/$defs/"));
        match name {
            Some(name) => schema = &root["$defs"][name],
            None => break,
        }
    }
    let has_null = |key: &str| {
        let list = schema[key].as_array();
        list.is_some_and(|list| list.iter().any(|it| it.is_null() || it == "null"))
    };
    (schema, has_null("type") || has_null("enum"))
}

/// The strings of which the value is one.
fn words(schema: &Json) -> Option<Vec<&str>> {
    match (&schema["const"], &schema["enum"]) {
        (Json::String(word), _) => Some(vec![word]),
        (_, Json::Array(words)) => Some(words.iter().filter_map(Json::as_str).collect()),
        _ => None,
    }
}

/// The type of a value.
fn kind(schema: &Json) -> &str {
    if schema["oneOf"].is_array() {
        return "one of several objects";
    }
    let first = |list: &'_ Vec<Json>| list.iter().position(|kind| kind != "null");
    match &schema["type"] {
        Json::String(kind) => kind,
        Json::Array(kinds) => first(kinds)
            .and_then(|at| kinds[at].as_str())
            .unwrap_or("null"),
        _ => "value of any type",
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "one of several objects" => kind.to_owned(),
        "array" | "integer" | "object" => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// The alternatives of a schema, by the member that distinguishes them: `kind: file`.
fn tagged<'a>(root: &'a Json, schema: &'a Json) -> Vec<(String, &'a Json)> {
    let alternatives: Vec<&Json> = schema["oneOf"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| resolved(root, it).0)
        .collect();
    let constant = |schema: &'a Json, name: &str| schema["properties"][name]["const"].as_str();
    let first = alternatives
        .first()
        .and_then(|first| first["properties"].as_object());
    let names = first.into_iter().flat_map(|members| members.keys());
    let mut tags = names.filter(|name| alternatives.iter().all(|it| constant(it, name).is_some()));
    let tag = tags.next().map_or("", String::as_str);
    let with_tag = alternatives.into_iter().map(|it| {
        (
            format!("{tag}: {}", constant(it, tag).unwrap_or_default()),
            it,
        )
    });
    with_tag.collect()
}
