//! All documents of a program, which link to each other.

use std::collections::HashMap;

use super::{Document, Subject, anchor, index, of_topic};
use crate::ir::Program;
use crate::model::Models;
use crate::page::{Page, map_pages, page_of_program};

/// Documents, and where links between them lead.
pub(crate) struct Documents {
    /// The document that lists the others.
    pub(crate) index: Document,
    /// One for each command, before those of its subcommands, and then one for each topic.
    pub(crate) list: Vec<Document>,
    /// The positions of documents, by the names of their man pages.
    by_name: HashMap<String, usize>,
    /// The positions of documents, by how texts name them.
    by_command: HashMap<String, usize>,
}

/// Where a link leads.
pub(crate) enum Place<'a> {
    /// To this anchor in the same document.
    Here(String),
    Document(&'a Document),
    /// To an anchor in another document.
    In(&'a Document, String),
}

impl Documents {
    /// Returns a document for each command and topic that is not hidden. The index has this name.
    pub(crate) fn of(program: &Program, models: &Models, index_name: &str) -> Self {
        let commands = map_pages(program, models, Page::into_document);
        Self::new(program, commands, index_name)
    }

    /// Does the same as [`of`](Self::of), but leaves out the sections of all commands but the program itself,
    /// which links don't need. They take most of the memory.
    pub(crate) fn without_sections(program: &Program, models: &Models, index_name: &str) -> Self {
        let commands = program.root.walk_shown();
        let mut documents: Vec<Document> = commands
            .into_iter()
            .map(Document::without_sections)
            .collect();
        if let Some(first) = documents.first_mut() {
            *first = page_of_program(program, models).into_document();
        }
        Self::new(program, documents, index_name)
    }

    fn new(program: &Program, commands: Vec<Document>, index_name: &str) -> Self {
        let topics = program.topics.iter().map(|it| of_topic(program, it));
        let mut list: Vec<Document> = commands.into_iter().chain(topics).collect();
        let numbered = || list.iter().enumerate();
        let by_name = numbered().map(|(at, it)| (it.name.clone(), at)).collect();
        let by_command = numbered()
            .map(|(at, it)| (it.command.clone(), at))
            .collect();
        let index = index(program, index_name);
        for document in &mut list {
            document.name = file_name(&document.name, &index);
        }
        Self {
            index,
            list,
            by_name,
            by_command,
        }
    }

    /// Makes something of each document, with all of its sections. The index is the first one.
    pub(crate) fn map_all<R: Send>(
        &self,
        program: &Program,
        models: &Models,
        make: impl Fn(&Document) -> R + Sync,
    ) -> Vec<R> {
        let mut made = vec![make(&self.index)];
        made.extend(map_pages(program, models, |page| {
            let mut document = page.into_document();
            document.name = file_name(&document.name, &self.index);
            make(&document)
        }));
        let topics = self.list.iter().filter(|it| it.subject == Subject::Topic);
        made.extend(topics.map(make));
        made
    }

    /// Returns the document of a command or topic, by the name of its man page.
    pub(crate) fn named(&self, name: &str) -> Option<&Document> {
        Some(&self.list[*self.by_name.get(name)?])
    }

    /// Returns where a link to an item that text in a document names leads, if the item is shown somewhere.
    pub(crate) fn find(&self, here: &Document, item: &str) -> Option<Place<'_>> {
        let anchor = anchor(item);
        if here.has_anchor(&anchor) {
            return Some(Place::Here(anchor));
        }
        if let Some(at) = self.by_command.get(item) {
            return Some(Place::Document(&self.list[*at]));
        }
        // Topics name what the program itself has.
        let root = self.list.first()?;
        let has_it = root.has_anchor(&anchor);
        has_it.then_some(Place::In(root, anchor))
    }
}

/// Returns the name of a document's file. Some file systems don't distinguish capitals, so a page whose name is
/// that of the index except for capitals gets another one. Only the program's own page can have such a name,
/// because the names of all other pages have a dash.
fn file_name(name: &str, index: &Document) -> String {
    match name.eq_ignore_ascii_case(&index.name) {
        true => format!("{name}.1"),
        false => name.to_owned(),
    }
}
