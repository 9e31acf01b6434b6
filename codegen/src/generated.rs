//! Generated files, as values.

/// A generated file: its path in the output directory, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    path: String,
    text: String,
}

impl GeneratedFile {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        // Strings grow by doubling, and all files are kept until they are written.
        text.shrink_to_fit();
        Self {
            path: path.into(),
            text,
        }
    }

    /// Returns the same text with another path.
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..self
        }
    }

    /// Its path in the output directory, with `/` on every system: `cli.rs`, `man/tool.1`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text. Lines end with a line feed.
    pub fn text(&self) -> &str {
        &self.text
    }
}
