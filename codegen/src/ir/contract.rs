//! What scripts rely on: how a program asks, answers and ends.

use super::{Arg, Command, Name, Program, Role};
use crate::source::Span;

/// The names of exit codes that mean something to every program.
pub(crate) mod exits {
    /// It did what it was asked for; its number is 0.
    pub(crate) const SUCCESS: &str = "success";
    /// It did not.
    pub(crate) const FAILURE: &str = "failure";
    /// The command line is wrong. Where there is none, that is a `failure`.
    pub(crate) const USAGE: &str = "usage";
    /// The user answered no. Where there is none, that is a `success`.
    pub(crate) const DECLINED: &str = "declined";
}

/// What a command asks before it does anything.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) span: Span,
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of a question.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(String),
    /// The value of an argument or option.
    Value(Name),
}

impl Question {
    /// The arguments and options whose values it shows, each once.
    pub(crate) fn values(&self) -> Vec<&Name> {
        let mut names: Vec<&Name> = Vec::new();
        for piece in &self.pieces {
            if let Piece::Value(name) = piece {
                if !names.iter().any(|known| ***known == **name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// As readers see it: names of values stand in angle brackets.
    pub(crate) fn written(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(name) => format!("<{}>", **name),
        });
        pieces.collect()
    }
}

impl Program {
    /// Whether its handlers end with one of the exit codes that the spec lists.
    pub(crate) fn has_contract(&self) -> bool {
        !self.root.exit_codes.is_empty()
    }

    /// The number of an exit code that the program itself has.
    pub(crate) fn exit_code(&self, name: &str) -> Option<u8> {
        let mut codes = self.root.exit_codes.iter();
        codes
            .find(|exit| *exit.name == name)
            .map(|exit| exit.code.value)
    }
}

impl Command {
    /// The option that has this role.
    pub(crate) fn with_role(&self, role: Role) -> Option<&Arg> {
        self.args().find(|arg| arg.has_role(role))
    }
}
