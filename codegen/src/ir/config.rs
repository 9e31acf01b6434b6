//! Options that may be set in configuration files.

use super::Name;
use crate::source::Span;

/// The configuration files, each by its path in the directory of its kind.
#[derive(Debug)]
pub(crate) struct ConfigFiles {
    /// The place of the key that names them.
    pub(crate) span: Span,
    pub(crate) project: Option<Name>,
    pub(crate) user: Option<Name>,
    pub(crate) system: Option<Name>,
}

impl ConfigFiles {
    /// The files that the spec names.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Name> {
        [&self.project, &self.user, &self.system]
            .into_iter()
            .flatten()
    }
}
