//! Rules that contradict each other: options that can never be used, and requirements without effect.

mod possible;
mod rules;
mod solver;

pub(super) use possible::possible;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::rules::Seen;
use crate::ir::{Arg, Command, Name, Program};

/// Reports options that can never be used, because they require what they conflict with.
pub(super) fn contradictions(program: &Program, problems: &mut Diagnostics) {
    let mut seen = Seen::default();
    for command in program.root.walk() {
        let relevant = command.rules.needs_what_excludes(command);
        for (number, arg) in command.args().enumerate() {
            if !relevant.get(number).is_some_and(|relevant| *relevant) {
                continue;
            }
            // This marks the option and everything that it requires in `seen`.
            let needed = command.rules.needed(number, &mut seen);
            let clash = needed.into_iter().find_map(|(a, via)| {
                let mut excluded = command.rules.excluded(a).iter();
                let b = excluded.find(|b| seen.has(**b))?;
                let name = command.requires(arg).nth(via)?;
                Some((command.nth_arg(a)?, command.nth_arg(*b)?, name.span))
            });
            if let Some((a, b, span)) = clash {
                problems
                    .error(
                        Code::Contradiction,
                        span,
                        format!("`{}` can never be used", arg.written()),
                    )
                    .label(format!(
                        "requires `{}`, which conflicts with `{}`",
                        a.written(),
                        b.written()
                    ))
                    .help("remove the requirement or the conflict");
            }
        }
    }
}

/// Reports options that no command line can have: they are exclusive but require others, or they
/// override what they require or conflict with.
pub(super) fn never_given(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.args() {
            let any = arg.requires_any.iter().map(|(group, _)| group);
            if let (true, Some(needed)) = (arg.exclusive, command.requires(arg).chain(any).next()) {
                problems
                    .error(
                        Code::NeverGiven,
                        needed.span,
                        format!("`{}` is exclusive, but requires this", arg.written()),
                    )
                    .help("remove `exclusive` or the requirement");
            }
            for name in &arg.overrides {
                let both = |mut names: Box<dyn Iterator<Item = &Name> + '_>| {
                    names.any(|known| **known == **name)
                };
                let (why, fix) = if both(Box::new(command.requires(arg))) {
                    ("also requires it", "remove the requirement or `overrides`")
                } else if command.arg(name).is_some_and(|other| {
                    !std::ptr::eq(other, arg) && command.in_conflict(arg, other)
                }) {
                    (
                        "also conflicts with it",
                        "remove the conflict or `overrides`",
                    )
                } else {
                    continue;
                };
                problems
                    .error(
                        Code::NeverGiven,
                        name.span,
                        format!("`{}` overrides `{}`, but {why}", arg.written(), **name),
                    )
                    .help(fix);
            }
        }
    }
}

/// Reports requirements that have no effect, or a different one than they seem to have.
pub(super) fn pointless_requirements(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.args() {
            if let (true, Some(condition)) = (arg.required, arg.required_if().next()) {
                always_required(arg, condition, problems);
            }
            for name in command.requires(arg) {
                let Some(needed) = command.arg(name) else {
                    continue;
                };
                let default = needed
                    .value()
                    .is_some_and(|value| !value.default.is_empty());
                if arg.required {
                    problems
                        .error(
                            Code::PointlessRequirement,
                            name.span,
                            format!(
                                "`{}` is required, so `{}` would always be required too",
                                arg.written(),
                                needed.written()
                            ),
                        )
                        .help(
                            "remove the rule, or replace it with `required: true` on the other one",
                        );
                } else if default {
                    problems
                        .error(
                            Code::PointlessRequirement,
                            name.span,
                            format!(
                                "`{}` has a default, so requiring it has no effect",
                                needed.written()
                            ),
                        )
                        .help("remove the rule or the default");
                }
            }
        }
    }
}

fn always_required(arg: &Arg, condition: &Name, problems: &mut Diagnostics) {
    problems
        .error(
            Code::PointlessRequirement,
            condition.span,
            format!("`{}` is always required", arg.written()),
        )
        .label("this condition has no effect")
        .help("remove `required` or the condition");
}

/// Reports required arguments that conflict with others. clap doesn't insist on a required argument if
/// one that conflicts with it, overrides it or is overridden by it is given.
pub(super) fn required_and_excluded(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let exclusive: Vec<&Arg> = command.args().filter(|arg| arg.exclusive).collect();
        for arg in command.args().filter(|arg| arg.required) {
            let others = || {
                let all = command.args();
                all.filter(|other| other.id.span != arg.id.span)
            };
            let clash = if let (true, Some(other)) = (arg.exclusive, others().next()) {
                let help = "remove `required` or `exclusive`".to_owned();
                Some((other, "can't be used with anything else".to_owned(), help))
            } else if let Some(other) = exclusive.iter().find(|other| !std::ptr::eq(**other, arg)) {
                let help = format!("use `required-unless: {}` instead of `required`", *other.id);
                let why = format!("`{}` can't be used with anything else", other.written());
                Some((*other, why, help))
            } else if let Some(other) = command.excluded(arg).next() {
                let why = format!("can't be used with `{}`", other.written());
                Some((other, why, "remove `required` or the conflict".to_owned()))
            } else {
                None
            };
            if let Some((other, why, help)) = clash {
                problems
                    .error(
                        Code::RequiredAndExcluded,
                        arg.id.span,
                        format!("`{}` is required, but {why}", arg.written()),
                    )
                    .related(other.id.span, "so this can never be used")
                    .help(help);
            } else if let Some(other) = command.overriding(arg).next() {
                overridden(arg, other, problems);
            }
        }
        if let Some(alone) = exclusive.first() {
            required_with_exclusive(command, alone, problems);
        }
    }
}

fn overridden(arg: &Arg, other: &Arg, problems: &mut Diagnostics) {
    problems
        .error(
            Code::RequiredAndExcluded,
            arg.id.span,
            format!(
                "`{}` is required, but not if `{}` is given",
                arg.written(),
                other.written()
            ),
        )
        .related(other.id.span, "one of the two overrides the other")
        .help(format!(
            "use `required-unless: {}` instead of `required`",
            *other.id
        ));
}

/// Reports an exclusive option in a command that requires another option.
fn required_with_exclusive(command: &Command, alone: &Arg, problems: &mut Diagnostics) {
    let needed = command.needs.iter().find(|name| ***name != *alone.id);
    let mut groups = command.groups().filter(|group| group.is_required());
    let group = groups.find(|group| group.members.iter().all(|name| **name != *alone.id));
    let named = needed.or(group.map(|group| &group.name));
    if let Some(name) = named {
        problems
            .error(
                Code::RequiredAndExcluded,
                name.span,
                format!(
                    "`{}` is required, but `{}` can't be used with anything else",
                    **name,
                    alone.written()
                ),
            )
            .related(alone.id.span, "so this can never be used")
            .help("use `conflicts` with a list of options instead of `exclusive`");
    }
}
