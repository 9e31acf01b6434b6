//! The usage line: options and arguments, with brackets for those that conflict with or require others.

use super::entries::marks;
use crate::ir::{Arg, Command, Form, Name, Value};

/// A piece of the usage line that stays on one line, such as `[--color WHEN]`.
pub(crate) type Chunk<'a> = Vec<Part<'a>>;

/// A part of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Text that is typed literally.
    Literal(String),
    /// The placeholder of a value.
    Value(&'a str),
    /// Brackets, bars and dots, which are not typed.
    Mark(&'static str),
    /// A space within the chunk.
    Space,
}

/// Returns the width of a chunk in columns.
pub(crate) fn width(chunk: &Chunk<'_>) -> usize {
    let part = |part: &Part<'_>| match part {
        Part::Literal(text) => text.chars().count(),
        Part::Value(text) | Part::Mark(text) => text.chars().count(),
        Part::Space => 1,
    };
    chunk.iter().map(part).sum()
}

/// Returns the usage line after a command's name. Options that conflict are in one chunk, as are an
/// option and the options that require it: `[--force [--json | --pretty-json]]`.
pub(super) fn usage(command: &Command) -> Vec<Chunk<'_>> {
    let shown: Vec<&Arg> = command.accepted().filter(|arg| !arg.hidden).collect();
    let (options, arguments): (Vec<&Arg>, Vec<&Arg>) =
        shown.into_iter().partition(|arg| arg.is_option());
    let (sigils, options): (Vec<&Arg>, Vec<&Arg>) = options
        .into_iter()
        .partition(|arg| matches!(arg.form, Form::Option { sigil: Some(_), .. }));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for arg in options {
        // An option joins the first group if it conflicts with all options in it.
        let fits = |group: &&mut Group<'_>| {
            !arg.required
                && group
                    .iter()
                    .all(|other| !other.required && command.in_conflict(arg, other))
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(arg),
            None => groups.push(vec![arg]),
        }
    }
    let parent: Vec<Option<usize>> = groups
        .iter()
        .map(|group| parent(command, group, &groups))
        .collect();
    let mut chunks: Vec<Chunk<'_>> = sigils.into_iter().map(sigil_chunk).collect();
    for at in (0..groups.len()).filter(|at| parent[*at].is_none()) {
        chunks.push(option_chunk(command, at, &groups, &parent));
    }
    chunks.extend(arguments.into_iter().map(argument_chunk));
    if command.is_group() {
        let optional = command.runnable || command.default_command.is_some();
        chunks.push(match optional {
            true => vec![Part::Mark("["), Part::Value("COMMAND"), Part::Mark("]")],
            false => vec![Part::Value("COMMAND")],
        });
    }
    chunks
}

/// Options that conflict with each other.
type Group<'a> = Vec<&'a Arg>;

/// Returns the index of a group with a single option that all options of this group require, and that
/// requires nothing itself.
fn parent(command: &Command, group: &Group<'_>, groups: &[Group<'_>]) -> Option<usize> {
    groups.iter().position(|other| {
        let [needed] = other[..] else { return false };
        let alone = !needed.required && command.requires(needed).next().is_none();
        let needs = |arg: &&Arg| command.requires(arg).any(|name| **name == *needed.id);
        alone && group.iter().all(needs)
    })
}

fn option_chunk<'a>(
    command: &Command,
    at: usize,
    groups: &[Group<'a>],
    parent: &[Option<usize>],
) -> Chunk<'a> {
    let group = &groups[at];
    // One of them must be given.
    let choice = one_must_be_given(command, group);
    let required = group.iter().any(|arg| arg.required) || choice && group.len() == 1;
    let choice = choice && !required;
    let (open, close) = if choice { ("{", "}") } else { ("[", "]") };
    let mut chunk = Vec::new();
    if !required {
        chunk.push(Part::Mark(open));
    }
    for (i, arg) in group.iter().enumerate() {
        if i > 0 {
            chunk.extend([Part::Space, Part::Mark("|"), Part::Space]);
        }
        option(arg, &mut chunk);
        if group.len() > 1 && arg.repeated() {
            chunk.push(Part::Mark("..."));
        }
    }
    for child in (0..groups.len()).filter(|child| parent[*child] == Some(at)) {
        chunk.push(Part::Space);
        chunk.extend(option_chunk(command, child, groups, parent));
    }
    if !required {
        chunk.push(Part::Mark(close));
    }
    if group.len() == 1 && group[0].repeated() {
        if required {
            // `--need N...` would mean several values after one `--need`.
            chunk.extend([Part::Space, Part::Mark("[")]);
            option(group[0], &mut chunk);
            chunk.push(Part::Mark("]"));
        }
        chunk.push(Part::Mark("..."));
    }
    chunk
}

/// Whether these options are exactly the visible members of an option group of which at least one is
/// required.
fn one_must_be_given(command: &Command, group: &Group<'_>) -> bool {
    let is_hidden = |name: &&Name| command.args().any(|arg| *arg.id == ***name && arg.hidden);
    let is = |names: &[Name]| {
        let all = |arg: &&Arg| names.iter().any(|name| **name == *arg.id);
        let hidden = names.iter().filter(is_hidden).count();
        names.len() == group.len() + hidden && group.iter().all(all)
    };
    let mut groups = command.groups();
    groups.any(|known| known.is_required() && is(&known.members))
}

/// Adds the shortest way to write an option: `-v`, or `--color WHEN`.
fn option<'a>(arg: &'a Arg, chunk: &mut Chunk<'a>) {
    let name = match (&arg.form, arg.value()) {
        (
            Form::Option {
                short: Some(short), ..
            },
            None,
        ) => format!("-{}", short.value),
        _ => arg.written(),
    };
    match arg.opposite().filter(|opposite| !opposite.hidden) {
        Some(opposite) if Some(&*opposite.name) == no(arg).as_ref() => {
            let long = Part::Literal(arg.written()[2..].to_owned());
            chunk.extend([Part::Literal("--".into()), Part::Mark("[no-]"), long]);
        }
        Some(opposite) => {
            let other = Part::Literal(format!("--{}", *opposite.name));
            chunk.extend([Part::Literal(name), Part::Mark("|"), other]);
        }
        None => chunk.push(Part::Literal(name)),
    }
    let Some(value) = arg.value() else { return };
    match marks(value) {
        (" ", _) => chunk.push(Part::Space),
        (" [", _) => chunk.extend([Part::Space, Part::Mark("[")]),
        (open, _) => chunk.push(Part::Mark(open)),
    }
    for (i, name) in value.names.iter().enumerate() {
        if i > 0 {
            chunk.push(Part::Space);
        }
        chunk.push(Part::Value(name));
    }
    if value.bounds.is_some() {
        chunk.push(Part::Mark("..."));
    }
    let (_, close) = marks(value);
    if !close.is_empty() {
        chunk.push(Part::Mark(close));
    }
}

fn sigil_chunk(arg: &Arg) -> Chunk<'_> {
    let sign = arg.written().chars().take(1).collect();
    let name = arg.value().and_then(|value| value.names.first());
    let name = Part::Value(name.map_or("", String::as_str));
    vec![Part::Mark("["), Part::Literal(sign), name, Part::Mark("]")]
}

/// The usual name of an option's opposite.
fn no(arg: &Arg) -> Option<String> {
    let written = arg.written();
    written.strip_prefix("--").map(|long| format!("no-{long}"))
}

fn argument_chunk(arg: &Arg) -> Chunk<'_> {
    let names = arg.value().and_then(|value| value.names.first());
    let mut chunk = vec![Part::Value(names.map_or("", String::as_str))];
    if let Form::Argument { last: true, .. } = arg.form {
        chunk.splice(0..0, [Part::Literal("--".into()), Part::Space]);
    }
    if !arg.required {
        chunk.insert(0, Part::Mark("["));
        chunk.push(Part::Mark("]"));
    }
    if arg.value().is_some_and(Value::is_list) {
        chunk.push(Part::Mark("..."));
    }
    chunk
}
