//! btp's configuration file: reads who is signed in, and removes that from the text.
//!
//! SAP doesn't document the file. The keys are from public samples, and authctl defines which of them
//! are user data. It assumes that btp reads keys as Go programs do: their case doesn't matter, and the
//! last of two equal keys is used.

use std::ops::Range;
use std::path::Path;

use jiff::Timestamp;

use super::json::{self, Value};
use crate::document::position;
use crate::error::Error;
use crate::session::expiry;

/// The keys of user data whose values are strings.
const STRINGS: [&str; 5] = [
    "UserName",
    "SubDomain",
    "RefreshToken",
    "Directory",
    "Subaccount",
];

/// The parts of names that show that a key may contain a secret, in lower case. `CustomIdp` is in public
/// code of SAP, which sent it to the server on logout.
const SECRET_NAMES: [&str; 10] = [
    "token",
    "secret",
    "pass",
    "credential",
    "session",
    "cookie",
    "idp",
    "jwt",
    "assertion",
    "apikey",
];

/// The content of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The address of the server.
    pub server: Option<String>,
    /// The user.
    pub user: Option<String>,
    /// The subdomain of the global account.
    pub subdomain: Option<String>,
    /// The release of btp that wrote the file.
    pub version: Option<String>,
    /// Whether the session is in the file, as in old releases of btp.
    pub has_token: bool,
    /// The mail address of the user, which is used if there is no user name.
    mail: Option<String>,
    /// Whether btp keeps the session in the keychain, on platforms that have one.
    pub secure_store: bool,
    /// When the session in the file ends, if its token has this information.
    pub until: Option<Timestamp>,
    /// The unknown keys that may contain secrets, judging by their names.
    pub secrets: Vec<String>,
    /// The positions of user data that is not empty, and the text to replace it with.
    filled: Vec<(Range<usize>, &'static str)>,
}

impl Config {
    /// Reads the file.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let mut config = Self {
            secure_store: true,
            ..Self::default()
        };
        if let Some(object) = json::parse(text, path)? {
            for (key, value) in object.members(path)? {
                config.add(&key, &value, path)?;
            }
        }
        config.user = config.user.or(config.mail.take());
        Ok(config)
    }

    /// Adds a member of the file.
    fn add(&mut self, key: &str, value: &Value<'_>, path: &Path) -> Result<(), Error> {
        let is = |name: &&str| key.eq_ignore_ascii_case(name);
        if let Some(name) = STRINGS.iter().copied().find(is) {
            let text = string(value, name, path)?;
            if text.is_some() {
                self.filled.push((value.span(), "\"\""));
            }
            match name {
                "UserName" => self.user = text,
                "SubDomain" => self.subdomain = text,
                "RefreshToken" => {
                    self.has_token = text.is_some();
                    self.until = text.as_deref().and_then(expiry);
                }
                _ => {}
            }
        } else if is(&"Authentication") {
            expect(value, key, "an object", path)?;
            let blank = value.strings().into_iter().map(|span| (span, "\"\""));
            self.filled.extend(blank);
            for name in ["User", "Issuer"] {
                member(value, key, name, path)?;
            }
            self.mail = member(value, key, "Mail", path)?;
        } else if is(&"TargetHierarchy") {
            expect(value, key, "a list", path)?;
            let inside = value.text.strip_prefix('[');
            if inside.is_some_and(|inside| inside.trim_start() != "]") {
                self.filled.push((value.span(), "[]"));
            }
        } else if is(&"ServerURL") {
            self.server = string(value, key, path)?.map(without_user);
        } else if is(&"Version") {
            self.version = string(value, key, path)?;
        } else if is(&"Settings") {
            expect(value, key, "an object", path)?;
            let store = member(value, key, "login.securestore", path)?;
            self.secure_store = matches!(store.as_deref(), None | Some("default" | "true"));
            self.add_secrets(key, value, path)?;
        } else if may_be_secret(key) {
            self.add_secret(key, value);
        } else {
            self.add_secrets(key, value, path)?;
        }
        Ok(())
    }

    /// Adds a value that may be a secret.
    fn add_secret(&mut self, key: &str, value: &Value<'_>) {
        if !is_empty(value) && !self.secrets.iter().any(|secret| secret == key) {
            self.secrets.push(key.to_owned());
        }
    }

    /// Adds the possible secrets in an object and in the objects in it.
    fn add_secrets(&mut self, key: &str, value: &Value<'_>, path: &Path) -> Result<(), Error> {
        for (name, member) in value.members(path)? {
            let key = format!("{key}.{name}");
            match may_be_secret(&name) {
                true => self.add_secret(&key, &member),
                false => self.add_secrets(&key, &member, path)?,
            }
        }
        Ok(())
    }

    /// Whether there is user data.
    pub fn has_user_data(&self) -> bool {
        !self.filled.is_empty()
    }

    /// Clears all user data in the text, and changes nothing else. `self` is the content of `text`.
    pub fn blank(&self, text: &str, path: &Path) -> Result<String, Error> {
        let mut blank = String::with_capacity(text.len());
        let mut at = 0;
        for (span, value) in &self.filled {
            blank.push_str(&text[at..span.start]);
            blank.push_str(value);
            at = span.end;
        }
        blank.push_str(&text[at..]);
        let left = Self::parse(&blank, path)?;
        match left.filled.first() {
            None => Ok(blank),
            Some((span, _)) => Err(Error::Edit {
                path: path.to_owned(),
                line: position(&blank, span.start).0,
                advice: "clear the value with an editor",
            }),
        }
    }
}

/// Removes a user and a password from an address, because they must not be shown.
fn without_user(address: String) -> String {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..]
        .find(['/', '?', '#'])
        .map_or(address.len(), |at| start + at);
    match address[start..end].rfind('@') {
        Some(at) => format!("{}…{}", &address[..start], &address[start + at..]),
        None => address,
    }
}

/// Whether the value of an unknown key may be a secret, judging by the name of the key.
fn may_be_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|part| key.contains(part))
}

/// Whether a value is empty.
fn is_empty(value: &Value<'_>) -> bool {
    let text: String = value.text.split_whitespace().collect();
    ["null", "false", "\"\"", "{}", "[]"].contains(&text.as_str())
}

/// Reads a string. Returns `None` if it is null or empty.
fn string(value: &Value<'_>, key: &str, path: &Path) -> Result<Option<String>, Error> {
    expect(value, key, "a string", path)?;
    Ok(value.string().filter(|text| !text.is_empty()))
}

/// Reads the string of the last member `name` in the object `key`.
fn member(value: &Value<'_>, key: &str, name: &str, path: &Path) -> Result<Option<String>, Error> {
    let members = value.members(path)?;
    let mut found = members.iter().rev();
    match found.find(|(other, _)| other.eq_ignore_ascii_case(name)) {
        Some((_, value)) => string(value, &format!("{key}.{name}"), path),
        None => Ok(None),
    }
}

/// Checks the type of a value. Null counts as missing.
fn expect(value: &Value<'_>, key: &str, expected: &'static str, path: &Path) -> Result<(), Error> {
    match value.kind() {
        "null" => Ok(()),
        kind if kind == expected => Ok(()),
        found => Err(Error::Type {
            origin: path.display().to_string(),
            key: key.to_owned(),
            expected,
            found,
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::Config;

    /// A value with all strings in it cleared.
    fn emptied(value: &Value) -> Value {
        match value {
            Value::String(_) => json!(""),
            Value::Array(values) => values.iter().map(emptied).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (key.clone(), emptied(value)))
                .collect(),
            other => other.clone(),
        }
    }

    /// The meaning of the file after a logout.
    fn expected(members: &Map<String, Value>) -> Value {
        let blank = |(key, value): (&String, &Value)| {
            let blank = match key.to_ascii_lowercase().as_str() {
                _ if value.is_null() => value.clone(),
                "username" | "subdomain" | "refreshtoken" | "directory" | "subaccount" => json!(""),
                "authentication" => emptied(value),
                "targethierarchy" => json!([]),
                _ => value.clone(),
            };
            (key.clone(), blank)
        };
        members.iter().map(blank).collect()
    }

    /// Any value of small depth.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,8}|[\"\\\\:,{}\\[\\]\u{0}-\u{20}]{0,8}|SECRET".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[\"\\\\:]{0,3}|Mail|UserName|\\PC{0,4}", inner, 0..4)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// A key and a value, mostly of the right type.
    fn member() -> impl Strategy<Value = (String, Value)> {
        let texts = "(?i:UserName|SubDomain|RefreshToken)|Directory|Subaccount|ServerURL|Version";
        let mail = prop::collection::btree_map("Mail|User|Extra", value(), 0..3);
        prop_oneof![
            4 => (texts, "SECRET\\PC{0,8}|").prop_map(|(key, text)| (key, json!(text))),
            2 => mail.prop_map(|members| ("Authentication".to_owned(), json!(members))),
            2 => prop::collection::vec(value(), 0..3)
                .prop_map(|list| ("TargetHierarchy".to_owned(), json!(list))),
            2 => ("[\"\\\\:]{0,3}|\\PC{0,6}", value()),
            1 => ("UserName|Authentication|TargetHierarchy|Settings|Version", value()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A logout clears user data and keeps everything else, or fails with an error that has no
        /// content of the file.
        #[test]
        fn all_else_is_kept(members in prop::collection::vec(member(), 0..8), pretty: bool) {
            let members: Map<String, Value> = members.into_iter().collect();
            let text = match pretty {
                true => serde_json::to_string_pretty(&members),
                false => serde_json::to_string(&members),
            };
            let text = text.expect("JSON");
            let path = Path::new("config.json");
            match Config::parse(&text, path) {
                Ok(config) => {
                    let blank = config.blank(&text, path).expect("a cleared text");
                    let meaning: Value = serde_json::from_str(&blank).expect("JSON");
                    prop_assert_eq!(meaning, expected(&members));
                    prop_assert!(!Config::parse(&blank, path).expect("a file").has_user_data());
                    prop_assert_eq!(config.has_user_data(), blank != text);
                }
                Err(error) => prop_assert!(!error.to_string().contains("SECRET"), "{error}"),
            }
        }

        /// Any content of a file is read or rejected.
        #[test]
        fn nothing_panics(text in "\\PC{0,40}|[{}\\[\\]\":,\\\\u0-9a-f\u{feff}\n ]{0,60}|\\{\"UserName\":\"[\\\\ud0-9\"]{0,12}\"\\}") {
            let path = Path::new("config.json");
            if let Ok(config) = Config::parse(&text, path) {
                config.blank(&text, path).expect("a cleared text");
            }
        }
    }

    #[test]
    fn a_setting_disables_the_keychain() {
        for (text, secure) in [
            ("{}", true),
            ("{\"Settings\":null}", true),
            ("{\"Settings\":{\"login.securestore\":\"default\"}}", true),
            ("{\"Settings\":{\"login.securestore\":\"true\"}}", true),
            ("{\"Settings\":{\"login.securestore\":\"false\"}}", false),
        ] {
            let config = Config::parse(text, Path::new("config.json")).expect("a file");
            assert_eq!(config.secure_store, secure, "{text}");
        }
    }
}
