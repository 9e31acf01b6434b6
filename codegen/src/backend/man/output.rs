//! The section OUTPUT: what a command prints with JSON.

use super::roff::Roff;
use crate::ir::output::words::Member;
use crate::page::Page;
use crate::text::{Inline, capitalized};

/// Writes the section, if the command has a result.
pub(super) fn output(page: &Page<'_>, roff: &mut Roff) {
    for (i, part) in page.output.iter().enumerate() {
        match i {
            0 => roff.section("OUTPUT"),
            _ => roff.next_paragraph(),
        }
        roff.sentence(&part.intro);
        members(&part.members, roff);
    }
}

fn members(members: &[Member], roff: &mut Roff) {
    for member in members {
        roff.entry();
        roff.strong(&member.name);
        roff.end_mark();
        let mut kind = member.kind.clone();
        kind.push(Inline::Text(".".into()));
        roff.sentence(&capitalized(kind));
        for fact in &member.facts {
            roff.sentence(fact);
        }
        if !member.members.is_empty() {
            roff.request("RS", &[]);
            self::members(&member.members, roff);
            roff.request("RE", &[]);
        }
    }
}
