//! btp's configuration file: who is signed in, and the text without that.
//!
//! SAP does not document the file. The keys are those of public samples; which of them are user data
//! was decided here. btp is taken to read keys as Go programs do: in small or capital letters, and the
//! last of two that are the same.

use std::ops::Range;
use std::path::Path;

use jiff::Timestamp;

use super::json::{self, Value};
use crate::document::position;
use crate::error::Error;
use crate::session::expiry;

/// The keys of user data that are texts.
const TEXTS: [&str; 5] = [
    "UserName",
    "SubDomain",
    "RefreshToken",
    "Directory",
    "Subaccount",
];

/// What is in the names of keys that may hold a secret, in small letters. `CustomIdp` is known from public
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

/// What the file says.
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
    /// Whether the session is in the file, where btp kept it in the past.
    pub has_token: bool,
    /// The user's address, which stands for the user where there is no name.
    mail: Option<String>,
    /// Whether btp keeps the session in the keychain, on systems where it knows one.
    pub secure_store: bool,
    /// When the session in the file ends, where its token tells it.
    pub until: Option<Timestamp>,
    /// The keys that authctl doesn't know, with names and values that may be secrets.
    pub secrets: Vec<String>,
    /// Where user data is that is not blank yet, and what is blank there.
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

    /// Takes in a member of the file.
    fn add(&mut self, key: &str, value: &Value<'_>, path: &Path) -> Result<(), Error> {
        let is = |name: &&str| key.eq_ignore_ascii_case(name);
        if let Some(name) = TEXTS.iter().copied().find(is) {
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
            let blank = value.texts().into_iter().map(|span| (span, "\"\""));
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

    /// Takes in a value that may be a secret.
    fn add_secret(&mut self, key: &str, value: &Value<'_>) {
        if !is_blank(value) && !self.secrets.iter().any(|secret| secret == key) {
            self.secrets.push(key.to_owned());
        }
    }

    /// Takes in what may be a secret in an object, however deep, and in objects of lists.
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

    /// The text with all user data blank and all else as it is. `self` is what `text` says.
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
                advice: "clear it by hand",
            }),
        }
    }
}

/// An address without a user and a password in it, which must not be shown.
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

/// Whether the name of a key that authctl doesn't know tells that its value may be a secret.
fn may_be_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|part| key.contains(part))
}

/// Whether a value says nothing.
fn is_blank(value: &Value<'_>) -> bool {
    let text: String = value.text.split_whitespace().collect();
    ["null", "false", "\"\"", "{}", "[]"].contains(&text.as_str())
}

/// A text, or nothing when it is null or empty.
fn string(value: &Value<'_>, key: &str, path: &Path) -> Result<Option<String>, Error> {
    expect(value, key, "a string", path)?;
    Ok(value.string().filter(|text| !text.is_empty()))
}

/// The text of the last member with the name `name` in the object `key`.
fn member(value: &Value<'_>, key: &str, name: &str, path: &Path) -> Result<Option<String>, Error> {
    let members = value.members(path)?;
    let mut found = members.iter().rev();
    match found.find(|(other, _)| other.eq_ignore_ascii_case(name)) {
        Some((_, value)) => string(value, &format!("{key}.{name}"), path),
        None => Ok(None),
    }
}

/// Holds a value against the type that belongs there. Null is as good as nothing.
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

    /// What a value means when all texts in it are gone.
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

    /// What the file means after a logout.
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

    /// Any value, not deep.
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

        /// A logout blanks user data and leaves the meaning of all else, or refuses without a word of
        /// what is in the file.
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
                    let blank = config.blank(&text, path).expect("a blank text");
                    let meaning: Value = serde_json::from_str(&blank).expect("JSON");
                    prop_assert_eq!(meaning, expected(&members));
                    prop_assert!(!Config::parse(&blank, path).expect("a file").has_user_data());
                    prop_assert_eq!(config.has_user_data(), blank != text);
                }
                Err(error) => prop_assert!(!error.to_string().contains("SECRET"), "{error}"),
            }
        }

        /// Whatever a file holds, it is read or refused.
        #[test]
        fn nothing_panics(text in "\\PC{0,40}|[{}\\[\\]\":,\\\\u0-9a-f\u{feff}\n ]{0,60}|\\{\"UserName\":\"[\\\\ud0-9\"]{0,12}\"\\}") {
            let path = Path::new("config.json");
            if let Ok(config) = Config::parse(&text, path) {
                config.blank(&text, path).expect("a blank text");
            }
        }
    }

    #[test]
    fn a_setting_says_where_the_session_is() {
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
