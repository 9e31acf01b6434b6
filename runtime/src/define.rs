//! Telling clap about a command, one small call for each fact.

mod arg;
mod configured;
mod made;
mod when;

use std::fmt::Write as _;
use std::mem::take;

use clap::builder::{PossibleValue, StyledStr, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command};

pub use arg::DefineArg;
use made::{choice_parser, negation_of};
use when::Condition;
pub(crate) use when::with_line;

/// The alias of the command that is meant when none is named. Nobody can type it: the words of a
/// command line end where this character stands.
pub(crate) const DEFAULT: &str = "\0";

/// The place in help that clap gives to `--help` and `--version`.
const HELP_ORDER: usize = 999;

/// Width of help texts, in columns: that of the narrowest terminal in common use, and of man pages.
/// A narrower terminal gets narrower help; a wider one does not get longer lines.
const HELP_WIDTH: usize = 80;

/// A text that clap prints as it is. clap takes `{n}` for the end of a line; an escape sequence that
/// means "no style" keeps it from that, and is not printed.
fn literal(text: &'static str) -> StyledStr {
    if text.contains("{n}") {
        text.replace("{n}", "{\x1b[0mn}").into()
    } else {
        text.into()
    }
}

/// A clap command being defined.
///
/// Methods change it in place and return nothing, or the argument they added. Generated code calls
/// them in the order in which the spec lists things, which is also the order in help texts.
#[derive(Debug)]
pub struct Define {
    command: Command,
    /// The argument named last, to which facts may still be added.
    pending: Option<Pending>,
    /// What depends on the values of arguments, which may be defined later.
    conditions: Vec<Condition>,
    global: bool,
    /// The place of the next argument in help.
    order: usize,
}

/// An argument to which facts may still be added.
#[derive(Debug)]
struct Pending {
    arg: Arg,
    choices: Vec<PossibleValue>,
    /// The long name that switches it off.
    negation: Option<&'static str>,
    heading: Option<&'static str>,
    /// Its name in configuration files.
    #[cfg(feature = "config")]
    setting: Option<&'static str>,
}

impl Define {
    /// Begins a program, from its name and the release that `--version` prints.
    pub fn program(name: &'static str, version: Option<&'static str>) -> Self {
        let mut command = Command::new(name).bin_name(name).max_term_width(HELP_WIDTH);
        if let Some(version) = version {
            command = command.version(version);
        }
        Self::command(command)
    }

    /// Goes on with a command of which the name and what its parent's help shows are known.
    pub fn command(command: Command) -> Self {
        // A command's own options come before those that are handed down, and `--help`, to which
        // clap gives the place 999, comes last. Deep commands have long names.
        let depth = command
            .get_bin_name()
            .map_or(1, |name| name.split(' ').count());
        Self {
            command,
            pending: None,
            conditions: Vec::new(),
            global: false,
            order: 100 * 8usize.saturating_sub(depth),
        }
    }

    /// The command as clap wants it.
    pub fn finish(mut self) -> Command {
        self.settle();
        for condition in take(&mut self.conditions) {
            let command = take(&mut self.command);
            self.command = condition.apply(command);
        }
        self.command
    }

    /// Adds a condition to the argument named last: its value is `value` when `other` has this
    /// value, or without `value`, it is required then.
    fn when(&mut self, other: &'static str, is: &'static str, value: Option<&'static str>) {
        let pending = self.pending.iter();
        self.conditions.extend(pending.map(|pending| Condition {
            id: pending.arg.get_id().clone(),
            other,
            is,
            value,
        }));
    }

    fn change(&mut self, change: impl FnOnce(Command) -> Command) {
        self.settle();
        self.command = change(take(&mut self.command));
    }

    /// Adds the argument named last, now that all is said about it.
    fn settle(&mut self) {
        let Some(Pending {
            mut arg,
            choices,
            negation,
            heading,
            #[cfg(feature = "config")]
            setting,
        }) = self.pending.take()
        else {
            return;
        };
        #[cfg(feature = "config")]
        if let Some(with_value) = setting.and_then(|key| configured::with_value(&arg, key)) {
            self.conditions.retain(|one| one.id != *arg.get_id());
            arg = with_value;
        }
        if !choices.is_empty() {
            let ignore_case = arg.is_ignore_case_set();
            arg = arg.value_parser(choice_parser(choices, ignore_case));
        }
        let command = take(&mut self.command);
        self.command = match negation {
            None => command.arg(arg),
            Some(name) => {
                let negation = negation_of(&arg, name, heading);
                // A variable counts as given before; to clap, what overrides excludes it then. So
                // with a variable, both may be given, and `Values` looks for the last of them.
                let other = match arg.get_env() {
                    Some(_) => arg.get_id().clone(),
                    None => name.into(),
                };
                command.arg(arg.overrides_with(other)).arg(negation)
            }
        };
    }

    /// The sentence that introduces the command.
    pub fn about(&mut self, about: &'static str) {
        self.change(|command| command.about(literal(about)));
    }

    /// What `--help` says at its top in place of the sentence that `-h` has.
    pub fn long_about(&mut self, text: &'static str) {
        self.change(|command| command.long_about(literal(text)));
    }

    /// The heading of the options that follow; `None` is clap's own.
    pub fn heading(&mut self, heading: Option<&'static str>) {
        self.change(|command| command.next_help_heading(heading));
    }

    /// From here on, options belong to all commands below this one too.
    pub fn global(&mut self) {
        self.global = true;
    }

    /// A section at the end of `--help`: a heading and text that is printed as it is.
    pub fn section(&mut self, heading: &'static str, text: &'static str) {
        let mut help = match self.command.get_after_long_help() {
            Some(before) => {
                let mut before = before.clone();
                before.push_str("\n\n");
                before
            }
            None => StyledStr::new(),
        };
        let style = self.command.get_styles().get_header();
        // Writing to a StyledStr, as to a String, does not fail.
        let _ = write!(help, "{style}{heading}:{style:#}\n{}", literal(text).ansi());
        self.change(|command| command.after_long_help(help));
    }

    /// A longer text, which `help` shows under this name.
    pub fn topic(&mut self, name: &'static str, text: &'static str) {
        // To clap it is a command that shows its help. `help` finds it; lists do not.
        let topic = Command::new(name)
            .about(literal(text))
            .hide(true)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .help_template("{about}\n")
            .subcommand_required(true)
            .arg_required_else_help(true);
        self.change(|command| command.subcommand(topic));
    }

    /// A command below this one, defined by `define` when it is first needed.
    pub fn subcommand(
        &mut self,
        name: &'static str,
        about: &'static str,
        define: fn(Command) -> Command,
    ) {
        self.add_subcommand(Command::new(name).about(literal(about)).defer(define));
    }

    /// As [`subcommand`](Self::subcommand), but absent from the list of commands.
    pub fn hidden_subcommand(
        &mut self,
        name: &'static str,
        about: &'static str,
        define: fn(Command) -> Command,
    ) {
        self.add_subcommand(
            Command::new(name)
                .about(literal(about))
                .hide(true)
                .defer(define),
        );
    }

    fn add_subcommand(&mut self, subcommand: Command) {
        self.change(|command| {
            command
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(subcommand)
        });
    }

    /// Another name for a command below this one.
    pub fn subcommand_alias(&mut self, name: &'static str, alias: &'static str) {
        self.change(|command| command.mut_subcommand(name, |c| c.visible_alias(alias)));
    }

    /// Another name for a command below this one, which no help shows.
    pub fn hidden_subcommand_alias(&mut self, name: &'static str, alias: &'static str) {
        self.change(|command| command.mut_subcommand(name, |c| c.alias(alias)));
    }

    /// No command below it need be named: it runs by itself too, or has a default command.
    pub fn runnable(&mut self) {
        self.change(|command| {
            command
                .subcommand_required(false)
                .arg_required_else_help(false)
        });
    }

    /// The command below this one that is meant when none is named; see [`parse()`](crate::parse()).
    pub fn default_subcommand(&mut self, name: &'static str) {
        self.hidden_subcommand_alias(name, DEFAULT);
        self.runnable();
    }

    /// Words that are no command below this one are commands that the program finds by itself.
    pub fn external_subcommands(&mut self) {
        self.change(|command| {
            command
                .allow_external_subcommands(true)
                .external_subcommand_value_parser(ValueParser::os_string())
        });
    }

    /// Of an option that is given twice, the last counts: here and in all commands below.
    pub fn override_self(&mut self) {
        self.change(|command| command.args_override_self(true));
    }

    /// Help begins a new line behind each name.
    pub fn next_line_help(&mut self) {
        self.change(|command| command.next_line_help(true));
    }

    /// `-h` is an option of the program's own; help is printed by `--help` alone.
    pub fn no_short_help(&mut self) {
        let help = Arg::new("help")
            .long("help")
            .help("Print help")
            .action(ArgAction::Help)
            .display_order(HELP_ORDER)
            .global(self.global);
        self.change(|command| command.disable_help_flag(true).arg(help));
    }

    /// `-V` is an option of the program's own; the version is printed by `--version` alone.
    pub fn no_short_version(&mut self) {
        let version = Arg::new("version")
            .long("version")
            .help("Print version")
            .action(ArgAction::Version)
            .display_order(HELP_ORDER);
        self.change(|command| command.disable_version_flag(true).arg(version));
    }

    /// The command can't be called without this option, its own or one from above.
    pub fn needs(&mut self, id: &'static str) {
        if configured::is_configured(id) {
            return;
        }
        // What is handed down further can't be required, to clap; nothing lies below this command.
        self.change_arg(id, |arg| arg.global(false).required(true));
    }

    /// Refuses a command line that has none of the options of this group, or none yet; they are
    /// added by [`member`](Self::member).
    pub fn any_of(&mut self, group: &'static str) {
        self.change(|command| command.group(ArgGroup::new(group).required(true).multiple(true)));
    }

    /// Adds an option or argument to a group.
    pub fn member(&mut self, group: &'static str, id: &'static str) {
        let given = configured::is_configured(id);
        let add = |members: ArgGroup| match given {
            true => members.arg(id).required(false),
            false => members.arg(id),
        };
        self.change(|command| command.mut_group(group, add));
    }

    /// An option without a value.
    pub fn switch(&mut self, id: &'static str, help: &'static str) -> DefineArg<'_> {
        self.add(
            Arg::new(id)
                .long(id)
                .help(literal(help))
                .action(ArgAction::SetTrue),
        )
    }

    /// An option without a value that counts how often it is given.
    pub fn count(&mut self, id: &'static str, help: &'static str) -> DefineArg<'_> {
        self.add(
            Arg::new(id)
                .long(id)
                .help(literal(help))
                .action(ArgAction::Count),
        )
    }

    /// An option with a value, shown as `value` in help.
    pub fn option(
        &mut self,
        id: &'static str,
        value: &'static str,
        help: &'static str,
    ) -> DefineArg<'_> {
        self.add(Arg::new(id).long(id).value_name(value).help(literal(help)))
    }

    /// A value without a name, known by its place.
    pub fn argument(
        &mut self,
        id: &'static str,
        value: &'static str,
        help: &'static str,
    ) -> DefineArg<'_> {
        self.add(Arg::new(id).value_name(value).help(literal(help)))
    }

    fn add(&mut self, arg: Arg) -> DefineArg<'_> {
        self.settle();
        // clap would show the variable's present value, which may be a secret and differs from
        // what the documents say.
        let arg = arg
            .hide_env_values(true)
            .global(self.global)
            .display_order(self.order);
        self.order += 1;
        self.pending = Some(Pending {
            arg,
            choices: Vec::new(),
            negation: None,
            heading: None,
            #[cfg(feature = "config")]
            setting: None,
        });
        DefineArg(self)
    }

    /// Giving `id` is refused unless `other` is given too. For pairs of options that come from
    /// different sets; elsewhere [`DefineArg::requires`] says it.
    pub fn requires(&mut self, id: &'static str, other: &'static str) {
        if !configured::is_configured(other) {
            self.change_arg(id, |arg| arg.requires(other));
        }
    }

    /// `id` and `other` are refused together. For what follows from other rules; elsewhere
    /// [`DefineArg::conflicts`] says it.
    pub fn conflicts(&mut self, id: &'static str, other: &'static str) {
        self.change_arg(id, |arg| arg.conflicts_with(other));
    }

    /// Changes one argument in its place. (`Command::mut_arg` would put it at the end.)
    fn change_arg(&mut self, id: &str, change: impl Fn(Arg) -> Arg) {
        self.change(|command| {
            command.mut_args(|arg| if arg.get_id() == id { change(arg) } else { arg })
        });
    }
}
