//! Texts and names over which a reader would stumble. All of these are warnings.

use std::collections::HashMap;

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Name, Program};
use crate::source::{Span, Spanned};
use crate::text::{self, Block, Inlines};

/// Columns of one line of help, of which the names before it take a part.
const LONG: usize = 120;

/// The one-line texts of commands and options: no full stop, not too long, none twice.
pub(super) fn one_line_texts(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        line(&command.about, problems);
    }
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        line(&arg.help, problems);
    }
}

fn line(written: &Spanned<Inlines>, problems: &mut Diagnostics) {
    let text = text::to_plain(written);
    if text.ends_with('.') && !text.ends_with("..") && !text.ends_with("etc.") {
        problems
            .warning(
                Code::FullStop,
                written.span,
                "a line of help has no full stop",
            )
            .suggest_cut(
                "where sentences are shown, documents add it",
                written.span,
                '.',
            );
    }
    let width = text.chars().count();
    if width > LONG {
        problems
            .warning(
                Code::LongHelp,
                written.span,
                format!("this line of help has {width} characters"),
            )
            .help(format!(
                "{LONG} are enough for one line; say the rest in `description`"
            ));
    }
}

/// No two options of one command are described by the same words, and no description begins with
/// the line that stands above it.
pub(super) fn repeated_texts(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<String, &Arg> = HashMap::new();
        for arg in command.args().filter(|arg| !arg.help.is_empty()) {
            repeated_line(&arg.help, &arg.description, problems);
            if arg.deprecated.is_some() {
                // It does what its replacement does.
                continue;
            }
            let text = text::to_plain(&arg.help).to_lowercase();
            let first = seen.insert(text, arg);
            // Two that are opposites by their names need not say so.
            let opposite = |a: &Arg, b: &Arg| a.id.strip_prefix("no-") == Some(b.id.as_str());
            if let Some(first) =
                first.filter(|first| !opposite(first, arg) && !opposite(arg, first))
            {
                problems
                    .warning(
                        Code::RepeatedText,
                        arg.help.span,
                        format!(
                            "`{}` and `{}` are described alike",
                            first.written(),
                            arg.written()
                        ),
                    )
                    .related(first.help.span, "the same words")
                    .help("say how they differ");
            }
        }
        repeated_line(&command.about, &command.description, problems);
    }
}

fn repeated_line(line: &Spanned<Inlines>, description: &[Block], problems: &mut Diagnostics) {
    let Some(Block::Paragraph(first)) = description.first() else {
        return;
    };
    let plain = |text: &Inlines| text::to_plain(text).trim_end_matches('.').to_lowercase();
    if !line.is_empty() && plain(line) == plain(first) {
        problems
            .warning(
                Code::RepeatedText,
                line.span,
                "the description begins with the same words",
            )
            .help("readers see both, one above the other; let the description go on from here");
    }
}

/// Long names are in kebab-case, as users expect.
pub(super) fn kebab_case(program: &Program, problems: &mut Diagnostics) {
    let mut look = |name: &Name, what: &str| {
        if name.contains('_') || name.chars().any(|c| c.is_ascii_uppercase()) {
            let usual = name.replace('_', "-").to_lowercase();
            problems
                .warning(
                    Code::NotKebabCase,
                    name.span,
                    format!("`{}` is not how {what} are usually written", **name),
                )
                .help(format!("most are in kebab-case: `{usual}`"));
        }
    };
    for command in program.root.walk() {
        look(
            &Name::new(command.name().to_owned(), command.span),
            "commands",
        );
    }
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        if let crate::ir::Form::Option { long, aliases, .. } = &arg.form {
            for name in long.iter().chain(aliases) {
                look(name, "long options");
            }
        }
    }
}

/// One variable that sets two options of a command.
pub(super) fn variables_once(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<&str, &Arg> = HashMap::new();
        let all = command
            .args()
            .flat_map(|arg| arg.env.iter().map(move |env| (arg, env)));
        for (arg, env) in all {
            if let Some(first) = seen.insert(env, arg) {
                let same = first.env.iter().find(|name| ***name == **env);
                let place = same.map_or(first.id.span, |name| name.span);
                problems
                    .warning(
                        Code::VariableTwice,
                        env.span,
                        format!(
                            "`{}` sets `{}` and `{}`",
                            **env,
                            first.written(),
                            arg.written()
                        ),
                    )
                    .related(place, "also here")
                    .help("give each a variable of its own");
            }
        }
    }
}

/// `env: true` names a variable `true`.
pub(super) fn variables_called_true(program: &Program, problems: &mut Diagnostics) {
    const TRUTH: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];
    let sets = all_sets(program);
    let args = sets.iter().flat_map(|set| &set.args);
    for (arg, env) in args.flat_map(|arg| arg.env.iter().map(move |env| (arg, env))) {
        if TRUTH.iter().any(|word| env.eq_ignore_ascii_case(word)) {
            let usual = format!("{}_{}", program.root.name(), *arg.id);
            let usual = usual.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            problems
                .warning(
                    Code::VariableCalledTrue,
                    env.span,
                    format!("the variable of `{}` is called `{}`", arg.written(), **env),
                )
                .suggest(
                    "`env` takes the name of a variable",
                    env.span,
                    usual.to_uppercase(),
                )
                .uncertain();
        }
    }
}

/// An option with several values at once, whose names look like choices.
pub(super) fn values_like_choices(program: &Program, problems: &mut Diagnostics) {
    let sets = all_sets(program);
    for arg in sets.iter().flat_map(|set| &set.args) {
        let Some(value) = arg.value() else { continue };
        let small = |name: &String| {
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        // What stands for values, as in `--arg name value`.
        const USUAL: [&str; 10] = [
            "name", "value", "key", "from", "to", "file", "path", "old", "new", "type",
        ];
        let usual = |name: &String| USUAL.contains(&name.as_str());
        let names = &value.names;
        if names.len() > 1 && names.iter().all(small) && !names.iter().any(usual) {
            let names = value.names.join(", ");
            problems
                .warning(
                    Code::ValuesLikeChoices,
                    arg.id.span,
                    format!(
                        "`{}` takes {} values at once: {names}",
                        arg.written(),
                        value.names.len()
                    ),
                )
                .help(format!(
                    "if it takes one of them, write `choices: [{names}]`; if not, write them in capitals"
                ));
        }
    }
}

/// Exit codes whose text no command shows, since each has its own.
pub(super) fn unused_exit_codes(program: &Program, problems: &mut Diagnostics) {
    for group in program
        .root
        .walk()
        .into_iter()
        .filter(|command| !command.runs())
    {
        let below: Vec<&Command> = group
            .walk()
            .into_iter()
            .filter(|command| command.runs())
            .collect();
        for exit in group.exit_codes.iter().filter(|exit| exit.own) {
            let shows = |command: &&Command| {
                let mut codes = command.exit_codes.iter();
                codes.any(|known| *known.name == *exit.name && known.text_span == exit.text_span)
            };
            if !below.iter().any(shows) {
                problems
                    .warning(
                        Code::UnusedExitCode,
                        exit.text_span,
                        format!("no command shows this text of `{}`", *exit.name),
                    )
                    .help("each command below says its own; remove it here, or there");
            }
        }
    }
}

/// Examples are there once, and show nothing that goes away.
pub(super) fn examples(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for example in &command.examples {
            if let Some(first) = seen.insert(&example.run, example.run.span) {
                problems
                    .warning(
                        Code::ExampleTwice,
                        example.run.span,
                        "this example is there twice",
                    )
                    .related(first, "first here")
                    .help("remove one, or show something else");
            }
            if command.deprecated.is_some() {
                continue;
            }
            let deprecated = command.args().filter(|arg| arg.deprecated.is_some());
            for arg in deprecated {
                let names = arg.all_names();
                let uses = |word: &str| {
                    let word = word.split('=').next().unwrap_or_default();
                    names.iter().any(|name| **name == *word)
                };
                if example.run.split_whitespace().any(uses) {
                    problems
                        .warning(
                            Code::ExampleDeprecated,
                            example.run.span,
                            format!("this example uses `{}`, which goes away", arg.written()),
                        )
                        .help("show what to use instead");
                }
            }
        }
    }
}
