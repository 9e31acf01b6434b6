//! Texts and names that are valid but hard on readers. All of these rules are warnings.

use std::collections::HashMap;

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Name, Program};
use crate::source::{Span, Spanned};
use crate::text::{self, Block, Inlines};

/// The largest length of a line of help, in characters.
pub(crate) const MAX_LINE: usize = 120;

/// Checks the one-line texts of commands, arguments and options: they don't end with a period and
/// are not too long.
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
    // A period may also belong to the last word: `..`, `etc.`, or the directory `.`.
    let others = ["..", " .", "etc."];
    if text.ends_with('.') && !others.iter().any(|end| text.ends_with(end)) {
        problems
            .warning(
                Code::FullStop,
                written.span,
                "this line of help ends with a period",
            )
            .suggest_cut(
                "remove it; clapspec adds one where it prints sentences",
                written.span,
                '.',
            );
    }
    let width = text.chars().count();
    if width > MAX_LINE {
        problems
            .warning(
                Code::LongHelp,
                written.span,
                format!("this line of help is {width} characters long"),
            )
            .help(format!(
                "use at most {MAX_LINE} characters, and move the rest to `description`"
            ));
    }
}

/// Checks that no two arguments or options of a command have the same help, and that no description
/// begins with the line that is shown before it.
pub(super) fn repeated_texts(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<String, &Arg> = HashMap::new();
        for arg in command.args().filter(|arg| !arg.help.is_empty()) {
            repeated_line(&arg.help, &arg.description, problems);
            if arg.deprecated.is_some() {
                // It probably does the same as its replacement.
                continue;
            }
            let text = text::to_plain(&arg.help).to_lowercase();
            let first = seen.insert(text, arg);
            // `--x` and `--no-x` are opposites by their names, so their texts may be the same.
            let opposite = |a: &Arg, b: &Arg| a.id.strip_prefix("no-") == Some(b.id.as_str());
            if let Some(first) =
                first.filter(|first| !opposite(first, arg) && !opposite(arg, first))
            {
                problems
                    .warning(
                        Code::RepeatedText,
                        arg.help.span,
                        format!(
                            "`{}` and `{}` have the same description",
                            first.written(),
                            arg.written()
                        ),
                    )
                    .related(first.help.span, "the same text")
                    .help("describe how they differ");
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
                "the description begins with the same sentence",
            )
            .help("continue from this line in `description`; readers see one after the other");
    }
}

/// Checks that commands and long options are in kebab-case, as users expect.
pub(super) fn kebab_case(program: &Program, problems: &mut Diagnostics) {
    let mut check = |name: &Name, what: &str| {
        // `_` at the beginning marks commands that are meant for other programs.
        let rest = match what {
            "command" => name.trim_start_matches('_'),
            _ => name,
        };
        let mark = &name[..name.len() - rest.len()];
        if rest.contains('_') || rest.chars().any(|c| c.is_ascii_uppercase()) {
            let usual = format!("{mark}{}", kebab(rest));
            problems
                .warning(
                    Code::NotKebabCase,
                    name.span,
                    format!("{what} `{}` should have a kebab-case name", **name),
                )
                .help(format!("convert it to kebab-case: `{usual}`"));
        }
    };
    for command in program.root.walk() {
        check(
            &Name::new(command.name().to_owned(), command.span),
            "command",
        );
    }
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        if let crate::ir::Form::Option { long, aliases, .. } = &arg.form {
            for name in long.iter().chain(aliases) {
                check(name, "long option");
            }
        }
    }
}

/// Writes a name in kebab-case: `additionalMetadata` and `additional_metadata` become `additional-metadata`, and
/// `HTTPServer` becomes `http-server`.
fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut kebab = String::new();
    for (at, char) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let ends_word = before.is_some_and(|it| it.is_lowercase() || it.is_ascii_digit());
        let is_lower = |at: usize| chars.get(at).is_some_and(|it| it.is_lowercase());
        // The plural of an acronym is one word: `URLs`.
        let is_plural = chars.get(at + 1) == Some(&'s') && !is_lower(at + 2);
        let ends_acronym = before.is_some_and(char::is_uppercase) && is_lower(at + 1) && !is_plural;
        if char.is_uppercase() && (ends_word || ends_acronym) {
            kebab.push('-');
        }
        match char {
            '_' => kebab.push('-'),
            char => kebab.extend(char.to_lowercase()),
        }
    }
    kebab
}

/// Checks that no environment variable sets two options of a command.
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
                            "the variable `{}` sets both `{}` and `{}`",
                            **env,
                            first.written(),
                            arg.written()
                        ),
                    )
                    .related(place, "also used here")
                    .help("use a separate variable for each");
            }
        }
    }
}

/// Warns of `env: true`, which names a variable `true`.
pub(super) fn variables_called_true(program: &Program, problems: &mut Diagnostics) {
    const TRUTH: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];
    let sets = all_sets(program);
    let args = sets.iter().flat_map(|set| &set.args);
    for (arg, env) in args.flat_map(|arg| arg.env.iter().map(move |env| (arg, env))) {
        if TRUTH.iter().any(|word| env.eq_ignore_ascii_case(word)) {
            let usual = format!("{}_{}", program.root.name(), *arg.id);
            let usual = usual.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            let diagnostic = problems
                .warning(
                    Code::VariableCalledTrue,
                    env.span,
                    format!("the variable of `{}` is named `{}`", arg.written(), **env),
                )
                .suggest(
                    "write the name of an environment variable",
                    env.span,
                    usual.to_uppercase(),
                )
                .uncertain();
            if **env == *"true" {
                diagnostic
                    .help("`true` means the option's own name if the program has an `env-prefix`");
            }
        }
    }
}

/// Warns of options with several values at once whose names look like choices.
pub(super) fn values_like_choices(program: &Program, problems: &mut Diagnostics) {
    let sets = all_sets(program);
    for arg in sets.iter().flat_map(|set| &set.args) {
        let Some(value) = arg.value() else { continue };
        let small = |name: &String| {
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        // Usual lower-case names of values, as in `--arg name value`.
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
                    "if it takes only one of them, use `choices: [{names}]`; otherwise, write them in capitals"
                ));
        }
    }
}

/// Warns of exit codes of a command group whose description no subcommand shows, because each has
/// its own.
pub(super) fn unused_exit_codes(program: &Program, problems: &mut Diagnostics) {
    for group in program
        .root
        .walk()
        .into_iter()
        .filter(|command| !command.runs())
    {
        let runnable: Vec<&Command> = group
            .walk()
            .into_iter()
            .filter(|command| command.runs())
            .collect();
        for exit in group.exit_codes.iter().filter(|exit| exit.own) {
            let shows = |command: &&Command| {
                let mut codes = command.exit_codes.iter();
                codes.any(|known| *known.name == *exit.name && known.text_span == exit.text_span)
            };
            if !runnable.iter().any(shows) {
                problems
                    .warning(
                        Code::UnusedExitCode,
                        exit.text_span,
                        format!("no command shows this description of `{}`", *exit.name),
                    )
                    .help("each subcommand has its own: remove this description, or theirs");
            }
        }
    }
}

/// Checks that examples are not repeated.
pub(super) fn examples(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for example in &command.examples {
            if let Some(first) = seen.insert(&example.run, example.run.span) {
                problems
                    .warning(
                        Code::ExampleTwice,
                        example.run.span,
                        "this example is a duplicate",
                    )
                    .related(first, "the first one")
                    .help("remove or change one of them");
            }
        }
    }
}
