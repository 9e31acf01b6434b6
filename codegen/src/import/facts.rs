//! A program as a list of facts, by which two descriptions of it are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::described::{Arg, Choice, Command, Kind, Scope, Takes};
use super::text;

/// The facts about each command, option and argument, by the name of the place: `tool add`, `tool add --force`.
/// What is usual, such as an option that isn't hidden, is no fact.
pub(super) type Facts = BTreeMap<String, BTreeMap<String, String>>;

/// The facts about a program.
pub(super) fn of(program: &Command) -> Facts {
    let mut facts = Facts::new();
    command(program, &program.name, &Scope::default(), &mut facts);
    facts
}

fn command(command: &Command, place: &str, outer: &Scope, facts: &mut Facts) {
    let scope = outer.of(command);
    let mut own = Own::default();
    own.text("about", &sentence(&command.about));
    own.text("long_about", &rest(&command.about, &command.long_about));
    own.list("aliases", &sorted(&command.aliases.shown));
    own.list("hidden aliases", &sorted(&command.aliases.hidden));
    own.switch("hide", command.hidden);
    let is_program = place == command.name;
    own.text(
        "version",
        match &command.version {
            // The version of the program is that of its crate.
            Some(_) if is_program => "true",
            Some(version) => version,
            None => "",
        },
    );
    own.switch("subcommand_required", command.needs_command);
    own.switch("allow_external_subcommands", command.external);
    own.switch("args_override_self", command.override_self);
    own.switch("next_line_help", command.next_line_help);
    let listed = command.commands.iter().filter(|command| !command.hidden);
    let names: Vec<String> = listed.map(|command| command.name.clone()).collect();
    own.list("order of subcommands", &names);
    let options = command.args.iter().filter(|arg| !arg.is_positional());
    own.list(
        "order of options",
        &options.map(Arg::shown).collect::<Vec<_>>(),
    );
    let positional = command.args.iter().filter(|arg| arg.is_positional());
    own.list("arguments", &positional.map(Arg::shown).collect::<Vec<_>>());
    for group in command.groups.iter().filter(|group| group.required) {
        let members = sorted(&scope.shown(&group.id));
        match members.as_slice() {
            // The same as an option that is required.
            [_] => {}
            _ => own.switch(&format!("one of {} is required", members.join(", ")), true),
        }
    }
    own.0.extend(
        command
            .others
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    facts.insert(place.to_owned(), own.0);
    let conflicts = conflicts(command, &scope);
    for arg in &command.args {
        let shown = arg.shown();
        let mut own = argument(arg, command, &scope);
        let with: Vec<String> = conflicts
            .iter()
            .filter(|(one, _)| *one == shown)
            .map(|(_, other)| other.clone())
            .collect();
        own.list("conflicts_with", &with);
        facts.insert(format!("{place} {shown}"), own.0);
    }
    let inherited = scope.inherited(command);
    for below in &command.commands {
        self::command(below, &format!("{place} {}", below.name), &inherited, facts);
    }
}

/// All pairs of arguments that can't be used together, in both directions.
fn conflicts(command: &Command, scope: &Scope) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    let mut add = |one: &str, other: &str| {
        if one != other {
            pairs.insert((one.to_owned(), other.to_owned()));
            pairs.insert((other.to_owned(), one.to_owned()));
        }
    };
    for arg in &command.args {
        for other in arg.rules.conflicts.iter().flat_map(|id| scope.shown(id)) {
            add(&arg.shown(), &other);
        }
    }
    for group in &command.groups {
        let members = scope.shown(&group.id);
        let others = group.conflicts.iter().flat_map(|id| scope.shown(id));
        let others: Vec<String> = if group.multiple {
            others.collect()
        } else {
            others.chain(members.clone()).collect()
        };
        for member in &members {
            others.iter().for_each(|other| add(member, other));
        }
    }
    implied(command, scope, pairs)
}

/// Adds the conflicts that follow from others: what requires an option conflicts with whatever that option conflicts
/// with.
fn implied(
    command: &Command,
    scope: &Scope,
    mut pairs: BTreeSet<(String, String)>,
) -> BTreeSet<(String, String)> {
    let requires = command.args.iter().flat_map(|arg| {
        let required = arg.rules.requires.iter().map(|id| scope.shown(id));
        let required = required.filter_map(|names| <[String; 1]>::try_from(names).ok());
        required.map(|[required]| (arg.shown(), required))
    });
    let requires: Vec<(String, String)> = requires.collect();
    loop {
        let before = pairs.len();
        for (arg, required) in &requires {
            let others = pairs
                .iter()
                .filter(|(one, other)| one == required && other != arg);
            let others: Vec<String> = others.map(|(_, other)| other.clone()).collect();
            for other in others {
                pairs.insert((arg.clone(), other.clone()));
                pairs.insert((other, arg.clone()));
            }
        }
        if pairs.len() == before {
            return pairs;
        }
    }
}

fn argument(arg: &Arg, command: &Command, scope: &Scope) -> Own {
    let mut own = Own::default();
    own.text("short", &arg.short.map(String::from).unwrap_or_default());
    own.list("aliases", &sorted(&arg.aliases.shown));
    own.list("hidden aliases", &sorted(&arg.aliases.hidden));
    own.text("help", &sentence(&arg.help));
    own.text("long_help", &rest(&arg.help, &arg.long_help));
    own.text("help_heading", arg.heading.as_deref().unwrap_or_default());
    own.text("env", arg.env.as_deref().unwrap_or_default());
    let is_alone = |id: &str| scope.shown(id) == [arg.shown()];
    let groups = command.groups.iter();
    let alone = groups
        .filter(|group| group.required)
        .any(|group| is_alone(&group.id));
    let is_required = arg.required && command.conflicts_of(arg, scope).is_empty();
    own.switch("required", is_required || alone);
    own.switch("global", arg.global && !command.commands.is_empty());
    own.switch("exclusive", arg.exclusive);
    own.switch("hide", arg.hidden);
    own.switch("hide_short_help", arg.hidden_short && !arg.hidden);
    match arg.takes {
        Takes::Switch => own.switch("--no-", arg.negatable),
        Takes::Count => own.switch("counts", true),
        Takes::Value => values(arg, &mut own),
    }
    rules(arg, command, scope, &mut own);
    own.0.extend(
        arg.others
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    own
}

fn values(arg: &Arg, own: &mut Own) {
    own.list("value_name", &arg.placeholders);
    let count = match arg.values {
        // An argument that isn't required may be left out anyway.
        (_, Some(1)) if arg.is_positional() => "1".to_owned(),
        (0, None) if arg.is_positional() => "1..".to_owned(),
        (min, Some(max)) if min == max => min.to_string(),
        (min, Some(max)) => format!("{min}..={max}"),
        (min, None) => format!("{min}.."),
    };
    own.text("num_args", if count == "1" { "" } else { &count });
    own.switch("Append", arg.appends && !(arg.is_positional()));
    let kind = match &arg.kind {
        Kind::Text => String::new(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Path => "a path".to_owned(),
        Kind::Float => "f64".to_owned(),
        Kind::Duration => "a duration".to_owned(),
        Kind::KeyValue => "a pair".to_owned(),
        Kind::Integer(min, max) => format!("{min}..={max}"),
        Kind::Rust(path) => path.clone(),
    };
    own.text("value_parser", &kind);
    for choice in &arg.choices {
        own.text(&format!("value {}", choice.name), &described(choice));
    }
    own.switch("ignore_case", arg.ignore_case);
    // A path completes paths.
    let complete = arg
        .complete
        .filter(|it| *it != "path" || arg.kind != Kind::Path);
    own.text("value_hint", complete.unwrap_or_default());
    own.text(
        "value_delimiter",
        &arg.delimiter.map(String::from).unwrap_or_default(),
    );
    own.text(
        "value_terminator",
        arg.terminator.as_deref().unwrap_or_default(),
    );
    let defaults = arg.defaults.iter().flat_map(|value| match arg.delimiter {
        Some(sign) if !arg.is_positional() => value.split(sign).map(str::to_owned).collect(),
        _ => vec![value.clone()],
    });
    own.list("default_value", &defaults.collect::<Vec<_>>());
    own.list("default_missing_value", &arg.bare);
    own.switch("last", arg.last);
    own.switch("trailing_var_arg", arg.trailing);
    // The rest of a command line may have dashes in any case.
    own.switch("allow_hyphen_values", arg.hyphen_values && !arg.trailing);
    own.switch("require_equals", arg.equals);
}

fn described(choice: &Choice) -> String {
    let mut words = vec![format!("\"{}\"", sentence(&choice.help))];
    words.extend(choice.aliases.iter().map(|alias| format!("alias {alias}")));
    if choice.hidden {
        words.push("hidden".to_owned());
    }
    words.join(", ")
}

fn rules(arg: &Arg, command: &Command, scope: &Scope, own: &mut Own) {
    let any = |id: &String| sorted(&scope.shown(id)).join(" or ");
    let each = |ids: &[String]| sorted(&ids.iter().map(any).collect::<Vec<_>>());
    let mut requires = arg.rules.requires.clone();
    let groups = command
        .groups
        .iter()
        .filter(|group| !group.requires.is_empty());
    for group in groups.filter(|group| scope.shown(&group.id).contains(&arg.shown())) {
        requires.extend(group.requires.iter().cloned());
    }
    own.list("requires", &each(&requires));
    own.list("overrides_with", &each(&arg.rules.overrides));
    let excluding = match arg.required {
        true => command.conflicts_of(arg, scope),
        false => Vec::new(),
    };
    let excluding = excluding
        .into_iter()
        .filter_map(|key| command.args.iter().find(|arg| arg.key == key));
    let unless = arg
        .rules
        .required_unless
        .iter()
        .flat_map(|id| scope.shown(id))
        .chain(excluding.map(Arg::shown));
    own.list(
        "required_unless_present_any",
        &sorted(&unless.collect::<Vec<_>>()),
    );
    own.list(
        "required_unless_present_all",
        &each(&arg.rules.required_unless_all),
    );
    // `requires_if` of another option is the same as `required_if_eq` of this one.
    let own_rules = arg
        .rules
        .required_if
        .iter()
        .map(|(id, value)| format!("{}={value}", any(id)));
    let others = command.args.iter().flat_map(|other| {
        let rules = other.rules.requires_if.iter();
        let rules = rules.filter(|(_, id)| scope.shown(id) == [arg.shown()]);
        rules.map(move |(value, _)| format!("{}={value}", other.shown()))
    });
    own.list(
        "required_if_eq",
        &sorted(&own_rules.chain(others).collect::<Vec<_>>()),
    );
    let open = arg.rules.requires_if.iter().filter(|(_, id)| {
        let names = scope.shown(id);
        !command.args.iter().any(|other| names == [other.shown()])
    });
    let open = open.map(|(value, id)| format!("{} if {value}", any(id)));
    own.list("requires_if", &sorted(&open.collect::<Vec<_>>()));
    let defaults = arg.defaults_when.iter().map(|(condition, values)| {
        let value = condition.value.as_deref().unwrap_or("(present)");
        format!("{} if {}={value}", values.join(" "), any(&condition.id))
    });
    own.list("default_value_if", &defaults.collect::<Vec<_>>());
}

/// The facts about one place.
#[derive(Default)]
struct Own(BTreeMap<String, String>);

impl Own {
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.insert(name.to_owned(), value.to_owned());
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        self.text(name, &values.join(", "));
    }

    fn switch(&mut self, name: &str, is_set: bool) {
        self.text(name, if is_set { "true" } else { "" });
    }
}

fn sorted(names: &[String]) -> Vec<String> {
    let names: BTreeSet<String> = names.iter().cloned().collect();
    names.into_iter().collect()
}

/// Text in one line, without the period at its end.
fn sentence(text: &str) -> String {
    // Markdown shows `<https://…>` without the brackets, and has one sign for lists.
    let word = |word: &str| match word.strip_prefix("<http") {
        Some(link) => format!("http{}", link.replacen('>', "", 1)),
        None if word == "*" => "-".to_owned(),
        None => word.to_owned(),
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    let line = words.join(" ");
    let end = line.strip_suffix('.').filter(|rest| !rest.ends_with(' '));
    end.unwrap_or(&line).to_owned()
}

/// What a long text adds to a short one, in one line. Where its lines end depends on the width of the terminal.
fn rest(short: &str, long: &str) -> String {
    sentence(text::without(long, short).unwrap_or(long))
}
