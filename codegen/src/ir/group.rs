//! Option groups.

use super::Name;

/// An option group: options and arguments that a rule applies to.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: Name,
    pub(crate) kind: GroupKind,
    pub(crate) members: Vec<Name>,
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
    /// Whether at least one member is required.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::OneOf | Self::AnyOf)
    }

    /// Whether the members conflict with each other.
    pub(crate) fn excludes(self) -> bool {
        matches!(self, Self::OneOf | Self::AtMostOne)
    }
}
