//! Requests from shells, and answers that they understand.
//!
//! Every answer begins with a line `clapspec 1 …`, by which scripts recognize it. Each of the following
//! lines is a candidate. No text in an answer contains control characters, so lines and tabs separate
//! them.

mod bash;
mod columns;
mod elvish;
mod fish;
mod nushell;
mod powershell;
mod zsh;

#[cfg(test)]
mod tests;

use std::ffi::OsString;

use super::offers::Offers;
use super::{Shell, system};
use crate::model::Complete;

/// What a shell asks for.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) shell: Shell,
    /// The tokens before the cursor, after the program's name.
    pub(super) words: Vec<OsString>,
    /// The token at the cursor, up to the cursor.
    pub(super) token: String,
    /// Whether the token is the file of a redirection, which the program never gets.
    pub(super) is_redirection: bool,
    /// The width of the terminal in columns.
    columns: usize,
    /// What only bash sends.
    bash: bash::State,
}

impl Request {
    /// Reads what a shell sends: the width of its terminal, then the tokens up to the cursor, of which
    /// the last one is that at the cursor. bash sends its line instead of tokens.
    pub(super) fn read(shell: Shell, words: &[OsString]) -> Option<Self> {
        let (columns, words) = words.split_first()?;
        let columns = columns
            .to_str()
            .and_then(|columns| columns.parse().ok())
            .filter(|&columns| columns > 0)
            .unwrap_or(80);
        if shell == Shell::Bash {
            return bash::read(columns, words);
        }
        let (token, before) = words.split_last()?;
        // PowerShell doesn't pass empty arguments, so each has a sign before it. Nushell passes quotes.
        let own = |word: &str| match shell {
            Shell::PowerShell => word.strip_prefix('=').unwrap_or(word).to_owned(),
            Shell::Nushell => nushell::unquoted(word),
            _ => word.to_owned(),
        };
        // Words before the cursor may be invalid Unicode.
        let before = before.iter().map(|word| match word.to_str() {
            Some(word) => own(word).into(),
            None => word.clone(),
        });
        Some(Self {
            shell,
            words: before.collect(),
            token: own(token.to_str()?),
            is_redirection: false,
            columns,
            bash: bash::State::default(),
        })
    }

    /// Returns the answer for the shell.
    pub(super) fn answer(&self, mut offers: Offers) -> String {
        let is_path = offers.shell.is_some_and(|(complete, _)| complete.is_path());
        if is_path && self.bash.is_expanded {
            return bash::BY_BASH.to_owned();
        }
        if !(is_path && self.shell.lists_files()) {
            system::add(&mut offers, &self.token);
        }
        match self.shell {
            Shell::Bash => bash::answer(self, &offers),
            Shell::Elvish => elvish::answer(&offers, self.columns),
            Shell::Fish => fish::answer(offers, &self.token),
            Shell::Nushell => nushell::answer(&offers),
            Shell::PowerShell => powershell::answer(&offers),
            Shell::Zsh => zsh::answer(&offers, &self.token, self.columns),
        }
    }
}

impl Shell {
    /// Returns whether the shell itself selects the candidates that match what is typed.
    pub(super) fn matches(self) -> bool {
        matches!(self, Self::Elvish | Self::Fish | Self::Zsh)
    }

    /// Returns whether the script leaves files to the shell.
    fn lists_files(self) -> bool {
        matches!(self, Self::Fish | Self::Zsh)
    }
}

/// Returns the header of an answer for a shell that lists files itself: what it is to list, and the
/// number of characters of the token before that.
fn header(offers: &Offers, token: &str) -> String {
    let Some((complete, start)) = offers.shell else {
        return "clapspec 1\n".to_owned();
    };
    let (what, extensions) = match complete {
        Complete::Directory => ("directories", String::new()),
        Complete::Files(extensions) => ("files", extensions.join(",")),
        _ => ("files", String::new()),
    };
    let before = token[..start].chars().count();
    format!("clapspec 1 {what} {before} {extensions}\n")
}
