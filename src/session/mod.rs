//! What signs a tool in on this machine: the one model that `status`, `list` and every `logout` go by.
//!
//! Each system looks at all places in which its tool finds credentials and returns a [`Found`]. Commands
//! that show something show it; commands that remove something choose from it, change files, and look
//! again to report what is left. So they can't disagree.

pub mod entry;
mod place;
pub mod show;
mod signed_out;
mod token;

pub use place::{Place, modified};
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

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        }
    }

    /// Looks at all places of the system.
    pub fn look(self, report: &Report) -> Found {
        match self {
            Self::Cargo => cargo::look(report),
            Self::Ably => ably::look(report),
            Self::Btp => btp::look(report),
        }
    }
}

/// How certain it is that a credential signs the tool in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The tool uses it.
    SignedIn,
    /// A program that the tool asks may hold one. Only running that program would tell.
    Possible,
    /// A token that the tool itself doesn't use.
    Ignored,
    /// User data, tokens or keys without a session.
    LeftOver,
}

impl State {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left over",
        }
    }
}

/// What a session is, for the logout that removes it. No name tells it: users choose theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the tool keeps in a place together with other things.
    Entry,
    /// A file of the tool that goes as a whole.
    WholeFile,
    /// What a killed run of authctl left beside this file when it changed it.
    Unfinished(PathBuf),
}

/// A credential, or something that belongs to one, in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What it is within its system: a registry, the path of a key, a file. Two sessions in the same
    /// place have different keys.
    pub key: String,
    /// The name by which the tool knows it: a registry, an alias, a user. In parentheses where it has no
    /// such name.
    pub account: String,
    /// What it is for a logout.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// How certain it is that it signs the tool in.
    pub state: State,
    /// Why it has that state, where the state alone doesn't say it.
    pub reason: Option<String>,
    /// What the user can do. `None`: `authctl logout` removes it.
    pub remedy: Option<String>,
    /// Whether the tool uses it when no other is named.
    pub current: bool,
    /// Whether other users can read it.
    pub readable_by_others: bool,
    /// When the file that holds nothing else was written.
    pub since: Option<Timestamp>,
    /// When it ends, where the file or the token tells it.
    pub until: Option<Timestamp>,
    /// Whether the tool renews it by itself then.
    pub renews: Option<bool>,
}

impl Session {
    /// A credential that signs in and that `authctl logout` removes.
    pub fn new(key: impl Into<String>, account: impl Into<String>, place: Place) -> Self {
        Self {
            readable_by_others: place.is_readable_by_others(),
            key: key.into(),
            account: account.into(),
            kind: Kind::Entry,
            place,
            state: State::SignedIn,
            reason: None,
            remedy: None,
            current: false,
            since: None,
            until: None,
            renews: None,
        }
    }

    /// What a killed run left at `left` when it changed `file`.
    pub fn unfinished(file: PathBuf, left: PathBuf) -> Self {
        let session = Self {
            kind: Kind::Unfinished(file),
            ..Self::new("", "(unfinished change)", Place::File(left))
        };
        session.with_state(
            State::LeftOver,
            "a killed run of authctl left it; it may hold tokens",
        )
    }

    /// The same in another state, for this reason.
    pub fn with_state(mut self, state: State, reason: impl Into<String>) -> Self {
        self.state = state;
        self.reason = Some(reason.into());
        self
    }

    /// The same, which `authctl logout` leaves.
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The same with the end that its file or its token tells. What has expired and is not renewed signs
    /// nobody in.
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

    /// Whether it is the same credential, perhaps with another content.
    pub fn is_same(&self, other: &Self) -> bool {
        self.key == other.key && self.kind == other.kind && self.place == other.place
    }

    /// What a logout says about it when it is left.
    pub fn left(&self) -> String {
        let account = plain(&self.account);
        let place = self.place.full();
        let text = match self.state {
            State::SignedIn => format!("still signed in: `{account}`, through {place}"),
            State::Possible => format!("may still be signed in: `{account}`, through {place}"),
            State::Ignored => format!("an unused token of `{account}` is left in {place}"),
            State::LeftOver => format!("`{account}` is left in {place}"),
        };
        let parts = [Some(text), self.reason.clone(), self.remedy.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// A session in a place that the tool uses only without these variables, which are set. The first one that
/// is set counts.
pub fn elsewhere(session: Session, variables: &[&str], system: &str) -> Session {
    let why = format!("{} names another place", variables[0]);
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

/// What there is of a system.
#[derive(Debug, Default)]
pub struct Found {
    /// The places that were looked at.
    pub places: Vec<Place>,
    /// What is in them.
    pub sessions: Vec<Session>,
    /// What couldn't be looked at.
    pub problems: Vec<Error>,
}

impl Found {
    /// A system of which nothing could be looked at.
    pub fn problem(error: Error) -> Self {
        Self {
            problems: vec![error],
            ..Self::default()
        }
    }

    /// What `authctl logout` removes.
    pub fn removable(&self) -> Vec<Session> {
        let removable = self.sessions.iter().filter(|each| each.is_removable());
        removable.cloned().collect()
    }
}

/// What a machine is like, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every place was looked at, and none has anything.
    Clean,
    /// Nothing signs in, but tokens, keys or user data are left.
    LeftOver,
    /// A credential provider may hold a token.
    Possible,
    /// A place couldn't be looked at.
    Incomplete,
    /// Something signs in.
    SignedIn,
}

impl Verdict {
    /// The most serious of all that was found.
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
