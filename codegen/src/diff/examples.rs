//! The examples of the old program, parsed by the new one.

use super::{Change, Rule, Side, code};
use crate::check;

/// The examples of the old program that the new one rejects. A side that is only a description can't parse them.
pub(super) fn rejected(old: &Side, new: &Side) -> Vec<Change> {
    let Some(program) = new
        .checked
        .as_ref()
        .and_then(|checked| checked.program.as_ref())
    else {
        return Vec::new();
    };
    let trial = crate::model::program(program);
    let mut changes = Vec::new();
    for (path, command) in old.description.command.walk() {
        let accepted = command
            .examples
            .iter()
            .filter(|example| example.fails.as_deref() != Some("usage"));
        for example in accepted {
            if let Some(why) = check::rejected(&trial, &example.run) {
                changes.push(Change {
                    rule: Rule::ExampleFails,
                    place: path.clone(),
                    message: format!("the example {} is rejected: {why}", code(&example.run)),
                });
            }
        }
    }
    changes
}
