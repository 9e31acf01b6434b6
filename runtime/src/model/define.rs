//! Building commands: one small method for each property.
//!
//! Generated code calls these methods in the order of the spec, which is also the order in help. Each
//! method is compiled once, and a call passes little more than a pointer. Chains of methods that take
//! `self` by value take eight times as long to compile.

use super::{
    Alias, Arg, Below, Command, Definition, Deprecated, Effect, Example, Group, Inherited, Kind,
    Topic,
};

/// Methods that set properties of an option group.
impl Group {
    /// Sets what its members are for.
    pub fn help(&mut self, help: &'static str) {
        self.help = help;
    }
}

/// Methods that set properties of a command.
impl Command {
    /// Sets the summary of the program. Subcommands get theirs from their parent command.
    pub fn about(&mut self, about: &'static str) {
        self.about = about;
    }

    /// Sets the description.
    pub fn description(&mut self, text: &'static str) {
        self.description = text;
    }

    /// Marks it as deprecated: the reason and the replacement, and the release that removes it.
    pub fn deprecated(&mut self, way_out: &'static str, removal: Option<&'static str>) {
        self.deprecated = Some(Deprecated { way_out, removal });
    }

    /// Sets the release that added it.
    pub fn since(&mut self, release: &'static str) {
        self.since = Some(release);
    }

    /// Declares that it changes nothing.
    pub fn reads(&mut self) {
        self.effect = Some(Effect::Read);
    }

    /// Declares that it creates or changes data.
    pub fn writes(&mut self) {
        self.effect = Some(Effect::Write);
    }

    /// Declares that it may destroy data that can't be restored.
    pub fn destroys(&mut self) {
        self.effect = Some(Effect::Destructive);
    }

    /// Describes an inherited option differently.
    pub fn inherit(&mut self, id: &'static str, help: &'static str, description: &'static str) {
        let hidden = false;
        self.inherited.push(Inherited {
            id,
            help,
            description,
            hidden,
        });
    }

    /// As [`inherit`](Self::inherit), and hides the option from help and documentation.
    pub fn inherit_hidden(
        &mut self,
        id: &'static str,
        help: &'static str,
        description: &'static str,
    ) {
        let hidden = true;
        self.inherited.push(Inherited {
            id,
            help,
            description,
            hidden,
        });
    }

    /// Sets the heading of the options that are added next; `None` is the default heading.
    pub fn heading(&mut self, heading: Option<&'static str>) {
        self.heading = heading;
    }

    /// Adds an option without a value.
    pub fn switch(&mut self, id: &'static str, help: &'static str) -> &mut Arg {
        self.add(id, Kind::Switch, help)
    }

    /// Adds an option without a value that counts how often it is given, up to `max`.
    pub fn count(&mut self, id: &'static str, max: u8, help: &'static str) -> &mut Arg {
        self.add(id, Kind::Count(max), help)
    }

    /// Adds an option with a value, for which help shows the placeholder `value`.
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

    /// Adds a positional argument.
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

    /// Makes an option required, either its own or an inherited one.
    pub fn needs(&mut self, id: &'static str) {
        self.needs.push(id);
    }

    /// Adds an option group of which one or more members are required.
    pub fn any_of(&mut self, name: &'static str, members: &[&'static str]) -> &mut Group {
        let group = self.group(name, members);
        group.required = true;
        group
    }

    /// Adds an option group of which exactly one member is required. [`Command::conflicts`] and
    /// [`Arg::conflicts`] make sure that no two are given.
    pub fn one_of(&mut self, name: &'static str, members: &[&'static str]) -> &mut Group {
        let group = self.any_of(name, members);
        group.one = true;
        group
    }

    /// Adds an option group without a required member.
    pub fn group(&mut self, name: &'static str, members: &[&'static str]) -> &mut Group {
        let group = Group {
            name,
            members: members.to_vec(),
            one: false,
            required: false,
            help: "",
        };
        self.groups.push(group);
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    /// Makes `id` require `other`.
    pub fn requires(&mut self, id: &'static str, other: &'static str) {
        self.requires.push((id, other));
    }

    /// Makes `id` and `other` conflict.
    pub fn conflicts(&mut self, id: &'static str, other: &'static str) {
        self.conflicts.push((id, other));
    }

    /// Makes `id` and `other` conflict, because other rules imply it.
    pub fn implies_conflict(&mut self, id: &'static str, other: &'static str) {
        self.implied.push((id, other));
    }

    /// Adds a subcommand, which `define` builds when it is needed.
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
            target: Vec::new(),
            heading: None,
            hidden: false,
            deprecated: false,
            destructive: false,
        });
        let last = self.commands.len() - 1;
        &mut self.commands[last]
    }

    /// Adds a second name of another command, at this path under the program.
    pub fn link(
        &mut self,
        name: &'static str,
        about: &'static str,
        target: &[&'static str],
    ) -> &mut Below {
        let below = self.subcommand(name, about, |_| {});
        below.target = target.to_vec();
        below
    }

    /// Adds a second name elsewhere in the program, written in full.
    pub fn also(&mut self, title: &'static str) {
        self.also.push(title);
    }

    /// Declares that running it again has no further effect.
    pub fn idempotent(&mut self) {
        self.idempotent = true;
    }

    /// Declares that it uses the network.
    pub fn uses_network(&mut self) {
        self.network = Some(true);
    }

    /// Declares that it does not use the network.
    pub fn uses_no_network(&mut self) {
        self.network = Some(false);
    }

    /// Sets the subcommand that is run if none is given.
    pub fn default_subcommand(&mut self, name: &'static str) {
        self.default_command = Some(name);
    }

    /// Passes unknown subcommands to the program.
    pub fn external_subcommands(&mut self) {
        self.external = true;
    }

    /// Makes the command group callable without a subcommand.
    pub fn runnable(&mut self) {
        self.runnable = true;
    }

    /// Sets the description of its JSON output.
    pub fn output(&mut self, text: &'static str) {
        self.output = text;
    }

    /// Adds an example command line.
    pub fn example(&mut self, about: &'static str, run: &'static str) -> &mut Example {
        self.examples.push(Example {
            about,
            run,
            status: None,
            output: "",
        });
        self.examples.last_mut().expect("an example was just added")
    }

    /// Adds an exit code with its meaning.
    pub fn exit_code(&mut self, code: u8, help: &'static str) {
        self.exit_codes.push((code, help));
    }

    /// Adds a topic: a longer text that `help` shows for its name.
    pub fn topic(&mut self, name: &'static str, title: &'static str, text: &'static str) {
        self.topics.push(Topic { name, title, text });
    }

    /// Shows the description of each option on the line after its name, in help.
    pub fn next_line_help(&mut self) {
        self.next_line_help = true;
    }
}

/// Methods that set the properties of a subcommand that its command group stores.
impl Example {
    /// Sets the exit status of an example that fails.
    pub fn status(&mut self, status: u8) -> &mut Self {
        self.status = Some(status);
        self
    }

    /// Sets what a terminal shows.
    pub fn output(&mut self, output: &'static str) {
        self.output = output;
    }
}

impl Below {
    /// Adds another name.
    pub fn alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = false;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Adds another name that help does not show.
    pub fn hidden_alias(&mut self, name: &'static str) -> &mut Self {
        let hidden = true;
        self.aliases.push(Alias { name, hidden });
        self
    }

    /// Sets the heading under which help lists it.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        self.heading = Some(heading);
        self
    }

    /// Hides it from help and documentation. It can still be called.
    pub fn hidden(&mut self) -> &mut Self {
        self.hidden = true;
        self
    }

    /// Marks it as deprecated.
    pub fn deprecated(&mut self) -> &mut Self {
        self.deprecated = true;
        self
    }

    /// Declares that it may destroy data.
    pub fn destructive(&mut self) -> &mut Self {
        self.destructive = true;
        self
    }
}
