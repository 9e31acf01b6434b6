//! btp's configuration file: who is signed in, and the text without that.
//!
//! SAP does not document the file. The keys are those of public samples; which of them are user data
//! was decided here. btp is taken to read keys as Go programs do: in small or capital letters, and the
//! last of two that are the same.

use std::ops::Range;
use std::path::Path;

use super::json::{self, Value};
use crate::document::position;
use crate::error::Error;

/// The keys of user data that are texts.
const TEXTS: [&str; 5] = [
    "UserName",
    "SubDomain",
    "RefreshToken",
    "Directory",
    "Subaccount",
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
    /// Where user data stands that is not blank yet, and what is blank there.
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
                "RefreshToken" => self.has_token = text.is_some(),
                _ => {}
            }
        } else if is(&"Authentication") {
            expect(value, key, "an object", path)?;
            let blank = value.texts().into_iter().map(|span| (span, "\"\""));
            self.filled.extend(blank);
            self.mail = member(value, key, "Mail", path)?;
        } else if is(&"TargetHierarchy") {
            expect(value, key, "a list", path)?;
            let inside = value.text.strip_prefix('[');
            if inside.is_some_and(|inside| inside.trim_start() != "]") {
                self.filled.push((value.span(), "[]"));
            }
        } else if is(&"ServerURL") {
            self.server = string(value, key, path)?;
        } else if is(&"Version") {
            self.version = string(value, key, path)?;
        } else if is(&"Settings") {
            expect(value, key, "an object", path)?;
            let store = member(value, key, "login.securestore", path)?;
            self.secure_store = matches!(store.as_deref(), None | Some("default" | "true"));
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
