//! The structs of shared sets, and option groups.

use std::sync::Arc;

use super::{Writer, arg, id, literal};
use crate::ir::rust_names as names;
use crate::ir::{ArgSet, Command};

impl<'a> Writer<'a> {
    /// Writes the struct of a set.
    pub(super) fn set(&mut self, set: &'a Arc<ArgSet>) {
        let Some(set_name) = &set.name else { return };
        let place = format!("the set {}", **set_name);
        if set.optional {
            self.losses.add("an optional set is always there", &place);
        }
        let is_global = self.program.root.walk().iter().any(|command| {
            command.is_group() && command.defined_sets().any(|own| Arc::ptr_eq(own, set))
        });
        let attributes = self.groups(&place, set, None);
        let mut fields = String::new();
        for arg in &set.args {
            fields += &self.field(
                arg::Place {
                    command: None,
                    set,
                    is_global: is_global && arg.is_accepted_after_name(),
                },
                arg,
            );
        }
        let doc = format!("The options of the set `{}`.", **set_name);
        self.item(
            &doc,
            "Args",
            &attributes,
            &names::set_struct(set_name),
            &fields,
        );
        self.enums(set);
    }

    /// The option groups of a set that need a rule of their own.
    pub(super) fn groups(
        &mut self,
        place: &str,
        set: &ArgSet,
        command: Option<&Command>,
    ) -> Vec<String> {
        let mut attributes = Vec::new();
        for arg in set.args.iter().filter(|arg| arg.required) {
            if let Some(opposite) = arg.opposite() {
                let members = [id(&arg.id), id(&opposite.name)].map(|name| literal(&name));
                attributes.push(format!(
                    "group(clap::ArgGroup::new({}).args([{}]).required(true).multiple(true))",
                    literal(&format!("either {}", *arg.id)),
                    members.join(", ")
                ));
            }
        }
        for group in &set.groups {
            if group.is_type {
                self.losses.add(
                    "the type of an option group: its members are fields",
                    &format!("{place} {}", *group.name),
                );
            }
            let is_known = |id: &str| {
                set.args.iter().any(|arg| *arg.id == *id)
                    || command.is_some_and(|it| it.args().any(|arg| *arg.id == *id))
            };
            if !group.is_required() {
                continue;
            }
            if !group.members.iter().all(|member| is_known(member)) {
                self.losses.add(
                    "a required option group with members of other sets",
                    &format!("{place} {}", *group.name),
                );
                continue;
            }
            let members: Vec<String> = group
                .members
                .iter()
                .map(|member| literal(&id(member)))
                .collect();
            attributes.push(format!(
                "group(clap::ArgGroup::new({}).args([{}]).required(true).multiple(true))",
                literal(&format!("group {}", *group.name)),
                members.join(", ")
            ));
        }
        attributes
    }
}
