//! The templates of a site: those of clapspec, and those in the directory `site` of the spec, which replace or
//! extend them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Program, StyleFile};
use crate::source::Span;

/// Each of these can be replaced by a template of the same name, which can extend the original under the name that
/// begins with `clapspec/`.
const TEMPLATES: &[[&str; 3]] = &[
    [
        "page.html",
        "clapspec/page.html",
        include_str!("templates/page.html"),
    ],
    [
        "single.html",
        "clapspec/single.html",
        include_str!("templates/single.html"),
    ],
    [
        "header.html",
        "clapspec/header.html",
        include_str!("templates/header.html"),
    ],
    [
        "tree.html",
        "clapspec/tree.html",
        include_str!("templates/tree.html"),
    ],
];

/// How many steps a page may take, so that a loop in a template ends. A page of clapspec's takes a few thousand.
const STEPS: u64 = 200_000;
/// How many steps the single file may take for each command.
const STEPS_OF_COMMAND: u64 = 5_000;

/// The size of the stack for the templates of a spec. The parser calls itself for each part of an expression, and the
/// largest template, 64 KB, may consist of as many parts. A template that shows itself is an error after 500 levels,
/// which don't fit on a usual stack.
const STACK: usize = 256 << 20;

/// Works with the templates of a program, on a stack that is large enough for those of a spec.
pub(super) fn on_large_stack<T: Send>(program: &Program, work: impl Fn() -> T + Sync) -> T {
    if program.site.templates().next().is_none() {
        return work();
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, &work) {
            Ok(working) => working.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // There is not enough memory for such a stack, and most templates don't need it.
            Err(_) => work(),
        }
    })
}

/// Returns the templates for a program, and the errors in those of the spec.
pub(super) fn parse(program: &Program) -> (Environment<'_>, Vec<Error>) {
    let mut environment = Environment::new();
    // Names that a template misspells are errors, but a template may ask whether a value is there.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(STEPS));
    for [name, original, text] in TEMPLATES {
        for name in [name, original] {
            environment
                .add_template(name, text)
                .unwrap_or_else(|error| panic!("a bug in clapspec: {error:#}"));
        }
    }
    let files = program.site.templates();
    let errors =
        files.filter_map(|file| environment.add_template(&file.name, &file.text.value).err());
    let errors = errors.collect();
    (environment, errors)
}

/// Returns the same templates for the single file, which may take more steps.
pub(super) fn for_single_file<'a>(
    environment: &Environment<'a>,
    commands: usize,
) -> Environment<'a> {
    let mut environment = environment.clone();
    environment.set_fuel(Some(STEPS + commands as u64 * STEPS_OF_COMMAND));
    environment
}

/// Returns the place of a part of a template in its file.
fn place(file: &StyleFile, part: Range<usize>) -> Span {
    let start = file.text.span.start as usize;
    Span::new(file.text.span.file, start + part.start..start + part.end)
}

/// Reports errors, one for each place, although several pages may have it.
pub(super) fn report(program: &Program, errors: Vec<Error>, problems: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for error in &errors {
        let error = cause(error);
        // If an error is in a template of clapspec, one of the spec gave it a wrong value.
        let Some(file) = program
            .site
            .templates()
            .find(|file| error.name() == Some(&file.name))
            .or_else(|| program.site.templates().next())
        else {
            continue;
        };
        let is_inside = error.name() == Some(&file.name);
        let range = error.range().filter(|_| is_inside).unwrap_or_default();
        let span = place(file, range);
        if seen.insert(span) {
            problems.error(Code::WrongTemplate, span, message(error));
        }
    }
}

/// Returns the error in the innermost template, of those that include each other.
pub(super) fn cause(error: &Error) -> &Error {
    let inner = std::error::Error::source(error).and_then(|inner| inner.downcast_ref());
    inner.map_or(error, cause)
}

/// Returns what is wrong, in one line.
fn message(error: &Error) -> String {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::OutOfFuel => "this template takes too many steps".to_owned(),
        _ if detail.is_empty() => error.kind().to_string(),
        _ => detail.to_owned(),
    }
}
