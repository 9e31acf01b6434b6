//! Reads a token from standard input.

use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::os::fd::AsFd;

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

use crate::error::Error;
use crate::report::Report;

/// The most bytes that are read. No token is so long.
const MAX_BYTES: usize = 1 << 20;
/// The most bytes of a line that a terminal passes on. On Linux, it is `N_TTY_BUF_SIZE`, less the
/// newline.
const TERMINAL_LINE: usize = 4095;

/// Reads one line. On a terminal, it asks for the line, and does not show what is typed.
pub fn read(report: &Report, registry: &str) -> Result<String, Error> {
    let stdin = io::stdin();
    let hidden = if stdin.is_terminal() {
        let hidden = Hidden::start();
        let shown = match hidden {
            Some(_) => "",
            None => " (it will be shown)",
        };
        report.question(format_args!("Token for `{registry}`{shown}:"));
        hidden
    } else {
        None
    };
    let mut line = Vec::new();
    let interrupt = hidden.as_ref().map(|hidden| hidden.interrupt);
    // This reads bytes, not text, so that errors don't depend on the content of the token.
    let mut input = BufReader::new(stdin.lock().take(MAX_BYTES as u64));
    loop {
        let bytes = input.fill_buf().map_err(Error::Input)?;
        let newline = bytes.iter().position(|&byte| byte == b'\n');
        let used = newline.map_or(bytes.len(), |at| at + 1);
        line.extend_from_slice(&bytes[..used]);
        input.consume(used);
        let interrupted = interrupt.is_some_and(|interrupt| line.contains(&interrupt));
        if hidden.is_some() && (interrupted || used == 0) {
            report.end_line();
        }
        if interrupted {
            return Err(Error::Interrupted);
        }
        if line.len() >= MAX_BYTES {
            return Err(Error::Token("the token is too long; nothing changed"));
        }
        if hidden.is_some() && line.len() >= TERMINAL_LINE {
            return Err(Error::Token(
                "the terminal truncates lines of this length; read the token from a file: \
                 `authctl cargo login < token.txt`",
            ));
        }
        if used == 0 || newline.is_some() {
            return check(&line);
        }
    }
}

/// Removes a pasted `cargo login ` and white space around the token. Like cargo, it rejects a token that
/// can't be in an HTTP header.
fn check(line: &[u8]) -> Result<String, Error> {
    let token = line.trim_ascii();
    let token = match token.strip_prefix(b"cargo login") {
        Some(rest) if rest.is_empty() || rest[0].is_ascii_whitespace() => rest.trim_ascii(),
        _ => token,
    };
    if token.is_empty() {
        return Err(Error::Token("the token is empty; nothing changed"));
    }
    let printable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    match std::str::from_utf8(token) {
        Ok(token) if token.as_bytes().iter().all(printable) => Ok(token.to_owned()),
        _ => Err(Error::Token(
            "the token contains characters other than printable ASCII; nothing changed",
        )),
    }
}

/// Hides what is typed on the terminal, until this is dropped.
struct Hidden {
    /// The settings to restore.
    before: Termios,
    /// The character that Ctrl-C sends.
    interrupt: u8,
}

impl Hidden {
    /// Changes the settings of the terminal. Returns `None` if that fails.
    fn start() -> Option<Self> {
        let stdin = io::stdin();
        let before = tcgetattr(stdin.as_fd()).ok()?;
        let interrupt = before.special_codes[SpecialCodeIndex::VINTR];
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        // Ctrl-C must not end the program while the terminal has these settings. So it ends the line
        // instead, and `read` looks for it there.
        hidden.local_modes.remove(LocalModes::ISIG);
        hidden.special_codes[SpecialCodeIndex::VEOL] = interrupt;
        tcsetattr(stdin.as_fd(), OptionalActions::Flush, &hidden).ok()?;
        Some(Self { before, interrupt })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Flush, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn tokens_have_only_printable_characters() {
        for (line, token) in [
            (&b"abc\n"[..], Some("abc")),
            (b"  abc \r\n", Some("abc")),
            (b"cargo login abc\n", Some("abc")),
            (b"Bearer a\tb", Some("Bearer a\tb")),
            (b"cargo loginabc", Some("cargo loginabc")),
            (b"cargo login \n", None),
            (b"\n", None),
            (b"a\x01b\n", None),
            ("t\u{f6}ken".as_bytes(), None),
        ] {
            assert_eq!(check(line).ok().as_deref(), token, "{line:?}");
        }
    }
}
