//! Option groups.

use super::{Arg, ArgSet, Name};
use crate::text::Inlines;

/// An option group: options and arguments that a rule applies to.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: Name,
    pub(crate) kind: GroupKind,
    /// What its members are for.
    pub(crate) help: Option<Inlines>,
    /// Its members as written: options, arguments and other groups.
    pub(crate) parts: Vec<Name>,
    /// The options and arguments in it and in the groups in it, each once.
    pub(crate) members: Vec<Name>,
    /// Whether it is a member of another group. Then it is not required by itself.
    pub(crate) nested: bool,
    /// Whether it becomes a type in Rust: its members exclude each other, are defined beside it, and are in
    /// no other such group.
    pub(crate) is_type: bool,
}

/// How many members of a group may or must be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    OneOf,
    AnyOf,
    AtMostOne,
    AllOrNone,
}

impl Group {
    /// Whether at least one member is required.
    pub(crate) fn is_required(&self) -> bool {
        !self.nested && matches!(self.kind, GroupKind::OneOf | GroupKind::AnyOf)
    }

    /// Whether it has other groups as members.
    pub(crate) fn has_groups(&self) -> bool {
        self.parts.len() != self.members.len()
            || self
                .parts
                .iter()
                .zip(&self.members)
                .any(|(part, member)| **part != **member)
    }

    /// Whether an option or argument is a member, directly or through another group.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.members.iter().any(|member| **member == *id)
    }

    /// The number of rules between two members that the group expands to.
    pub(crate) fn pairs(&self) -> usize {
        let count = self.members.len();
        match self.kind {
            GroupKind::AnyOf => 0,
            GroupKind::OneOf | GroupKind::AtMostOne => count * count.saturating_sub(1) / 2,
            GroupKind::AllOrNone => count * count.saturating_sub(1),
        }
    }
}

impl GroupKind {
    /// Whether the members conflict with each other.
    pub(crate) fn excludes(self) -> bool {
        matches!(self, Self::OneOf | Self::AtMostOne)
    }
}

impl ArgSet {
    /// The group with this name.
    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| *group.name == *name)
    }

    /// The groups that become a type in Rust, whose value is a single field.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.is_type)
    }

    /// The group whose type has the value of an argument or option, in a command that has these of the set. A
    /// command group may not pass on all members to its subcommands. In these, the others are fields.
    pub(crate) fn type_of(&self, id: &str, args: &[&Arg]) -> Option<&Group> {
        let has = |id: &Name| args.iter().any(|arg| *arg.id == **id);
        self.types()
            .find(|group| group.has(id) && group.members.iter().all(has))
    }
}
