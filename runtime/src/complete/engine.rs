//! What may be at the cursor of a command line that is still being typed.

use std::ffi::OsString;

use super::offers::{Heading, Offer, Offers};
use super::rules::Rules;
use super::values::{At, values};
use crate::line::{Cursor, Line, scan_to_cursor};
use crate::model::{Alias, Arg, Below, Complete, Program};

/// Returns what may be at the cursor, after these tokens, and the command line before the cursor. `token`
/// is the one at the cursor, as far as it is typed; it may be empty.
///
/// An incomplete command line is not an error: tokens that the scanner doesn't know are skipped.
pub(super) fn offers(
    program: &Program,
    words: &[OsString],
    token: &str,
    shell_matches: bool,
) -> (Offers, Line) {
    let (line, cursor) = scan_to_cursor(program, words);
    let offers = Offers {
        shell_matches,
        ..Offers::default()
    };
    let mut engine = Engine {
        program,
        line,
        cursor,
        token,
        offers,
    };
    engine.run();
    (engine.offers, engine.line)
}

struct Engine<'a> {
    program: &'a Program,
    line: Line,
    cursor: Cursor,
    token: &'a str,
    offers: Offers,
}

impl Engine<'_> {
    fn run(&mut self) {
        if self.cursor.helps {
            return self.help();
        }
        if self.line.is_external() {
            self.offers.shell = Some((Complete::Path, 0));
            return;
        }
        let is_option = self.token.starts_with('-') && !self.cursor.rest;
        if let Some((arg, taken, has_enough)) = self.open_option() {
            self.value(&arg, 0, taken);
            // The option would take any other token.
            if !has_enough || !is_option {
                return;
            }
        }
        if !is_option {
            return match self.sigil() {
                Some(arg) => self.value(&arg, 1, 0),
                None => self.word(),
            };
        }
        self.enter_default();
        match self.token.split_once('=') {
            Some((name, _)) if name.starts_with("--") => self.attached(name),
            _ if self.token.starts_with("--") => self.long_names(),
            _ if self.token == "-" => {
                self.letters(&[]);
                self.long_names();
            }
            _ => self.combined(),
        }
        self.hyphen_values();
    }

    /// Returns the option whose sign begins the token, which is the first argument.
    fn sigil(&self) -> Option<Arg> {
        let sign = self.token.chars().next()?;
        let mut args = self.line.called.accepted().filter(|_| self.cursor.first);
        args.find(|arg| arg.sigil == Some(sign)).cloned()
    }

    /// Returns the option before the cursor that may take the token as its value, the number of values that
    /// it has, and whether they are enough, so that the token may also be an option.
    fn open_option(&self) -> Option<(Arg, usize, bool)> {
        let last = self.line.given.last().filter(|_| self.cursor.open)?;
        let arg = self.line.arg(last);
        let least = match (arg.bare, arg.bounds) {
            (Some(_), _) => 0,
            (None, Some((least, _))) => least,
            (None, None) => arg.names.len(),
        };
        let taken = last.values.len();
        Some((arg.clone(), taken, taken >= least))
    }

    /// Offers values of an option or argument, which begin at a byte of the token. `taken` is the number of
    /// values that it already has.
    fn value(&mut self, arg: &Arg, start: usize, taken: usize) {
        let at = At::new(arg, self.token, start, self.cursor.rest);
        let most = arg.bounds.and_then(|(_, most)| most);
        if most.is_some_and(|most| taken + at.earlier() >= most) {
            return;
        }
        if let Some(Complete::CommandLine) = arg.complete {
            let is_first = !arg.positional || !self.line.has_words_for(arg);
            let complete = if is_first {
                Complete::Program
            } else {
                Complete::Path
            };
            self.offers.shell = Some((complete, at.start));
            return;
        }
        #[cfg(feature = "config")]
        if arg.positional && self.is_config() {
            return super::settings::values(&mut self.offers, at, self.program, &self.line);
        }
        values(&mut self.offers, at);
    }

    /// Returns whether the command is `config`, whose arguments are settings.
    #[cfg(feature = "config")]
    fn is_config(&self) -> bool {
        let path = &self.line.called.command().path;
        self.program.files.is_some() && path.get(1) == Some(&"config")
    }

    /// Handles `--name=value`.
    fn attached(&mut self, name: &str) {
        let long = name.trim_start_matches('-');
        let arg = self.option(|arg| arg.has_long(long));
        if let Some(arg) = arg.filter(Arg::takes_value) {
            self.attached_value(&arg, name.len() + 1);
        }
    }

    /// Offers values that are attached to their option. All of them must be in this token.
    fn attached_value(&mut self, arg: &Arg, start: usize) {
        let least = arg.bounds.map_or(arg.names.len(), |(least, _)| least);
        if least <= 1 || arg.delimiter.is_some() {
            self.value(arg, start, 0);
        }
    }

    fn option(&self, is_meant: impl Fn(&Arg) -> bool) -> Option<Arg> {
        let mut args = self.line.called.accepted();
        let arg = args.find(|arg| !arg.positional && is_meant(arg));
        arg.cloned()
    }

    /// Handles combined short options: `-vq`, `-ofile`.
    fn combined(&mut self) {
        let mut given = Vec::new();
        for (at, letter) in self.token.char_indices().skip(1) {
            let Some(arg) = self.option(|arg| arg.has_letter(letter)) else {
                return;
            };
            if !Rules::new(&self.line, &given, self.program.override_self).allow(&arg) {
                return;
            }
            let after = at + letter.len_utf8();
            if arg.takes_value() {
                if arg.bare.is_some() && after == self.token.len() {
                    let offer = Offer::new(self.token, arg.help, Heading::Options);
                    self.offers.add(self.token, offer);
                }
                let equals = self.token[after..].starts_with('=');
                if arg.equals && arg.bare.is_none() && !equals {
                    // The value must follow an equals sign.
                    let offer = Offer::new(format!("{}=", self.token), arg.help, Heading::Options);
                    return self.offers.add(self.token, offer);
                }
                return self.attached_value(&arg, after + usize::from(equals));
            }
            given.push(arg.id);
        }
        // The token is complete, but may continue.
        let last = given.last().and_then(|id| self.line.called.arg(id));
        let help = last.map_or("", |arg| arg.help);
        let offer = Offer::new(self.token, help, Heading::Options);
        self.offers.add(self.token, offer);
        self.letters(&given);
    }

    /// Offers short options as the next letter of the token.
    fn letters(&mut self, given: &[&'static str]) {
        let rules = Rules::new(&self.line, given, self.program.override_self);
        let options = self.options(&rules).into_iter().filter_map(|arg| {
            let token = format!("{}{}", self.token, arg.short?);
            Some((
                is_hidden(arg),
                Offer::new(token, arg.help, Heading::Options),
            ))
        });
        let options: Vec<_> = options.collect();
        self.offers.add_visible(self.token, options);
        let has_version = self.program.version.is_some() && self.line.called.is_program();
        let built_in = [
            ('h', "Print help", true),
            ('V', "Print version", has_version),
        ];
        for (letter, help, exists) in built_in {
            if exists && given.is_empty() && !self.has_letter(letter) {
                let offer = Offer::new(format!("{}{letter}", self.token), help, Heading::Options);
                self.offers.add(self.token, offer);
            }
        }
    }

    fn has_letter(&self, letter: char) -> bool {
        self.line
            .called
            .accepted()
            .any(|arg| arg.has_letter(letter))
    }

    /// Offers long options.
    fn long_names(&mut self) {
        let rules = Rules::new(&self.line, &[], self.program.override_self);
        let mut offers = Vec::new();
        for arg in self.options(&rules) {
            let names = arg.long.into_iter().map(|name| (name, false));
            let earlier = arg.deprecated_aliases.iter().map(|(name, _)| *name);
            let earlier = earlier.filter(|name| name.len() > 1);
            let aliases = arg.aliases.iter().map(|alias| alias.name).chain(earlier);
            for (name, is_alias) in names.chain(aliases.map(|name| (name, true))) {
                let mut offer = Offer::new(format!("--{name}"), arg.help, Heading::Options);
                if arg.takes_value() && arg.equals && arg.bare.is_none() {
                    offer.token.push('=');
                }
                offers.push((is_hidden(arg) || is_alias, offer));
            }
        }
        for arg in self
            .line
            .called
            .accepted()
            .filter(|arg| rules.allow_off(arg))
        {
            let Some(name) = arg.negation else { continue };
            let help = match arg.negation_help {
                "" => format!("Turn off {}", arg.written()),
                help => help.to_owned(),
            };
            let offer = Offer::new(format!("--{name}"), &help, Heading::Options);
            // The list is easier to read with one of the two.
            let hidden = is_hidden(arg) || arg.negation_hidden;
            offers.push((hidden || arg.defaults != ["true"], offer));
        }
        let mut built_in = |name: &str, help: &str| {
            if !self.line.called.accepted().any(|arg| arg.has_long(name)) {
                let offer = Offer::new(format!("--{name}"), help, Heading::Options);
                offers.push((false, offer));
            }
        };
        built_in("help", "Print help");
        if self.program.version.is_some() && self.line.called.is_program() {
            built_in("version", "Print version");
        }
        self.offers.add_visible(self.token, offers);
    }

    /// Returns the options that can be given, those without which the command line is incomplete first.
    fn options(&self, rules: &Rules<'_>) -> Vec<&Arg> {
        let options = self.line.called.accepted().filter(|arg| !arg.positional);
        let mut options: Vec<&Arg> = options.filter(|arg| rules.allow(arg)).collect();
        options.sort_by_key(|arg| !rules.need(arg));
        options
    }

    /// Offers values of the next argument, if they may begin with a hyphen.
    fn hyphen_values(&mut self) {
        for arg in self.next_arguments() {
            if arg.hyphen_values || arg.kind.is_number() {
                self.value(&arg, 0, 0);
            }
        }
    }

    /// Handles a token that is not an option: a command or an argument.
    fn word(&mut self) {
        if self.line.may_have_subcommand() && !self.cursor.rest {
            if self.line.has_unknown_command() {
                return;
            }
            let command = self.line.called.command();
            let mut offers: Vec<_> = command.commands.iter().flat_map(names).collect();
            if command.below("help").is_none() {
                let help = "Print help, of the program or of a command";
                offers.push((false, Offer::new("help", help, Heading::Commands)));
            }
            self.offers.add_visible(self.token, offers);
            self.enter_default();
        }
        let arguments = self.next_arguments();
        let needs_argument = arguments.iter().any(Arg::is_required);
        for arg in arguments
            .iter()
            .filter(|arg| !arg.hidden || !self.token.is_empty())
        {
            self.value(arg, 0, 0);
        }
        let is_open = self.token.is_empty() && !self.cursor.rest && !needs_argument;
        if is_open && self.offers.is_empty() {
            self.long_names();
        }
    }

    /// Enters the subcommand that runs if none is given.
    fn enter_default(&mut self) {
        let command = self.line.called.command();
        let default = command.default_command.and_then(|name| command.below(name));
        if let Some(below) = default.cloned() {
            self.line.called.push(&below);
        }
    }

    /// Returns the arguments that can take the next token, without those that the rules exclude.
    fn next_arguments(&self) -> Vec<Arg> {
        if !self.line.called.takes_words() {
            return Vec::new();
        }
        let rules = Rules::new(&self.line, &[], self.program.override_self);
        let arguments = self.line.next_arguments().into_iter();
        let fits = |arg: &&Arg| (!arg.last || self.cursor.rest) && rules.fit(arg);
        arguments.filter(fits).cloned().collect()
    }

    /// Offers the commands and topics that `help` accepts.
    fn help(&mut self) {
        if self.line.is_topic() || self.line.has_unknown_command() {
            return;
        }
        let command = self.line.called.command();
        let mut offers: Vec<_> = command.commands.iter().flat_map(names).collect();
        let topics = command.topics.iter();
        offers.extend(
            topics.map(|topic| (false, Offer::new(topic.name, topic.title, Heading::Topics))),
        );
        self.offers.add_visible(self.token, offers);
    }
}

/// Returns whether an option is offered only if nothing else matches what is typed.
fn is_hidden(arg: &Arg) -> bool {
    arg.hidden || arg.deprecated.is_some()
}

/// Returns the names of a subcommand, and whether each is hidden.
fn names(below: &Below) -> Vec<(bool, Offer)> {
    let hidden = below.hidden || below.deprecated;
    let own = Alias {
        name: below.name,
        hidden,
    };
    // Aliases in the list would only make it longer.
    let aliases = below.aliases.iter().map(|alias| Alias {
        hidden: true,
        ..*alias
    });
    let names = std::iter::once(own).chain(aliases);
    let offer = |alias: Alias<&str>| {
        let offer = Offer::new(alias.name, below.about, Heading::Commands);
        (alias.hidden, offer)
    };
    names.map(offer).collect()
}
