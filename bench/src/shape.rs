//! The programs that are measured: trees of commands that all libraries can define.

use std::path::Path;

use clapspec::Checked;
use clapspec::description::{self, Takes};

/// The number of commands in a group of the program with equal commands.
pub const GROUP: usize = 20;

/// A command, or the program itself.
#[derive(Clone)]
pub struct Command {
    pub name: String,
    pub about: String,
    pub description: String,
    pub args: Vec<Arg>,
    pub commands: Vec<Command>,
}

/// An argument or option.
#[derive(Clone)]
pub struct Arg {
    /// Its long name without dashes, or the name of a positional argument.
    pub name: String,
    pub short: Option<char>,
    pub help: String,
    pub description: String,
    pub kind: Kind,
    /// An option that can't be given together with this one. Only clap, clapspec and usage-rs check that.
    pub conflicts: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A positional argument that is required.
    Required,
    /// A positional argument that may be left out.
    Optional,
    /// Any number of positional arguments.
    Rest,
    Switch,
    /// A switch that is counted.
    Count,
    /// An option with a string.
    Text,
    /// An option with a string that may be repeated.
    List,
    /// An option with a whole number.
    Number,
    /// An option with one of [`CHOICES`], the first of which is the default.
    Choice,
}

pub const CHOICES: [(&str, &str); 3] =
    [("fast", "Quick"), ("safe", "Careful"), ("none", "Nothing")];

impl Kind {
    pub fn is_positional(self) -> bool {
        matches!(self, Self::Required | Self::Optional | Self::Rest)
    }
}

impl Command {
    /// Returns all commands with the names that lead to them, without the program's, parents first.
    pub fn all(&self) -> Vec<(Vec<&str>, &Self)> {
        let mut all = vec![(Vec::new(), self)];
        let mut at = 0;
        while let Some((path, command)) = all.get(at).cloned() {
            let below = command.commands.iter();
            all.extend(below.map(|below| ([&path[..], &[below.name.as_str()]].concat(), below)));
            at += 1;
        }
        all
    }

    /// Returns the arguments that call a command at 70 % of the program, with a switch and all that it requires.
    pub fn leaf(&self) -> Vec<String> {
        let all = self.all();
        let leaves = all.iter().filter(|(_, command)| {
            let mut args = command.args.iter();
            command.commands.is_empty() && args.any(|arg| arg.kind == Kind::Switch)
        });
        let leaves: Vec<_> = leaves.collect();
        let (path, command) = leaves[leaves.len() * 7 / 10];
        let mut words: Vec<String> = path.iter().map(|&name| name.to_owned()).collect();
        let mut args = command.args.iter();
        let switch = args.find(|arg| arg.kind == Kind::Switch);
        words.extend(switch.map(|arg| format!("--{}", arg.name)));
        let takes = |arg: &&Arg| arg.kind == Kind::Required;
        let required = command.args.iter().filter(takes).count();
        let positionals = command.args.iter().any(|arg| arg.kind.is_positional());
        let count = required.max(usize::from(positionals));
        words.extend((0..count).map(|_| "x".to_owned()));
        words
    }
}

/// Returns a description of a command or an option.
pub fn more(at: usize, what: &str) -> String {
    format!(
        "A paragraph about {what} of command {at}, which is as long as such paragraphs usually are, \
         so that the cost of texts shows. It has a second sentence too."
    )
}

/// Returns a program with equal commands in groups of 20. Each has an argument and eight options of various kinds.
pub fn equal(count: usize) -> Command {
    let groups = (0..count).step_by(GROUP).map(|first| Command {
        name: format!("group{}", first / GROUP),
        about: format!("Group {}", first / GROUP),
        description: String::new(),
        args: Vec::new(),
        commands: (first..count.min(first + GROUP)).map(command).collect(),
    });
    Command {
        name: "bench".to_owned(),
        about: "A program of many commands".to_owned(),
        description: String::new(),
        args: Vec::new(),
        commands: groups.collect(),
    }
}

fn command(at: usize) -> Command {
    let arg = |name: &str, short, kind, conflicts| Arg {
        name: name.to_owned(),
        short,
        help: format!("The {name} of thing {at}"),
        description: more(at, name),
        kind,
        conflicts,
    };
    Command {
        name: format!("cmd{at}"),
        about: format!("Do thing {at}"),
        description: more(at, "the work"),
        args: vec![
            arg("input", None, Kind::Optional, None),
            arg("flag", Some('f'), Kind::Switch, None),
            arg("quiet", None, Kind::Switch, Some("verbose")),
            arg("verbose", Some('v'), Kind::Count, None),
            arg("output", Some('o'), Kind::Text, None),
            arg("name", None, Kind::List, None),
            arg("port", None, Kind::Number, None),
            arg("mode", None, Kind::Choice, None),
            arg("force", None, Kind::Switch, None),
        ],
        commands: Vec::new(),
    }
}

/// Returns a program with the commands, arguments and options of a spec, as far as all libraries have them. Rules,
/// inherited options, choices and what a command group takes itself are left out.
pub fn of_spec(spec: &Path) -> Command {
    let description = Checked::read(spec).describe().expect("the spec is valid");
    Command {
        name: "bench".to_owned(),
        ..of_description(&description.command)
    }
}

fn of_description(command: &description::Command) -> Command {
    let own = command.commands.iter().filter(|below| !below.built_in);
    let commands: Vec<Command> = own.map(of_description).collect();
    let mut args = Vec::new();
    if commands.is_empty() {
        for arg in &command.arguments {
            let repeated = arg.value.as_ref().is_some_and(|value| value.repeated);
            let kind = match (repeated, arg.required) {
                (true, _) => Kind::Rest,
                (false, true) => Kind::Required,
                (false, false) => Kind::Optional,
            };
            args.push(of_arg(arg, arg.key.clone(), kind));
            if kind != Kind::Required {
                // argh allows this only for the last one.
                break;
            }
        }
        for arg in &command.options {
            let Some(long) = arg.names.iter().find_map(|name| name.strip_prefix("--")) else {
                continue;
            };
            let value = arg.value.as_ref();
            let kind = match arg.takes {
                Takes::Count => Kind::Count,
                _ if value.is_none() => Kind::Switch,
                _ if value.is_some_and(|value| value.repeated) => Kind::List,
                _ if value.is_some_and(|value| value.r#type == "integer") => Kind::Number,
                _ => Kind::Text,
            };
            args.push(of_arg(arg, long.to_owned(), kind));
        }
    }
    Command {
        name: command.name.clone(),
        about: command.about.clone(),
        description: command.description.clone(),
        args,
        commands,
    }
}

fn of_arg(arg: &description::Arg, name: String, kind: Kind) -> Arg {
    let letters = arg.names.iter().filter(|name| name.chars().count() == 2);
    let mut letters = letters.filter_map(|name| name.chars().nth(1));
    Arg {
        name,
        // argh and usage-rs have `-h`, and some libraries `-V`, for something else.
        short: letters.find(|letter| letter.is_ascii_alphabetic() && !matches!(letter, 'h' | 'V')),
        help: match arg.help.is_empty() {
            true => format!("Sets {}", arg.key),
            false => arg.help.clone(),
        },
        description: arg.description.clone(),
        kind,
        conflicts: None,
    }
}
