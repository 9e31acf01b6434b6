//! Options and arguments that belong together.

use super::Name;

/// Options and arguments that belong together.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: Name,
    pub(crate) kind: GroupKind,
    pub(crate) members: Vec<Name>,
}

/// How many of a group are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    OneOf,
    AnyOf,
    AtMostOne,
    AllOrNone,
}

impl Group {
    /// How many rules between two of its members it stands for.
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
    /// Whether nothing may be missing.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::OneOf | Self::AnyOf)
    }

    /// Whether two of them exclude each other.
    pub(crate) fn excludes(self) -> bool {
        matches!(self, Self::OneOf | Self::AtMostOne)
    }
}
