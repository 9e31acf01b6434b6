//! A site: a page for each command and topic, which needs no server, no scripts and no other site.
//!
//! The contents of the pages come from [`page::document`](crate::page::document), and the templates in
//! `html/templates` or those of the spec put them in place.

mod data;
mod search;
mod site;
mod templates;
mod tree;
mod write;

use super::markdown;
use crate::diagnostic::Diagnostics;
use crate::generated::GeneratedFile;
use crate::ir::Program;
use crate::model::Models;
use crate::page::document::{Document, Documents, Subject};
use crate::parallel;
use data::Link;
#[cfg(feature = "cli")]
pub(crate) use data::Templates;
use site::Site;
use write::Writer;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Generates `html/NAME.html` for each command and topic that is not hidden, with the same page in Markdown
/// beside it, `html/index.html`, which lists them, and the files that they use. If the spec asks for it,
/// there is also a file that contains all pages and uses no other file.
pub(super) fn generate(program: &Program, models: &Models) -> Vec<GeneratedFile> {
    templates::on_large_stack(program, || files(program, models))
}

fn files(program: &Program, models: &Models) -> Vec<GeneratedFile> {
    let documents = Documents::of(program, models, "index");
    // `check_templates` has found no error in the templates of the spec, and has rendered the same pages.
    let (environment, _) = templates::parse(program);
    let site = Site::new(program, &documents, environment);
    let pages = site.pages().into_iter().map(|(path, page)| {
        let page = page.unwrap_or_else(|error| panic!("a bug in clapspec: {error:#}"));
        (path, page)
    });
    let all = std::iter::once(&documents.index).chain(&documents.list);
    let all: Vec<&Document> = all.collect();
    let twins = parallel::map(&all, program.is_large(), |document| {
        let text = markdown::page(&documents, document);
        (format!("{}.md", document.name), text)
    });
    let others = [
        ("style.css", style(program)),
        ("script.js", SCRIPT.to_owned()),
        ("search.js", search::index(&documents.list)),
        ("llms.txt", markdown::llms(&documents)),
    ];
    let others = others.map(|(path, text)| (path.to_owned(), text));
    let files = pages.chain(twins).chain(others);
    files
        .map(|(path, text)| GeneratedFile::new(format!("html/{path}"), text))
        .collect()
}

/// Reports errors in the templates of a spec, which are found when the site is rendered.
pub(crate) fn check_templates(program: &Program, models: &Models, problems: &mut Diagnostics) {
    let errors = templates::on_large_stack(program, || {
        let (environment, errors) = templates::parse(program);
        if !errors.is_empty() {
            return errors;
        }
        let documents = Documents::of(program, models, "index");
        let pages = Site::new(program, &documents, environment).pages();
        pages
            .into_iter()
            .filter_map(|(_, page)| page.err())
            .collect()
    });
    templates::report(program, errors, problems);
}

/// Returns the stylesheet: ours, and then that of the spec, whose rules take precedence.
fn style(program: &Program) -> String {
    match program.site.stylesheet() {
        Some(own) => format!("{STYLE}\n/* From the spec. */\n{own}"),
        None => STYLE.to_owned(),
    }
}

/// Returns what links to a document show: the command, or the title of a topic.
fn label(document: &Document) -> String {
    match document.subject {
        Subject::Index => format!("{} commands", document.command),
        _ => crate::text::to_plain(&document.title).replace('`', ""),
    }
}

/// Returns the name of a document's command without those of its parents.
fn own_name(document: &Document) -> &str {
    document.command.rsplit(' ').next().unwrap_or_default()
}

/// Returns the link to a command from those below it.
fn step(document: &Document, writer: &Writer<'_>) -> Link {
    Link {
        label: own_name(document).to_owned(),
        href: writer.address(document),
    }
}

fn link(document: &Document) -> Link {
    Link {
        label: label(document),
        href: write::address(document),
    }
}
