//! Validation with JSON Schema, as far as specs support it. The generator has already checked the
//! schema.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde_json::Value;

use super::Violation;
use super::tree::Tree;

type Result = std::result::Result<(), Violation>;

/// Validates a value against a schema, and returns the first violation.
pub(super) fn validate(schema: &Value, value: &Tree) -> Result {
    Validator {
        root: schema,
        path: Vec::new(),
    }
    .check(schema, value)
}

struct Validator<'a> {
    /// The whole schema, with its definitions.
    root: &'a Value,
    /// The names from the whole value to the part that is being validated.
    path: Vec<String>,
}

impl<'a> Validator<'a> {
    fn check(&mut self, schema: &'a Value, value: &Tree) -> Result {
        if let Tree::Float(number) = value {
            if !number.is_finite() {
                return self.violation("type", "must be a finite number".into());
            }
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let root = self.root;
            match root.pointer(reference.trim_start_matches('#')) {
                Some(schema) => self.check(schema, value)?,
                None => return self.violation("$ref", "has an undefined schema".into()),
            }
        }
        self.kind(schema, value)?;
        self.literals(schema, value)?;
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

    /// Returns a violation at the current position.
    fn violation(&self, keyword: &'static str, rule: String) -> Result {
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
        let kinds: Vec<&str> = kinds.iter().map(|kind| type_name(kind)).collect();
        self.violation("type", format!("must be {}", kinds.join(" or ")))
    }

    fn literals(&self, schema: &Value, value: &Tree) -> Result {
        if let Value::Array(literals) = &schema["enum"] {
            if !literals.iter().any(|literal| equals(value, literal)) {
                let literals: Vec<String> = literals.iter().map(quoted).collect();
                return self.violation("enum", format!("must be one of {}", literals.join(", ")));
            }
        }
        match &schema["const"] {
            Value::Null => Ok(()),
            literal if equals(value, literal) => Ok(()),
            literal => self.violation("const", format!("must be {}", quoted(literal))),
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
            _ => self.violation("pattern", format!("must match `{pattern}`")),
        }
    }

    fn number(&self, schema: &Value, number: &Tree) -> Result {
        let beyond = |limit: &Value, wrong| compare(number, limit) == Some(wrong);
        let (min, max) = (&schema["minimum"], &schema["maximum"]);
        if beyond(min, Ordering::Less) {
            return self.violation("minimum", format!("must be at least {min}"));
        }
        if beyond(max, Ordering::Greater) {
            return self.violation("maximum", format!("must be at most {max}"));
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
                return self.violation("required", format!("must have the member `{name}`"));
            }
        }
        for (name, value) in members {
            let others = schema.get("additionalProperties");
            match (schema["properties"].get(name), others) {
                (Some(schema), _) => self.below(name.clone(), schema, value)?,
                (None, Some(Value::Bool(false))) => {
                    let rule = "has a member that its schema does not define";
                    return self.violation("additionalProperties", rule.into());
                }
                (None, Some(schema)) => self.below("*".into(), schema, value)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// Checks that exactly one alternative matches. If none does, the violation is that of the
    /// alternative with the same constants as the value, if there is one.
    fn one_of(&mut self, alternatives: &'a [Value], value: &Tree) -> Result {
        let mut matching = 0;
        let mut nearest = None;
        let depth = self.path.len();
        for schema in alternatives {
            // Values can be nested. If every alternative were tried at each level, the time would grow
            // exponentially with the depth.
            if contradicts_constant(schema, value) {
                continue;
            }
            let result = self.check(schema, value);
            self.path.truncate(depth);
            match result {
                Ok(()) => matching += 1,
                Err(violation) if has_constant(schema, value) => nearest = Some(violation),
                Err(_) => {}
            }
        }
        match (matching, nearest) {
            (1, _) => Ok(()),
            (0, Some(violation)) => Err(violation),
            _ => self.violation("oneOf", "must match exactly one of the alternatives".into()),
        }
    }

    /// Checks the number of characters or entries.
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
                self.violation(min, format!("must have at least {limit} {what}"))
            }
            (_, Some(limit)) if count > limit => {
                self.violation(max, format!("must have at most {limit} {what}"))
            }
            _ => Ok(()),
        }
    }
}

/// Returns whether a value is of a JSON Schema type. In JSON Schema, 1.0 is an integer.
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

fn type_name(kind: &str) -> &str {
    match kind {
        "array" => "a list",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "object" => "an object",
        "string" => "a string",
        other => other,
    }
}

fn equals(value: &Tree, literal: &Value) -> bool {
    match value {
        Tree::Text(text) => literal.as_str() == Some(text),
        Tree::Null => literal.is_null(),
        _ => false,
    }
}

fn quoted(literal: &Value) -> String {
    format!("`{}`", literal.as_str().unwrap_or("null"))
}

/// Returns whether a value has one of the constants of an alternative.
fn has_constant(schema: &Value, value: &Tree) -> bool {
    constants(schema, value).any(|equal| equal)
}

/// Returns whether a value differs from a constant of an alternative, and so can't match it.
fn contradicts_constant(schema: &Value, value: &Tree) -> bool {
    constants(schema, value).any(|equal| !equal)
}

/// Returns, for each member for which an alternative has a constant, whether it is equal to the
/// constant.
fn constants<'a>(schema: &'a Value, value: &'a Tree) -> impl Iterator<Item = bool> + 'a {
    let members = match value {
        Tree::Object(members) => &members[..],
        _ => &[],
    };
    members.iter().filter_map(move |(name, value)| {
        let literal = schema["properties"].get(name)?.get("const")?;
        Some(equals(value, literal))
    })
}

/// Compares a number with a limit. Integers are compared as integers, because floating-point numbers
/// can't represent all 64-bit integers.
fn compare(number: &Tree, limit: &Value) -> Option<Ordering> {
    let whole = limit.as_i64().map(i128::from);
    match (number, whole.or(limit.as_u64().map(i128::from))) {
        (Tree::Integer(number), Some(limit)) => Some(number.cmp(&limit)),
        (Tree::Integer(number), None) => (*number as f64).partial_cmp(&limit.as_f64()?),
        (Tree::Float(number), _) => number.partial_cmp(&limit.as_f64()?),
        _ => None,
    }
}
