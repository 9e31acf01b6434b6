//! Building commands: one small method for each fact.
//!
//! Generated code calls these in the order in which the spec lists things, which is also the order in
//! help. Each method is compiled once, and a call passes little more than a pointer: chains of methods
//! that take a value by move cost eight times as much to compile.

use std::fmt::Display;
use std::str::FromStr;

use super::{
    Alias, Arg, Below, Choice, Command, Complete, Condition, Custom, Definition, Deprecated,
    Effect, Example, Exists, Group, Kind, PathKind, Role, Rule, Topic,
};

/// Facts of a command.
impl Command {
    /// What it does, in one line. Commands below the program get this from their parent.
    pub fn about(&mut self, about: &'static str) {
        self.about = about;
    }

    /// What there is to know about it.
    pub fn description(&mut self, text: &'static str) {
        self.description = text;
    }

    /// It will go away: why and what to use instead, and the release that will not have it.
    pub fn deprecated(&mut self, way_out: &'static str, removal: Option<&'static str>) {
        self.deprecated = Some(Deprecated { way_out, removal });
    }

    /// The release that brought it.
    pub fn since(&mut self, release: &'static str) {
        self.since = Some(release);
    }

    /// It changes nothing.
    pub fn reads(&mut self) {
        self.effect = Some(Effect::Read);
    }

    /// It makes or changes things.
    pub fn writes(&mut self) {
        self.effect = Some(Effect::Write);
    }

    /// It may destroy what can't be restored.
    pub fn destroys(&mut self) {
        self.effect = Some(Effect::Destructive);
    }

    /// The heading of the options that are added next; `None` is the usual one.
    pub fn heading(&mut self, heading: Option<&'static str>) {
        self.heading = heading;
    }

    /// An option without a value.
    pub fn switch(&mut self, id: &'static str, help: &'static str) -> &mut Arg {
        self.add(id, Kind::Switch, help)
    }

    /// An option without a value that counts how often it is given; only the first `max` count.
    pub fn count(&mut self, id: &'static str, max: u8, help: &'static str) -> &mut Arg {
        self.add(id, Kind::Count(max), help)
    }

    /// An option with a value, shown as `value` in help.
    pub fn option(
        &mut self,
        id: &'static str,
        value: &'static str,
        help: &'static str,
    ) -> &mut Arg {
        let arg = self.add(id, Kind::Text, help);
        arg.names.push(value);
        arg
    }

    /// A value without a name, known by its place.
    pub fn argument(
        &mut self,
        id: &'static str,
        value: &'static str,
        help: &'static str,
    ) -> &mut Arg {
        let arg = self.option(id, value, help);
        arg.long = None;
        arg.positional = true;
        arg
    }

    fn add(&mut self, id: &'static str, kind: Kind, help: &'static str) -> &mut Arg {
        let heading = self.heading;
        self.args.push(Arg {
            id,
            positional: false,
            short: None,
            long: Some(id),
            aliases: Vec::new(),
            letters: Vec::new(),
            negation: None,
            help,
            description: "",
            heading,
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
            env: None,
            config: None,
            users_own: false,
            role: None,
            rules: Vec::new(),
        });
        let last = self.args.len() - 1;
        &mut self.args[last]
    }

    /// An option without which it can't be called, its own or an inherited one.
    pub fn needs(&mut self, id: &'static str) {
        self.needs.push(id);
    }

    /// Options of which one or more must be given.
    pub fn any_of(&mut self, name: &'static str, members: &[&'static str]) {
        self.group(name, members, false);
    }

    /// Options of which one must be given. That no two may be given is said by [`Command::conflicts`]
    /// and [`Arg::conflicts`].
    pub fn one_of(&mut self, name: &'static str, members: &[&'static str]) {
        self.group(name, members, true);
    }

    fn group(&mut self, name: &'static str, members: &[&'static str], one: bool) {
        let members = members.to_vec();
        self.groups.push(Group { name, members, one });
    }

    /// `id` is refused without `other`.
    pub fn requires(&mut self, id: &'static str, other: &'static str) {
        self.requires.push((id, other));
    }

    /// `id` and `other` are refused together.
    pub fn conflicts(&mut self, id: &'static str, other: &'static str) {
        self.conflicts.push((id, other));
    }

    /// `id` and `other` are refused together, which follows from other rules.
    pub fn implies_conflict(&mut self, id: &'static str, other: &'static str) {
        self.implied.push((id, other));
    }

    /// A command below it, built by `define` when it is needed.
    pub fn subcommand(
        &mut self,
        name: &'static str,
        about: &'static str,
        define: fn(&mut Command),
    ) -> &mut Below {
        self.commands.push(Below {
            name,
            about,
            definition: Definition::Function(define),
            aliases: Vec::new(),
            heading: None,
            hidden: false,
            deprecated: false,
            destructive: false,
        });
        let last = self.commands.len() - 1;
        &mut self.commands[last]
    }

    /// The command below it that is meant when none is named.
    pub fn default_subcommand(&mut self, name: &'static str) {
        self.default_command = Some(name);
    }

    /// Words that name no command below it are commands that the program finds by itself.
    pub fn external_subcommands(&mut self) {
        self.external = true;
    }

    /// No command below it need be named: it does something by itself, too.
    pub fn runnable(&mut self) {
        self.runnable = true;
    }

    /// What it prints for programs.
    pub fn output(&mut self, text: &'static str) {
        self.output = text;
    }

    /// A command line to learn from.
    pub fn example(&mut self, about: &'static str, run: &'static str) {
        let status = None;
        self.examples.push(Example { about, run, status });
    }

    /// A command line that ends with this exit status.
    pub fn failing_example(&mut self, about: &'static str, run: &'static str, status: u8) {
        let status = Some(status);
        self.examples.push(Example { about, run, status });
    }

    /// One of its exit codes, and what it means.
    pub fn exit_code(&mut self, code: u8, help: &'static str) {
        self.exit_codes.push((code, help));
    }

    /// A longer text, which `help` shows under its name.
    pub fn topic(&mut self, name: &'static str, title: &'static str, text: &'static str) {
        self.topics.push(Topic { name, title, text });
    }

    /// In help, what an option does stands on a line of its own, below its name.
    pub fn next_line_help(&mut self) {
        self.next_line_help = true;
    }
}

/// Facts that a group knows of a command below it.
impl Below {
    /// Another name.
    pub fn alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = false;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Another name, which no help shows.
    pub fn hidden_alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = true;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// The heading below which help lists it.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        self.heading = Some(heading);
        self
    }

    /// It works, but no list shows it.
    pub fn hidden(&mut self) -> &mut Self {
        self.hidden = true;
        self
    }

    /// It will go away.
    pub fn deprecated(&mut self) -> &mut Self {
        self.deprecated = true;
        self
    }

    /// It may destroy something.
    pub fn destructive(&mut self) -> &mut Self {
        self.destructive = true;
        self
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

    /// The value is a path, which need not be Unicode.
    pub fn path(&mut self, path: PathKind, exists: Exists) -> &mut Self {
        self.kind = Kind::Path(path, exists);
        self
    }

    /// The value is a text that is never shown.
    pub fn secret(&mut self) -> &mut Self {
        self.kind = Kind::Secret;
        self
    }

    /// The value is a whole number.
    pub fn integer(&mut self) -> &mut Self {
        self.integer_range(i64::MIN, i64::MAX)
    }

    /// The value is a whole number from `min` to `max`.
    pub fn integer_range(&mut self, min: i64, max: i64) -> &mut Self {
        self.kind = Kind::Integer { min, max };
        self
    }

    /// The value is a number, from `min` to `max`; what is empty is no limit.
    pub fn float(&mut self, min: &'static str, max: &'static str) -> &mut Self {
        self.kind = Kind::Float { min, max };
        self
    }

    /// The value is `true` or `false`.
    pub fn boolean(&mut self) -> &mut Self {
        self.kind = Kind::Boolean;
        self
    }

    /// The value is an address: see [`types::url`](crate::types::url).
    pub fn url(&mut self) -> &mut Self {
        self.kind = Kind::Url;
        self
    }

    /// The value is a span of time: see [`types::duration`](crate::types::duration).
    pub fn duration(&mut self) -> &mut Self {
        self.kind = Kind::Duration;
        self
    }

    /// The value is a number of bytes: see [`types::size`](crate::types::size).
    pub fn size(&mut self) -> &mut Self {
        self.kind = Kind::Size;
        self
    }

    /// The value is a pair: see [`types::key_value`](crate::types::key_value).
    pub fn key_value(&mut self) -> &mut Self {
        self.kind = Kind::KeyValue;
        self
    }

    /// The value is of the program's own type.
    pub fn typed<T>(&mut self) -> &mut Self
    where
        T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
    {
        self.kind = Kind::Custom(Custom::of::<T>());
        self
    }

    /// One of the values that are accepted, and what it means, which may be empty.
    pub fn choice(&mut self, name: &'static str, help: &'static str) -> &mut Self {
        if !matches!(self.kind, Kind::Choice { .. }) {
            self.kind = Kind::Choice { ignore_case: false };
        }
        self.choices.push(Choice {
            name,
            help,
            aliases: Vec::new(),
            hidden: false,
        });
        self
    }

    /// Another word for the choice added last.
    pub fn choice_alias(&mut self, alias: &'static str) -> &mut Self {
        if let Some(choice) = self.choices.last_mut() {
            choice.aliases.push(alias);
        }
        self
    }

    /// The choice added last is accepted, but not shown.
    pub fn hidden_choice(&mut self) -> &mut Self {
        if let Some(choice) = self.choices.last_mut() {
            choice.hidden = true;
        }
        self
    }

    /// Capitals make no difference to the choices.
    pub fn ignore_case(&mut self) -> &mut Self {
        self.kind = Kind::Choice { ignore_case: true };
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
    /// For a switch, `0`, `false`, `no`, `off`, `f`, `n` and nothing mean that it is not given.
    pub fn env(&mut self, name: &'static str) -> &mut Self {
        self.env = Some(name);
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
