//! Options whose values may be kept in files.

use super::Name;
use crate::source::Span;

/// The files of settings, each by its path below where such files lie.
#[derive(Debug)]
pub(crate) struct ConfigFiles {
    /// Where they are named.
    pub(crate) span: Span,
    pub(crate) project: Option<Name>,
    pub(crate) user: Option<Name>,
    pub(crate) system: Option<Name>,
}

impl ConfigFiles {
    /// Those that are named.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Name> {
        [&self.project, &self.user, &self.system]
            .into_iter()
            .flatten()
    }
}
