//! The list of pages beside each page: the commands that it is below, those beside it, and its subcommands.

use super::data::Node;
use super::{label, own_name, write};
use crate::page::document::{Document, Subject};

/// The largest number of commands that are listed beside each other. The page of their group lists them all.
const LIMIT: usize = 80;

/// Returns the positions of the commands that a command is below, from the program down. The list has each
/// command before its subcommands.
pub(super) fn path(list: &[Document], at: usize) -> Vec<usize> {
    let mut path = Vec::new();
    let mut depth = list[at].depth;
    for above in (0..at).rev() {
        if depth == 0 {
            break;
        }
        if list[above].depth < depth {
            depth = list[above].depth;
            path.push(above);
        }
    }
    path.reverse();
    path
}

/// Returns the commands around the one at this position, or around the program.
pub(super) fn around(list: &[Document], at: Option<usize>) -> Vec<Node> {
    let mut open = Vec::new();
    if let Some(at) = at.filter(|at| list[*at].subject == Subject::Command) {
        open = path(list, at);
        open.push(at);
    }
    if open.is_empty() {
        open.push(0);
    }
    vec![node(list, open[0], at, &open)]
}

fn node(list: &[Document], here: usize, current: Option<usize>, open: &[usize]) -> Node {
    let mut below = children(list, here);
    if below.len() > LIMIT {
        below.retain(|at| open.contains(at));
    }
    let nodes = match open.contains(&here) {
        true => below
            .iter()
            .map(|at| node(list, *at, current, open))
            .collect(),
        false => Vec::new(),
    };
    let current = current.map(|at| &list[at]);
    Node {
        nodes,
        ..leaf(&list[here], current)
    }
}

/// Returns the positions of the subcommands of a command.
fn children(list: &[Document], at: usize) -> Vec<usize> {
    let depth = list[at].depth;
    let below = (at + 1..list.len()).take_while(|it| list[*it].depth > depth);
    below.filter(|it| list[*it].depth == depth + 1).collect()
}

/// Returns the entry of a document without those below it.
pub(super) fn leaf(document: &Document, current: Option<&Document>) -> Node {
    Node {
        label: match document.subject {
            Subject::Topic => label(document),
            _ => own_name(document).to_owned(),
        },
        href: write::address(document),
        is_current: current.is_some_and(|current| std::ptr::eq(current, document)),
        nodes: Vec::new(),
    }
}

/// Returns the entry of a document in the single file.
pub(super) fn anchor(document: &Document) -> Node {
    Node {
        href: format!("#{}", write::encoded(&document.name)),
        ..leaf(document, None)
    }
}

/// Returns all commands, for the single file.
pub(super) fn whole(list: &[Document]) -> Vec<Node> {
    vec![with_all(list, 0)]
}

fn with_all(list: &[Document], at: usize) -> Node {
    let below = children(list, at);
    Node {
        nodes: below.into_iter().map(|at| with_all(list, at)).collect(),
        ..anchor(&list[at])
    }
}
