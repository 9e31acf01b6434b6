//! The templates of a site: those of clapspec, and those in the directory `site` of the spec, which replace or
//! extend them.

use std::collections::BTreeSet;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Program, StyleFile};
use crate::source::Span;

/// The stylesheet in the directory `site`.
pub(super) const STYLE: &str = "style.css";

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
const STEPS: u64 = 1_000_000;
/// How many steps more it may take for each command, since the single file contains all of them.
const STEPS_OF_COMMAND: u64 = 5_000;

fn own(program: &Program) -> impl Iterator<Item = &StyleFile> {
    program.style.iter().filter(|file| file.name != STYLE)
}

/// Returns the templates of clapspec. Names that a template misspells are errors, but a template may ask whether a
/// value is there.
fn ours(program: &Program) -> Result<Environment<'static>, Error> {
    let commands = program.root.walk().len() as u64;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(STEPS + commands * STEPS_OF_COMMAND));
    for [name, original, text] in TEMPLATES {
        environment.add_template(name, text)?;
        environment.add_template(original, text)?;
    }
    Ok(environment)
}

/// Returns the templates for a program.
pub(super) fn environment(program: &Program) -> Result<Environment<'_>, Error> {
    let mut environment: Environment<'_> = ours(program)?;
    for file in own(program) {
        environment.add_template(&file.name, &file.text.value)?;
    }
    Ok(environment)
}

/// Like [`environment`], but reports the errors in all templates of the spec.
pub(super) fn parse<'a>(
    program: &'a Program,
    problems: &mut Diagnostics,
) -> Option<Environment<'a>> {
    let mut environment =
        ours(program).unwrap_or_else(|error| panic!("a bug in clapspec: {error:#}"));
    let files = own(program);
    let errors =
        files.filter_map(|file| environment.add_template(&file.name, &file.text.value).err());
    let errors: Vec<Error> = errors.collect();
    let is_good = errors.is_empty();
    report(program, errors, problems);
    is_good.then_some(environment)
}

/// Reports errors, each once, although several pages may have it.
pub(super) fn report(program: &Program, errors: Vec<Error>, problems: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for error in &errors {
        let error = cause(error);
        // If an error is in a template of clapspec, one of the spec gave it a wrong value.
        let Some(file) = own(program)
            .find(|file| error.name() == Some(&file.name))
            .or_else(|| own(program).next())
        else {
            continue;
        };
        let is_inside = error.name() == Some(&file.name);
        let range = error.range().filter(|_| is_inside).unwrap_or_default();
        let span = Span::new(file.text.span.file, range);
        let message = message(error);
        if seen.insert((span, message.clone())) {
            problems.error(Code::WrongTemplate, span, message);
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
