//! Rules that are at odds with each other: options that can never be given, requirements that say
//! something else than they seem to.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::rules::Rules;
use crate::ir::{Arg, Name, Program};

/// Options that can never be given: they require what they conflict with.
pub(super) fn contradictions(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let rules = Rules::new(command);
        for arg in command.args() {
            let needed = rules.needed_by(arg);
            let all: HashSet<&str> = needed
                .iter()
                .map(|(needed, _)| needed.id.as_str())
                .chain([arg.id.as_str()])
                .collect();
            let clash = needed.iter().find_map(|(a, name)| {
                let b = rules.excluded(a).find(|b| all.contains(b.id.as_str()))?;
                Some((a, b, name.span))
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
                let (why, mend) = if both(Box::new(command.requires(arg))) {
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
                        .help(mend);
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

/// clap does not ask for what is required when something that excludes it is given.
pub(super) fn required_and_excluded(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.args().filter(|arg| arg.required) {
            let excludes =
                |other: &&Arg| !std::ptr::eq(*other, arg) && command.in_conflict(arg, other);
            let others = || {
                let all = command.args();
                all.filter(|other| other.id.span != arg.id.span)
            };
            if let (true, Some(other)) = (arg.exclusive, others().next()) {
                problems
                    .error(
                        Code::RequiredAndExcluded,
                        arg.id.span,
                        format!(
                            "`{}` must be given, but nothing can be with it",
                            arg.written()
                        ),
                    )
                    .related(other.id.span, "so this can never be given")
                    .help("remove `required` or `exclusive`");
            } else if let Some(other) = others().find(|other| other.exclusive) {
                problems
                    .error(
                        Code::RequiredAndExcluded,
                        arg.id.span,
                        format!(
                            "`{}` must be given, but nothing can be with `{}`",
                            arg.written(),
                            other.written()
                        ),
                    )
                    .related(other.id.span, "so this can never be given")
                    .help(format!(
                        "in place of `required`, say `required-unless: {}`",
                        *other.id
                    ));
            } else if let Some(other) = command.args().find(excludes) {
                problems
                    .error(
                        Code::RequiredAndExcluded,
                        arg.id.span,
                        format!(
                            "`{}` must be given, but can't be with `{}`",
                            arg.written(),
                            other.written()
                        ),
                    )
                    .related(other.id.span, "so this can never be given")
                    .help("remove `required` or the conflict");
            }
        }
    }
}
