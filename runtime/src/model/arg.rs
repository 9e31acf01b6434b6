//! Arguments and options, and the methods that set their properties.
//!
//! A new property needs a field and a method here, and a call in [`calls`](super::calls).

use super::{Alias, Choice, Complete, Condition, Deprecated, Effect, Kind, Placement, Role, Rule};

/// An argument or an option.
#[derive(Clone, Debug)]
pub struct Arg {
    /// The identifier, which rules refer to.
    pub id: &'static str,
    /// Whether it is a positional argument.
    pub positional: bool,
    /// The short name, as in `-s`.
    pub short: Option<char>,
    /// The long name, as in `--long`.
    pub long: Option<&'static str>,
    /// Other long names.
    pub aliases: Vec<Alias<&'static str>>,
    /// Other short names.
    pub letters: Vec<Alias<char>>,
    /// Earlier names, short if they have one letter, each with its deprecation. Help does not show them.
    pub deprecated_aliases: Vec<(&'static str, Deprecated)>,
    /// The long name that negates it.
    pub negation: Option<&'static str>,
    /// A summary of the negation, which may be empty.
    pub negation_help: &'static str,
    /// Whether help and documentation leave out the negation.
    pub negation_hidden: bool,
    /// Where an option of a command group may be given.
    pub placement: Placement,
    /// A summary, in one line.
    pub help: &'static str,
    /// The description, which may be empty.
    pub description: &'static str,
    /// The heading under which help lists it.
    pub heading: Option<&'static str>,
    /// Whether help and documentation leave it out. It is accepted all the same.
    pub hidden: bool,
    /// Whether `-h` leaves it out.
    pub hidden_short: bool,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// The release that added it.
    pub since: Option<&'static str>,
    /// The kind of its values, or that it takes none.
    pub kind: Kind,
    /// The placeholders for its values in help: several if it takes that many values at once.
    pub names: Vec<&'static str>,
    /// Whether an option may be given several times, or an argument takes several values.
    pub repeat: bool,
    /// The minimum and the maximum number of values of an option in total, if it is given.
    pub times: Option<(usize, Option<usize>)>,
    /// The minimum and the maximum number of values: of an argument in total, of an option at once.
    pub bounds: Option<(usize, Option<usize>)>,
    /// The character that separates values within one token.
    pub delimiter: Option<char>,
    /// The value that is used if the option is given without one.
    pub bare: Option<&'static str>,
    /// Whether the value must follow an equals sign instead of being the next token.
    pub equals: bool,
    /// Whether a value may begin with a hyphen.
    pub hyphen_values: bool,
    /// The token that ends the values.
    pub terminator: Option<&'static str>,
    /// Whether the argument is accepted only after `--`.
    pub last: bool,
    /// Whether the argument takes all remaining tokens, unchanged, from its first value on.
    pub trailing: bool,
    /// The completion that a shell offers, unless the kind implies one.
    pub complete: Option<Complete>,
    /// The accepted values, if the spec lists them.
    pub choices: Vec<Choice>,
    /// Known values with their meanings, where others are accepted too.
    pub suggestions: Vec<(&'static str, &'static str)>,
    /// The default values. For a switch that can be negated, `true` or `false`.
    pub defaults: Vec<&'static str>,
    /// The default values that depend on conditions. The first condition that holds counts.
    pub defaults_when: Vec<(Condition, &'static str)>,
    /// The environment variables that set the value if the command line does not. The first one that is
    /// set counts; all except the first are deprecated.
    pub env: Vec<&'static str>,
    /// The key of its setting in configuration files.
    pub config: Option<&'static str>,
    /// The earlier keys of its setting.
    pub deprecated_keys: Vec<&'static str>,
    /// Whether a project's configuration file can't set it.
    pub users_own: bool,
    /// The effect of the command if the option is given.
    pub effect: Option<Effect>,
    /// The sign before its value, if it is the first argument of the program instead of having names.
    pub sigil: Option<char>,
    /// The role, which all commands understand.
    pub role: Option<Role>,
    /// The rules between it and other arguments.
    pub rules: Vec<Rule>,
}

impl Arg {
    /// Creates an option whose long name is its identifier, without other properties.
    pub fn new(id: &'static str, kind: Kind, help: &'static str) -> Self {
        Self {
            id,
            positional: false,
            short: None,
            long: Some(id),
            aliases: Vec::new(),
            letters: Vec::new(),
            deprecated_aliases: Vec::new(),
            negation: None,
            negation_help: "",
            negation_hidden: false,
            placement: Placement::Anywhere,
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
            times: None,
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
            suggestions: Vec::new(),
            defaults: Vec::new(),
            defaults_when: Vec::new(),
            env: Vec::new(),
            config: None,
            deprecated_keys: Vec::new(),
            users_own: false,
            effect: None,
            sigil: None,
            role: None,
            rules: Vec::new(),
        }
    }
}

/// Methods that set properties of an argument or option.
impl Arg {
    /// Sets the short name.
    pub fn short(&mut self, short: char) -> &mut Self {
        self.short = Some(short);
        self
    }

    /// Sets a long name that differs from the identifier.
    pub fn long(&mut self, long: &'static str) -> &mut Self {
        self.long = Some(long);
        self
    }

    /// Removes the long name.
    pub fn no_long(&mut self) -> &mut Self {
        self.long = None;
        self
    }

    /// Adds another long name.
    pub fn alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = false;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Adds another short name.
    pub fn short_alias(&mut self, name: char) -> &mut Self {
        let hidden = false;
        self.letters.push(Alias { name, hidden });
        self
    }

    /// Adds another long name that help does not show.
    pub fn hidden_alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = true;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Adds another short name that help does not show.
    pub fn hidden_short_alias(&mut self, name: char) -> &mut Self {
        let hidden = true;
        self.letters.push(Alias { name, hidden });
        self
    }

    /// Adds a long name that negates the switch. Of the two, the one given last counts.
    pub fn negatable(&mut self, name: &'static str) -> &mut Self {
        self.negation = Some(name);
        self
    }

    /// Sets a summary of the negation.
    pub fn negation_help(&mut self, help: &'static str) -> &mut Self {
        self.negation_help = help;
        self
    }

    /// Hides the negation from help and documentation.
    pub fn hide_negation(&mut self) -> &mut Self {
        self.negation_hidden = true;
        self
    }

    /// Adds an earlier name, which is deprecated.
    pub fn deprecated_alias(
        &mut self,
        name: &'static str,
        way_out: &'static str,
        removal: Option<&'static str>,
    ) -> &mut Self {
        let deprecated = Deprecated { way_out, removal };
        self.deprecated_aliases.push((name, deprecated));
        self
    }

    /// Accepts the option of a command group only before the name of a subcommand, which may use its names
    /// for other options.
    pub fn before_subcommand(&mut self) -> &mut Self {
        self.placement = Placement::BeforeSubcommand;
        self
    }

    /// Accepts the option of a command group only if no subcommand is called.
    pub fn without_subcommand(&mut self) -> &mut Self {
        self.placement = Placement::WithoutSubcommand;
        self
    }

    /// Sets the description.
    pub fn description(&mut self, text: &'static str) -> &mut Self {
        self.description = text;
        self
    }

    /// Sets the heading for this option only.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        self.heading = Some(heading);
        self
    }

    /// Hides it from help and documentation. It is still accepted.
    pub fn hidden(&mut self) -> &mut Self {
        self.hidden = true;
        self
    }

    /// Hides it from `-h`, but not from `--help`.
    pub fn hidden_short(&mut self) -> &mut Self {
        self.hidden_short = true;
        self
    }

    /// Marks it as deprecated: the reason and the replacement, and the release that removes it.
    pub fn deprecated(
        &mut self,
        way_out: &'static str,
        removal: Option<&'static str>,
    ) -> &mut Self {
        self.deprecated = Some(Deprecated { way_out, removal });
        self
    }

    /// Sets the release that added it.
    pub fn since(&mut self, release: &'static str) -> &mut Self {
        self.since = Some(release);
        self
    }

    /// Lets an option be given several times, or an argument take several values.
    pub fn repeat(&mut self) -> &mut Self {
        self.repeat = true;
        self
    }

    /// Lets an option be given several times, with this number of values in total.
    pub fn times(&mut self, min: usize, max: usize) -> &mut Self {
        self.times = Some((min, Some(max)));
        self.repeat()
    }

    /// As [`times`](Self::times), without a maximum.
    pub fn times_from(&mut self, min: usize) -> &mut Self {
        self.times = Some((min, None));
        self.repeat()
    }

    /// Sets the number of values that an argument takes in total, or an option at once.
    pub fn values(&mut self, min: usize, max: usize) -> &mut Self {
        self.bounds = Some((min, Some(max)));
        self
    }

    /// As [`values`](Self::values), without a maximum.
    pub fn values_from(&mut self, min: usize) -> &mut Self {
        self.bounds = Some((min, None));
        self
    }

    /// Adds one more value that the option takes at once, with its placeholder in help.
    pub fn and_value(&mut self, name: &'static str) -> &mut Self {
        self.names.push(name);
        self
    }

    /// Sets the character that separates values within one token.
    pub fn delimiter(&mut self, delimiter: char) -> &mut Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// Sets the value that is used if the option is given without one.
    pub fn bare(&mut self, value: &'static str) -> &mut Self {
        self.bare = Some(value);
        self
    }

    /// Requires that the value follows an equals sign instead of being the next token.
    pub fn equals(&mut self) -> &mut Self {
        self.equals = true;
        self
    }

    /// Accepts values that begin with a hyphen.
    pub fn hyphen_values(&mut self) -> &mut Self {
        self.hyphen_values = true;
        self
    }

    /// Sets the token that ends the values.
    pub fn terminator(&mut self, token: &'static str) -> &mut Self {
        self.terminator = Some(token);
        self
    }

    /// Accepts the argument only after `--`.
    pub fn last(&mut self) -> &mut Self {
        self.last = true;
        self
    }

    /// Makes the argument take all remaining tokens, unchanged, from its first value on.
    pub fn trailing(&mut self) -> &mut Self {
        self.trailing = true;
        self
    }

    /// Sets the completion that a shell offers, unless the kind implies one.
    pub fn complete(&mut self, complete: Complete) -> &mut Self {
        self.complete = Some(complete);
        self
    }

    /// Makes a shell offer files with these extensions, and directories.
    pub fn extensions(&mut self, extensions: &'static [&'static str]) -> &mut Self {
        self.complete(Complete::Files(extensions))
    }

    /// Makes a shell offer the values that the program offers by this name.
    pub fn complete_with(&mut self, name: &'static str) -> &mut Self {
        self.complete(Complete::Values(name))
    }

    /// Adds a known value with its meaning, which may be empty. Other values are accepted too.
    pub fn suggest(&mut self, value: &'static str, help: &'static str) -> &mut Self {
        self.suggestions.push((value, help));
        self
    }

    /// Adds a default value.
    pub fn default(&mut self, value: &'static str) -> &mut Self {
        self.defaults.push(value);
        self
    }

    /// Adds a default value that is used if `arg` has the value `is`.
    pub fn default_when(
        &mut self,
        arg: &'static str,
        is: &'static str,
        value: &'static str,
    ) -> &mut Self {
        self.defaults_when.push((Condition { arg, is }, value));
        self
    }

    /// Adds an environment variable that sets the value if the command line does not.
    ///
    /// All variables except the first are deprecated.
    ///
    /// For a switch, the values `0`, `false`, `no`, `off`, `f`, `n` and the empty string leave it off.
    pub fn env(&mut self, name: &'static str) -> &mut Self {
        self.env.push(name);
        self
    }

    /// Sets the key of its setting. Configuration files come after the command line and the variables.
    pub fn config(&mut self, key: &'static str) -> &mut Self {
        self.config = Some(key);
        self
    }

    /// Adds an earlier key of its setting, which files can still use, with a warning.
    pub fn deprecated_key(&mut self, key: &'static str) -> &mut Self {
        self.deprecated_keys.push(key);
        self
    }

    /// Forbids the setting in a project's configuration file.
    pub fn users_own(&mut self) -> &mut Self {
        self.users_own = true;
        self
    }

    /// Declares the effect of the command if the option is given.
    pub fn effect(&mut self, effect: Effect) -> &mut Self {
        self.effect = Some(effect);
        self
    }

    /// Makes it the first argument of the program, with this sign before its value.
    pub fn sigil(&mut self, sign: char) -> &mut Self {
        self.sigil = Some(sign);
        self.no_long().before_subcommand()
    }

    /// Sets the role, which all commands understand.
    pub fn role(&mut self, role: Role) -> &mut Self {
        self.role = Some(role);
        self
    }
}
