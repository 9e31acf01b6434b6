//! Rules that are at odds with each other: options that can never be given, requirements that say
//! something else than they seem to.

mod possible;
mod rules;
mod solver;

pub(super) use possible::possible;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::rules::Seen;
use crate::ir::{Arg, Command, Name, Program};

/// Options that can never be given: they require what they conflict with.
pub(super) fn contradictions(program: &Program, problems: &mut Diagnostics) {
    let mut seen = Seen::default();
    for command in program.root.walk() {
        let relevant = command.rules.needs_what_excludes(command);
        for (number, arg) in command.args().enumerate() {
            if !relevant.get(number).is_some_and(|relevant| *relevant) {
                continue;
            }
            // What it needs is marked in `seen`, and so is it.
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
                        format!("`{}` can never be given", arg.written()),
                    )
                    .label(format!(
                        "needs `{}`, which conflicts with `{}`",
                        a.written(),
                        b.written()
                    ))
                    .help("remove the requirement or the conflict");
            }
        }
    }
}

/// Options that no command line can have: they stand alone and need others, or push aside what they
/// need or exclude.
pub(super) fn never_given(program: &Program, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        for arg in command.args() {
            if let (true, Some(needed)) = (arg.exclusive, command.requires(arg).next()) {
                if seen.insert(needed.span) {
                    problems
                        .error(
                            Code::NeverGiven,
                            needed.span,
                            format!("`{}` stands alone, but requires this", arg.written()),
                        )
                        .help("remove `exclusive` or the requirement");
                }
            }
            for name in &arg.overrides {
                let both = |mut names: Box<dyn Iterator<Item = &Name> + '_>| {
                    names.any(|known| **known == **name)
                };
                let (why, fix) = if both(Box::new(command.requires(arg))) {
                    ("requires it too", "remove the requirement or `overrides`")
                } else if command.arg(name).is_some_and(|other| {
                    !std::ptr::eq(other, arg) && command.in_conflict(arg, other)
                }) {
                    (
                        "can't be given with it",
                        "an option either takes the other's place or excludes it: remove one",
                    )
                } else {
                    continue;
                };
                if seen.insert(name.span) {
                    problems
                        .error(
                            Code::NeverGiven,
                            name.span,
                            format!(
                                "`{}` takes the place of `{}`, but {why}",
                                arg.written(),
                                **name
                            ),
                        )
                        .help(fix);
                }
            }
        }
    }
}

/// Requirements that say something else than they seem to.
pub(super) fn pointless_requirements(program: &Program, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        for arg in command.args() {
            if let (true, Some(condition)) = (arg.required, arg.required_if().next()) {
                if seen.insert(condition.span) {
                    always_required(arg, condition, problems);
                }
            }
            for name in command.requires(arg) {
                let Some(needed) = command.arg(name) else {
                    continue;
                };
                let default = needed
                    .value()
                    .is_some_and(|value| !value.default.is_empty());
                if arg.required && seen.insert(name.span) {
                    problems
                        .error(
                            Code::PointlessRequirement,
                            name.span,
                            format!(
                                "`{}` is always given, so `{}` would be required",
                                arg.written(),
                                needed.written()
                            ),
                        )
                        .help("say `required: true` of it, or remove the rule");
                } else if default && seen.insert(name.span) {
                    problems
                        .error(
                            Code::PointlessRequirement,
                            name.span,
                            format!(
                                "`{}` has a default, so it need not be given",
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
            format!("`{}` is required in any case", arg.written()),
        )
        .help("remove `required` or this");
}

/// clap does not ask for what is required when something that excludes it, or takes its place, is
/// given.
pub(super) fn required_and_excluded(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let exclusive: Vec<&Arg> = command.args().filter(|arg| arg.exclusive).collect();
        for arg in command.args().filter(|arg| arg.required) {
            let others = || {
                let all = command.args();
                all.filter(|other| other.id.span != arg.id.span)
            };
            let said = if let (true, Some(other)) = (arg.exclusive, others().next()) {
                let help = "remove `required` or `exclusive`".to_owned();
                Some((other, "nothing can be with it".to_owned(), help))
            } else if let Some(other) = exclusive.iter().find(|other| !std::ptr::eq(**other, arg)) {
                let help = format!(
                    "in place of `required`, say `required-unless: {}`",
                    *other.id
                );
                let why = format!("nothing can be with `{}`", other.written());
                Some((*other, why, help))
            } else if let Some(other) = command.excluded(arg).next() {
                let why = format!("can't be with `{}`", other.written());
                Some((other, why, "remove `required` or the conflict".to_owned()))
            } else {
                None
            };
            if let Some((other, why, help)) = said {
                problems
                    .error(
                        Code::RequiredAndExcluded,
                        arg.id.span,
                        format!("`{}` must be given, but {why}", arg.written()),
                    )
                    .related(other.id.span, "so this can never be given")
                    .help(help);
            } else if let Some(other) = command.overriding(arg).next() {
                overridden(arg, other, problems);
            }
        }
        if let Some(alone) = exclusive.first() {
            needed_beside(command, alone, problems);
        }
    }
}

fn overridden(arg: &Arg, other: &Arg, problems: &mut Diagnostics) {
    problems
        .error(
            Code::RequiredAndExcluded,
            arg.id.span,
            format!(
                "`{}` must be given, but not beside `{}`",
                arg.written(),
                other.written()
            ),
        )
        .related(other.id.span, "one of the two overrides the other")
        .help(format!(
            "in place of `required`, say `required-unless: {}`",
            *other.id
        ));
}

/// What stands alone, in a command that can't be called without something.
fn needed_beside(command: &Command, alone: &Arg, problems: &mut Diagnostics) {
    let needed = command.needs.iter().find(|name| ***name != *alone.id);
    let mut groups = command.groups().filter(|group| group.kind.is_required());
    let group = groups.find(|group| group.members.iter().all(|name| **name != *alone.id));
    let named = needed.or(group.map(|group| &group.name));
    if let Some(name) = named {
        problems
            .error(
                Code::RequiredAndExcluded,
                name.span,
                format!(
                    "`{}` must be given, but nothing can be with `{}`",
                    **name,
                    alone.written()
                ),
            )
            .related(alone.id.span, "so this can never be given")
            .help("remove `exclusive`, and say in `conflicts` what can't be with it");
    }
}
