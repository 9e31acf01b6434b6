//! Renders the pages of a site.

use std::sync::atomic::{AtomicBool, Ordering};

use minijinja::{Environment, Error, ErrorKind, Value, context};

use super::data::{self, Page, ProgramData};
use super::templates::{cause, for_single_file};
use super::write::{self, Writer};
use super::{SCRIPT, label, link, own_name, step, style, tree};
use crate::ir::{Program, Version};
use crate::page::document::{Document, Documents, Subject};
use crate::parallel;
use crate::text;

/// The only script that the single file runs, as its Content-Security-Policy names it: the hash of
/// [`SCRIPT`] in its element. `tests/html.rs` says what it must be.
const SCRIPT_HASH: &str = "sha256-+atTzbWc8xte7qmgBq66E/ynwtqdxldaD5x8bqjGP3Y=";

/// What pages are rendered from.
pub(super) struct Site<'a> {
    program: &'a Program,
    documents: &'a Documents,
    environment: Environment<'a>,
    data: Value,
    /// Whether a page has taken too many steps. Then the others are not worth the time.
    is_stopped: AtomicBool,
}

/// The path of a page in the site's directory, and the page.
type Rendered = (String, Result<String, Error>);

impl<'a> Site<'a> {
    pub(super) fn new(
        program: &'a Program,
        documents: &'a Documents,
        environment: Environment<'a>,
    ) -> Self {
        Self {
            program,
            documents,
            environment,
            data: data::value(program_data(program, documents)),
            is_stopped: AtomicBool::new(false),
        }
    }

    /// Renders all pages.
    pub(super) fn pages(&self) -> Vec<Rendered> {
        let all = std::iter::once(&self.documents.index).chain(&self.documents.list);
        let all: Vec<&Document> = all.collect();
        let numbers: Vec<usize> = (0..all.len()).collect();
        let is_large = self.program.is_large();
        let mut pages = parallel::map(&numbers, is_large, |&at| self.page(&all, at));
        if self.program.site.single_file {
            pages.push(self.single());
        }
        pages
    }

    /// Renders one page of all, which are in the order of reading.
    fn page(&self, all: &[&Document], at: usize) -> Rendered {
        let document = all[at];
        let writer = Writer {
            documents: self.documents,
            document,
            is_single: false,
        };
        let neighbor = |at: Option<usize>| Some(link(all.get(at?)?));
        let page = Page {
            previous: neighbor(at.checked_sub(1)),
            next: neighbor(Some(at + 1)),
            ..self.data_of(&writer)
        };
        let context = context! { program => self.data.clone(), page => data::value(page) };
        let text = self.render(&self.environment, "page.html", context);
        (format!("{}.html", document.name), text)
    }

    /// Renders the file that contains all pages.
    fn single(&self) -> Rendered {
        let list = &self.documents.list;
        let pages = parallel::map(list, self.program.is_large(), |document| {
            data::value(self.part(document))
        });
        let topics = list.iter().filter(|it| it.subject == Subject::Topic);
        let topics: Vec<_> = topics.map(tree::anchor).collect();
        let program = context! { index => "#", single_file => Value::UNDEFINED, topics => data::value(topics), ..self.data.clone() };
        let context = context! {
            program,
            page => data::value(Page { tree: tree::whole(list), ..self.part(&self.documents.index) }),
            pages,
            style => Value::from_safe_string(style(self.program).replace("</", "<\\/")),
            script => Value::from_safe_string(SCRIPT.to_owned()),
            script_hash => SCRIPT_HASH,
        };
        let environment = for_single_file(&self.environment, list.len());
        let text = self.render(&environment, "single.html", context);
        (single_file(self.program), text)
    }

    /// Returns the data of a page in the single file.
    fn part(&self, document: &Document) -> Page {
        self.data_of(&Writer {
            documents: self.documents,
            document,
            is_single: true,
        })
    }

    fn data_of(&self, writer: &Writer<'_>) -> Page {
        let document = writer.document;
        let list = &self.documents.list;
        let at = list.iter().position(|other| std::ptr::eq(other, document));
        let path = at.map_or_else(Vec::new, |at| tree::path(list, at));
        Page {
            subject: match document.subject {
                Subject::Index => "index",
                Subject::Command => "command",
                Subject::Topic => "topic",
            },
            name: document.name.clone(),
            label: label(document),
            path_label: own_name(document).to_owned(),
            title: writer.inlines(&document.title),
            description: text::to_plain(&document.about).replace('`', ""),
            about: match document.about.is_empty() {
                true => Value::from(""),
                false => writer.inlines(&text::ended(&document.about)),
            },
            markdown: match writer.is_single {
                true => format!("../{}.md", write::encoded(&document.name)),
                false => write::encoded(&document.name) + ".md",
            },
            source: self.source(document),
            path: path.into_iter().map(|at| step(&list[at], writer)).collect(),
            tree: match writer.is_single {
                true => Vec::new(),
                false => tree::around(list, at),
            },
            sections: writer.sections(),
            x: document.extra.clone(),
            previous: None,
            next: None,
        }
    }

    /// Returns the URL of the line in the spec that describes a command or a topic.
    fn source(&self, document: &Document) -> Option<String> {
        let site = &self.program.site;
        let place = site.places.get(&document.span?)?;
        let url = site.source_url.as_ref()?.trim_end_matches('/');
        let (path, line) = place.rsplit_once('#')?;
        Some(format!("{url}/{}#{line}", write::encoded(path)))
    }

    fn render(
        &self,
        environment: &Environment<'_>,
        name: &str,
        context: Value,
    ) -> Result<String, Error> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Ok(String::new());
        }
        let text = environment.get_template(name)?.render(context);
        let is_endless = |error: &Error| cause(error).kind() == ErrorKind::OutOfFuel;
        if text.as_ref().is_err_and(is_endless) {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        Ok(text? + "\n")
    }
}

fn program_data(program: &Program, documents: &Documents) -> ProgramData {
    let topics = documents.list.iter();
    let topics = topics.filter(|document| document.subject == Subject::Topic);
    ProgramData {
        name: program.root.title(),
        version: match &program.version {
            Version::Text(text) => Some(text.clone()),
            Version::Cargo | Version::None => None,
        },
        topics: topics.map(|document| tree::leaf(document, None)).collect(),
        index: "index.html".to_owned(),
        single_file: program
            .site
            .single_file
            .then(|| write::encoded(&single_file(program))),
        x: program.root.extra.clone(),
    }
}

/// The path of the single file in the site's directory.
fn single_file(program: &Program) -> String {
    format!("single/{}.html", program.root.page_name())
}
