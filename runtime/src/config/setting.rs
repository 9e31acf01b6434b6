//! One setting: an option whose value may be kept in a file.

use std::fmt::Display;
use std::str::FromStr;

use super::files::Level;
use super::kind::{Kind, custom};

/// An option whose value may be kept in a file. Its methods add facts, and have the names of those of
/// [`DefineArg`](crate::DefineArg) that say the same.
#[derive(Debug)]
pub struct Setting {
    /// Its name in files: `term.color`.
    pub(crate) key: &'static str,
    /// The option's name in clap.
    pub(crate) id: &'static str,
    /// The option as users type it: `--color`.
    pub(crate) option: &'static str,
    /// What it is for, in one line.
    pub(crate) help: &'static str,
    /// The environment variable that is asked before any file.
    pub(crate) env: Option<&'static str>,
    /// The option that switches it off.
    pub(crate) negation: Option<&'static str>,
    /// The value when there is no other.
    pub(crate) default: Vec<String>,
    pub(crate) kind: Kind,
    /// The words that are accepted, where these are listed.
    words: Vec<Word>,
    ignore_case: bool,
    /// There may be several values.
    pub(crate) repeat: bool,
    /// The value is never shown.
    pub(crate) secret: bool,
    /// A project's file may not have it.
    pub(crate) users_own: bool,
    /// The commands that define the option, by what is typed behind the program's name. Those below
    /// them take it too.
    commands: Vec<&'static str>,
    /// The names in clap of options that can't be given with it, or take its place.
    pub(crate) rivals: Vec<&'static str>,
}

/// A word that is accepted.
#[derive(Debug)]
struct Word {
    name: &'static str,
    aliases: Vec<&'static str>,
    hidden: bool,
}

/// Facts.
impl Setting {
    pub(crate) fn new(
        key: &'static str,
        id: &'static str,
        option: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            key,
            id,
            option,
            help,
            env: None,
            negation: None,
            default: Vec::new(),
            kind: Kind::Text,
            words: Vec::new(),
            ignore_case: false,
            repeat: false,
            secret: false,
            users_own: false,
            commands: Vec::new(),
            rivals: Vec::new(),
        }
    }

    fn kind(&mut self, kind: Kind) -> &mut Self {
        self.kind = kind;
        self
    }

    /// A command takes the option, and all below it; it is called by these words behind the program's
    /// name.
    pub fn taken_by(&mut self, command: &'static str) -> &mut Self {
        self.commands.push(command);
        self
    }

    /// An option that can't be given with it, or takes its place.
    pub fn rival(&mut self, id: &'static str) -> &mut Self {
        self.rivals.push(id);
        self
    }

    /// A project's file may not have it, only the user's and the system's.
    pub fn users_own(&mut self) -> &mut Self {
        self.users_own = true;
        self
    }

    /// The environment variable that is asked before any file.
    pub fn env(&mut self, variable: &'static str) -> &mut Self {
        self.env = Some(variable);
        self
    }

    /// The option that switches it off.
    pub fn negatable(&mut self, name: &'static str) -> &mut Self {
        self.negation = Some(name);
        self
    }

    /// The value when there is no other; several calls make several values.
    pub fn default(&mut self, value: &'static str) -> &mut Self {
        self.default.push(value.to_owned());
        self
    }

    /// There may be several values.
    pub fn repeat(&mut self) -> &mut Self {
        self.repeat = true;
        self
    }

    /// The option has no value.
    pub fn switch(&mut self) -> &mut Self {
        self.kind(Kind::Switch)
    }

    /// The option counts how often it is given, up to this number.
    pub fn count(&mut self, max: u8) -> &mut Self {
        self.kind(Kind::Count(max))
    }

    /// The value is a path.
    pub fn path(&mut self) -> &mut Self {
        self.kind(Kind::Path)
    }

    /// The value is the path of a file.
    pub fn file(&mut self) -> &mut Self {
        self.kind(Kind::Path)
    }

    /// The value is the path of a folder.
    pub fn folder(&mut self) -> &mut Self {
        self.kind(Kind::Path)
    }

    /// The value is the path of something that exists.
    pub fn existing_path(&mut self) -> &mut Self {
        self.kind(Kind::ExistingPath)
    }

    /// The value is the path of a file that exists.
    pub fn existing_file(&mut self) -> &mut Self {
        self.kind(Kind::ExistingFile)
    }

    /// The value is the path of a folder that exists.
    pub fn existing_folder(&mut self) -> &mut Self {
        self.kind(Kind::ExistingFolder)
    }

    /// The value is a path where nothing exists yet.
    pub fn new_path(&mut self) -> &mut Self {
        self.kind(Kind::NewPath)
    }

    /// The value is a text that is never shown.
    pub fn secret(&mut self) -> &mut Self {
        self.secret = true;
        self
    }

    /// The value is a whole number.
    pub fn integer(&mut self) -> &mut Self {
        self.integer_range(i64::MIN, i64::MAX)
    }

    /// The value is a whole number from `min` to `max`.
    pub fn integer_range(&mut self, min: i64, max: i64) -> &mut Self {
        self.kind(Kind::Integer { min, max })
    }

    /// The value is a number, from `min` to `max`; what is empty is no limit.
    pub fn float(&mut self, min: &'static str, max: &'static str) -> &mut Self {
        self.kind(Kind::Float { min, max })
    }

    /// The value is `true` or `false`.
    pub fn boolean(&mut self) -> &mut Self {
        self.kind(Kind::Boolean)
    }

    /// The value is an address.
    pub fn url(&mut self) -> &mut Self {
        self.kind(Kind::Url)
    }

    /// The value is a span of time.
    pub fn duration(&mut self) -> &mut Self {
        self.kind(Kind::Duration)
    }

    /// The value is a number of bytes.
    pub fn size(&mut self) -> &mut Self {
        self.kind(Kind::Size)
    }

    /// The value is a pair.
    pub fn key_value(&mut self) -> &mut Self {
        self.kind(Kind::KeyValue)
    }

    /// The value is of the program's own type.
    pub fn typed<T: FromStr<Err: Display>>(&mut self) -> &mut Self {
        self.kind(Kind::Custom(custom::<T>))
    }

    /// One of the words that are accepted. What it means, help says.
    pub fn choice(&mut self, name: &'static str, _help: &'static str) -> &mut Self {
        self.words.push(Word {
            name,
            aliases: Vec::new(),
            hidden: false,
        });
        self.kind(Kind::Choice)
    }

    /// Another word for the choice named last.
    pub fn choice_alias(&mut self, alias: &'static str) -> &mut Self {
        if let Some(word) = self.words.last_mut() {
            word.aliases.push(alias);
        }
        self
    }

    /// The choice named last is accepted, but not shown.
    pub fn hidden_choice(&mut self) -> &mut Self {
        if let Some(word) = self.words.last_mut() {
            word.hidden = true;
        }
        self
    }

    /// Capitals make no difference to the choices.
    pub fn ignore_case(&mut self) -> &mut Self {
        self.ignore_case = true;
        self
    }
}

/// What follows from the facts.
impl Setting {
    /// Whether a command takes the option; it is given by its names.
    pub(crate) fn is_taken_by(&self, names: &[String]) -> bool {
        let names = names.join(" ");
        let mut commands = self.commands.iter();
        commands.any(|above| match names.strip_prefix(above) {
            Some(rest) => above.is_empty() || rest.is_empty() || rest.starts_with(' '),
            None => false,
        })
    }

    /// Whether the option is the program's own, so that `config` takes it too.
    pub(crate) fn is_global(&self) -> bool {
        self.commands.contains(&"")
    }

    /// Whether a file of this level may have it.
    pub(crate) fn may_be_in(&self, level: Level) -> bool {
        !(self.users_own && level == Level::Project)
    }

    /// Whether both can't be on at once.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        self.rivals.contains(&other.id) || other.rivals.contains(&self.id)
    }

    /// Whether a word is accepted; if not, what it must be.
    pub(crate) fn check(&self, word: &str) -> Result<(), String> {
        match self.kind {
            Kind::Choice
                if self
                    .words
                    .iter()
                    .any(|known| known.is(word, self.ignore_case)) =>
            {
                Ok(())
            }
            Kind::Choice => Err(format!("it must be {}", self.wanted_once())),
            kind => kind.check(word),
        }
    }

    /// What is accepted as one value, in words that may follow "must be".
    pub(crate) fn wanted_once(&self) -> String {
        match self.kind {
            Kind::Choice => {
                let shown = self.words.iter().filter(|word| !word.hidden);
                alternatives(shown.map(|word| word.name))
            }
            kind => kind.wanted(),
        }
    }
}

impl Word {
    fn is(&self, word: &str, ignore_case: bool) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.aliases);
        names.any(|name| match ignore_case {
            true => name.to_lowercase() == word.to_lowercase(),
            false => *name == word,
        })
    }
}

/// `a`, `b` or `c`
fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    let last = words.pop().unwrap_or_default();
    match words.is_empty() {
        true => last,
        false => format!("{} or {last}", words.join(", ")),
    }
}
