//! Arguments and options.

use super::kinds::kind;
use super::node::{Keys, Node};
use super::source::Source;
use super::words;

/// An argument or option, with facts that rules and command lines need.
#[derive(Clone, Debug)]
pub(super) struct Arg {
    pub(super) id: String,
    /// The names of an option, with dashes. Empty for an argument.
    pub(super) names: Vec<String>,
    /// Its values. `None` for a switch or a count.
    pub(super) takes: Option<Takes>,
    pub(super) counts: bool,
    pub(super) required: bool,
    pub(super) default: bool,
    pub(super) exclusive: bool,
    pub(super) last: bool,
    pub(super) variable: Option<String>,
    pub(super) keys: Keys,
}

/// The values of an argument or option.
#[derive(Clone, Debug)]
pub(super) struct Takes {
    /// Some valid values.
    pub(super) samples: Vec<String>,
    /// The minimum number of values in each occurrence.
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) equals: bool,
    pub(super) terminator: Option<String>,
}

impl Arg {
    fn new(id: String) -> Self {
        Self {
            id,
            names: Vec::new(),
            takes: None,
            counts: false,
            required: false,
            default: false,
            exclusive: false,
            last: false,
            variable: None,
            keys: Keys::new(),
        }
    }

    pub(super) fn is_option(&self) -> bool {
        !self.names.is_empty()
    }

    pub(super) fn key(&mut self, key: &str, node: Node) {
        self.keys.push((key.to_owned(), node));
    }

    pub(super) fn yes(&mut self, key: &str) {
        self.key(key, Node::plain(true));
    }

    /// A value for use in a condition.
    pub(super) fn sample(&self, source: &mut Source<'_>) -> Option<String> {
        match &self.takes {
            None => (!self.counts).then(|| "true".to_owned()),
            Some(takes) => source.any(&takes.samples).cloned(),
        }
    }
}

/// Adds the keys that all kinds of arguments have, such as those for documentation.
fn common(source: &mut Source<'_>, arg: &mut Arg) {
    let help = words::line(source);
    if !(source.chance(1) && source.chance(10)) {
        arg.key("help", help);
    }
    if source.chance(10) {
        let text = words::blocks(source);
        arg.key("description", text);
    }
    if source.chance(5) {
        let release = words::release(source);
        arg.key("since", release);
    }
    if source.chance(4) {
        let deprecated = super::commands::deprecated(source);
        arg.key("deprecated", deprecated);
    }
    if source.chance(10) && !arg.required {
        let hidden = *source.pick(&["true", "short", "false"]);
        arg.key("hidden", Node::plain(hidden));
    }
    if source.chance(6) {
        let heading = words::line(source);
        arg.key("heading", heading);
    }
    if source.chance(3) {
        let allow = Node::map([("long-help", Node::text("It is"))]);
        arg.key("allow", allow);
    }
}

/// Generates an argument. `last_one` is set for the last argument of a command. Only if
/// `may_be_required` is set can it be required, because all arguments before it are.
pub(super) fn argument(source: &mut Source<'_>, last_one: bool, may_be_required: bool) -> Arg {
    let mut arg = Arg::new(words::name(source, "arg"));
    arg.required = may_be_required && source.chance(60);
    common(source, &mut arg);
    if source.chance(10) {
        arg.key(
            "value",
            Node::text(*source.pick(&["FILE", "a b", "ü", "x.y", "{n}"])),
        );
    }
    let mut takes = kind(source, &mut arg, 25);
    let mut many = false;
    if source.chance(if last_one { 40 } else { 3 }) {
        many = true;
        let repeat = *source.pick(&["true", "true", "true", "2", "2..", "..3", "2..4", "1..1"]);
        arg.key("repeat", Node::plain(repeat));
        (takes.min, takes.max) = match repeat {
            "true" => (1, 3),
            "2" => (2, 2),
            "..3" => (0, 3),
            "1..1" => (1, 1),
            _ => (2, 4),
        };
        if last_one && source.chance(20) {
            arg.yes("trailing");
        } else if source.chance(15) {
            terminator(source, &mut arg, &mut takes);
        }
    }
    if last_one && source.chance(15) {
        arg.last = true;
        arg.yes("last");
    }
    presence(source, &mut arg, &takes, many, 1);
    arg.takes = Some(takes);
    arg
}

fn terminator(source: &mut Source<'_>, arg: &mut Arg, takes: &mut Takes) {
    let word = *source.pick(&[";", "end", "--", "-x", "::"]);
    arg.key("terminator", Node::text(word));
    takes.terminator = Some(word.to_owned());
}

/// Adds the keys that make it required, or give it a default value or an environment variable.
fn presence(source: &mut Source<'_>, arg: &mut Arg, takes: &Takes, many: bool, at_once: usize) {
    if arg.required {
        arg.yes("required");
    } else if source.chance(25) {
        arg.default = true;
        let count = if many && at_once == 1 {
            1 + source.below(3)
        } else {
            at_once
        };
        let values: Vec<String> = (0..count)
            .map(|_| source.pick(&takes.samples).clone())
            .collect();
        let default = match &values[..] {
            [one] => Node::text(one.clone()),
            _ => Node::texts(values),
        };
        arg.key("default", default);
    }
    if at_once == 1 && source.chance(2) {
        arg.key("env", Node::plain(true));
    } else if source.chance(if at_once == 1 { 12 } else { 3 }) {
        // The name is usually unique.
        let name = format!(
            "T_{}",
            words::name(source, "env").to_uppercase().replace('-', "_")
        );
        arg.key("env", Node::text(name.clone()));
        arg.variable = Some(name);
    }
}

/// Generates an option. An inherited option can't be required.
pub(super) fn option(source: &mut Source<'_>, inherited: bool) -> Arg {
    let mut arg = Arg::new(words::name(source, "arg"));
    let with_value = source.chance(65);
    arg.required = with_value && !inherited && source.chance(12);
    common(source, &mut arg);
    names(source, &mut arg);
    if with_value {
        value(source, &mut arg);
    } else if source.chance(20) {
        arg.counts = true;
        let most = *source.pick(&["1", "2", "3", "255"]);
        arg.key("count", Node::plain(most));
    } else if source.chance(30) {
        opposite(source, &mut arg);
        let negatable = arg.keys.iter().any(|(key, _)| key == "negatable");
        if negatable && !inherited && source.chance(15) {
            arg.required = true;
            arg.yes("required");
        } else if negatable && source.chance(40) {
            let default = *source.pick(&["true", "false"]);
            arg.key("default", Node::plain(default));
        }
    }
    if source.chance(4) {
        let effect = *source.pick(&["read", "write", "destructive"]);
        arg.key("effect", Node::text(effect));
    }
    if source.chance(4) {
        let letter = source.chance(30).then(|| free_letter(source)).flatten();
        let alias = letter.map_or_else(|| words::name(source, "arg"), String::from);
        let dashes = if letter.is_some() { "-" } else { "--" };
        arg.names.push(format!("{dashes}{alias}"));
        let deprecation = match source.chance(50) {
            true => super::commands::deprecated(source),
            false => Node::map([("since", words::release(source))]),
        };
        arg.key("deprecated-aliases", Node::map([(alias, deprecation)]));
    }
    if inherited && source.chance(12) {
        let placement = match source.chance(25) {
            true => "without-subcommand",
            false => "before-subcommand",
        };
        arg.key("placement", Node::text(placement));
    }
    if source.has_files && source.chance(20) || source.chance(1) {
        setting(source, &mut arg);
    }
    arg
}

/// Generates an option with a role.
pub(super) fn with_role(source: &mut Source<'_>, role: &str) -> Arg {
    let mut arg = Arg::new(words::name(source, "arg"));
    common(source, &mut arg);
    names(source, &mut arg);
    arg.key("role", Node::text(role));
    let takes = Takes {
        samples: ["auto", "always", "never"].map(str::to_owned).to_vec(),
        min: 1,
        max: 1,
        equals: false,
        terminator: None,
    };
    if role == "color" {
        arg.key("value", Node::text("WHEN"));
        arg.key("choices", Node::texts(takes.samples.clone()));
        presence(source, &mut arg, &takes, false, 1);
        arg.takes = Some(takes);
    } else if source.chance(12) {
        arg.key("env", Node::plain(true));
    }
    if source.has_files && source.chance(30) {
        setting(source, &mut arg);
    }
    arg
}

/// Adds the key that lets configuration files set an option.
fn setting(source: &mut Source<'_>, arg: &mut Arg) {
    let key = setting_key(source);
    if source.chance(70) {
        return arg.key("config", Node::text(key));
    }
    let mut keys = vec![("key".to_owned(), Node::text(key))];
    if source.chance(60) {
        let earlier = Node::text(setting_key(source));
        keys.push(("deprecated-keys".to_owned(), earlier));
    }
    if source.chance(50) {
        let scope = *source.pick(&["user", "project"]);
        keys.push(("scope".to_owned(), Node::text(scope)));
    }
    arg.key("config", Node::Map(keys));
}

/// Generates the name of a setting, which is usually unique.
fn setting_key(source: &mut Source<'_>) -> String {
    let table = *source.pick(&["", "", "net.", "net.tls.", "term."]);
    for _ in 0..20 {
        let words = ["color", "retry", "x1", "a-b", "net", "term", "k"];
        let (word, number) = (*source.pick(&words), source.below(40));
        let key = match number {
            0..20 => format!("{table}{word}"),
            _ => format!("{table}{word}{number}"),
        };
        if source.take("setting", &key) || source.chance(2) {
            return key;
        }
    }
    "end".to_owned()
}

/// Makes a switch negatable.
fn opposite(source: &mut Source<'_>, arg: &mut Arg) {
    let long = arg.names.iter().find_map(|name| name.strip_prefix("--"));
    let usual = long.map(|long| format!("--no-{long}"));
    if source.chance(30) {
        let mut keys = Keys::new();
        let name = source.chance(50).then(|| words::name(source, "arg"));
        if let Some(name) = &name {
            keys.push(("name".to_owned(), Node::text(name.clone())));
        }
        if source.chance(50) {
            keys.push(("help".to_owned(), words::line(source)));
        }
        if source.chance(30) {
            keys.push(("hidden".to_owned(), Node::plain(true)));
        }
        arg.key("negatable", Node::Map(keys));
        arg.names
            .extend(name.map(|name| format!("--{name}")).or(usual));
        return;
    }
    if usual.is_some() || source.chance(2) {
        arg.yes("negatable");
    }
    arg.names.extend(usual);
}

fn names(source: &mut Source<'_>, arg: &mut Arg) {
    let one_letter = arg.id.len() == 1;
    if one_letter {
        arg.names.push(format!("-{}", arg.id));
    }
    if source.chance(if one_letter { 1 } else { 20 }) {
        if let Some(letter) = free_letter(source) {
            arg.key("short", Node::text(letter.to_string()));
            arg.names.push(format!("-{letter}"));
        }
    }
    if source.chance(8) {
        let long = words::name(source, "arg");
        arg.key("long", Node::text(long.clone()));
        arg.names.push(format!("--{long}"));
    } else if !one_letter {
        arg.names.push(format!("--{}", arg.id));
    }
    for key in ["aliases", "hidden-aliases"] {
        if source.chance(8) {
            let count = 1 + source.below(2);
            let list: Vec<String> = (0..count).map(|_| words::name(source, "arg")).collect();
            for alias in &list {
                let dashes = if alias.len() == 1 { "-" } else { "--" };
                arg.names.push(format!("{dashes}{alias}"));
            }
            arg.key(key, Node::texts(list));
        }
    }
    if arg.names.is_empty() {
        arg.names.push(format!("--{}", arg.id));
    }
}

fn free_letter(source: &mut Source<'_>) -> Option<char> {
    (0..5).find_map(|_| {
        let letter = words::letter(source);
        // A lower-case letter and its capital are different options, so they have different scopes.
        let scope = format!("letter {}", u32::from(letter));
        (source.take(&scope, "x") && source.take("arg", &letter.to_string())).then_some(letter)
    })
}

fn value(source: &mut Source<'_>, arg: &mut Arg) {
    let several = source.chance(10);
    let at_once = if several { 2 + source.below(2) } else { 1 };
    let mut takes = kind(source, arg, if several { 1 } else { 25 });
    takes.min = at_once;
    takes.max = at_once;
    let named = ["VALUE", "a b", "N"].iter().take(at_once);
    arg.key(
        "value",
        if several {
            Node::texts(named.copied())
        } else {
            Node::text("VALUE")
        },
    );
    let mut many = source.chance(25);
    if many {
        let repeat = *source.pick(&["true", "true", "true", "true", "..3", "1..", "2", "1..2"]);
        arg.key("repeat", Node::plain(repeat));
    }
    let bounded = !several && source.chance(10);
    if bounded {
        let bounds = *source.pick(&["2", "2..", "..3", "1..4", "0..", "1..1", "0..1", "..65535"]);
        arg.key("num-args", Node::plain(bounds));
        (takes.min, takes.max) = match bounds {
            "2" => (2, 2),
            "2.." => (2, 4),
            "1..1" => (1, 1),
            "0..1" => (0, 1),
            _ => (0, 3),
        };
        many = true;
    }
    if many && !several && source.chance(30) {
        let sign = *source.pick(&[",", ":", "=", ";", "|"]);
        if takes.samples.iter().all(|sample| !sample.contains(sign)) {
            arg.key("delimiter", Node::text(sign));
        }
    }
    if many && source.chance(10) {
        terminator(source, arg, &mut takes);
    }
    if !several && !bounded {
        if source.chance(12) {
            let bare = source.pick(&takes.samples).clone();
            arg.key("bare", Node::text(bare));
            takes.min = 0;
        }
        if source.chance(10) {
            arg.yes("equals");
            takes.equals = true;
        }
    }
    presence(source, arg, &takes, many, at_once);
    arg.takes = Some(takes);
}
