//! The content of Ably's configuration: the accounts, which of them is current, and the OAuth sessions.
//!
//! A wrong type in any key that is read is an error. Unknown keys are ignored.

use std::collections::BTreeMap;
use std::path::Path;

use clapspec_runtime::Secret;
use jiff::Timestamp;
use toml_edit::{Document, Item, TableLike, Value};

use crate::document::position;
use crate::error::Error;
use crate::session::expiry;

/// All accounts of a file.
#[derive(Debug, Default)]
pub struct Accounts {
    /// The alias of the account that is used by default. That account may not exist.
    pub current: Option<String>,
    /// The accounts, in the order of the file.
    pub list: Vec<Account>,
    /// The OAuth sessions by their keys.
    pub sessions: BTreeMap<String, Session>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name of the account on this machine.
    pub alias: String,
    /// The ID of the account at Ably.
    pub id: Option<String>,
    /// The name of the account at Ably.
    pub name: Option<String>,
    /// The mail address of the user.
    pub user: Option<String>,
    /// The host at which the account was signed in.
    pub host: Option<String>,
    /// The access token, if the account was signed in with one.
    pub token: Option<Secret>,
    /// The key of the session, if the account was signed in with OAuth.
    pub session: Option<String>,
    /// The apps for which the file has a key.
    pub apps: Vec<String>,
    /// Whether the file says that the account was signed in with OAuth.
    oauth: bool,
}

/// An OAuth session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The token that grants access.
    pub access: Option<Secret>,
    /// The token to get new access tokens with.
    pub refresh: Option<Secret>,
    /// When the access token ends.
    pub expires: Option<Timestamp>,
}

impl Account {
    /// Whether the account was signed in with OAuth.
    pub fn is_oauth(&self) -> bool {
        self.oauth || self.session.is_some()
    }
}

impl Session {
    /// Whether the session has a token.
    pub fn has_token(&self) -> bool {
        self.access.is_some() || self.refresh.is_some()
    }

    /// When the access token ends.
    pub fn until(&self) -> Option<Timestamp> {
        let in_token = || expiry(self.access.as_ref()?.expose());
        self.expires.or_else(in_token)
    }
}

impl Accounts {
    /// Reads the text of a file. Any problem in it is an error.
    pub fn read(text: &str, path: &Path) -> Result<Self, Error> {
        let (accounts, problems) = Self::read_each(text, path)?;
        problems.into_iter().next().map_or(Ok(accounts), Err)
    }

    /// Reads the text of a file. Accounts and sessions with problems are left out, and the problems
    /// returned.
    pub fn read_each(text: &str, path: &Path) -> Result<(Self, Vec<Error>), Error> {
        let origin = path.display().to_string();
        let document = parse(text, &origin)?;
        let root = Reader {
            table: document.as_table(),
            key: Vec::new(),
            origin: &origin,
        };
        let mut accounts = Self::default();
        let mut problems = Vec::new();
        match root.table("current").and_then(|table| {
            let Some(current) = table else {
                return Ok(None);
            };
            current.text("account")
        }) {
            Ok(current) => accounts.current = current,
            Err(error) => problems.push(error),
        }
        root.each("accounts", &mut problems, |alias, account| {
            accounts.list.push(Account::read(alias, account)?);
            Ok(())
        });
        root.each("oauthSessions", &mut problems, |key, session| {
            let session = Session::read(session)?;
            accounts.sessions.insert(key.to_owned(), session);
            Ok(())
        });
        Ok((accounts, problems))
    }

    /// The account with this alias.
    pub fn by_alias(&self, alias: &str) -> Option<&Account> {
        self.list.iter().find(|account| account.alias == alias)
    }

    /// The account with this alias, or if there is none, all accounts with this ID.
    pub fn by_name(&self, name: &str) -> Vec<&Account> {
        match self.by_alias(name) {
            Some(account) => vec![account],
            None => {
                let accounts = self.list.iter();
                accounts
                    .filter(|account| account.id.as_deref() == Some(name))
                    .collect()
            }
        }
    }

    /// The session of an account. The account may name a session that doesn't exist.
    pub fn session_of(&self, account: &Account) -> Option<&Session> {
        self.sessions.get(account.session.as_deref()?)
    }

    /// The aliases of the other accounts with the same session.
    pub fn sharing(&self, account: &Account) -> Vec<String> {
        let shares =
            |other: &&Account| other.alias != account.alias && other.session == account.session;
        match account.session {
            Some(_) => self.list.iter().filter(shares).map(alias).collect(),
            None => Vec::new(),
        }
    }

    /// The keys of the sessions that no account has.
    pub fn unused(&self) -> impl Iterator<Item = &String> {
        let is_used = |key: &&String| {
            let mut accounts = self.list.iter();
            accounts.any(|account| account.session.as_ref() == Some(*key))
        };
        self.sessions.keys().filter(move |key| !is_used(key))
    }

    /// All aliases.
    pub fn aliases(&self) -> Vec<String> {
        self.list.iter().map(alias).collect()
    }
}

/// The alias of an account.
fn alias(account: &Account) -> String {
    account.alias.clone()
}

impl Account {
    /// Reads the table of an account.
    fn read(alias: &str, table: &Reader<'_>) -> Result<Self, Error> {
        let method = table.text("authMethod")?;
        Ok(Self {
            alias: alias.to_owned(),
            id: table.text("accountId")?,
            name: table.text("accountName")?,
            user: table.text("userEmail")?,
            host: table.text("oauthHost")?,
            token: table.text("accessToken")?.map(Secret::new),
            session: table.text("oauthSessionKey")?,
            apps: table.apps(),
            oauth: method.as_deref() == Some("oauth"),
        })
    }
}

impl Session {
    /// Reads the table of a session.
    fn read(table: &Reader<'_>) -> Result<Self, Error> {
        Ok(Self {
            access: table.text("accessToken")?.map(Secret::new),
            refresh: table.text("refreshToken")?.map(Secret::new),
            expires: table.time("accessTokenExpiresAt")?,
        })
    }
}

/// Parses `text`. Errors name `origin`.
pub fn parse<'t>(text: &'t str, origin: &str) -> Result<Document<&'t str>, Error> {
    Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let (line, column) = position(text, at);
        Error::Syntax {
            format: "TOML",
            origin: origin.to_owned(),
            line,
            column,
            // Only the first line, and never the source line: it may hold a token.
            message: error.message().lines().next().unwrap_or("").to_owned(),
        }
    })
}

/// A table, with its position for messages.
struct Reader<'d> {
    /// The table.
    table: &'d dyn TableLike,
    /// The keys that lead to it.
    key: Vec<String>,
    /// The file.
    origin: &'d str,
}

impl Reader<'_> {
    /// The table at a key.
    fn table(&self, key: &str) -> Result<Option<Reader<'_>>, Error> {
        let Some(item) = self.table.get(key) else {
            return Ok(None);
        };
        let table = item
            .as_table_like()
            .ok_or_else(|| self.wrong(key, "a table", type_name(item)))?;
        let mut path = self.key.clone();
        path.push(key.to_owned());
        Ok(Some(Reader {
            table,
            key: path,
            origin: self.origin,
        }))
    }

    /// Reads each of the tables in the table at a key, and collects the errors.
    fn each(
        &self,
        key: &str,
        problems: &mut Vec<Error>,
        mut read: impl FnMut(&str, &Reader<'_>) -> Result<(), Error>,
    ) {
        let tables = match self.table(key) {
            Ok(Some(tables)) => tables,
            Ok(None) => return,
            Err(error) => return problems.push(error),
        };
        for (name, _) in tables.table.iter() {
            let done = match tables.table(name) {
                Ok(Some(table)) => read(name, &table),
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            problems.extend(done.err());
        }
    }

    /// The names of the apps of an account that have a key. Values of an unexpected type are ignored.
    fn apps(&self) -> Vec<String> {
        let Ok(Some(apps)) = self.table("apps") else {
            return Vec::new();
        };
        let mut names = Vec::new();
        for (id, item) in apps.table.iter() {
            let text = |key: &str| {
                let text = item.as_table_like()?.get(key)?.as_str()?;
                (!text.is_empty()).then(|| text.to_owned())
            };
            if text("apiKey").is_some() {
                names.push(text("appName").unwrap_or_else(|| id.to_owned()));
            }
        }
        names
    }

    /// The string at a key. An empty string counts as missing.
    fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let Some(item) = self.table.get(key) else {
            return Ok(None);
        };
        match item.as_str() {
            Some(text) => Ok(Some(text.to_owned()).filter(|text| !text.is_empty())),
            None => Err(self.wrong(key, "a string", type_name(item))),
        }
    }

    /// The time at a key, which is in milliseconds since 1970.
    fn time(&self, key: &str) -> Result<Option<Timestamp>, Error> {
        let Some(item) = self.table.get(key) else {
            return Ok(None);
        };
        let number = item
            .as_integer()
            .ok_or_else(|| self.wrong(key, "an integer", type_name(item)))?;
        Timestamp::from_millisecond(number)
            .map(Some)
            .map_err(|_| self.wrong(key, "a time in milliseconds", "too large or too small"))
    }

    /// The error for a value of the wrong type at a key.
    fn wrong(&self, key: &str, expected: &'static str, found: &'static str) -> Error {
        let path = self.key.iter().map(String::as_str).chain([key]);
        Error::Type {
            origin: self.origin.to_owned(),
            key: path.map(quoted).collect::<Vec<_>>().join("."),
            expected,
            found,
        }
    }
}

/// A key in TOML syntax, quoted if necessary.
fn quoted(key: &str) -> String {
    toml_edit::Key::new(key).display_repr().into_owned()
}

/// The name of the type of a value, for messages.
fn type_name(item: &Item) -> &'static str {
    match item {
        Item::None => "nothing",
        Item::Table(_) | Item::Value(Value::InlineTable(_)) => "a table",
        Item::ArrayOfTables(_) | Item::Value(Value::Array(_)) => "a list",
        Item::Value(Value::String(_)) => "a string",
        Item::Value(Value::Integer(_)) => "an integer",
        Item::Value(Value::Float(_)) => "a float",
        Item::Value(Value::Boolean(_)) => "a boolean",
        Item::Value(Value::Datetime(_)) => "a date",
    }
}
