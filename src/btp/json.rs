//! JSON objects with the position of each value, so that a value can be changed and the rest stays the
//! same byte for byte.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::document::position;
use crate::error::Error;

/// A value as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'t> {
    /// The text of the value.
    pub text: &'t str,
    /// Where it begins.
    start: usize,
}

impl<'t> Value<'t> {
    /// The name of its type, for messages.
    pub fn kind(&self) -> &'static str {
        match self.text.as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// Its position in the text.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Its content, if it is a string. A string with half a surrogate pair is not valid, so it is
    /// replaced, as Go's parser does.
    pub fn string(&self) -> Option<String> {
        let string = || serde_json::from_str(self.text).unwrap_or_else(|_| "\u{fffd}".to_owned());
        (self.kind() == "a string").then(string)
    }

    /// Its members in order, if it is an object. A duplicate key is returned twice.
    pub fn members(&self, path: &Path) -> Result<Vec<(String, Value<'t>)>, Error> {
        if self.kind() != "an object" {
            return Ok(Vec::new());
        }
        let Members(members) =
            serde_json::from_str(self.text).map_err(|error| syntax(self.text, path, &error))?;
        let value = |raw: &'t RawValue| Value {
            text: raw.get(),
            // Both are parts of the same text.
            start: self.start + (raw.get().as_ptr() as usize - self.text.as_ptr() as usize),
        };
        Ok(members
            .into_iter()
            .map(|(key, raw)| (key, value(raw)))
            .collect())
    }

    /// The positions of all strings in it, at any depth, except for keys and empty strings.
    pub fn strings(&self) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut strings = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] != b'"' {
                at += 1;
                continue;
            }
            let start = at;
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
            let after = bytes.get(at..).unwrap_or_default().trim_ascii_start();
            if at - start > 2 && after.first() != Some(&b':') {
                strings.push(self.start + start..self.start + at);
            }
        }
        strings
    }
}

/// Parses the object in a file. Returns `None` if the file is empty. A byte order mark is skipped.
pub fn parse<'t>(text: &'t str, path: &Path) -> Result<Option<Value<'t>>, Error> {
    let rest = text.trim_start_matches('\u{feff}');
    if rest.trim().is_empty() {
        return Ok(None);
    }
    let whole: &RawValue =
        serde_json::from_str(rest).map_err(|error| syntax(rest, path, &error))?;
    let value = Value {
        text: whole.get(),
        start: text.len() - rest.trim_start().len(),
    };
    match value.kind() {
        "an object" => Ok(Some(value)),
        found => Err(Error::NotAnObject {
            path: path.to_owned(),
            found,
        }),
    }
}

/// The error for an invalid text. It has no part of that text.
fn syntax(text: &str, path: &Path, error: &serde_json::Error) -> Error {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (line, column) = position(text, at);
    let message = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    Error::Syntax {
        format: "JSON",
        origin: path.display().to_string(),
        line,
        column,
        message: match error.classify() {
            // Other messages may quote the text.
            serde_json::error::Category::Syntax | serde_json::error::Category::Eof => {
                message.trim_end_matches(&suffix).to_owned()
            }
            _ => "unexpected content".to_owned(),
        },
    }
}

/// The members of an object. The map type of serde_json would keep only the last of several members with
/// the same key.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::parse;

    #[test]
    fn each_value_has_its_position() {
        let text = "\u{feff} {\"a\" : \"x\\\"y\",\n\t\"a\":{ \"b\": [1, \"c\", {\"d\" : \"\"}]}, \"n\\u0061me\": null }\n";
        let path = Path::new("file");
        let object = parse(text, path).expect("JSON").expect("an object");
        let members = object.members(path).expect("members");
        let shown: Vec<(&str, &str, &str)> = members
            .iter()
            .map(|(key, value)| (key.as_str(), &text[value.span()], value.kind()))
            .collect();
        assert_eq!(
            shown,
            [
                ("a", "\"x\\\"y\"", "a string"),
                ("a", "{ \"b\": [1, \"c\", {\"d\" : \"\"}]}", "an object"),
                ("name", "null", "null"),
            ]
        );
        let strings: Vec<&str> = object
            .strings()
            .into_iter()
            .map(|span| &text[span])
            .collect();
        assert_eq!(strings, ["\"x\\\"y\"", "\"c\""]);
        assert_eq!(members[0].1.string().as_deref(), Some("x\"y"));
    }

    #[test]
    fn errors_have_the_position_but_no_content() {
        for (text, message) in [
            (
                "{\"a\":\"SECRET\"",
                "f:1:13: not valid JSON: EOF while parsing an object",
            ),
            (
                "{\n  \"ä\": SECRET}",
                "f:2:8: not valid JSON: expected value",
            ),
            (
                "{\"\\ud800\": 1}",
                "f:1:9: not valid JSON: unexpected end of hex escape",
            ),
            (
                "\"SECRET\"",
                "`f` must contain a JSON object, but contains a string",
            ),
            ("{} SECRET", "f:1:4: not valid JSON: trailing characters"),
        ] {
            let path = Path::new("f");
            let error = parse(text, path)
                .and_then(|object| object.expect("a string that is not empty").members(path))
                .expect_err(text);
            // The second line is the advice.
            assert_eq!(error.to_string().lines().next(), Some(message));
        }
    }

    #[test]
    fn any_depth_is_accepted() {
        let text = format!(
            "{{\"a\":{}\"x\"{}}}",
            "[".repeat(1_000_000),
            "]".repeat(1_000_000)
        );
        let object = parse(&text, Path::new("f"))
            .expect("JSON")
            .expect("an object");
        assert_eq!(object.strings().len(), 1);
        assert_eq!(object.members(Path::new("f")).expect("members").len(), 1);
    }
}
