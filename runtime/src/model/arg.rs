//! Arguments and options, and the calls that add facts to one.
//!
//! A new fact is a field and a method here, and a call in [`calls`](super::calls).

use super::{Alias, Choice, Complete, Condition, Deprecated, Kind, Role, Rule};

/// An argument or an option.
#[derive(Clone, Debug)]
pub struct Arg {
    /// The name by which rules speak of it.
    pub id: &'static str,
    /// It is known by its place, not by a name.
    pub positional: bool,
    /// `-s`
    pub short: Option<char>,
    /// `--long`
    pub long: Option<&'static str>,
    /// Other long names.
    pub aliases: Vec<Alias<&'static str>>,
    /// Other short names.
    pub letters: Vec<Alias<char>>,
    /// The long name that switches it off.
    pub negation: Option<&'static str>,
    /// What it does, in one line.
    pub help: &'static str,
    /// What else there is to know. It may be empty.
    pub description: &'static str,
    /// The heading below which help shows it.
    pub heading: Option<&'static str>,
    /// It is accepted, but not shown.
    pub hidden: bool,
    /// `-h` doesn't show it.
    pub hidden_short: bool,
    /// It will go away.
    pub deprecated: Option<Deprecated>,
    /// The release that brought it.
    pub since: Option<&'static str>,
    /// What its values are, or that it takes none.
    pub kind: Kind,
    /// What stands for its values in help; several where it takes so many at once.
    pub names: Vec<&'static str>,
    /// An option may be given several times; an argument takes several values.
    pub repeat: bool,
    /// How many values an argument takes in all, or an option at once: from, and to if there is a limit.
    pub bounds: Option<(usize, Option<usize>)>,
    /// The character between values that are given at once.
    pub delimiter: Option<char>,
    /// The value may be left out, and is this then.
    pub bare: Option<&'static str>,
    /// The value stands behind an equals sign, not in the next word.
    pub equals: bool,
    /// A value may begin with a dash.
    pub hyphen_values: bool,
    /// The word that ends the values.
    pub terminator: Option<&'static str>,
    /// An argument that stands behind `--` only.
    pub last: bool,
    /// An argument that takes all words from its first one on, as they are.
    pub trailing: bool,
    /// What a shell may offer, where the kind doesn't say it.
    pub complete: Option<Complete>,
    /// The values that are accepted, where these are listed.
    pub choices: Vec<Choice>,
    /// The values when none is given. For a switch that can be switched off, `true` or `false`.
    pub defaults: Vec<&'static str>,
    /// The value when none is given and a condition holds; the first that holds counts.
    pub defaults_when: Vec<(Condition, &'static str)>,
    /// The environment variables that give the value when the command line doesn't. The first that is set
    /// counts; all but the first are deprecated.
    pub env: Vec<&'static str>,
    /// Its name in configuration files.
    pub config: Option<&'static str>,
    /// A project's configuration file may not have it.
    pub users_own: bool,
    /// What it means to every command.
    pub role: Option<Role>,
    /// What it needs, excludes, and is needed for.
    pub rules: Vec<Rule>,
}

impl Arg {
    /// An option with its identifier as its long name, of which nothing else is known.
    pub fn new(id: &'static str, kind: Kind, help: &'static str) -> Self {
        Self {
            id,
            positional: false,
            short: None,
            long: Some(id),
            aliases: Vec::new(),
            letters: Vec::new(),
            negation: None,
            help,
            description: "",
            heading: None,
            hidden: false,
            hidden_short: false,
            deprecated: None,
            since: None,
            kind,
            names: Vec::new(),
            repeat: false,
            bounds: None,
            delimiter: None,
            bare: None,
            equals: false,
            hyphen_values: false,
            terminator: None,
            last: false,
            trailing: false,
            complete: None,
            choices: Vec::new(),
            defaults: Vec::new(),
            defaults_when: Vec::new(),
            env: Vec::new(),
            config: None,
            users_own: false,
            role: None,
            rules: Vec::new(),
        }
    }
}

/// Facts of an argument or option.
impl Arg {
    /// `-s`
    pub fn short(&mut self, short: char) -> &mut Self {
        self.short = Some(short);
        self
    }

    /// A long name that is not the identifier.
    pub fn long(&mut self, long: &'static str) -> &mut Self {
        self.long = Some(long);
        self
    }

    /// The option has no long name.
    pub fn no_long(&mut self) -> &mut Self {
        self.long = None;
        self
    }

    /// Another long name.
    pub fn alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = false;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Another short name.
    pub fn short_alias(&mut self, name: char) -> &mut Self {
        let hidden = false;
        self.letters.push(Alias { name, hidden });
        self
    }

    /// Another long name, which no help shows.
    pub fn hidden_alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = true;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Another short name, which no help shows.
    pub fn hidden_short_alias(&mut self, name: char) -> &mut Self {
        let hidden = true;
        self.letters.push(Alias { name, hidden });
        self
    }

    /// The switch can be switched off again, by this long name. The last of the two counts.
    pub fn negatable(&mut self, name: &'static str) -> &mut Self {
        self.negation = Some(name);
        self
    }

    /// What else there is to know.
    pub fn description(&mut self, text: &'static str) -> &mut Self {
        self.description = text;
        self
    }

    /// The heading of this option alone.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        self.heading = Some(heading);
        self
    }

    /// It is accepted, but not shown.
    pub fn hidden(&mut self) -> &mut Self {
        self.hidden = true;
        self
    }

    /// `-h` doesn't show it; `--help` does.
    pub fn hidden_short(&mut self) -> &mut Self {
        self.hidden_short = true;
        self
    }

    /// It will go away: why and what to use instead, and the release that will not have it.
    pub fn deprecated(
        &mut self,
        way_out: &'static str,
        removal: Option<&'static str>,
    ) -> &mut Self {
        self.deprecated = Some(Deprecated { way_out, removal });
        self
    }

    /// The release that brought it.
    pub fn since(&mut self, release: &'static str) -> &mut Self {
        self.since = Some(release);
        self
    }

    /// An option may be given several times; an argument takes several values.
    pub fn repeat(&mut self) -> &mut Self {
        self.repeat = true;
        self
    }

    /// An argument takes so many values in all, or an option at once.
    pub fn values(&mut self, min: usize, max: usize) -> &mut Self {
        self.bounds = Some((min, Some(max)));
        self
    }

    /// The same without a limit.
    pub fn values_from(&mut self, min: usize) -> &mut Self {
        self.bounds = Some((min, None));
        self
    }

    /// Takes one more value, shown so in help, each time it is given.
    pub fn and_value(&mut self, name: &'static str) -> &mut Self {
        self.names.push(name);
        self
    }

    /// Several values may be given at once, with this character between them.
    pub fn delimiter(&mut self, delimiter: char) -> &mut Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The value may be left out, and is this then.
    pub fn bare(&mut self, value: &'static str) -> &mut Self {
        self.bare = Some(value);
        self
    }

    /// The value stands behind an equals sign, not in the next word.
    pub fn equals(&mut self) -> &mut Self {
        self.equals = true;
        self
    }

    /// A value may begin with a dash.
    pub fn hyphen_values(&mut self) -> &mut Self {
        self.hyphen_values = true;
        self
    }

    /// The word that ends the values.
    pub fn terminator(&mut self, word: &'static str) -> &mut Self {
        self.terminator = Some(word);
        self
    }

    /// It stands behind `--` only.
    pub fn last(&mut self) -> &mut Self {
        self.last = true;
        self
    }

    /// It takes all words from its first one on, as they are.
    pub fn trailing(&mut self) -> &mut Self {
        self.trailing = true;
        self
    }

    /// What a shell may offer, where the kind doesn't say it.
    pub fn complete(&mut self, complete: Complete) -> &mut Self {
        self.complete = Some(complete);
        self
    }

    /// The value when none is given; several calls make several values.
    pub fn default(&mut self, value: &'static str) -> &mut Self {
        self.defaults.push(value);
        self
    }

    /// The value when none is given and `arg` has the value `is`.
    pub fn default_when(
        &mut self,
        arg: &'static str,
        is: &'static str,
        value: &'static str,
    ) -> &mut Self {
        self.defaults_when.push((Condition { arg, is }, value));
        self
    }

    /// The environment variable that gives the value when the command line doesn't.
    ///
    /// Called again, it adds a variable that is deprecated.
    ///
    /// For a switch, `0`, `false`, `no`, `off`, `f`, `n` and nothing mean that it is not given.
    pub fn env(&mut self, name: &'static str) -> &mut Self {
        self.env.push(name);
        self
    }

    /// Its name in configuration files, which are asked after the command line and the variable.
    pub fn config(&mut self, key: &'static str) -> &mut Self {
        self.config = Some(key);
        self
    }

    /// A project's configuration file may not have it.
    pub fn users_own(&mut self) -> &mut Self {
        self.users_own = true;
        self
    }

    /// What it means to every command.
    pub fn role(&mut self, role: Role) -> &mut Self {
        self.role = Some(role);
        self
    }

    fn rule(&mut self, rule: Rule) -> &mut Self {
        self.rules.push(rule);
        self
    }

    /// The command can't be called without it.
    pub fn required(&mut self) -> &mut Self {
        self.rule(Rule::Required)
    }

    /// Refused together with `other`.
    pub fn conflicts(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Conflicts(other))
    }

    /// Refused without `other`.
    pub fn requires(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Requires(other))
    }

    /// `other` is refused without it, as `other` itself says by [`requires`](Self::requires).
    pub fn required_with(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWith(other))
    }

    /// Required unless this one, or another named so, is given.
    pub fn required_unless(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredUnless(other))
    }

    /// Required unless this one, and all others named so, are given.
    pub fn required_unless_all(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::RequiredUnlessAll(other))
    }

    /// Required when `arg` has the value `is`, or when another condition named so holds.
    pub fn required_when(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWhen(Condition { arg, is }))
    }

    /// Required when `arg` has the value `is`, and all other conditions named so hold.
    pub fn required_when_all(&mut self, arg: &'static str, is: &'static str) -> &mut Self {
        self.rule(Rule::RequiredWhenAll(Condition { arg, is }))
    }

    /// Takes the place of `other` if that was given before. It may be this option itself: then the last
    /// one counts.
    pub fn overrides(&mut self, other: &'static str) -> &mut Self {
        self.rule(Rule::Overrides(other))
    }

    /// Refused together with anything else.
    pub fn exclusive(&mut self) -> &mut Self {
        self.rule(Rule::Exclusive)
    }
}
