//! Building commands: one small method for each fact.
//!
//! Generated code calls these in the order in which the spec lists things, which is also the order in
//! help. Each method is compiled once, and a call passes little more than a pointer: chains of methods
//! that take a value by move cost eight times as much to compile.

use super::{
    Alias, Arg, Below, Command, Definition, Deprecated, Effect, Example, Group, Kind, Topic,
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
        let mut arg = Arg::new(id, kind, help);
        arg.heading = self.heading;
        self.args.push(arg);
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
