//! The entries of lists: arguments, options and commands with their descriptions.

use std::borrow::Cow;

use super::paint::{Line, Paint};
use super::usage;
use crate::model::{Arg, Below, Called, Choice, Fact, Kind, Relations, facts};

/// An entry of a list.
pub(super) struct Entry<'a> {
    /// The names, with placeholders for values.
    pub(super) name: Line,
    /// The summary. Without `more`, it includes the facts in brackets.
    pub(super) help: Line,
    /// The argument or option whose details are shown, in long help.
    pub(super) more: Option<&'a Shown<'a>>,
}

/// A list with its heading.
pub(super) struct List<'a> {
    pub(super) heading: Cow<'a, str>,
    pub(super) entries: Vec<Entry<'a>>,
    /// Whether each entry has as many lines as it needs, as in `--help`.
    pub(super) long: bool,
}

/// An argument or option that help shows.
pub(super) struct Shown<'a> {
    pub(super) arg: &'a Arg,
    /// Whether it is required.
    required: bool,
    pub(super) facts: Vec<Fact>,
}

impl<'a> Shown<'a> {
    /// Returns those of `args` that are not hidden, with the facts about each.
    pub(super) fn all(called: &'a Called, args: impl Iterator<Item = &'a Arg>) -> Vec<Self> {
        let relations = Relations::of(called);
        let shown = args.filter(|arg| !arg.hidden).map(|arg| Self {
            arg,
            required: usage::is_required(called, arg),
            facts: facts(called, &relations, arg),
        });
        shown.collect()
    }

    /// Returns whether `--help` shows more about it than `-h`.
    pub(super) fn has_more(&self) -> bool {
        let arg = self.arg;
        let facts = || self.facts.iter().any(|fact| !fact.sentence.is_empty());
        arg.hidden_short || !arg.description.is_empty() || explains_choices(arg) || facts()
    }

    /// Adds its entry, and an entry for its negation if it has one.
    fn entries(&'a self, paint: &Paint, long: bool, entries: &mut Vec<Entry<'a>>) {
        let arg = self.arg;
        let mut help = Line::default();
        text_of(&mut help, arg.help, arg.deprecated.is_some());
        if !long {
            self.brackets(&mut help, paint);
        }
        entries.push(Entry {
            name: usage::entry(paint, arg, self.required),
            help,
            more: long.then_some(self),
        });
        if let Some(negation) = arg.negation.filter(|_| !arg.negation_hidden) {
            let text = match arg.negation_help {
                "" => format!("The opposite of `{}`", arg.written()),
                help => help.to_owned(),
            };
            let mut opposite = simple(paint, None, negation, "");
            text_of(&mut opposite.help, &text, arg.deprecated.is_some());
            entries.push(opposite);
        }
    }

    /// Adds all facts in brackets, for short help.
    fn brackets(&self, line: &mut Line, paint: &Paint) {
        self.values(line, paint, " ");
        self.possible_values(line, paint);
        for fact in self.facts.iter().filter(|fact| !fact.brief.is_empty()) {
            separate(line, " ");
            line.paint_words(&paint.context, &["[", &fact.brief, "]"].concat());
        }
    }

    /// Adds the environment variable, the default and the aliases, in clap's notation and order.
    pub(super) fn values(&self, line: &mut Line, paint: &Paint, separator: &str) {
        let arg = self.arg;
        if let Some(env) = arg.env.first() {
            separate(line, separator);
            bracket(line, paint, "[env:", "", [Cow::from(*env)]);
        }
        if !arg.defaults.is_empty() {
            separate(line, separator);
            let defaults = arg.defaults.iter().map(|value| quoted(value));
            bracket(line, paint, "[default:", "", defaults);
        }
        let letters = arg.letters.iter().filter(|alias| !alias.hidden);
        let letters = letters.map(|alias| Cow::from(format!("-{}", alias.name)));
        let longs = arg.aliases.iter().filter(|alias| !alias.hidden);
        let longs = longs.map(|alias| Cow::from(format!("--{}", alias.name)));
        aliases(line, paint, separator, letters.chain(longs).collect());
    }

    /// Adds the accepted values in clap's notation. If the values have descriptions, long help lists
    /// them instead.
    pub(super) fn possible_values(&self, line: &mut Line, paint: &Paint) {
        let choices = visible(self.arg).map(|choice| quoted(choice.name));
        let choices: Vec<Cow<'_, str>> = match self.arg.kind {
            Kind::Boolean => vec![Cow::from("true"), Cow::from("false")],
            _ => choices.collect(),
        };
        if !choices.is_empty() {
            separate(line, " ");
            bracket(line, paint, "[possible values:", ",", choices);
        }
    }
}

/// Returns the choices of an argument or option that are not hidden.
pub(super) fn visible(arg: &Arg) -> impl Iterator<Item = &Choice> {
    arg.choices.iter().filter(|choice| !choice.hidden)
}

/// Returns whether a choice has a description.
pub(super) fn explains_choices(arg: &Arg) -> bool {
    visible(arg).any(|choice| !choice.help.is_empty())
}

/// Creates the entry of an option without details, such as `--help`.
pub(super) fn simple<'a>(paint: &Paint, short: Option<char>, long: &str, text: &str) -> Entry<'a> {
    let mut name = Line::default();
    usage::names(&mut name, paint, short, Some(long));
    let mut help = Line::default();
    help.push(text);
    let more = None;
    Entry { name, help, more }
}

/// Creates a list of arguments and options, and ignores their own headings.
pub(super) fn plain_list<'a>(
    heading: String,
    shown: impl Iterator<Item = &'a Shown<'a>>,
    paint: &Paint,
    long: bool,
) -> List<'a> {
    let mut entries = Vec::new();
    for shown in shown {
        shown.entries(paint, long, &mut entries);
    }
    let heading = Cow::from(heading);
    List {
        heading,
        entries,
        long,
    }
}

/// Creates the lists of arguments and options of a command; `built_in` are the options of every command.
pub(super) fn lists<'a>(
    shown: &'a [Shown<'a>],
    built_in: Vec<Entry<'a>>,
    paint: &Paint,
    long: bool,
) -> Vec<List<'a>> {
    let list = |heading: &'a str| List {
        heading: Cow::from(heading),
        entries: Vec::new(),
        long,
    };
    let mut arguments = list("Arguments");
    let mut options = list("Options");
    let mut headed: Vec<List<'a>> = Vec::new();
    for shown in shown.iter().filter(|shown| long || !shown.arg.hidden_short) {
        let list = match (shown.arg.heading, shown.arg.positional) {
            (Some("Arguments"), _) | (None, true) => &mut arguments,
            (Some("Options"), _) | (None, false) => &mut options,
            (Some(heading), _) => {
                let known = headed.iter().position(|list| list.heading == heading);
                let at = known.unwrap_or_else(|| {
                    headed.push(list(heading));
                    headed.len() - 1
                });
                &mut headed[at]
            }
        };
        shown.entries(paint, long, &mut list.entries);
    }
    options.entries.extend(built_in);
    headed.splice(0..0, [arguments, options]);
    headed
}

/// Creates the entry of a subcommand in the list of its command group.
pub(super) fn command<'a>(below: &Below, paint: &Paint) -> Entry<'a> {
    let mut entry = named(below.name, below.about, below.deprecated, paint);
    if !below.target.is_empty() {
        let target = ["[same as: ", &below.target.join(" "), "]"].concat();
        separate(&mut entry.help, " ");
        entry.help.paint_words(&paint.context, &target);
    }
    let names = below.aliases.iter().filter(|alias| !alias.hidden);
    let names = names.map(|alias| Cow::from(alias.name)).collect();
    aliases(&mut entry.help, paint, " ", names);
    entry
}

/// Creates an entry whose name is typed literally.
pub(super) fn named<'a>(name: &str, about: &str, deprecated: bool, paint: &Paint) -> Entry<'a> {
    let mut line = Line::default();
    line.paint(&paint.literal, name);
    let mut help = Line::default();
    text_of(&mut help, about, deprecated);
    Entry {
        name: line,
        help,
        more: None,
    }
}

/// Adds a summary, marked as deprecated if it is.
pub(super) fn text_of(line: &mut Line, text: &str, deprecated: bool) {
    line.push(text);
    if deprecated {
        separate(line, " ");
        line.push("[deprecated]");
    }
}

/// Adds `[aliases: -x, --long]`, or nothing if there are no aliases.
fn aliases(line: &mut Line, paint: &Paint, separator: &str, names: Vec<Cow<'_, str>>) {
    if !names.is_empty() {
        let label = if names.len() == 1 {
            "[alias:"
        } else {
            "[aliases:"
        };
        separate(line, separator);
        bracket(line, paint, label, ",", names);
    }
}

/// Adds a separator, unless the line is still empty.
fn separate(line: &mut Line, separator: &str) {
    if !line.is_empty() {
        line.push(separator);
    }
}

/// Adds `[label: value, value]`. The label includes the opening bracket. The separator comes between two
/// values, before a space.
fn bracket<'a>(
    line: &mut Line,
    paint: &Paint,
    label: &str,
    separator: &str,
    values: impl IntoIterator<Item = Cow<'a, str>>,
) {
    line.paint_words(&paint.context, label);
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            line.paint_words(&paint.context, separator);
        }
        line.push(" ");
        line.paint_words(&paint.value, &value);
    }
    line.paint_words(&paint.context, "]");
}

/// Formats a value as clap does: in quotes if it is empty or contains spaces.
fn quoted(value: &str) -> Cow<'_, str> {
    match value.is_empty() || value.contains(char::is_whitespace) {
        true => Cow::from(format!("{value:?}")),
        false => Cow::from(value),
    }
}
