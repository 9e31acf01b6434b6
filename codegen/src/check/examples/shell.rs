//! Splits command lines as a shell does (POSIX.1-2024, Shell Command Language, 2.2 and 2.3), as far as
//! examples need it: words, quotes, and separators of commands. Variables and substitutions are kept as
//! they are written.

use std::collections::BTreeSet;

/// A simple command: its words without redirections, and the variables that are set for it.
#[derive(Default)]
pub(super) struct Call {
    pub(super) sets: BTreeSet<String>,
    /// At least one.
    pub(super) words: Vec<String>,
}

/// Returns the simple commands of a line, or `None` if a quote or a substitution is not closed.
pub(super) fn commands(line: &str) -> Option<Vec<Call>> {
    let mut reader = Reader {
        chars: line.chars().peekable(),
        commands: Vec::new(),
        call: Call::default(),
        word: None,
        quoted: false,
        redirected: false,
    };
    reader.read()?;
    Some(reader.commands)
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    commands: Vec<Call>,
    call: Call,
    /// The word that is being read.
    word: Option<String>,
    /// Whether a part of the word is in quotes, or follows a backslash.
    quoted: bool,
    /// The next word is the file of a redirection.
    redirected: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Option<()> {
        while let Some(c) = self.chars.next() {
            match c {
                ' ' | '\t' => self.end_word(),
                '\n' | ';' | '|' | '&' | '(' | ')' => self.end_command(),
                '#' if self.word.is_none() => break,
                '<' | '>' => self.redirect(),
                '\'' => self.quoted('\'')?,
                '"' => self.double_quoted()?,
                '`' => self.substitution('`')?,
                '$' if self.chars.peek() == Some(&'(') => self.substitution(')')?,
                '\\' => {
                    let escaped = self.chars.next()?;
                    // A backslash at the end of a line continues it.
                    if escaped != '\n' {
                        self.quoted = true;
                        self.push(escaped);
                    }
                }
                c => self.push(c),
            }
        }
        self.end_command();
        Some(())
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert_default().push(c);
    }

    fn begin_quotes(&mut self) {
        self.quoted = true;
        // Even without a character, it is a word.
        self.word.get_or_insert_default();
    }

    fn quoted(&mut self, end: char) -> Option<()> {
        self.begin_quotes();
        loop {
            match self.chars.next()? {
                c if c == end => return Some(()),
                c => self.push(c),
            }
        }
    }

    fn double_quoted(&mut self) -> Option<()> {
        self.begin_quotes();
        loop {
            match self.chars.next()? {
                '"' => return Some(()),
                '\\' => match self.chars.next()? {
                    '\n' => {}
                    c if "$`\"\\".contains(c) => self.push(c),
                    c => {
                        self.push('\\');
                        self.push(c);
                    }
                },
                c => self.push(c),
            }
        }
    }

    /// Reads a command substitution, whose output is unknown. It is kept as written.
    fn substitution(&mut self, end: char) -> Option<()> {
        self.push(if end == ')' { '$' } else { end });
        let mut depth = 0;
        loop {
            let c = self.chars.next()?;
            self.push(c);
            match c {
                '(' => depth += 1,
                ')' if end == ')' => depth -= 1,
                _ => {}
            }
            if c == end && depth == 0 {
                return Some(());
            }
        }
    }

    fn redirect(&mut self) {
        // A number right before the operator is a file descriptor.
        let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
        if !self.quoted && self.word.as_ref().is_some_and(is_number) {
            self.word = None;
        }
        self.end_word();
        while self
            .chars
            .next_if(|c| matches!(c, '<' | '>' | '&' | '|'))
            .is_some()
        {}
        self.redirected = true;
    }

    fn end_word(&mut self) {
        self.quoted = false;
        let Some(word) = self.word.take() else { return };
        if std::mem::take(&mut self.redirected) {
            return;
        }
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_name = |name: &str| {
            name.starts_with(|c: char| letter(c) && !c.is_ascii_digit()) && name.chars().all(letter)
        };
        match word.split_once('=') {
            Some((name, _)) if self.call.words.is_empty() && is_name(name) => {
                self.call.sets.insert(name.to_owned());
            }
            _ => self.call.words.push(word),
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.redirected = false;
        let call = std::mem::take(&mut self.call);
        if !call.words.is_empty() {
            self.commands.push(call);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn lines() {
        for (line, expected) in [
            ("tool a b", "tool,a,b"),
            ("tool 'a b' \"c d\"e", "tool,a b,c de"),
            ("A=1 B=2 tool a=1", "tool,a=1"),
            ("echo x | tool - > out 2>&1", "echo,x/tool,-"),
            ("tool a && tool b; tool c &", "tool,a/tool,b/tool,c"),
            (
                "tool \"$(cat x)\" $(cat (y)) `z`",
                "tool,$(cat x),$(cat (y)),`z`",
            ),
            ("tool a\\ b \"\\x\\$\"", "tool,a b,\\x$"),
            ("tool '' # tool b", "tool,"),
            ("tool < in", "tool"),
            ("", ""),
        ] {
            let found = commands(line).expect("all quotes are closed");
            let found: Vec<String> = found.iter().map(|call| call.words.join(",")).collect();
            assert_eq!(found.join("/"), expected, "{line}");
        }
        for line in ["tool 'a", "tool \"a", "tool `a", "tool $(a", "tool \\"] {
            assert!(commands(line).is_none(), "{line}");
        }
    }
}
