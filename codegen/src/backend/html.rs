//! A site: a page for each command and topic, which needs no server, no scripts and no other site.
//!
//! The contents of the pages come from [`page::document`](crate::page::document), and the templates in
//! `html/templates` put them in place.

mod data;
mod search;
mod tree;
mod write;

use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::markdown;
use crate::generated::GeneratedFile;
use crate::ir::{Program, Version};
use crate::model::Models;
use crate::page::document::{Document, Documents, Subject};
use crate::parallel;
use data::{Link, Page, ProgramData};
use write::Writer;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");
/// The only script that the single file runs, as its Content-Security-Policy names it: the hash of
/// [`SCRIPT`] in its element. `tests/html.rs` says what it must be.
const SCRIPT_HASH: &str = "sha256-hfya/bK6l7BJ0SjoR6fvsq5Bio0ypQ6bBwn4QJ14Ra0=";

const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("html/templates/page.html")),
    ("single.html", include_str!("html/templates/single.html")),
    ("header.html", include_str!("html/templates/header.html")),
    ("tree.html", include_str!("html/templates/tree.html")),
];

/// Generates `html/NAME.html` for each command and topic that is not hidden, with the same page in Markdown
/// beside it, `html/index.html`, which lists them, and the files that they use. If the spec asks for it,
/// there is also a file that contains all pages and uses no other file.
pub(super) fn generate(program: &Program, models: &Models) -> Vec<GeneratedFile> {
    let documents = &Documents::of(program, models, "index");
    let environment = &environment();
    let site = Site {
        program,
        documents,
        environment,
        data: data::value(program_data(program, documents)),
    };
    let all: Vec<&Document> = std::iter::once(&documents.index)
        .chain(&documents.list)
        .collect();
    let numbers: Vec<usize> = (0..all.len()).collect();
    let pages = parallel::map(&numbers, program.is_large(), |&at| {
        let text = markdown::page(documents, all[at]);
        let twin = GeneratedFile::new(format!("html/{}.md", all[at].name), text);
        [site.page(&all, at), twin]
    });
    let mut files: Vec<GeneratedFile> = pages.into_iter().flatten().collect();
    let own = |name: &str, text: String| GeneratedFile::new(format!("html/{name}"), text);
    files.push(own("style.css", STYLE.to_owned()));
    files.push(own("script.js", SCRIPT.to_owned()));
    files.push(own("search.js", search::index(&documents.list)));
    files.push(own("llms.txt", markdown::llms(documents)));
    if program.html.as_ref().is_some_and(|it| it.single_file) {
        files.push(site.single());
    }
    files
}

/// Returns the templates. Names that a template misspells are errors.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in TEMPLATES {
        environment
            .add_template(name, text)
            .unwrap_or_else(|error| panic!("a bug in a template of clapspec: {error:#}"));
    }
    environment
}

fn program_data(program: &Program, documents: &Documents) -> ProgramData {
    let single = program.html.as_ref().filter(|it| it.single_file);
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
        single_file: single.map(|_| write::encoded(&single_file(program))),
    }
}

/// The path of the single file in the site's directory.
fn single_file(program: &Program) -> String {
    format!("single/{}.html", program.root.page_name())
}

struct Site<'a> {
    program: &'a Program,
    documents: &'a Documents,
    environment: &'a Environment<'static>,
    data: Value,
}

impl Site<'_> {
    /// Renders one page of all, which are in the order of reading.
    fn page(&self, all: &[&Document], at: usize) -> GeneratedFile {
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
        let text = self.render("page.html", context);
        GeneratedFile::new(format!("html/{}.html", document.name), text)
    }

    /// Renders the file that contains all pages.
    fn single(&self) -> GeneratedFile {
        let list = &self.documents.list;
        let pages = parallel::map(list, self.program.is_large(), |document| {
            data::value(self.part(document))
        });
        let topics = list.iter().filter(|it| it.subject == Subject::Topic);
        let topics: Vec<_> = topics.map(tree::anchor).collect();
        let program = context! { index => "#", topics => data::value(topics), ..self.data.clone() };
        let context = context! {
            program,
            page => data::value(Page { tree: tree::whole(list), ..self.part(&self.documents.index) }),
            pages,
            style => Value::from_safe_string(STYLE.to_owned()),
            script => Value::from_safe_string(SCRIPT.to_owned()),
            script_hash => SCRIPT_HASH,
        };
        let text = self.render("single.html", context);
        GeneratedFile::new(format!("html/{}", single_file(self.program)), text)
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
            description: crate::text::to_plain(&document.about).replace('`', ""),
            about: match document.about.is_empty() {
                true => Value::from(""),
                false => writer.inlines(&crate::text::ended(&document.about)),
            },
            markdown: write::encoded(&document.name) + ".md",
            source: self.source(document),
            path: path.into_iter().map(|at| step(&list[at])).collect(),
            tree: match writer.is_single {
                true => Vec::new(),
                false => tree::around(list, at),
            },
            sections: writer.sections(),
            previous: None,
            next: None,
        }
    }

    /// Returns the URL of the line in the spec that describes a command or a topic.
    fn source(&self, document: &Document) -> Option<String> {
        let html = self.program.html.as_ref()?;
        let place = html.places.get(&document.span?)?;
        let url = html.source_url.as_ref()?.trim_end_matches('/');
        let (path, line) = place.rsplit_once('#')?;
        Some(format!("{url}/{}#{line}", write::encoded(path)))
    }

    fn render(&self, name: &str, context: Value) -> String {
        let template = self.environment.get_template(name);
        let rendered = template.and_then(|template| template.render(context));
        let text =
            rendered.unwrap_or_else(|error| panic!("a bug in a template of clapspec: {error:#}"));
        text + "\n"
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
fn step(document: &Document) -> Link {
    Link {
        label: own_name(document).to_owned(),
        href: write::address(document),
    }
}

fn link(document: &Document) -> Link {
    Link {
        label: label(document),
        href: write::address(document),
    }
}
