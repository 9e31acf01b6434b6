//! The behavior that scripts rely on: questions, results and exit codes.

use super::{Arg, Command, Name, Program, Role};
use crate::source::Span;

/// The names of exit codes that have the same meaning in all programs.
pub(crate) mod exits {
    /// The command succeeded. Its number is 0.
    pub(crate) const SUCCESS: &str = "success";
    /// The command failed.
    pub(crate) const FAILURE: &str = "failure";
    /// The command line is invalid. If a program doesn't define it, `failure` is used.
    pub(crate) const USAGE: &str = "usage";
    /// The user declined. If a program doesn't define it, `success` is used.
    pub(crate) const DECLINED: &str = "declined";
}

/// The question that a command asks before it runs.
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
    /// The arguments and options whose values it contains, without duplicates.
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

    /// The question as documentation shows it, with the names of values in angle brackets.
    pub(crate) fn written(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(name) => format!("<{}>", **name),
        });
        pieces.collect()
    }
}

impl Program {
    /// Whether the spec defines exit codes, which handlers then return.
    pub(crate) fn has_contract(&self) -> bool {
        !self.root.exit_codes.is_empty()
    }

    /// The number of an exit code that the root command defines.
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
