//! Fields of options and arguments.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Writer, attribute, id, literal, one_line, spelled, values};
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Command, Condition, Form, Name, Takes, Value};
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
    fn knows(&self, key: &str) -> bool {
        let fits = |arg: &Arg| *arg.id == *key && (!self.is_global || arg.is_accepted_after_name());
        let in_set = self.set.args.iter().any(fits);
        in_set || self.command.is_some_and(|command| command.args().any(fits))
    }

    fn shown(&self, arg: &Arg) -> String {
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
        let value = arg.value();
        let kind = match &arg.takes {
            Takes::Switch | Takes::Negatable { .. } => "bool".to_owned(),
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
        if value.is_none() && arg.on_when.iter().any(|when| !place.knows(&when.arg)) {
            self.losses.add(
                "a default that depends on another option",
                &place.shown(arg),
            );
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
        let (one, parser) = values::kind(place.set, arg, value);
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
        let is_several = !arg.is_option() && value.is_list();
        match value.bounds {
            Some(bounds) => {
                let max = bounds.max.map_or(String::new(), |max| format!("={max}"));
                parts.push(format!("num_args = {}..{max}", bounds.min));
            }
            None if is_several => parts.push("num_args = 1..".to_owned()),
            None if value.bare.is_some() => parts.push("num_args = 0..=1".to_owned()),
            None => {}
        }
        if value.times.is_some() {
            self.losses.add("`times`", &shown);
        }
        if let Some(bare) = &value.bare {
            parts.push(format!(
                "default_missing_value = {}",
                literal(&meaning(value, bare))
            ));
        }
        if let Some(sign) = value.delimiter {
            parts.push(format!("value_delimiter = {sign:?}"));
        }
        if let Some(word) = &value.terminator {
            parts.push(format!("value_terminator = {}", literal(word)));
        }
        let (last, trailing) = match arg.form {
            Form::Argument { last, trailing } => (last, trailing),
            Form::Option { .. } => (false, false),
        };
        let ignore_case = matches!(
            value.kind,
            crate::ir::Kind::Choice {
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
        parts.extend(values::hint(value));
        let defaults: Vec<String> = value
            .default
            .iter()
            .map(|word| literal(&meaning(value, word)))
            .collect();
        match &defaults[..] {
            [] => {}
            [one] => parts.push(format!("default_value = {one}")),
            several => parts.push(format!("default_values = [{}]", several.join(", "))),
        }
        let is_required = arg.required && !place.is_global && !arg.has_opposite_rules();
        if arg.required && place.is_global {
            self.losses
                .add("a required option of a command group", &shown);
        }
        // A group that runs may be called with a subcommand instead.
        let runs = place
            .command
            .is_some_and(|command| command.is_group() && command.runnable);
        if runs && is_required {
            parts.push("required = true".to_owned());
            self.losses.add(
                "a required argument beside subcommands is optional in Rust",
                &shown,
            );
            return format!("Option<{one}>");
        }
        if value.is_list() || value.names.len() > 1 {
            if is_required {
                parts.push("required = true".to_owned());
            }
            format!("Vec<{one}>")
        } else if is_required || !value.default.is_empty() {
            one
        } else {
            format!("Option<{one}>")
        }
    }

    /// Adds the rules. Rules about arguments that clap doesn't know there are losses.
    fn rules(&mut self, place: &Place, arg: &Arg, parts: &mut Vec<String>) {
        let command = place.command.or_else(|| {
            self.program
                .root
                .walk()
                .into_iter()
                .find(|command| command.all_sets().any(|set| Arc::ptr_eq(set, place.set)))
        });
        // A set has only its own rules. Each command has those between its sets and its other options.
        let (conflicts, requires) = match place.command {
            Some(command) => (conflicts(command, arg), requires(command, arg)),
            None => (texts(&arg.conflicts), texts(&arg.requires)),
        };
        let known = |keys: Vec<String>| {
            keys.into_iter()
                .filter(|key| place.command.is_some() || place.knows(key))
        };
        let (conflicts, _) = self.known(place, arg, known(conflicts).collect());
        parts.extend(array("conflicts_with_all", &conflicts));
        let (requires, _) = self.known(place, arg, known(requires).collect());
        parts.extend(
            requires
                .iter()
                .map(|key| format!("requires = {}", literal(&id(key)))),
        );
        if !arg.requires_any.is_empty() {
            self.losses.add("`requires-any`", &place.shown(arg));
        }
        for (key, names) in [
            ("required_unless_present_any", &arg.required_unless),
            ("required_unless_present_all", &arg.required_unless_all),
        ] {
            let (known, all) = self.known(place, arg, texts(names));
            parts.extend(array(key, &known).filter(|_| all));
        }
        for (key, conditions) in [
            ("required_if_eq_any", &arg.required_when),
            ("required_if_eq_all", &arg.required_when_all),
        ] {
            let (_, all) = self.known(
                place,
                arg,
                conditions.iter().map(|it| it.arg.value.clone()).collect(),
            );
            if all && !conditions.is_empty() {
                let pairs: Vec<String> =
                    conditions.iter().map(|it| self.pair(command, it)).collect();
                parts.push(format!("{key} = [{}]", pairs.join(", ")));
            }
        }
        let (overrides, _) = self.known(place, arg, texts(&arg.overrides));
        let overrides: Vec<String> = overrides
            .into_iter()
            .filter(|key| {
                **key != *arg.id.value || arg.value().is_none_or(|value| !value.is_list())
            })
            .collect();
        parts.extend(array("overrides_with_all", &overrides));
        if let Some(opposite) = arg.opposite() {
            parts.push(format!(
                "overrides_with = {}",
                literal(&names::field(&opposite.name))
            ));
        }
        if arg.exclusive {
            parts.push("exclusive = true".to_owned());
        }
        let when = arg
            .value()
            .map(|value| &value.default_when[..])
            .unwrap_or_default();
        let when = when.iter().map(|it| (&it.when, it.value.value.clone()));
        let on = arg.on_when.iter().map(|it| (it, "true".to_owned()));
        let defaults: Vec<String> = when
            .chain(on)
            .filter(|(when, _)| place.knows(&when.arg))
            .map(|(when, value)| {
                let (key, is) = self.meant(command, when);
                format!(
                    "({}, {}, {})",
                    literal(&id(key)),
                    literal(&is),
                    literal(&value)
                )
            })
            .collect();
        if !defaults.is_empty() {
            parts.push(format!("default_value_ifs = [{}]", defaults.join(", ")));
        }
    }

    /// Splits keys into those that clap knows there. Returns them, and whether clap knows all.
    fn known(&mut self, place: &Place, arg: &Arg, keys: Vec<String>) -> (Vec<String>, bool) {
        let count = keys.len();
        let known: Vec<String> = keys.into_iter().filter(|key| place.knows(key)).collect();
        let all = known.len() == count;
        if !all {
            self.losses.add(
                "rules between options of different commands or sets",
                &place.shown(arg),
            );
        }
        (known, all)
    }

    fn meant<'c>(&self, command: Option<&Command>, condition: &'c Condition) -> (&'c str, String) {
        let value = command
            .and_then(|command| command.arg(&condition.arg))
            .and_then(Arg::value);
        let is = value.map_or(condition.is.value.clone(), |value| {
            meaning(value, &condition.is)
        });
        (&condition.arg, is)
    }

    fn pair(&self, command: Option<&Command>, condition: &Condition) -> String {
        let (key, is) = self.meant(command, condition);
        format!("({}, {})", literal(&id(key)), literal(&is))
    }
}

impl Arg {
    /// Whether it is required only as a pair with its opposite.
    fn has_opposite_rules(&self) -> bool {
        self.opposite().is_some()
    }
}

/// What conflicts with an argument of a command, including what follows from requirements.
fn conflicts(command: &Command, arg: &Arg) -> Vec<String> {
    let excluded = command.excluded(arg).map(|other| other.id.value.clone());
    let implied = command.implied_conflicts.iter();
    let implied = implied
        .filter(|(one, _)| *one == *arg.id.value)
        .map(|(_, other)| other.clone());
    excluded.chain(implied).collect()
}

/// What an argument of a command requires.
fn requires(command: &Command, arg: &Arg) -> Vec<String> {
    command.requires(arg).map(|id| id.value.clone()).collect()
}

/// Attributes of a command with the rules for options of its sets that are not in the sets themselves.
pub(super) fn rules_between_sets(command: &Command) -> Vec<String> {
    let mut rules = Vec::new();
    let fits = |key: &str| command.arg(key).is_some_and(Arg::is_accepted_after_name);
    // Conflicts with the command's own options are rules of these.
    let own = |key: &str| command.own.args.iter().any(|arg| *arg.id == *key);
    for (set, args) in command.args_of().filter(|(set, _)| set.name.is_some()) {
        for arg in args.into_iter().filter(|arg| arg.is_accepted_after_name()) {
            let in_set = |key: &str| set.args.iter().find(|other| *other.id == *key);
            let names = |list: &[Name], key: &str| list.iter().any(|name| **name == *key);
            let excludes = |key: &str| {
                let other = in_set(key);
                other.is_some_and(|other| {
                    names(&arg.conflicts, key) || names(&other.conflicts, &arg.id)
                })
            };
            let mut add = |method: &str, key: &str| {
                let (arg, other) = (literal(&id(&arg.id)), literal(&id(key)));
                rules.push(format!("mut_arg({arg}, |arg| arg.{method}({other}))"));
            };
            let known = |key: &str| in_set(key).is_some() && names(&arg.requires, key);
            for key in requires(command, arg)
                .iter()
                .filter(|key| fits(key) && !known(key))
            {
                add("requires", key);
            }
            let is_own_rule =
                |key: &str| own(key) && command.excluded(arg).any(|other| *other.id == *key);
            for key in conflicts(command, arg) {
                if fits(&key) && !is_own_rule(&key) && !excludes(&key) {
                    add("conflicts_with", &key);
                }
            }
        }
    }
    rules
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

fn array(key: &str, keys: &[String]) -> Option<String> {
    let names: Vec<String> = keys.iter().map(|key| literal(&id(key))).collect();
    (!names.is_empty()).then(|| format!("{key} = [{}]", names.join(", ")))
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}
