//! What back-ends make: files as values.

/// A file: its path below the output folder, with `/`, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    path: String,
    body: String,
}

impl Output {
    pub(crate) fn new(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            body: body.into(),
        }
    }

    /// Its path below the output folder, parted by `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it holds.
    pub fn body(&self) -> &str {
        &self.body
    }
}
