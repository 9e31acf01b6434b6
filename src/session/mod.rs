//! The sessions of the tools on this machine: the one model that `status`, `list` and every `logout`
//! use.
//!
//! Each system looks at all locations in which its tool finds credentials, and returns a [`Found`]. Some
//! commands show it. Others choose sessions from it, remove them from files, and look again to report
//! what is left. Since all commands use the same model, their results always agree.

pub mod entry;
mod location;
pub mod show;
mod signed_out;
mod token;

pub use location::{Location, modified};
pub use signed_out::{SignedOut, Token, Unrevoked};
pub use token::expiry;

use std::path::PathBuf;

use jiff::Timestamp;

use crate::error::{Error, plain};
use crate::report::Report;
use crate::{ably, btp, cargo};

/// A tool that has sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Rust's package manager.
    Cargo,
    /// The Ably CLI.
    Ably,
    /// The command-line tool of SAP BTP.
    Btp,
}

impl System {
    /// All systems, in the order in which they are shown and signed out of.
    pub const ALL: [Self; 3] = [Self::Cargo, Self::Ably, Self::Btp];

    /// The name of the system.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        }
    }

    /// Looks at all locations of the system.
    pub fn look(self, report: &Report) -> Found {
        match self {
            Self::Cargo => cargo::look(report),
            Self::Ably => ably::look(report),
            Self::Btp => btp::look(report),
        }
    }
}

/// Whether the tool uses a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The tool uses it.
    SignedIn,
    /// A program that the tool asks may have a credential. Only running that program would show it.
    Possible,
    /// The tool doesn't use this token.
    Ignored,
    /// There are user data, tokens or keys, but no session.
    LeftOver,
}

impl State {
    /// The name that is shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left over",
        }
    }
}

/// How a logout removes a session. This can't be derived from names, because users choose them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is a part of a file or another location, which also has other content.
    Entry,
    /// It is a file of the tool, which is removed.
    WholeFile,
    /// It is a file that a killed run of authctl left next to this one, which it was changing.
    Unfinished(PathBuf),
}

/// A credential, or something that belongs to one, in one location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What identifies it in its location, such as a registry, the path of a key, or a file. Two
    /// sessions in the same location have different keys.
    pub key: String,
    /// The name that the tool has for it: a registry, an alias or a user. If it has no such name, a
    /// description in parentheses.
    pub account: String,
    /// How a logout removes it.
    pub kind: Kind,
    /// Where it is.
    pub location: Location,
    /// Whether the tool uses it.
    pub state: State,
    /// Why it has that state, unless that is obvious.
    pub reason: Option<String>,
    /// How the user can remove it; `None` if `authctl logout` removes it.
    pub remedy: Option<String>,
    /// Whether the tool uses it by default.
    pub current: bool,
    /// Whether other users can read it.
    pub readable_by_others: bool,
    /// When its file was last written, if the file has nothing else.
    pub since: Option<Timestamp>,
    /// When it ends, if the file or the token has this information.
    pub until: Option<Timestamp>,
    /// Whether the tool renews it when it ends.
    pub renews: Option<bool>,
}

impl Session {
    /// Returns a credential that the tool uses, and that `authctl logout` removes.
    pub fn new(key: impl Into<String>, account: impl Into<String>, location: Location) -> Self {
        Self {
            readable_by_others: location.is_readable_by_others(),
            key: key.into(),
            account: account.into(),
            kind: Kind::Entry,
            location,
            state: State::SignedIn,
            reason: None,
            remedy: None,
            current: false,
            since: None,
            until: None,
            renews: None,
        }
    }

    /// Returns a session for the file `left`, which a killed run left while it was changing `file`.
    pub fn unfinished(file: PathBuf, left: PathBuf) -> Self {
        let session = Self {
            kind: Kind::Unfinished(file),
            ..Self::new("", "(unfinished change)", Location::File(left))
        };
        session.with_state(
            State::LeftOver,
            "left by a killed run of authctl; it may contain tokens",
        )
    }

    /// Sets the state, and the reason for it.
    pub fn with_state(mut self, state: State, reason: impl Into<String>) -> Self {
        self.state = state;
        self.reason = Some(reason.into());
        self
    }

    /// Sets how the user can remove it, which means that `authctl logout` doesn't.
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Sets when it ends, and whether it is renewed. A session that has expired and is not renewed
    /// becomes [`State::LeftOver`].
    pub fn ending(mut self, until: Option<Timestamp>, renews: Option<bool>) -> Self {
        self.until = until;
        self.renews = renews;
        let is_over = until.is_some_and(|until| until <= Timestamp::now());
        match is_over && renews != Some(true) && self.state == State::SignedIn {
            true => self.with_state(State::LeftOver, "it has expired"),
            false => self,
        }
    }

    /// Whether `authctl logout` removes it.
    pub fn is_removable(&self) -> bool {
        self.remedy.is_none()
    }

    /// Whether both are the same credential, possibly with different content.
    pub fn is_same(&self, other: &Self) -> bool {
        self.key == other.key && self.kind == other.kind && self.location == other.location
    }

    /// The message of a logout that leaves it.
    pub fn left(&self) -> String {
        let account = plain(&self.account);
        let location = self.location.full();
        let text = match self.state {
            State::SignedIn => format!("still signed in: `{account}`, through {location}"),
            State::Possible => format!("may still be signed in: `{account}`, through {location}"),
            State::Ignored => format!("an unused token of `{account}` is left in {location}"),
            State::LeftOver => format!("`{account}` is left in {location}"),
        };
        let parts = [Some(text), self.reason.clone(), self.remedy.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// Changes a session in a location that the tool doesn't use because of these variables, which are set
/// and name another location. The first of them takes precedence.
pub fn elsewhere(session: Session, variables: &[&str], system: &str) -> Session {
    let why = format!("{} names another location", variables[0]);
    let (state, reason) = match (session.state, &session.reason) {
        (State::SignedIn, _) => (State::Ignored, why),
        (state, Some(reason)) => (state, format!("{reason}; {why}")),
        (state, None) => (state, why),
    };
    let unset: String = variables.iter().map(|name| format!("-u {name} ")).collect();
    let logout = format!("run `env {unset}authctl logout {system}`");
    Session {
        current: false,
        remedy: session.remedy.clone().or(Some(logout)),
        ..session.with_state(state, reason)
    }
}

/// The sessions of a system.
#[derive(Debug, Default)]
pub struct Found {
    /// The locations that were looked at.
    pub locations: Vec<Location>,
    /// The sessions in them.
    pub sessions: Vec<Session>,
    /// The errors of locations that couldn't be read.
    pub problems: Vec<Error>,
}

impl Found {
    /// Returns the result for a system if nothing of it could be read.
    pub fn problem(error: Error) -> Self {
        Self {
            problems: vec![error],
            ..Self::default()
        }
    }

    /// The sessions that `authctl logout` removes.
    pub fn removable(&self) -> Vec<Session> {
        let removable = self.sessions.iter().filter(|each| each.is_removable());
        removable.cloned().collect()
    }
}

/// The most serious finding on a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// All locations were read, and nothing was found.
    Clean,
    /// There is no session, but tokens, keys or user data are left.
    LeftOver,
    /// A credential provider may have a token.
    Possible,
    /// A location couldn't be read.
    Incomplete,
    /// There is a session.
    SignedIn,
}

impl Verdict {
    /// Returns the most serious of all findings.
    pub fn of<'s>(sessions: impl IntoIterator<Item = &'s Session>, has_problems: bool) -> Self {
        let problems = match has_problems {
            true => Self::Incomplete,
            false => Self::Clean,
        };
        let one = |session: &Session| match session.state {
            State::SignedIn => Self::SignedIn,
            State::Possible => Self::Possible,
            State::Ignored | State::LeftOver => Self::LeftOver,
        };
        sessions.into_iter().map(one).fold(problems, Self::max)
    }
}
