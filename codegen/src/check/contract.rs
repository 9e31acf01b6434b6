//! What scripts rely on: exit codes, questions, and the options that have a role in it.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Effect, Kind, Program, Role, Takes, exits};
use crate::source::Span;

/// The program names the exit codes that every command may need.
pub(super) fn exit_codes(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    let Some(first) = commands
        .iter()
        .find_map(|command| command.exit_codes.first())
    else {
        return;
    };
    let missing = |name| program.exit_code(name).is_none();
    let names = [(exits::SUCCESS, 0), (exits::FAILURE, 1)];
    let lacking = names.iter().filter(|(name, _)| missing(name));
    let (names, entries): (Vec<_>, Vec<_>) = lacking
        .map(|(name, number)| {
            let entry = format!("`{name}: {{ code: {number}, help: … }}`");
            (format!("`{name}`"), entry)
        })
        .unzip();
    if !names.is_empty() {
        problems
            .error(
                Code::MissingExitCode,
                first.name.span,
                format!("the program has no exit code {}", names.join(" and no ")),
            )
            .help(format!(
                "add it to `exit-codes` of the program: {}",
                entries.join(" and ")
            ));
    }
    for command in &commands {
        for exit in command.exit_codes.iter().filter(|exit| exit.own) {
            if *exit.name == exits::USAGE && missing(exits::USAGE) {
                problems
                    .error(
                        Code::MissingExitCode,
                        exit.name.span,
                        "the program has no exit code `usage`, and this command has",
                    )
                    .help("a wrong command line ends alike everywhere: move it to the program");
            }
            if *exit.name == exits::SUCCESS && exit.code.value != 0 {
                problems
                    .error(
                        Code::SuccessNotZero,
                        exit.code.span,
                        format!("`success` is {}", exit.code.value),
                    )
                    .help("to every shell, 0 alone is a success: `code: 0`");
            }
        }
    }
}

/// Questions are asked by commands that run, show values that there are, and can be answered by an
/// option.
pub(super) fn questions(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let Some(question) = &command.question else {
            continue;
        };
        runs(command, question.span, "confirm", problems);
        if command.with_role(Role::Yes).is_none() {
            problems
                .error(
                    Code::ConfirmWithoutYes,
                    question.span,
                    format!("no option of `{}` answers this question", command.title()),
                )
                .help("a script needs one: a switch such as `force` with `role: yes`");
        }
        for name in question.values() {
            let arg = command.arg(name);
            let value = arg.and_then(|arg| arg.value());
            if value.is_some_and(|value| matches!(value.kind, Kind::Secret)) {
                problems
                    .error(
                        Code::UnknownPlaceholder,
                        name.span,
                        format!("`{}` is a secret, and the question would show it", **name),
                    )
                    .help("leave it out of the question");
            }
            if arg.is_none() {
                let known = command.args().map(|arg| arg.id.as_str());
                problems
                    .error(
                        Code::UnknownPlaceholder,
                        name.span,
                        format!(
                            "`{{{}}}` names no argument or option of `{}`",
                            **name,
                            command.title()
                        ),
                    )
                    .suggest_name(name, name.span, known)
                    .help("a brace that is meant as such is written twice: `{{`");
            }
        }
    }
}

/// A result can be asked for, and what asks for one gets one.
pub(super) fn results(program: &Program, problems: &mut Diagnostics) {
    if !program.has_contract() {
        // There is an error about that already.
        return;
    }
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|it| it.runs() && !it.built_in)
    {
        let asks = command
            .with_role(Role::Json)
            .or_else(|| command.with_role(Role::PrettyJson));
        match (&command.output, asks) {
            (Some(output), None) => {
                problems
                    .error(
                        Code::OutputWithoutJson,
                        output.span,
                        format!("no option of `{}` prints this result", command.title()),
                    )
                    .help("use a switch with `role: json`, such as `json`");
            }
            // What is handed down to all commands serves their errors, too.
            (None, Some(arg)) if takes_itself(command, arg) => {
                problems
                    .warning(
                        Code::JsonWithoutOutput,
                        command.about.span,
                        format!(
                            "`{}` takes `{}`, but has no result",
                            command.title(),
                            arg.written()
                        ),
                    )
                    .related(arg.id.span, "the option")
                    .help("say what is printed: `output: { type: object, … }`");
            }
            _ => {}
        }
    }
}

/// Whether a command takes an option by its own will, and not because one above does.
fn takes_itself(command: &Command, arg: &Arg) -> bool {
    let mut own = command.defined_sets().flat_map(|set| &set.args);
    own.any(|own| std::ptr::eq(own, arg))
}

/// What says how a program asks and answers needs codes to end with. One such key is enough to name.
pub(super) fn exit_codes_needed(program: &Program, problems: &mut Diagnostics) {
    if program.has_contract() {
        return;
    }
    let mut keys = Vec::new();
    keys.extend(
        program
            .config_files
            .iter()
            .map(|files| (files.span, "config-files")),
    );
    for command in program.root.walk() {
        keys.extend(
            command
                .question
                .iter()
                .map(|question| (question.span, "confirm")),
        );
        keys.extend(command.output.iter().map(|output| (output.span, "output")));
    }
    for set in all_sets(program) {
        let roles = set.args.iter().filter_map(|arg| arg.role);
        keys.extend(roles.map(|role| (role.span, "role")));
    }
    if let Some((span, key)) = keys.into_iter().min() {
        problems
            .error(
                Code::MissingExitCode,
                span,
                format!("the program has no exit codes, and `{key}` needs them"),
            )
            .help("name `success` and `failure` in `exit-codes` of the program");
    }
}

/// A key for commands that do something by themselves.
pub(super) fn runs(command: &Command, span: Span, key: &str, problems: &mut Diagnostics) {
    if !command.runs() {
        problems
            .error(
                Code::NothingRuns,
                span,
                format!(
                    "`{}` does nothing by itself, so it has no `{key}`",
                    command.title()
                ),
            )
            .help("say it in the commands below it");
    }
}

/// A role fits the option, and no command has two options for one role.
pub(super) fn roles(program: &Program, problems: &mut Diagnostics) {
    let mut seen = Vec::new();
    for command in program.root.walk() {
        for arg in command.args() {
            let Some(role) = &arg.role else { continue };
            let twice = command.with_role(role.value);
            if let Some(first) = twice.filter(|first| *first.id != *arg.id) {
                if !seen.contains(&(role.span, first.id.span)) {
                    seen.push((role.span, first.id.span));
                    problems
                        .error(
                            Code::RoleTwice,
                            role.span,
                            format!(
                                "two options of `{}` have this role: `{}` and `{}`",
                                command.title(),
                                first.written(),
                                arg.written()
                            ),
                        )
                        .related(first.id.span, "the other one")
                        .help("one option has it; others may be its `aliases`");
                }
            }
            if role.value == Role::DryRun && command.effect == Some(Effect::Read) {
                problems
                    .error(
                        Code::RoleDoesNotFit,
                        role.span,
                        format!(
                            "`{}` changes nothing (`effect: read`), so it has no dry run",
                            command.title()
                        ),
                    )
                    .help("use the option in commands that change something");
            }
        }
    }
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        if let Some(role) = &arg.role {
            if let Some(help) = misfit(arg, role.value) {
                problems
                    .error(
                        Code::RoleDoesNotFit,
                        role.span,
                        format!("`{}` can't have this role", arg.written()),
                    )
                    .help(help);
            }
        }
    }
}

/// What an option with a role must be, where it is something else.
fn misfit(arg: &Arg, role: Role) -> Option<&'static str> {
    if role == Role::Color {
        let choices = arg.choices().unwrap_or_default();
        let mut names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        names.sort_unstable();
        let single = arg.value().is_some_and(|value| !value.is_list());
        let fits = single && names == ["always", "auto", "never"];
        return (!fits).then_some("it must have the choices `auto`, `always` and `never`");
    }
    let switch = matches!(arg.takes, Takes::Switch);
    (!switch).then_some("it must be a switch: no `value`, no `count`, not `negatable`")
}
