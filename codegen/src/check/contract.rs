//! What scripts rely on: exit codes, questions, results, and options with a role.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Effect, Kind, Program, Role, Takes, exits};
use crate::source::Span;

/// Checks that the program defines the exit codes that every command may need.
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
                format!("the program has no exit code {}", names.join(" or ")),
            )
            .help(format!(
                "add {} to the program's `exit-codes`",
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
                        "this command defines the exit code `usage`, but the program doesn't",
                    )
                    .help("move it to the program: all commands have the same exit code for usage errors");
            }
            if *exit.name == exits::SUCCESS && exit.code.value != 0 {
                problems
                    .error(
                        Code::SuccessNotZero,
                        exit.code.span,
                        format!(
                            "the exit code `success` must be 0, found {}",
                            exit.code.value
                        ),
                    )
                    .help("use `code: 0`; shells treat any other exit code as a failure");
            }
        }
    }
}

/// Checks that a question belongs to a command that can be run, shows only values that exist, and can be
/// answered with an option.
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
                .help("add a switch with `role: yes`, such as `force`; scripts need it");
        }
        for name in question.values() {
            let arg = command.arg(name);
            let value = arg.and_then(|arg| arg.value());
            if value.is_some_and(|value| matches!(value.kind, Kind::Secret)) {
                problems
                    .error(
                        Code::UnknownPlaceholder,
                        name.span,
                        format!("`{}` is a secret, but the question would show it", **name),
                    )
                    .help("remove it from the question");
            }
            if arg.is_none() {
                let known = command.args().map(|arg| arg.id.as_str());
                problems
                    .error(
                        Code::UnknownPlaceholder,
                        name.span,
                        format!(
                            "`{{{}}}` is not an argument or option of `{}`",
                            **name,
                            command.title()
                        ),
                    )
                    .suggest_name(name, name.span, known)
                    .help("to write a brace itself, double it: `{{`");
            }
        }
    }
}

/// Checks that a command with an `output` has an option to print it, and the other way round.
pub(super) fn results(program: &Program, problems: &mut Diagnostics) {
    if !program.has_contract() {
        // Another rule reports that.
        return;
    }
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|it| it.runs() && it.built_in.is_none())
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
                        format!("no option of `{}` prints this output", command.title()),
                    )
                    .help("add a switch with `role: json`, such as `json`");
            }
            // An inherited option is fine, because it also applies to errors.
            (None, Some(arg)) if defines_itself(command, arg) => {
                problems
                    .warning(
                        Code::JsonWithoutOutput,
                        command.about.span,
                        format!(
                            "`{}` has the option `{}`, but no `output`",
                            command.title(),
                            arg.written()
                        ),
                    )
                    .related(arg.id.span, "the option is defined here")
                    .help("describe what it prints: `output: { type: object, … }`");
            }
            _ => {}
        }
    }
}

/// Whether a command defines an option itself, and doesn't inherit it.
fn defines_itself(command: &Command, arg: &Arg) -> bool {
    let mut own = command.defined_sets().flat_map(|set| &set.args);
    own.any(|own| std::ptr::eq(own, arg))
}

/// Checks that a program with questions, results, roles or configuration files defines exit codes.
/// Reports only the first of these keys.
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
                format!("`{key}` needs exit codes, but the program has none"),
            )
            .help("define `success` and `failure` in the program's `exit-codes`");
    }
}

/// Reports a key of a command that can't be run.
pub(super) fn runs(command: &Command, span: Span, key: &str, problems: &mut Diagnostics) {
    if !command.runs() {
        problems
            .error(
                Code::NothingRuns,
                span,
                format!(
                    "`{}` can't be run by itself, so it can't have `{key}`",
                    command.title()
                ),
            )
            .help("move the key to its subcommands");
    }
}

/// Checks that roles fit their options, and that no command has two options with the same role.
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
                        .related(first.id.span, "the other option")
                        .help("keep one of them; the other can be one of its `aliases`");
                }
            }
            if role.value == Role::DryRun && command.effect == Some(Effect::Read) {
                problems
                    .error(
                        Code::RoleDoesNotFit,
                        role.span,
                        format!(
                            "`{}` changes nothing (`effect: read`), so it can't have a dry run",
                            command.title()
                        ),
                    )
                    .help("use the option only in commands that change something");
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

/// Returns how to change an option that doesn't fit its role.
fn misfit(arg: &Arg, role: Role) -> Option<&'static str> {
    if role == Role::Color {
        let choices = arg.choices().unwrap_or_default();
        let mut names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        names.sort_unstable();
        let single = arg.value().is_some_and(|value| !value.is_list());
        let fits = single && names == ["always", "auto", "never"];
        return (!fits)
            .then_some("use a single value with the choices `auto`, `always` and `never`");
    }
    let switch = matches!(arg.takes, Takes::Switch);
    (!switch).then_some("make it a switch, without `value`, `count` or `negatable`")
}
