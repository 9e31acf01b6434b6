//! All documents of a program, which link to each other.

use std::collections::HashMap;

use super::{Document, anchor, index, of_topic};
use crate::ir::Program;
use crate::model::Models;
use crate::page::{Page, map_pages};

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
        let topics = program.topics.iter().map(|it| of_topic(program, it));
        let mut list: Vec<Document> = commands.into_iter().chain(topics).collect();
        let numbered = || list.iter().enumerate();
        let by_name = numbered().map(|(at, it)| (it.name.clone(), at)).collect();
        let by_command = numbered()
            .map(|(at, it)| (it.command.clone(), at))
            .collect();
        for document in &mut list {
            // Some file systems don't distinguish capitals. No other page has such a name, because the names
            // of all pages but the program's have a dash.
            if document.name.eq_ignore_ascii_case(index_name) {
                document.name.push_str(".1");
            }
        }
        Self {
            index: index(program, index_name),
            list,
            by_name,
            by_command,
        }
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
