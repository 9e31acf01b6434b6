//! Option groups in the usage line.

use super::{mark, notation};
use crate::help::paint::{Line, Paint};
use crate::model::{Arg, Called, Group};

/// The option groups of which at least one member is required.
pub(super) struct Groups<'a>(Vec<&'a Group>);

impl<'a> Groups<'a> {
    pub(super) fn of(called: &'a Called) -> Self {
        let groups = called.groups();
        Self(groups.filter(|group| group.required).collect())
    }

    pub(super) fn have(&self, arg: &Arg) -> bool {
        self.0.iter().any(|group| group.members.contains(&arg.id))
    }

    /// Adds ` <SYSTEM|--all>` for each group.
    pub(super) fn write(&self, line: &mut Line, paint: &Paint, called: &Called) {
        for group in &self.0 {
            let members = group.members.iter().filter_map(|id| called.arg(id));
            let members: Vec<&Arg> = members.filter(|arg| !arg.hidden).collect();
            if !members.is_empty() {
                line.push(" ");
                line.paint(&paint.placeholder, &choice(&members));
            }
        }
    }
}

/// Returns the notation of a choice, which is also that of clap: `<SYSTEM|--all>`. If there is only one
/// option, it is no choice.
fn choice(members: &[&Arg]) -> String {
    let mut written = String::new();
    for arg in members {
        written.push_str(if written.is_empty() { "" } else { "|" });
        member(&mut written, arg);
    }
    match members {
        [arg] if !arg.positional => written,
        _ => format!("<{written}>"),
    }
}

/// Returns how clap writes the groups with hidden members, and how users should see them.
pub(crate) fn choices_without_hidden(called: &Called) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for group in called.groups() {
        let all: Vec<&Arg> = group
            .members
            .iter()
            .filter_map(|id| called.arg(id))
            .collect();
        let visible: Vec<&Arg> = all.iter().copied().filter(|arg| !arg.hidden).collect();
        if visible.len() < all.len() && !visible.is_empty() {
            pairs.push((choice(&all), choice(&visible)));
        }
    }
    pairs
}

/// Adds a member of a group: `SYSTEM` or `--host <HOST>`.
fn member(out: &mut String, arg: &Arg) {
    if let (true, [name]) = (arg.positional, &arg.names[..]) {
        out.push_str(name);
        return;
    }
    if !arg.positional {
        out.push_str(&arg.written());
        out.push_str(mark(arg));
    }
    notation(out, arg, true);
}
