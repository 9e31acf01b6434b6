//! The properties of an option in words: the same facts for `-h`, `--help` and the man page.

mod command;
mod rules;

use std::collections::HashMap;

use super::{Arg, Called, Condition, Effect, Exists, Kind, Placement, Rule, limits_of};
pub use command::command_facts;

/// A fact about an argument or option, other than its environment variable, default, choices and
/// aliases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// A short form, for `-h`. It is empty if the line in `-h` shows the fact in another way.
    pub brief: String,
    /// The fact as a sentence.
    pub sentence: String,
}

/// The arguments of a command that exclude each other, by their identifiers.
#[derive(Debug)]
pub struct Relations {
    excluded: HashMap<&'static str, Vec<&'static str>>,
}

impl Relations {
    /// Collects the relations between all arguments that a command accepts.
    pub fn of(called: &Called) -> Self {
        let mut numbers: HashMap<&'static str, usize> = HashMap::new();
        for (number, arg) in called.args().enumerate() {
            numbers.entry(arg.id).or_insert(number);
        }
        let mut excluded: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        let mut add = |a: &'static str, b: &'static str| {
            if a != b && numbers.contains_key(a) && numbers.contains_key(b) {
                excluded.entry(a).or_default().push(b);
                excluded.entry(b).or_default().push(a);
            }
        };
        for arg in called.args() {
            for rule in &arg.rules {
                if let Rule::Conflicts(other) = rule {
                    add(arg.id, other);
                }
            }
        }
        for (a, b) in called.upwards().flat_map(|command| &command.conflicts) {
            add(a, b);
        }
        for list in excluded.values_mut() {
            list.sort_by_key(|id| numbers.get(id));
            list.dedup();
        }
        Self { excluded }
    }

    fn excluded(&self, id: &str) -> &[&'static str] {
        self.excluded.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Returns the facts about an argument or option, in their order in help.
pub fn facts(called: &Called, relations: &Relations, arg: &Arg) -> Vec<Fact> {
    let mut facts = Facts(Vec::new());
    if let Some(deprecated) = &arg.deprecated {
        facts.add("", deprecated.sentence());
    }
    match arg.placement {
        Placement::Anywhere => {}
        _ if arg.sigil.is_some() => facts.add("first argument", "Must be the first argument."),
        Placement::BeforeSubcommand => facts.add(
            "before the subcommand",
            "Must come before the name of the subcommand.",
        ),
        Placement::WithoutSubcommand => {
            facts.add("not with a subcommand", "Can't be used with a subcommand.");
        }
    }
    if let Some((brief, sentence)) = arg.effect.map(Effect::of_option) {
        facts.add(brief, sentence);
    }
    facts.values(arg);
    for (when, value) in &arg.defaults_when {
        let Some(other) = condition(called, when) else {
            continue;
        };
        let brief = format!("default with {other}: {value}");
        facts.add(
            &brief,
            format!("Default with {}: {}.", code(&other), code(value)),
        );
    }
    if let Some(key) = arg.config {
        let exception = if arg.users_own {
            ", except the project's"
        } else {
            ""
        };
        let sentence = format!(
            "May also be set by {} in a configuration file{exception}.",
            code(key)
        );
        facts.add(&format!("config: {key}"), sentence);
    }
    facts.rules(called, relations, arg);
    if let Some(release) = arg.since {
        let sentence = format!("New in release {release}.");
        facts.add(&format!("since {release}"), sentence);
    }
    facts.0
}

struct Facts(Vec<Fact>);

impl Facts {
    fn add(&mut self, brief: &str, sentence: impl Into<String>) {
        self.0.push(Fact {
            brief: brief.to_owned(),
            sentence: sentence.into(),
        });
    }

    /// Adds the known values, if others are accepted too.
    fn suggestions(&mut self, arg: &Arg) {
        let names: Vec<&str> = arg.suggestions.iter().map(|(name, _)| *name).collect();
        if names.is_empty() {
            return;
        }
        let described = arg
            .suggestions
            .iter()
            .map(|(name, help)| match help.is_empty() {
                true => code(name),
                false => format!("{} ({help})", code(name)),
            });
        let described: Vec<String> = described.collect();
        let sentence = format!(
            "Known values: {}; others are accepted too.",
            described.join(", ")
        );
        self.add(&format!("such as {}", names.join(", ")), sentence);
    }

    /// Adds facts about the number and the kind of its values.
    fn values(&mut self, arg: &Arg) {
        match arg.kind {
            Kind::Count(max @ 2..) => self.add(
                &format!("up to {max} times"),
                format!("May be given several times; only the first {max} times count."),
            ),
            _ if arg.times.is_some() => {
                let (min, max) = arg.times.unwrap_or_default();
                let count = how_many(min, max);
                self.add(
                    &format!("repeated: {count}"),
                    format!("May be given several times, with {count} in total."),
                );
            }
            _ if arg.repeat && !arg.positional => {
                self.add("may be repeated", "May be given several times.");
            }
            _ => {}
        }
        if let Some((min, max)) = arg.bounds {
            let count = how_many(min, max);
            self.add(&count, format!("Takes {count}."));
        }
        if let Some(delimiter) = arg.delimiter {
            self.add(
                &format!("delimiter: {delimiter}"),
                format!(
                    "Several values may be given at once, separated by {}.",
                    code(&delimiter.to_string())
                ),
            );
        }
        if let Some(token) = arg.terminator {
            self.add(
                &format!("ends at {token}"),
                format!("The values end at {}.", code(token)),
            );
        }
        if arg.last {
            self.add("after --", "Comes after `--`.");
        } else if arg.positional && arg.hyphen_values && (arg.repeat || arg.bounds.is_some()) {
            let sentence =
                "From its first value on, takes all following arguments, including options.";
            self.add("and all following arguments", sentence);
        } else if arg.trailing {
            self.add(
                "and all following arguments",
                "Takes all following arguments, including options.",
            );
        }
        self.suggestions(arg);
        if let Some(bare) = arg.bare {
            self.add(
                &format!("without a value: {bare}"),
                format!("Without a value, {} is used.", code(bare)),
            );
        }
        self.kind(arg.kind);
        // For a positional argument, angle brackets show that it is required.
        match arg.negation {
            _ if !arg.is_required() || arg.positional => {}
            Some(negation) => self.add(
                &format!("required, or --{negation}"),
                format!("This or `--{negation}` is required."),
            ),
            None => self.add("required", "Required."),
        }
    }

    /// Adds facts about the kind of its value that the placeholder can't show.
    fn kind(&mut self, kind: Kind) {
        let (min, max) = match kind {
            Kind::Integer { min, max } => limits_of(min, max),
            Kind::Float { min, max } => (min.to_owned(), max.to_owned()),
            _ => Default::default(),
        };
        match (min.is_empty(), max.is_empty()) {
            (false, false) => {
                self.add(
                    &format!("from {min} to {max}"),
                    format!("From {min} to {max}."),
                );
            }
            (false, true) => self.add(&format!("at least {min}"), format!("At least {min}.")),
            (true, false) => self.add(&format!("at most {max}"), format!("At most {max}.")),
            (true, true) => {}
        }
        match kind {
            Kind::Path(_, Exists::Must) => self.add("must exist", "It must exist."),
            Kind::Path(_, Exists::MustNot) => self.add("must not exist", "It must not exist yet."),
            Kind::Duration => {
                self.add(
                    "such as 90s",
                    "A duration with units, such as `90s` or `1h30m`.",
                );
            }
            Kind::Size => self.add(
                "such as 10K",
                "A number of bytes; `10K` is 10240, `10kB` is 10000.",
            ),
            Kind::Choice { ignore_case: true } => {
                self.add("case-insensitive", "Case is ignored.");
            }
            _ => {}
        }
    }

    /// Adds a fact about other options, if there are any.
    fn named(&mut self, names: &[String], brief: &str, sentence: &str, last: &str, end: &str) {
        if !names.is_empty() {
            let sentence = format!("{sentence}{}{end}.", listed(names, last));
            self.add(&format!("{brief}{}", names.join(", ")), sentence);
        }
    }
}

/// Formats a string as code, unless it contains a backquote itself.
fn code(text: &str) -> String {
    match text.contains('`') {
        true => text.to_owned(),
        false => format!("`{text}`"),
    }
}

/// Joins names as code, with `last` before the last one: `a`, `b` or `c`.
fn listed(names: &[String], last: &str) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        text.push_str(match at {
            0 => "",
            at if at + 1 == names.len() => " ",
            _ => ", ",
        });
        if at > 0 && at + 1 == names.len() {
            text.push_str(last);
            text.push(' ');
        }
        text.push_str(&code(name));
    }
    text
}

/// Returns the names of arguments as documentation shows them, each once, without the hidden ones.
fn written(called: &Called, ids: impl Iterator<Item = &'static str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for arg in ids
        .filter_map(|id| called.arg(id))
        .filter(|arg| !arg.hidden)
    {
        let name = arg.shown();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Formats a condition: `--format json`, or `--json` for a switch. Returns `None` for a hidden option.
fn condition(called: &Called, condition: &Condition) -> Option<String> {
    let arg = called.arg(condition.arg).filter(|arg| !arg.hidden)?;
    Some(arg.with_value(condition.is))
}

/// Describes a number of values, such as "2 or more values".
fn how_many(min: usize, max: Option<usize>) -> String {
    match (min, max) {
        (0, None) => "any number of values".to_owned(),
        (min, None) => format!("{min} or more values"),
        (1, Some(1)) => "1 value".to_owned(),
        (min, Some(max)) if min == max => format!("{min} values"),
        (0, Some(1)) => "at most 1 value".to_owned(),
        (0, Some(max)) => format!("at most {max} values"),
        (min, Some(max)) => format!("{min} to {max} values"),
    }
}

impl Arg {
    /// Returns the option as users type it to give it a value: `--format json`, or `--json` for a switch.
    pub(crate) fn with_value(&self, value: &str) -> String {
        match (self.takes_value(), self.negation) {
            (true, _) => format!("{} {value}", self.written()),
            (false, Some(negation)) if value == "false" => format!("--{negation}"),
            (false, _) => self.written(),
        }
    }

    /// Returns its name as documentation shows it: `--long`, or the placeholder of a positional
    /// argument.
    pub fn shown(&self) -> String {
        match (self.positional, self.names.first()) {
            (true, Some(name)) => (*name).to_owned(),
            _ => self.written(),
        }
    }
}
