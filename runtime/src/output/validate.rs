//! JSON Schema, as much of it as specs have. The schema itself is right: the generator saw to it.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde_json::Value;

use super::Violation;
use super::tree::Tree;

type Result = std::result::Result<(), Violation>;

/// Says where a value is not what its schema says.
pub(super) fn validate(schema: &Value, value: &Tree) -> Result {
    Validator {
        root: schema,
        path: Vec::new(),
    }
    .check(schema, value)
}

struct Validator<'a> {
    /// The whole schema, with the definitions.
    root: &'a Value,
    /// The names from the whole value to the part that is looked at.
    path: Vec<String>,
}

impl<'a> Validator<'a> {
    fn check(&mut self, schema: &'a Value, value: &Tree) -> Result {
        if let Tree::Float(number) = value {
            if !number.is_finite() {
                return self.broken("type", "must be a number that JSON can write".into());
            }
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let root = self.root;
            match root.pointer(reference.trim_start_matches('#')) {
                Some(schema) => self.check(schema, value)?,
                None => return self.broken("$ref", "has a schema that is not there".into()),
            }
        }
        self.kind(schema, value)?;
        self.words(schema, value)?;
        match value {
            Tree::Text(text) => self.text(schema, text)?,
            Tree::Integer(_) | Tree::Float(_) => self.number(schema, value)?,
            Tree::List(items) => self.list(schema, items)?,
            Tree::Object(members) => self.object(schema, members)?,
            Tree::Null | Tree::Boolean(_) => {}
        }
        match &schema["oneOf"] {
            Value::Array(alternatives) => self.one_of(alternatives, value),
            _ => Ok(()),
        }
    }

    /// The error at this place.
    fn broken(&self, keyword: &'static str, rule: String) -> Result {
        let names = self.path.iter();
        let pointer: String = names
            .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
            .collect();
        Err(Violation::new(&pointer, keyword, rule))
    }

    fn below(&mut self, name: String, schema: &'a Value, value: &Tree) -> Result {
        self.path.push(name);
        self.check(schema, value)?;
        self.path.pop();
        Ok(())
    }

    fn kind(&self, schema: &Value, value: &Tree) -> Result {
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => return Ok(()),
        };
        if kinds.iter().any(|kind| is(value, kind)) {
            return Ok(());
        }
        let kinds: Vec<&str> = kinds.iter().map(|kind| in_words(kind)).collect();
        self.broken("type", format!("must be {}", kinds.join(" or ")))
    }

    fn words(&self, schema: &Value, value: &Tree) -> Result {
        if let Value::Array(words) = &schema["enum"] {
            if !words.iter().any(|word| is_word(value, word)) {
                let words: Vec<String> = words.iter().map(quoted).collect();
                return self.broken("enum", format!("must be one of {}", words.join(", ")));
            }
        }
        match &schema["const"] {
            Value::Null => Ok(()),
            word if is_word(value, word) => Ok(()),
            word => self.broken("const", format!("must be {}", quoted(word))),
        }
    }

    fn text(&self, schema: &Value, text: &str) -> Result {
        let length = text.chars().count();
        self.count(schema, ["minLength", "maxLength"], length, "characters")?;
        let Some(pattern) = schema["pattern"].as_str() else {
            return Ok(());
        };
        match Regex::new(pattern) {
            Ok(regex) if regex.is_match(text) => Ok(()),
            _ => self.broken("pattern", format!("must match `{pattern}`")),
        }
    }

    fn number(&self, schema: &Value, number: &Tree) -> Result {
        let beyond = |limit: &Value, wrong| compare(number, limit) == Some(wrong);
        let (min, max) = (&schema["minimum"], &schema["maximum"]);
        if beyond(min, Ordering::Less) {
            return self.broken("minimum", format!("must be at least {min}"));
        }
        if beyond(max, Ordering::Greater) {
            return self.broken("maximum", format!("must be at most {max}"));
        }
        Ok(())
    }

    fn list(&mut self, schema: &'a Value, items: &[Tree]) -> Result {
        self.count(schema, ["minItems", "maxItems"], items.len(), "entries")?;
        if let Some(schema) = schema.get("items") {
            for (i, item) in items.iter().enumerate() {
                self.below(i.to_string(), schema, item)?;
            }
        }
        Ok(())
    }

    fn object(&mut self, schema: &'a Value, members: &[(String, Tree)]) -> Result {
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            if !members.iter().any(|(known, _)| known == name) {
                return self.broken("required", format!("must have the member `{name}`"));
            }
        }
        for (name, value) in members {
            let others = schema.get("additionalProperties");
            match (schema["properties"].get(name), others) {
                (Some(schema), _) => self.below(name.clone(), schema, value)?,
                (None, Some(Value::Bool(false))) => {
                    let rule = "has a member that its schema does not have";
                    return self.broken("additionalProperties", rule.into());
                }
                (None, Some(schema)) => self.below("*".into(), schema, value)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// One alternative must hold, and no other. If none does, the error is that of the alternative
    /// that is meant: the one whose constant words are those of the value.
    fn one_of(&mut self, alternatives: &'a [Value], value: &Tree) -> Result {
        let mut right = 0;
        let mut nearest = None;
        let depth = self.path.len();
        for schema in alternatives {
            // Values may hold values of the same kind: looking into each by every alternative would
            // take twice as long with each step down.
            if is_another(schema, value) {
                continue;
            }
            let result = self.check(schema, value);
            self.path.truncate(depth);
            match result {
                Ok(()) => right += 1,
                Err(violation) if is_meant(schema, value) => nearest = Some(violation),
                Err(_) => {}
            }
        }
        match (right, nearest) {
            (1, _) => Ok(()),
            (0, Some(violation)) => Err(violation),
            _ => self.broken("oneOf", "must be one of the alternatives".into()),
        }
    }

    /// How many there may be of something.
    fn count(
        &self,
        schema: &Value,
        [min, max]: [&'static str; 2],
        count: usize,
        what: &str,
    ) -> Result {
        let count = count as u64;
        match (schema[min].as_u64(), schema[max].as_u64()) {
            (Some(limit), _) if count < limit => {
                self.broken(min, format!("must have at least {limit} {what}"))
            }
            (_, Some(limit)) if count > limit => {
                self.broken(max, format!("must have at most {limit} {what}"))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a value is of a type of JSON Schema, to which 1.0 is an integer.
fn is(value: &Tree, kind: &str) -> bool {
    match value {
        Tree::Null => kind == "null",
        Tree::Boolean(_) => kind == "boolean",
        Tree::Integer(_) => matches!(kind, "integer" | "number"),
        Tree::Float(number) => kind == "number" || kind == "integer" && number.fract() == 0.0,
        Tree::Text(_) => kind == "string",
        Tree::List(_) => kind == "array",
        Tree::Object(_) => kind == "object",
    }
}

fn in_words(kind: &str) -> &str {
    match kind {
        "array" => "a list",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "object" => "an object",
        "string" => "a text",
        other => other,
    }
}

fn is_word(value: &Tree, word: &Value) -> bool {
    match value {
        Tree::Text(text) => word.as_str() == Some(text),
        Tree::Null => word.is_null(),
        _ => false,
    }
}

fn quoted(word: &Value) -> String {
    format!("`{}`", word.as_str().unwrap_or("null"))
}

/// Whether a value has one of the constant words of an alternative.
fn is_meant(schema: &Value, value: &Tree) -> bool {
    constants(schema, value).any(|right| right)
}

/// Whether a value has another word where an alternative has a constant one, and so can't be it.
fn is_another(schema: &Value, value: &Tree) -> bool {
    constants(schema, value).any(|right| !right)
}

/// For each member that an alternative has a constant word for, whether it is that word.
fn constants<'a>(schema: &'a Value, value: &'a Tree) -> impl Iterator<Item = bool> + 'a {
    let members = match value {
        Tree::Object(members) => &members[..],
        _ => &[],
    };
    members.iter().filter_map(move |(name, value)| {
        let word = schema["properties"].get(name)?.get("const")?;
        Some(is_word(value, word))
    })
}

/// How a number stands to a limit. Whole numbers are compared as such: those of 64 bits are more than
/// numbers with a point can tell apart.
fn compare(number: &Tree, limit: &Value) -> Option<Ordering> {
    let whole = limit.as_i64().map(i128::from);
    match (number, whole.or(limit.as_u64().map(i128::from))) {
        (Tree::Integer(number), Some(limit)) => Some(number.cmp(&limit)),
        (Tree::Integer(number), None) => (*number as f64).partial_cmp(&limit.as_f64()?),
        (Tree::Float(number), _) => number.partial_cmp(&limit.as_f64()?),
        _ => None,
    }
}
