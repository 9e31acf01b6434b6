//! The model as clap's own types.

use clap::builder::ArgPredicate;
use clap::{ArgAction, ArgGroup, Command as Clap};

use super::{Arg, Called, Condition, Group, Kind, Placement, Program, Rule};

/// The display order that clap gives to `--help` and `--version`.
const HELP_ORDER: usize = 999;

impl Program {
    /// Returns the whole program as a clap command, for other tools: completion scripts, man pages,
    /// tests. The program itself does not use it to parse a command line.
    pub fn clap(&self) -> Clap {
        let called = Called::root(self);
        let command = whole(&called).bin_name(self.name);
        let command = command.args_override_self(self.override_self);
        match self.version {
            Some(version) if called.with_letter('V').is_some() => {
                let flag = without_letter("version", "Print version", ArgAction::Version);
                command
                    .version(version)
                    .disable_version_flag(true)
                    .arg(flag)
            }
            Some(version) => command.version(version),
            None => command,
        }
    }
}

/// Builds a command with all of its subcommands.
fn whole(called: &Called) -> Clap {
    let command = called.command();
    let mut clap = Clap::new(command.name()).about(command.about);
    if !command.description.is_empty() {
        clap = clap.long_about(format!("{}\n\n{}", command.about, command.description));
    }
    let global = command.is_group();
    if called.with_letter('h').is_some() {
        let flag = without_letter("help", "Print help", ArgAction::Help);
        clap = clap.disable_help_flag(true).arg(flag.global(global));
    }
    for (order, arg) in command.args.iter().enumerate() {
        let order = 100 * 8usize.saturating_sub(command.path.len()) + 2 * order;
        let inherited = global && arg.is_inherited();
        let shown = |it: clap::Arg| it.global(inherited).display_order(order);
        clap = clap.arg(shown(arg.for_tools(called)));
        if let Some(negation) = arg.negation_for_clap() {
            let help = match arg.negation_help {
                "" => "The opposite",
                help => help,
            };
            let negation = negation.hide(arg.hidden || arg.negation_hidden).help(help);
            clap = clap.arg(shown(negation));
            clap = clap.groups(arg.either_for_clap());
        }
    }
    clap = clap.groups(command.groups.iter().map(Group::for_clap));
    if command.is_group() && !command.runnable && command.default_command.is_none() {
        clap = clap.subcommand_required(true).arg_required_else_help(true);
    }
    if command.external {
        clap = clap.allow_external_subcommands(true);
    }
    for below in &command.commands {
        let mut called = called.clone();
        called.push(below);
        if !below.target.is_empty() && called.command().is_group() {
            // Its subcommands are already under its first name.
            continue;
        }
        let shown = below.aliases.iter().filter(|alias| !alias.hidden);
        let hidden = below.aliases.iter().filter(|alias| alias.hidden);
        let built = whole(&called)
            .name(below.name)
            .hide(below.hidden)
            .visible_aliases(shown.map(|alias| alias.name))
            .aliases(hidden.map(|alias| alias.name));
        clap = clap.subcommand(built);
    }
    clap
}

/// Builds `--help` or `--version` for a command that uses their short name for another option.
fn without_letter(name: &'static str, help: &'static str, action: ArgAction) -> clap::Arg {
    clap::Arg::new(name)
        .long(name)
        .help(help)
        .action(action)
        .display_order(HELP_ORDER)
}

impl Group {
    pub(crate) fn for_clap(&self) -> ArgGroup {
        ArgGroup::new(self.name)
            .args(self.members.iter().copied())
            .required(self.required)
            .multiple(true)
    }
}

impl Arg {
    /// Builds the argument with everything that clap needs to check values and rules.
    pub(crate) fn for_clap(&self, called: &Called) -> clap::Arg {
        self.with_rules(called, &|_| true)
    }

    /// Builds the argument, without its rules about arguments that clap doesn't know where they apply.
    fn with_rules(&self, called: &Called, knows: &dyn Fn(&str) -> bool) -> clap::Arg {
        let mut arg = clap::Arg::new(self.id);
        arg = match self.kind {
            Kind::Switch => arg.action(ArgAction::SetTrue),
            Kind::Count(_) => arg.action(ArgAction::Count),
            _ => self.values_for_clap(arg),
        };
        if !self.positional {
            arg = match (self.long, self.short) {
                (Some(long), _) => arg.long(long),
                (None, Some(short)) => arg.short(short),
                (None, None) => arg.long(self.id),
            };
        }
        self.rules_for_clap(arg, called, knows)
    }

    /// Returns whether the subcommands of its command group have it, too.
    fn is_inherited(&self) -> bool {
        !self.positional && self.placement == Placement::Anywhere
    }

    /// Returns whether a rule may name this argument or group wherever clap knows the option: subcommands know
    /// neither the groups of their parents, nor options that belong to the parents alone.
    fn can_name(&self, id: &str, called: &Called) -> bool {
        let command = called.command();
        let is_passed_on = command.is_group() && self.is_inherited();
        let mut named = called.upwards().enumerate().filter_map(|(level, command)| {
            let arg = command.args.iter().find(|arg| arg.id == id);
            Some((level, arg?.is_inherited()))
        });
        match named.next() {
            Some((0, is_inherited)) => is_inherited || !is_passed_on,
            Some((_, is_inherited)) => is_inherited,
            None => !is_passed_on && command.groups.iter().any(|group| group.name == id),
        }
    }

    fn values_for_clap(&self, mut arg: clap::Arg) -> clap::Arg {
        arg = arg
            .value_names(self.names.iter().copied())
            .value_parser(self.parser());
        let several = self.positional && (self.repeat || self.bounds.is_some());
        if self.repeat || several {
            arg = arg.action(ArgAction::Append);
        }
        arg = match self.bounds {
            Some((min, None)) => arg.num_args(min..),
            Some((min, Some(max))) => arg.num_args(min..=max),
            None if several => arg.num_args(1..),
            None if self.names.len() > 1 => arg.num_args(self.names.len()),
            None => arg,
        };
        if let Some(bare) = self.bare {
            arg = arg.num_args(0..=1).default_missing_value(bare);
        }
        if matches!(self.kind, Kind::Choice { ignore_case: true }) {
            arg = arg.ignore_case(true);
        }
        if let (true, Some(word)) = (self.positional, self.terminator) {
            arg = arg.value_terminator(word);
        }
        arg.require_equals(self.equals)
            .last(self.last)
            .trailing_var_arg(self.trailing)
            .default_values(self.defaults.iter().copied())
    }

    fn rules_for_clap(
        &self,
        mut arg: clap::Arg,
        called: &Called,
        knows: &dyn Fn(&str) -> bool,
    ) -> clap::Arg {
        let mut all = Vec::new();
        let mut any = Vec::new();
        let rules = self.rules.iter();
        for rule in rules.filter(|rule| rule.other().is_none_or(knows)) {
            arg = match *rule {
                Rule::Conflicts(other) => arg.conflicts_with(other),
                Rule::Requires(other) => arg.requires(other),
                Rule::RequiredUnless(other) => arg.required_unless_present(other),
                Rule::RequiredUnlessAll(other) => arg.required_unless_present_all([other]),
                // If the option is given again, the line for clap contains only its last values.
                Rule::Overrides(other) if other == self.id && self.repeat => arg,
                Rule::Overrides(other) => arg.overrides_with(other),
                Rule::Exclusive => arg.exclusive(true),
                // Of a switch with a negation, one of the two is required.
                Rule::Required if self.negation.is_some() => arg,
                Rule::Required => arg.required(true),
                // Checked after parsing, because clap compares no defaults.
                Rule::RequiredWith(_)
                | Rule::ConflictsWhen(_)
                | Rule::ConflictsWhenAll(_)
                | Rule::RequiresWhen(_)
                | Rule::RequiresWhenAll(_) => arg,
                Rule::RequiredWhen(when) => {
                    any.push((when.arg, when.meant(called)));
                    arg
                }
                Rule::RequiredWhenAll(when) => {
                    all.push((when.arg, when.meant(called)));
                    arg
                }
            };
        }
        for command in called.upwards() {
            let of_this = |pair: &&(&str, &'static str)| pair.0 == self.id && knows(pair.1);
            for (_, other) in command.requires.iter().filter(of_this) {
                arg = arg.requires(*other);
            }
            let pairs = command.conflicts.iter().chain(&command.implied);
            for (_, other) in pairs.filter(of_this) {
                arg = arg.conflicts_with(*other);
            }
        }
        if !any.is_empty() {
            arg = arg.required_if_eq_any(any);
        }
        if !all.is_empty() {
            arg = arg.required_if_eq_all(all);
        }
        if !self.defaults_when.is_empty() {
            let defaults = self.defaults_when.iter();
            let defaults = defaults.map(|(when, value)| {
                (
                    when.arg,
                    ArgPredicate::Equals(when.meant(called).into()),
                    *value,
                )
            });
            arg = arg.default_value_ifs(defaults);
        }
        if let Some(negation) = self.negation {
            arg = arg.overrides_with(negation);
        }
        arg
    }

    /// Builds the option that negates it.
    pub(crate) fn negation_for_clap(&self) -> Option<clap::Arg> {
        let name = self.negation?;
        let arg = clap::Arg::new(name).long(name).action(ArgAction::SetTrue);
        Some(arg.overrides_with(self.id))
    }

    /// Builds the group of the switch and its negation, if one of them is required.
    pub(crate) fn either_for_clap(&self) -> Option<ArgGroup> {
        let negation = self.negation.filter(|_| self.is_required())?;
        // clap's identifiers are `'static`.
        let name: &'static str = Box::leak(format!("either {}", self.id).into());
        let group = ArgGroup::new(name);
        Some(
            group
                .args([self.id, negation])
                .required(true)
                .multiple(true),
        )
    }

    /// Builds the argument with everything that clap can represent, for other tools.
    fn for_tools(&self, called: &Called) -> clap::Arg {
        let arg = self.with_rules(called, &|id| self.can_name(id, called));
        let mut arg = arg.help(self.help).hide(self.hidden);
        if !self.description.is_empty() {
            arg = arg.long_help(format!("{}\n\n{}", self.help, self.description));
        }
        for alias in &self.aliases {
            arg = match alias.hidden {
                true => arg.alias(alias.name),
                false => arg.visible_alias(alias.name),
            };
        }
        for alias in &self.letters {
            arg = match alias.hidden {
                true => arg.short_alias(alias.name),
                false => arg.visible_short_alias(alias.name),
            };
        }
        for (name, _) in &self.deprecated_aliases {
            let mut letters = name.chars();
            arg = match (letters.next(), letters.next()) {
                (Some(letter), None) => arg.short_alias(letter),
                _ => arg.alias(*name),
            };
        }
        if let (Some(short), false) = (self.short, self.positional) {
            arg = arg.short(short);
        }
        if let Some(heading) = self.heading {
            arg = arg.help_heading(heading);
        }
        if let Some(env) = self.env.first() {
            arg = arg.env(*env).hide_env_values(true);
        }
        if let Some(delimiter) = self.delimiter {
            arg = arg.value_delimiter(delimiter);
        }
        if let (false, Some(word)) = (self.positional, self.terminator) {
            arg = arg.value_terminator(word);
        }
        if called.command().needs.contains(&self.id) {
            arg = arg.required(true);
        }
        let numbers = matches!(self.kind, Kind::Integer { .. } | Kind::Float { .. });
        arg = arg.allow_hyphen_values(self.hyphen_values || matches!(self.kind, Kind::Secret));
        arg.hide_short_help(self.hidden_short)
            .allow_negative_numbers(numbers)
            .value_hint(self.hint())
    }
}

impl Condition {
    /// Returns the value. If it is an alias of a choice, or differs from it only in case where that doesn't matter,
    /// returns the name of the choice. A condition is compared with this value only.
    pub(crate) fn meant(&self, called: &Called) -> &'static str {
        let choice = called.arg(self.arg).and_then(|arg| arg.meaning(self.is));
        choice.map_or(self.is, |choice| choice.name)
    }
}
