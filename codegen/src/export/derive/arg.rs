//! Fields of options and arguments.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Writer, attribute, id, literal, one_line, spelled, values};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Command, Form, Kind, Name, Takes, Value};
use crate::text::{blocks_to_plain, to_plain};

/// Where a field is written: in the struct of a command, or in that of a set.
pub(super) struct Place<'a> {
    pub(super) command: Option<&'a Command>,
    pub(super) set: &'a Arc<ArgSet>,
    /// Whether subcommands have it, too.
    pub(super) is_global: bool,
}

impl Place<'_> {
    /// Whether clap knows an option or argument wherever it knows this one.
    pub(super) fn knows(&self, key: &str) -> bool {
        let has = |arg: &Arg| *arg.id == *key;
        let fits = |arg: &Arg| has(arg) && (!self.is_global || arg.is_accepted_after_name());
        let in_command = |command: &Command| {
            let mut own = command.defined_sets().flat_map(|set| &set.args);
            let mut inherited = command.inherited.iter().flat_map(|set| &set.args);
            own.any(fits) || inherited.any(|arg| has(arg) && arg.is_accepted_after_name())
        };
        match self.command {
            Some(command) => in_command(command),
            None => self.set.args.iter().any(fits),
        }
    }

    pub(super) fn shown(&self, arg: &Arg) -> String {
        match (self.command, &self.set.name) {
            (Some(command), _) => format!("{} {}", command.title(), arg.written()),
            (None, Some(set)) => format!("the set {} {}", **set, arg.written()),
            (None, None) => arg.written(),
        }
    }
}

impl Writer<'_> {
    /// Returns the field of an option or argument.
    pub(super) fn field(&mut self, place: Place, arg: &Arg) -> String {
        let mut parts = form(arg);
        let kind = match &arg.takes {
            Takes::Switch | Takes::Negatable { .. } => {
                if !arg.env.is_empty() {
                    // As in the runtime, some words turn it off.
                    parts.push("value_parser = clap::builder::FalseyValueParser::new()".to_owned());
                    let fact = "a switch that a variable turns off counts as given in rules";
                    self.losses.add(fact, &place.shown(arg));
                }
                "bool".to_owned()
            }
            Takes::Count(_) => {
                parts.push("action = clap::ArgAction::Count".to_owned());
                "u8".to_owned()
            }
            Takes::Value(value) => self.value(&place, arg, value, &mut parts),
        };
        if let Takes::Count(max) = arg.takes {
            if max < u8::MAX {
                self.losses.add("the highest count", &place.shown(arg));
            }
        }
        self.rules(&place, arg, &mut parts);
        appearance(&place, arg, &mut parts);
        if arg.env.len() > 1 {
            self.losses.add("deprecated variables", &place.shown(arg));
        }
        let name = spelled(&names::field(&arg.id));
        let mut field = written(&to_plain(&arg.help), &parts, &name, &kind);
        if let Takes::Negatable { opposite, default } = &arg.takes {
            self.losses.add(
                "a switch and its opposite have two fields",
                &place.shown(arg),
            );
            if default.is_some() {
                self.losses.add(
                    "the default of a switch with an opposite",
                    &place.shown(arg),
                );
            }
            let field_name = names::field(&opposite.name);
            let help = opposite
                .help
                .as_ref()
                .map_or("The opposite".to_owned(), |help| to_plain(help));
            let mut parts = vec![format!("long = {}", literal(&opposite.name))];
            parts.push(format!("overrides_with = {}", literal(&id(&arg.id))));
            if place.is_global {
                parts.push("global = true".to_owned());
            }
            if arg.hidden || opposite.hidden {
                parts.push("hide = true".to_owned());
            }
            let heading = arg.heading.as_ref().or(place.set.heading.as_ref());
            parts.extend(heading.map(|heading| format!("help_heading = {}", literal(heading))));
            if help.ends_with('.') {
                parts.push(format!("help = {}", literal(&help)));
            }
            if !arg.env.is_empty() {
                let fact = "a variable of a switch isn't overridden by its opposite";
                self.losses.add(fact, &place.shown(arg));
            }
            field += &written(&help, &parts, &spelled(&field_name), "bool");
        }
        field
    }

    /// Adds what a value needs. Returns the type of the field.
    fn value(
        &mut self,
        place: &Place,
        arg: &Arg,
        value: &Value,
        parts: &mut Vec<String>,
    ) -> String {
        let shown = place.shown(arg);
        let (one, parser) = values::kind(place.set, arg, value, &self.enums);
        match parser {
            values::Parser::Default => {}
            values::Parser::Own(parser) => parts.push(format!("value_parser = {parser}")),
            values::Parser::Helper(name, parser) => {
                self.helpers.insert(name);
                parts.push(format!("value_parser = {parser}"));
            }
            values::Parser::Lost(what) => self.losses.add(what, &shown),
        }
        let placeholders: Vec<String> = value.names.iter().map(|name| literal(name)).collect();
        match &placeholders[..] {
            [one] => parts.push(format!("value_name = {one}")),
            several => {
                parts.push(format!("value_names = [{}]", several.join(", ")));
                parts.push(format!("num_args = {}", several.len()));
                self.losses.add("an array: the field is a list", &shown);
            }
        }
        parts.extend(number(arg, value));
        if value.times.is_some() {
            self.losses.add("`times`", &shown);
        }
        let has_short = arg.shown_names().iter().any(|name| !name.starts_with("--"));
        if value.equals && has_short {
            let fact = "a value directly after a short name, if the long one needs an equals sign";
            self.losses.add(fact, &shown);
        }
        syntax(arg, value, parts);
        parts.extend(values::hint(value, arg.is_option()));
        parts.extend(defaults(value));
        self.field_type(place, arg, value, one, parts)
    }

    /// Returns the type of the field of a value, and adds whether it is required if that isn't in the type.
    fn field_type(
        &mut self,
        place: &Place,
        arg: &Arg,
        value: &Value,
        one: String,
        parts: &mut Vec<String>,
    ) -> String {
        if arg.required && place.is_global {
            let fact = "a required option of a command group";
            self.losses.add(fact, &place.shown(arg));
        }
        let is_required = arg.required && !place.is_global;
        let is_list = value.is_list() || value.names.len() > 1;
        // A group that runs may be called with a subcommand instead.
        let runs = place
            .command
            .is_some_and(|command| command.is_group() && command.runnable);
        if is_required && (is_list || runs) {
            parts.push("required = true".to_owned());
        }
        if is_required && runs && !is_list {
            let fact = "a required argument beside subcommands is optional in Rust";
            self.losses.add(fact, &place.shown(arg));
            return format!("Option<{one}>");
        }
        // clap appends the values of a list, if the option is given again.
        if is_list && arg.is_option() && !value.repeated {
            parts.push("action = clap::ArgAction::Set".to_owned());
        }
        match is_list {
            true => format!("Vec<{one}>"),
            false if is_required || !value.default.is_empty() => one,
            false => format!("Option<{one}>"),
        }
    }
}

/// How many values there may be.
fn number(arg: &Arg, value: &Value) -> Option<String> {
    let is_several = !arg.is_option() && value.is_list();
    match value.bounds {
        Some(bounds) => {
            let max = bounds.max.map_or(String::new(), |max| format!("={max}"));
            Some(format!("num_args = {}..{max}", bounds.min))
        }
        None if is_several => Some("num_args = 1..".to_owned()),
        None if value.bare.is_some() => Some("num_args = 0..=1".to_owned()),
        None => None,
    }
}

/// Adds how a value is written.
fn syntax(arg: &Arg, value: &Value, parts: &mut Vec<String>) {
    let bare = value
        .bare
        .as_ref()
        .map(|word| literal(&meaning(value, word)));
    parts.extend(bare.map(|bare| format!("default_missing_value = {bare}")));
    parts.extend(
        value
            .delimiter
            .map(|sign| format!("value_delimiter = {sign:?}")),
    );
    let terminator = value.terminator.as_ref();
    parts.extend(terminator.map(|word| format!("value_terminator = {}", literal(word))));
    let (last, trailing) = match arg.form {
        Form::Argument { last, trailing } => (last, trailing),
        Form::Option { .. } => (false, false),
    };
    let ignore_case = matches!(
        value.kind,
        Kind::Choice {
            ignore_case: true,
            ..
        }
    );
    for (name, is_set) in [
        ("require_equals", value.equals),
        ("allow_hyphen_values", value.hyphen_values),
        ("allow_negative_numbers", values::is_number(value)),
        ("last", last),
        ("trailing_var_arg", trailing),
        ("ignore_case", ignore_case),
    ] {
        if is_set {
            parts.push(format!("{name} = true"));
        }
    }
}

/// The default value or values.
fn defaults(value: &Value) -> Option<String> {
    let defaults = value
        .default
        .iter()
        .map(|word| literal(&meaning(value, word)));
    match &defaults.collect::<Vec<_>>()[..] {
        [] => None,
        [one] => Some(format!("default_value = {one}")),
        several => Some(format!("default_values = [{}]", several.join(", "))),
    }
}

/// The parts for its names.
fn form(arg: &Arg) -> Vec<String> {
    let Form::Option {
        sigil,
        short,
        long,
        aliases,
        short_aliases,
        hidden_aliases,
        deprecated_aliases,
    } = &arg.form
    else {
        return Vec::new();
    };
    if sigil.is_some() {
        // It becomes an option with a name.
        return vec![format!("long = {}", literal(&arg.id))];
    }
    let mut parts = Vec::new();
    parts.extend(
        short
            .as_ref()
            .map(|short| format!("short = {:?}", short.value)),
    );
    match long {
        Some(long) if **long == names::field(&arg.id).replace('_', "-") => {
            parts.push("long".to_owned())
        }
        Some(long) => parts.push(format!("long = {}", literal(long))),
        None => {}
    }
    parts.extend(super::list("visible_aliases", aliases));
    let letters = |letters: Vec<char>, key: &str| {
        let letters: Vec<String> = letters.iter().map(|letter| format!("{letter:?}")).collect();
        (!letters.is_empty()).then(|| format!("{key} = [{}]", letters.join(", ")))
    };
    parts.extend(letters(
        short_aliases.iter().map(|it| it.value).collect(),
        "visible_short_aliases",
    ));
    let hidden = hidden_aliases
        .iter()
        .chain(deprecated_aliases.iter().map(|(name, _)| name));
    let (short, long): (Vec<&Name>, Vec<&Name>) =
        hidden.partition(|name| name.chars().count() == 1);
    parts.extend(super::list("aliases", long));
    parts.extend(letters(
        short.iter().flat_map(|name| name.chars()).collect(),
        "short_aliases",
    ));
    parts
}

/// Adds what only concerns help.
fn appearance(place: &Place, arg: &Arg, parts: &mut Vec<String>) {
    if let Some(variable) = arg.env.first() {
        parts.push(format!("env = {}", literal(variable)));
        parts.push("hide_env_values = true".to_owned());
    }
    let heading = arg.heading.as_ref().or(place.set.heading.as_ref());
    parts.extend(heading.map(|heading| format!("help_heading = {}", literal(heading))));
    for (name, is_set) in [
        ("global", place.is_global),
        ("hide", arg.hidden),
        ("hide_short_help", arg.hidden_short),
    ] {
        if is_set {
            parts.push(format!("{name} = true"));
        }
    }
    let help = to_plain(&arg.help);
    let description = blocks_to_plain(&arg.description);
    if help.ends_with('.') || help != one_line(&help) {
        parts.push(format!("help = {}", literal(&help)));
    }
    if !description.is_empty() {
        parts.push(format!(
            "long_help = {}",
            literal(&format!("{help}\n\n{description}"))
        ));
    }
}

/// A field with its doc comment and attribute.
fn written(help: &str, parts: &[String], name: &str, kind: &str) -> String {
    let mut field = String::new();
    if !help.is_empty() {
        let _ = writeln!(field, "    /// {}", one_line(help));
    }
    field += &attribute("arg", parts, "    ");
    let _ = writeln!(field, "    pub {name}: {kind},");
    field
}

/// A value, or the name of the choice of which it is an alias.
fn meaning(value: &Value, word: &str) -> String {
    value
        .meaning(word)
        .map_or(word.to_owned(), |choice| choice.name.value.clone())
}
