//! Telling clap about a command, one small call for each fact.

use std::fmt::Write as _;
use std::mem::take;

use clap::builder::{
    FalseyValueParser, PossibleValue, PossibleValuesParser, StyledStr, ValueParser,
};
use clap::{Arg, ArgAction, Command};

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
    /// The argument named last, to which facts may still be added, and its choices.
    pending: Option<(Arg, Vec<PossibleValue>)>,
    global: bool,
    /// The place of the next argument in help.
    order: usize,
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
            global: false,
            order: 100 * 8usize.saturating_sub(depth),
        }
    }

    /// The command as clap wants it.
    pub fn finish(mut self) -> Command {
        self.settle();
        self.command
    }

    fn change(&mut self, change: impl FnOnce(Command) -> Command) {
        self.settle();
        self.command = change(take(&mut self.command));
    }

    /// Adds the argument named last, now that all is said about it.
    fn settle(&mut self) {
        if let Some((mut arg, choices)) = self.pending.take() {
            if !choices.is_empty() {
                arg = arg.value_parser(PossibleValuesParser::new(choices));
            }
            self.command = take(&mut self.command).arg(arg);
        }
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

    /// Another name for the command below this one that was added last.
    pub fn subcommand_alias(&mut self, name: &'static str, alias: &'static str) {
        self.change(|command| command.mut_subcommand(name, |c| c.visible_alias(alias)));
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
        self.pending = Some((arg, Vec::new()));
        DefineArg(self)
    }

    /// Giving `id` is refused unless `other` is given too. For pairs of options that come from
    /// different sets; elsewhere [`DefineArg::requires`] says it.
    pub fn requires(&mut self, id: &'static str, other: &'static str) {
        self.change_arg(id, |arg| arg.requires(other));
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

/// An argument that was just named. Its methods add what is special about it.
///
/// It borrows and owns nothing, so that statements in generated code need no clean-up.
#[derive(Debug)]
pub struct DefineArg<'a>(&'a mut Define);

impl DefineArg<'_> {
    fn change(&mut self, change: impl FnOnce(Arg) -> Arg) -> &mut Self {
        if let Some((arg, _)) = &mut self.0.pending {
            *arg = change(take(arg));
        }
        self
    }

    /// `-s`.
    pub fn short(&mut self, short: char) -> &mut Self {
        self.change(|arg| arg.short(short))
    }

    /// A long name that is not the identifier.
    pub fn long(&mut self, long: &'static str) -> &mut Self {
        self.change(|arg| arg.long(long))
    }

    /// The option has no long name.
    pub fn no_long(&mut self) -> &mut Self {
        self.change(|arg| arg.long(None))
    }

    /// Another long name, shown in help.
    pub fn alias(&mut self, alias: &'static str) -> &mut Self {
        self.change(|arg| arg.visible_alias(alias))
    }

    /// What `--help` says in place of the line that `-h` has.
    pub fn long_help(&mut self, text: &'static str) -> &mut Self {
        self.change(|arg| arg.long_help(literal(text)))
    }

    /// The heading of this option alone.
    pub fn heading(&mut self, heading: &'static str) -> &mut Self {
        self.change(|arg| arg.help_heading(heading))
    }

    /// Accepted, but not shown.
    pub fn hidden(&mut self) -> &mut Self {
        self.change(|arg| arg.hide(true))
    }

    /// Refuses a command line without it.
    pub fn required(&mut self) -> &mut Self {
        self.change(|arg| arg.required(true))
    }

    /// An option may be given several times; an argument takes several values.
    pub fn repeat(&mut self) -> &mut Self {
        self.change(|arg| {
            if arg.is_positional() {
                arg.action(ArgAction::Append).num_args(1..)
            } else {
                arg.action(ArgAction::Append)
            }
        })
    }

    /// Several values may be given at once, with this character between them.
    pub fn delimiter(&mut self, delimiter: char) -> &mut Self {
        self.change(|arg| arg.value_delimiter(delimiter))
    }

    /// The value is the path of a file or folder, and need not be Unicode.
    pub fn path(&mut self) -> &mut Self {
        self.change(|arg| arg.value_parser(ValueParser::path_buf()))
    }

    /// The value is a whole number of 64 bits.
    pub fn integer(&mut self) -> &mut Self {
        self.change(|arg| {
            arg.value_parser(clap::value_parser!(i64))
                .allow_negative_numbers(true)
        })
    }

    /// One of the values that are accepted, and what it means. An empty `help` says nothing.
    pub fn choice(&mut self, name: &'static str, help: &'static str) -> &mut Self {
        let choice = PossibleValue::new(name);
        let choice = if help.is_empty() {
            choice
        } else {
            choice.help(literal(help))
        };
        if let Some((_, choices)) = &mut self.0.pending {
            choices.push(choice);
        }
        self
    }

    /// The value when none is given; several calls make several values.
    pub fn default(&mut self, value: &'static str) -> &mut Self {
        self.change(|arg| {
            let mut values = arg.get_default_values().to_vec();
            values.push(value.into());
            arg.default_values(values)
        })
    }

    /// The environment variable that gives the value when the command line does not.
    ///
    /// For a switch, `0`, `false`, `no`, `off` and nothing mean that it is not given.
    pub fn env(&mut self, name: &'static str) -> &mut Self {
        self.change(|arg| match arg.get_action() {
            ArgAction::SetTrue => arg.env(name).value_parser(FalseyValueParser::new()),
            _ => arg.env(name),
        })
    }

    /// Refused together with `other`.
    pub fn conflicts(&mut self, other: &'static str) -> &mut Self {
        self.change(|arg| arg.conflicts_with(other))
    }

    /// Refused without `other`.
    pub fn requires(&mut self, other: &'static str) -> &mut Self {
        self.change(|arg| arg.requires(other))
    }
}
