//! Scanning a command line: each token is read once.
//!
//! The rules are those of POSIX (XBD 12.2, "Utility Syntax Guidelines") and GNU getopt: options may be
//! anywhere before `--`, short options may be combined, and a value may be attached to its option. As in
//! clap, a value that begins with a hyphen is accepted only if the spec allows it or if it can only be a
//! number. So an option whose value is missing does not take the next option as its value.

mod names;

use std::ffi::{OsStr, OsString};

use clap_lex::{ArgCursor, OsStrExt as _, ParsedArg, RawArgs, SeekFrom, ShortFlags};

use super::end::End;
use super::layers::Variables;
use super::takes::{next_values, split};
use super::{External, Given, Line};
use crate::model::{Arg, Below, Called, Kind, Place, Placement, Program};
use crate::origin::Origin;

/// Scans a command line, without the program's name.
pub(crate) fn scan(program: &Program, words: &[OsString]) -> Line {
    let raw = RawArgs::new(words);
    let mut scanner = Scanner::new(program, &raw);
    scanner.run();
    scanner.end_without_subcommand();
    scanner.line
}

/// What the tokens before the cursor mean for the token at the cursor.
#[cfg(feature = "completions")]
#[derive(Debug)]
pub(crate) struct Cursor {
    /// Whether the token is the first argument.
    pub(crate) first: bool,
    /// Whether the token can't be an option.
    pub(crate) rest: bool,
    /// Whether the option that was given last may take the token as a value.
    pub(crate) open: bool,
    /// Whether the token is a name after the command `help`.
    pub(crate) helps: bool,
}

/// Scans the tokens before the cursor, in a command line that is still being typed.
#[cfg(feature = "completions")]
pub(crate) fn scan_to_cursor(program: &Program, words: &[OsString]) -> (Line, Cursor) {
    let raw = RawArgs::new(words);
    let mut scanner = Scanner::new(program, &raw);
    scanner.run();
    // After `--`, an unknown subcommand follows.
    let command = scanner.line.called.command();
    let is_external = command.external && words.last().is_some_and(|word| word == "--");
    let cursor = Cursor {
        first: words.is_empty(),
        rest: scanner.rest || scanner.takes_hyphens || scanner.begins_trailing() || is_external,
        open: scanner.open,
        helps: scanner.helps,
    };
    (scanner.line, cursor)
}

struct Scanner<'a> {
    has_version: bool,
    raw: &'a RawArgs,
    cursor: ArgCursor,
    line: Line,
    /// Whether all remaining tokens are positional arguments.
    rest: bool,
    /// Whether the current positional argument also takes tokens that begin with a hyphen.
    takes_hyphens: bool,
    /// Whether the option that was given last takes more values, but there are no more tokens.
    open: bool,
    /// Whether the command `help` was read.
    helps: bool,
}

/// The meaning of an option's name.
enum Meaning {
    Option(Place, bool),
    Help,
    Version,
}

impl<'a> Scanner<'a> {
    fn new(program: &Program, raw: &'a RawArgs) -> Self {
        Self {
            has_version: program.version.is_some(),
            cursor: raw.cursor(),
            raw,
            line: Line {
                called: Called::root(program),
                given: Vec::new(),
                words: Vec::new(),
                before: None,
                external: None,
                end: None,
                given_at_end: 0,
                depth: 0,
                defaults: Vec::new(),
                variables: Variables::default(),
                warnings: Vec::new(),
            },
            rest: false,
            takes_hyphens: false,
            open: false,
            helps: false,
        }
    }

    fn run(&mut self) {
        self.sigil();
        while let Some(word) = self.raw.next(&mut self.cursor) {
            if self.rest || self.takes_hyphens {
                self.argument(word.to_value_os());
            } else if word.is_escape() {
                self.escape(word);
            } else if self.begins_trailing() {
                self.rest = true;
                self.argument(word.to_value_os());
            } else if let Some((name, value)) = word.to_long() {
                self.long(word, name, value);
            } else if let Some(letters) = word.to_short() {
                self.letters(word, letters);
            } else {
                self.word(word.to_value_os());
            }
        }
    }

    /// Handles a first argument that begins with the sign of an option: `+nightly`.
    fn sigil(&mut self) {
        let first = self.raw.peek_os(&self.cursor).and_then(OsStr::to_str);
        let Some((sign, value)) = first.and_then(|first| {
            let sign = first
                .chars()
                .next()
                .filter(|c| !c.is_alphanumeric() && *c != '-')?;
            Some((sign, OsStr::new(&first[sign.len_utf8()..])))
        }) else {
            return;
        };
        let mut places = self.line.called.places();
        if let Some((place, _)) = places.find(|(_, arg)| arg.sigil == Some(sign)) {
            self.raw.next_os(&mut self.cursor);
            self.option(place, false, Some(value));
        }
    }

    fn end(&mut self, end: End) {
        // The first one counts. Later tokens are still read, to find out whether JSON was requested.
        if self.line.end.is_none() {
            self.line.end = Some(end);
            self.line.given_at_end = self.line.given.len();
            self.line.depth = self.line.called.depth();
        }
    }

    /// Enters a subcommand.
    fn enter(&mut self, below: &Below) {
        let mut given = self.line.given.iter().map(|given| self.line.arg(given));
        let own = given.find(|arg| arg.placement == Placement::WithoutSubcommand);
        let mut own = own.map(Arg::written);
        if !below.target.is_empty() {
            // The command doesn't have the options of the command groups before its second name.
            let depth = self.line.called.common_with(&below.target);
            let mut others = self.line.given.iter();
            let other = others.find(|given| given.place.depth() > depth);
            own = own.or(other.map(|given| self.line.arg(given).written()));
            if own.is_some() {
                self.line.given.retain(|given| given.place.depth() <= depth);
            }
        }
        self.line.called.push(below);
        if let Some(name) = own {
            self.end(End::BesideSubcommand(name));
        }
    }

    /// Enters the default command, if there is one, and reads the token again. Returns whether there is
    /// one.
    fn enter_default(&mut self) -> bool {
        let command = self.line.called.command();
        let Some(below) = command.default_command.and_then(|name| command.below(name)) else {
            return false;
        };
        let below = below.clone();
        self.enter(&below);
        self.raw.seek(&mut self.cursor, SeekFrom::Current(-1));
        true
    }

    fn escape(&mut self, word: ParsedArg<'_>) {
        if !self.line.called.takes_words() {
            if !self.enter_default() {
                self.rest = true;
                if self.line.called.command().external {
                    self.rest = false;
                    if let Some(next) = self.raw.next(&mut self.cursor) {
                        self.external(next.to_value_os());
                    }
                }
            }
        } else if self.begins_trailing() {
            self.rest = true;
            self.argument(word.to_value_os());
        } else {
            self.rest = true;
            self.line.before = Some(self.line.words.len());
        }
    }

    /// Returns the positional argument that would take the next token.
    fn next_argument(&self) -> Option<&Arg> {
        match self.line.called.takes_words() {
            true => self.line.argument_at(self.line.words.len()),
            false => None,
        }
    }

    /// Returns whether the remaining tokens belong to another program, whose name was given.
    fn begins_trailing(&self) -> bool {
        !self.line.words.is_empty() && self.next_argument().is_some_and(|arg| arg.trailing)
    }

    fn argument(&mut self, word: &OsStr) {
        if !self.line.called.takes_words() {
            return self.end(End::UnknownCommand(word.to_owned()));
        }
        if let Some(arg) = self.next_argument() {
            let takes_hyphens = arg.hyphen_values && !arg.takes_one_word() && !arg.last;
            let (delimiter, trailing) = (arg.delimiter, arg.trailing);
            self.takes_hyphens |= takes_hyphens;
            self.rest |= trailing;
            split(word, delimiter, &mut self.line.words);
        } else {
            self.line.words.push(word.to_owned());
        }
    }

    /// Handles a token that doesn't begin with a hyphen.
    fn word(&mut self, word: &OsStr) {
        let command = self.line.called.command();
        // After an argument of a command group, no subcommand follows.
        if !command.is_group() || !self.line.words.is_empty() {
            return self.argument(word);
        }
        let name = word.to_str();
        if let Some(below) = name.and_then(|name| command.below(name)) {
            let below = below.clone();
            return self.enter(&below);
        }
        if name == Some("help") {
            return self.help();
        }
        if command.external {
            return self.external(word);
        }
        if self.line.called.takes_words() {
            return self.argument(word);
        }
        if !self.enter_default() {
            self.end(End::UnknownCommand(word.to_owned()));
        }
    }

    fn external(&mut self, name: &OsStr) {
        let args = self.raw.remaining(&mut self.cursor);
        self.line.external = Some(External {
            name: name.to_owned(),
            args: args.map(OsStr::to_owned).collect(),
        });
    }

    /// Handles the command `help` and the names after it.
    fn help(&mut self) {
        self.helps = true;
        let mut topic = None;
        while let Some(word) = self.raw.peek_os(&self.cursor) {
            if word.starts_with("-") {
                break;
            }
            self.raw.next_os(&mut self.cursor);
            let name = word.to_str().unwrap_or_default();
            if topic.is_none() && (self.line.called.enter(name) || name == "help") {
                continue;
            }
            let mut topics = self.line.called.command().topics.iter();
            match topics.find(|known| topic.is_none() && known.name == name) {
                Some(known) => topic = Some(known.name),
                None => return self.end(End::UnknownCommand(word.to_owned())),
            }
        }
        self.end(topic.map_or(End::LongHelp, End::Topic));
    }

    fn long(&mut self, word: ParsedArg<'_>, name: Result<&str, &OsStr>, value: Option<&OsStr>) {
        let Some(meaning) = name.ok().and_then(|name| self.meaning_of_long(name)) else {
            let name = name.map_or_else(OsStr::to_string_lossy, Into::into);
            self.unknown(&word, format!("--{name}"));
            return;
        };
        match (meaning, value) {
            (Meaning::Option(place, off), value) => {
                self.option(place, off, value);
                self.note_earlier(place, name.unwrap_or_default(), "--");
            }
            (Meaning::Help, None) => self.end(End::LongHelp),
            (Meaning::Version, None) => self.end(End::Version),
            (Meaning::Help, Some(value)) => self.extra("--help", value),
            (Meaning::Version, Some(value)) => self.extra("--version", value),
        }
    }

    fn extra(&mut self, name: &str, value: &OsStr) {
        let value = value.to_string_lossy().into_owned();
        self.end(End::ExtraValue(name.to_owned(), value));
    }

    fn letters(&mut self, word: ParsedArg<'_>, mut letters: ShortFlags<'_>) {
        if self.is_argument(word.to_value_os(), letters.clone()) {
            return self.argument(word.to_value_os());
        }
        // The default command gets the whole token, with all of its combined short options.
        let group = self.line.called.command();
        if group.default_command.is_some() && !self.knows(letters.clone()) && self.enter_default() {
            return;
        }
        while let Some(letter) = letters.next_flag() {
            let meaning = letter
                .ok()
                .and_then(|letter| self.meaning_of_letter(letter));
            match meaning {
                Some(Meaning::Option(place, off)) => {
                    let arg = self.line.called.at(place);
                    // As in getopt, an optional value is what follows the letter in the same token.
                    if arg.takes_value() {
                        let value = letters.next_value_os();
                        // `-o=value` is the same as `-ovalue`.
                        let value = value.map(|value| value.strip_prefix("=").unwrap_or(value));
                        self.option(place, off, value);
                        return self.note_earlier_letter(place, letter);
                    }
                    self.option(place, off, None);
                    self.note_earlier_letter(place, letter);
                }
                Some(Meaning::Help) => self.end(End::ShortHelp),
                Some(Meaning::Version) => self.end(End::Version),
                None => {
                    let name = letter.map_or_else(
                        |bytes| format!("-{}", bytes.to_string_lossy()),
                        |letter| format!("-{letter}"),
                    );
                    if self.unknown(&word, name) {
                        return;
                    }
                }
            }
        }
    }

    /// Returns whether a token with one hyphen is a positional argument: a negative number, or an
    /// unknown option where values may begin with a hyphen.
    fn is_argument(&self, word: &OsStr, letters: ShortFlags<'_>) -> bool {
        let Some(arg) = self.next_argument() else {
            return false;
        };
        let accepts_below_zero = match arg.kind {
            Kind::Integer { min, .. } => min < 0,
            Kind::Float { min, .. } => min.is_empty() || min.starts_with('-'),
            _ => true,
        };
        if accepts_below_zero && arg.kind.is_number_with_dash(word, arg.delimiter) {
            return true;
        }
        arg.hyphen_values && !arg.last && !self.knows(letters)
    }

    /// Handles an unknown option. Returns whether the token was accepted as something else.
    fn unknown(&mut self, word: &ParsedArg<'_>, name: String) -> bool {
        let takes = |arg: &Arg| arg.hyphen_values && !arg.last;
        if self.next_argument().is_some_and(takes) {
            self.argument(word.to_value_os());
            return true;
        }
        if self.line.called.command().is_group() && self.enter_default() {
            return true;
        }
        self.end(End::UnknownOption(name));
        false
    }

    /// Adds an option, with its attached value or with the values in the next tokens.
    fn option(&mut self, place: Place, off: bool, value: Option<&OsStr>) {
        let arg = self.line.called.at(place);
        let mut values = Vec::new();
        let extra = value.is_some() && !arg.takes_value();
        let open = value.is_none() && arg.takes_value() && !arg.equals;
        match value {
            Some(value) => split(value, arg.delimiter, &mut values),
            None if arg.takes_value() && !arg.equals => {
                self.open = next_values(arg, self.raw, &mut self.cursor, &mut values);
            }
            None => {}
        }
        let origin = Origin::Argument(match (off, arg.negation) {
            (true, Some(name)) => format!("--{name}"),
            _ => arg.written(),
        });
        self.line.given.push(Given {
            place,
            off,
            values,
            extra,
            open,
            earlier: None,
            origin,
        });
    }

    /// Stops if a subcommand is missing.
    fn end_without_subcommand(&mut self) {
        let command = self.line.called.command();
        let ended = self.line.end.is_some() || self.line.external.is_some();
        if !command.is_group() || command.runnable || ended {
            return;
        }
        if let Some(below) = command.default_command.and_then(|name| command.below(name)) {
            let below = below.clone();
            self.line.called.push(&below);
            return self.end_without_subcommand();
        }
        self.end(match self.line.given.is_empty() && !self.rest {
            true => End::Nothing,
            false => End::NoCommand,
        });
    }
}
