//! Options that several rules of a command make impossible together, although no two of them contradict
//! each other.

use std::collections::HashSet;

use super::rules::{self, Rule};
use super::solver::{Literal, core, solve};
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Program};
use crate::source::Span;

/// The number of rules that are evaluated for one program, counting repetitions. This takes less than a
/// second, even without optimization.
const MOST_STEPS: usize = 3_000_000;

/// Checks that every option can be used on some command line of some command. It does nothing if other
/// rules have found errors, because an impossible option might follow from those.
pub(in crate::check) fn possible(program: &Program, problems: &mut Diagnostics) {
    if problems.has_errors() {
        return;
    }
    let mut steps = MOST_STEPS;
    let mut possible = HashSet::new();
    let mut never = Vec::new();
    for command in program.root.walk() {
        if !command.runs() {
            continue;
        }
        let args: Vec<&Arg> = command.args().collect();
        let Some(rules) = rules::of(command) else {
            possible.extend(args.iter().map(|arg| arg.id.span));
            continue;
        };
        let clauses: Vec<&[Literal]> = rules.iter().map(|rule| &*rule.literals).collect();
        let Some(usual) = solve(args.len(), &clauses, &mut steps) else {
            let message = format!("no command line of `{}` is valid", command.title());
            report(
                command.span,
                message,
                &clauses,
                args.len(),
                &rules,
                problems,
            );
            continue;
        };
        for (number, arg) in args.iter().enumerate() {
            let given = [(number, true)];
            let with = || clauses.iter().copied().chain([&given[..]]);
            if can_be_added(number, &usual, &clauses)
                || solve(args.len(), &with().collect::<Vec<_>>(), &mut steps).is_some()
            {
                possible.insert(arg.id.span);
            } else {
                never.push((command, number, arg.id.span));
            }
        }
    }
    let mut seen = HashSet::new();
    for (command, number, span) in never {
        if possible.contains(&span) || !seen.insert(span) {
            continue;
        }
        let (Some(rules), Some(arg)) = (rules::of(command), command.nth_arg(number)) else {
            continue;
        };
        let given = [(number, true)];
        let clauses = rules.iter().map(|rule| &*rule.literals);
        let clauses: Vec<&[Literal]> = clauses.chain([&given[..]]).collect();
        let message = format!("`{}` can never be used", arg.written());
        report(
            span,
            message,
            &clauses,
            command.args().count(),
            &rules,
            problems,
        );
    }
}

/// Whether an argument can be added to a valid command line without making it invalid.
fn can_be_added(number: usize, usual: &[bool], clauses: &[&[Literal]]) -> bool {
    let forbids = |clause: &&&[Literal]| clause.contains(&(number, false));
    usual[number]
        || clauses.iter().filter(forbids).all(|clause| {
            let mut others = clause.iter().filter(|(at, _)| *at != number);
            others.any(|(at, on)| usual[*at] == *on)
        })
}

/// Reports a minimal set of rules that make something impossible.
fn report(
    span: Span,
    message: String,
    clauses: &[&[Literal]],
    count: usize,
    rules: &[Rule],
    problems: &mut Diagnostics,
) {
    let core = core(count, clauses);
    let is_in_core = |rule: &&Rule| {
        core.iter()
            .any(|clause| std::ptr::eq(*clause, &*rule.literals))
    };
    let found: Vec<&Rule> = rules.iter().filter(is_in_core).collect();
    let why: Vec<&str> = found.iter().map(|rule| &*rule.why).collect();
    let why = match why.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, [one])) => format!("{one}, and {last}"),
        Some((last, others)) => format!("{}, and {last}", others.join(", ")),
        None => return,
    };
    let diagnostic = problems.error(Code::NeverGiven, span, message);
    for rule in found.iter().filter(|rule| rule.span != span) {
        diagnostic.related(rule.span, "this rule");
    }
    diagnostic.help(format!("remove one of these rules: {why}"));
}
