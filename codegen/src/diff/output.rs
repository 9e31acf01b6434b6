//! Compares the results of two commands: whether each new result is valid by the earlier schema.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::{Found, Rule, code, numbers};
use crate::description::Command;

/// Compares the results of two commands.
pub(super) fn results(place: &str, old: &Command, new: &Command, found: &mut Found) {
    match (&old.output, &new.output) {
        (None, None) => {}
        (Some(_), None) => {
            found.add(
                Rule::OutputRemoved,
                place,
                "the result is no longer described",
            );
        }
        (None, Some(_)) => found.add(Rule::OutputAdded, place, "the result is described"),
        (Some(old), Some(new)) => {
            let mut walk = Walk {
                place,
                old,
                new,
                seen: HashSet::new(),
                open: vec![(old, new, "the result".to_owned())],
                has_other_texts: false,
                found,
            };
            // A list instead of recursion, since definitions may lead far.
            while let Some((old, new, at)) = walk.open.pop() {
                walk.compare(old, new, &at);
            }
            let differs = [("description", walk.has_other_texts)];
            found.texts(place, "the result", &differs);
        }
    }
}

/// The keywords that only describe a value.
const TEXTS: [&str; 4] = ["title", "description", "$defs", "examples"];
/// The other keywords that are compared.
const RULES: [&str; 17] = [
    "$ref",
    "type",
    "const",
    "enum",
    "oneOf",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "format",
    "items",
    "required",
    "properties",
    "additionalProperties",
];
/// How long the description of a nested value may be.
const MAX_PLACE: usize = 120;

struct Walk<'a> {
    place: &'a str,
    /// The two whole schemas, with their definitions.
    old: &'a Json,
    new: &'a Json,
    /// The pairs of schemas that were compared, by their addresses. Definitions may refer to themselves.
    seen: HashSet<(usize, usize)>,
    /// The schemas that are compared next, and what they describe.
    open: Vec<(&'a Json, &'a Json, String)>,
    has_other_texts: bool,
    found: &'a mut Found,
}

impl<'a> Walk<'a> {
    fn wider(&mut self, at: &str, what: &str) {
        let message = format!("{at} {what}");
        self.found.add(Rule::OutputWider, self.place, message);
    }

    fn narrower(&mut self, at: &str, what: &str) {
        let message = format!("{at} {what}");
        self.found.add(Rule::OutputNarrower, self.place, message);
    }

    fn next(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        let at = match at.len() > MAX_PLACE {
            true => "a nested value".to_owned(),
            false => at.to_owned(),
        };
        self.open.push((old, new, at));
    }

    /// Compares two schemas. `at` is what they describe.
    fn compare(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        let (old, old_null) = resolved(self.old, old);
        let (new, new_null) = resolved(self.new, new);
        let address = |schema: &Json| std::ptr::from_ref(schema) as usize;
        if !self.seen.insert((address(old), address(new))) {
            return;
        }
        self.has_other_texts |= TEXTS[..2].iter().any(|key| old[*key] != new[*key]);
        match (old_null, new_null) {
            (false, true) => self.wider(at, "may be null"),
            (true, false) => self.narrower(at, "is never null"),
            _ => {}
        }
        self.others(old, new, at);
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
            (ONE_OF, ONE_OF | "object") => self.alternatives(old, new, at),
            (before, after) if before != after => {
                let message = format!(
                    "is {} instead of {}",
                    with_article(after),
                    with_article(before)
                );
                self.wider(at, &message);
            }
            ("object", _) => self.object(old, new, at),
            ("array", _) => {
                self.limits(old, new, at);
                self.next(&old["items"], &new["items"], &format!("an item of {at}"));
            }
            ("string", _) => {
                self.limits(old, new, at);
                self.strings(old, new, at);
            }
            _ => self.limits(old, new, at),
        }
    }

    /// Compares keywords that clapspec doesn't use, and schemas that are no objects.
    fn others(&mut self, old: &Json, new: &Json, at: &str) {
        let keys = |schema: &'_ Json| -> Vec<String> {
            let keys = schema.as_object().into_iter().flat_map(|keys| keys.keys());
            keys.filter(|key| !TEXTS.contains(&key.as_str()) && !RULES.contains(&key.as_str()))
                .cloned()
                .collect()
        };
        let mut names = keys(old);
        names.extend(keys(new));
        names.sort();
        names.dedup();
        for key in names
            .iter()
            .filter(|key| old[key.as_str()] != new[key.as_str()])
        {
            self.wider(at, &format!("has another {}", code(key)));
        }
        let has_other_enum = |key: &str| {
            let is_plain = |schema: &Json| schema[key].is_null() || words(schema).is_some();
            old[key] != new[key] && !(is_plain(old) && is_plain(new))
        };
        let is_other_type =
            old["type"] != new["type"] && [old, new].iter().any(|it| several_types(it));
        let is_boolean = old.is_boolean() || new.is_boolean();
        if has_other_enum("enum")
            || has_other_enum("const")
            || is_other_type
            || is_boolean && old != new
        {
            self.wider(at, "may have other values");
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
            let number = |schema: &Json| match &schema[key] {
                Json::Number(number) => Some(number.clone()),
                _ => None,
            };
            let is_wider = match (number(old), number(new)) {
                (None, None) => continue,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (Some(before), Some(after)) => match numbers::compare(&after, &before) {
                    std::cmp::Ordering::Equal => continue,
                    order => order.is_gt() == is_max,
                },
            };
            let what = match (number(old), number(new)) {
                (_, None) => format!("has no `{key}`"),
                (None, Some(after)) => format!("has the `{key}` {after}"),
                (Some(before), Some(after)) => {
                    format!("has the `{key}` {after} instead of {before}")
                }
            };
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
        let members = |schema: &'a Json| schema["properties"].as_object().into_iter().flatten();
        let is_closed = |schema: &Json| schema["additionalProperties"] == Json::Bool(false);
        match (&old["additionalProperties"], &new["additionalProperties"]) {
            (before @ Json::Object(_), after @ Json::Object(_)) => {
                return self.next(before, after, &format!("each member of {at}"));
            }
            (before @ Json::Object(_), _) if is_closed(new) => {
                for (name, after) in members(new) {
                    self.next(before, after, &member(name, at));
                }
                return self.narrower(at, "has members with fixed names");
            }
            (Json::Object(_), _) | (_, Json::Object(_)) => {
                return self.wider(at, "has members with other names");
            }
            _ => {}
        }
        match (is_closed(old), is_closed(new)) {
            (true, false) => self.wider(at, "may have further members"),
            (false, true) => self.narrower(at, "has no further members"),
            _ => {}
        }
        let is_required = |schema: &Json, name: &str| {
            let required = schema["required"].as_array();
            required.is_some_and(|names| names.iter().any(|known| known == name))
        };
        for (name, before) in members(old) {
            let member = member(name, at);
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
            self.next(before, after, &member);
        }
        for (name, _) in members(new) {
            if old["properties"][name].is_null() {
                let what = format!("has the additional member {}", code(name));
                match is_closed(old) {
                    true => self.wider(at, &format!("{what}, which its schema excluded")),
                    false => self.narrower(at, &what),
                }
            }
        }
    }

    /// Compares several kinds of objects by the member that distinguishes them.
    fn alternatives(&mut self, old: &'a Json, new: &'a Json, at: &str) {
        let before = tagged(self.old, old, None);
        let tag = before.first().map(|(tag, _, _)| *tag);
        let after = tagged(self.new, new, tag);
        for (tag, word, schema) in &after {
            let name = code(&format!("{tag}: {word}"));
            match before.iter().find(|(_, known, _)| known == word) {
                None => self.wider(
                    at,
                    &format!("may be the object with {name}, which readers don't know"),
                ),
                Some((_, _, earlier)) => {
                    self.next(earlier, schema, &format!("the object with {name}"))
                }
            }
        }
        for (tag, word, _) in &before {
            if !after.iter().any(|(_, known, _)| known == word) {
                let name = code(&format!("{tag}: {word}"));
                self.narrower(at, &format!("is never the object with {name}"));
            }
        }
    }
}

/// A member of an object, in words.
fn member(name: &str, at: &str) -> String {
    match at {
        "the result" => code(name),
        at => format!("{} of {at}", code(name)),
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

/// The strings of which the value is one. `None` if other values are possible.
fn words(schema: &Json) -> Option<Vec<&str>> {
    match (&schema["const"], &schema["enum"]) {
        (Json::String(word), _) => Some(vec![word]),
        (_, Json::Array(words)) => {
            let words = words.iter().filter(|word| !word.is_null());
            words.map(Json::as_str).collect()
        }
        _ => None,
    }
}

const ONE_OF: &str = "one of several objects";

/// The type of a value.
fn kind(schema: &Json) -> &str {
    if schema["oneOf"].is_array() {
        return ONE_OF;
    }
    if words(schema).is_some() {
        return "string";
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

/// Whether a value may have several types, besides null.
fn several_types(schema: &Json) -> bool {
    let kinds = schema["type"].as_array();
    kinds.is_some_and(|kinds| kinds.iter().filter(|kind| *kind != "null").count() > 1)
}

fn with_article(kind: &str) -> String {
    match kind {
        ONE_OF | "null" => kind.to_owned(),
        "array" | "integer" | "object" => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// The alternatives of a schema, each with the member that distinguishes them and its value. That is the member that
/// distinguished the earlier alternatives, if it still does.
fn tagged<'a>(
    root: &'a Json,
    schema: &'a Json,
    tag: Option<&'a str>,
) -> Vec<(&'a str, &'a str, &'a Json)> {
    let list = schema["oneOf"].as_array().into_iter().flatten();
    let mut alternatives: Vec<&Json> = list.map(|it| resolved(root, it).0).collect();
    if alternatives.is_empty() {
        alternatives.push(schema);
    }
    let constant = |schema: &'a Json, name: &str| schema["properties"][name]["const"].as_str();
    let members = alternatives[0]["properties"].as_object();
    let names = members
        .into_iter()
        .flat_map(|members| members.keys())
        .map(String::as_str);
    let mut tags = tag.into_iter().chain(names);
    let tag = tags.find(|name| alternatives.iter().all(|it| constant(it, name).is_some()));
    let tag = tag.unwrap_or_default();
    let tagged = alternatives
        .into_iter()
        .map(|it| (tag, constant(it, tag).unwrap_or_default(), it));
    tagged.collect()
}
