//! A command line as bash splits it (bash(1), QUOTING), without expanding anything.

use std::iter::Peekable;
use std::str::Chars;

/// The quotes around a place in a command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quote {
    #[default]
    None,
    Single,
    Double,
    /// `$'…'`
    Escaped,
}

/// The words of a line.
#[derive(Default)]
pub(super) struct Split {
    pub(super) words: Vec<String>,
    /// The word at the end, without its quotes.
    pub(super) token: String,
    /// The quotes in which the line ends.
    pub(super) quote: Quote,
    /// Whether the word at the end is the file of a redirection.
    pub(super) is_redirection: bool,
    /// Whether bash would expand something in the word at the end.
    pub(super) is_active: bool,
    /// Whether the word at the end has begun, perhaps with an empty string in quotes.
    has_begun: bool,
}

impl Split {
    pub(super) fn new(line: &str) -> Self {
        let mut split = Self::default();
        split.run(line);
        split
    }

    /// Removes the quotes from a part of a line, which begins within `quote`.
    pub(super) fn unquoted(part: &str, quote: Quote) -> String {
        let mut split = Self {
            quote,
            ..Self::default()
        };
        split.run(part);
        split.token
    }

    fn run(&mut self, line: &str) {
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match self.quote {
                Quote::None => self.plain(c, &mut chars),
                Quote::Single if c == '\'' => self.quote = Quote::None,
                Quote::Single => self.token.push(c),
                Quote::Escaped => self.escaped(c, &mut chars),
                Quote::Double => self.double(c, &mut chars),
            }
        }
    }

    /// Handles a character without quotes around it.
    fn plain(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match c {
            ' ' | '\t' | '\n' => return self.end(),
            '<' | '>' if chars.peek() != Some(&'(') => return self.redirection(),
            '\'' => self.quote = Quote::Single,
            '"' => self.quote = Quote::Double,
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                self.quote = Quote::Escaped;
            }
            '\\' => self.token.extend(chars.next()),
            '$' | '`' | '<' | '>' => self.expansion(c, chars),
            c => {
                self.is_active |= "*?[!".contains(c) || "~#=".contains(c) && !self.has_begun;
                self.token.push(c);
            }
        }
        self.has_begun = true;
    }

    /// Handles a character within double quotes.
    fn double(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match c {
            '"' => self.quote = Quote::None,
            '\\' => match chars.next() {
                Some(next) if "\"\\$`".contains(next) => self.token.push(next),
                next => self.token.extend(['\\'].into_iter().chain(next)),
            },
            '$' | '`' => self.expansion(c, chars),
            c => {
                self.is_active |= c == '!';
                self.token.push(c);
            }
        }
    }

    /// Handles a character within `$'…'`.
    fn escaped(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match c {
            '\'' => self.quote = Quote::None,
            '\\' => {
                let c = chars.next();
                self.token.extend(c.map(|c| match c {
                    'a' => '\x07',
                    'b' => '\x08',
                    'e' | 'E' => '\x1b',
                    'f' => '\x0c',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'v' => '\x0b',
                    'x' => code(chars, 2),
                    'u' => code(chars, 4),
                    'U' => code(chars, 8),
                    c => c,
                }));
            }
            c => self.token.push(c),
        }
    }

    /// Adds an expansion as it is typed, up to its end, so that spaces in it don't separate words.
    fn expansion(&mut self, first: char, chars: &mut Peekable<Chars<'_>>) {
        self.is_active = true;
        self.token.push(first);
        let close = match (first, chars.peek()) {
            ('`', _) => '`',
            (_, Some('(')) => ')',
            (_, Some('{')) => '}',
            _ => return,
        };
        if first != '`' {
            self.token.extend(chars.next());
        }
        let mut depth = 1;
        let mut quote = None;
        for c in chars.by_ref() {
            self.token.push(c);
            match (quote, c) {
                (Some(open), c) if open == c => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(c),
                (None, c) if c == close => depth -= 1,
                (None, '(') if close == ')' => depth += 1,
                (None, '{') if close == '}' => depth += 1,
                (None, _) => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Ends a word, unless there is none.
    fn end(&mut self) {
        let word = std::mem::take(&mut self.token);
        if self.has_begun && !self.is_redirection {
            self.words.push(word);
        }
        // After an operator, the next word is the file, even if spaces are between them.
        self.is_redirection &= !self.has_begun;
        self.has_begun = false;
        self.is_active = false;
    }

    fn redirection(&mut self) {
        // Before the operator, there may be a file descriptor: `2>`, `&>`, `{name}>`.
        let token = &self.token;
        let is_name = token.starts_with('{') && token.ends_with('}');
        if is_name || token.chars().all(|c| c.is_ascii_digit() || c == '&') {
            self.token.clear();
            self.has_begun = false;
        }
        self.end();
        self.is_redirection = true;
    }
}

/// Reads a character as its code, with at most this many hexadecimal digits.
fn code(chars: &mut Peekable<Chars<'_>>, most: usize) -> char {
    let mut code = 0;
    for _ in 0..most {
        let Some(digit) = chars.peek().and_then(|c| c.to_digit(16)) else {
            break;
        };
        code = code * 16 + digit;
        chars.next();
    }
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Quote {
    /// Returns the character that ends these quotes.
    pub(super) fn closing(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Single | Self::Escaped => Some('\''),
            Self::Double => Some('"'),
        }
    }
    /// Quotes text that is added within these quotes.
    pub(super) fn quoted(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match (self, c) {
                (Self::None, c) if c.is_alphanumeric() || "-_./=,:@%+".contains(c) => out.push(c),
                (Self::None, c) => out.extend(['\\', c]),
                (Self::Single, '\'') => out.push_str(r"'\''"),
                (Self::Double, '"' | '\\' | '$' | '`') => out.extend(['\\', c]),
                // Within double quotes, `!` can't be escaped.
                (Self::Double, '!') => out.push_str(r#""'!'""#),
                (Self::Escaped, '\'' | '\\') => out.extend(['\\', c]),
                (_, c) => out.push(c),
            }
        }
        out
    }
}
