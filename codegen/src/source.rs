//! The files of a spec as text, and positions in them.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file, as an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) u32);

impl FileId {
    /// The built-in file that defines the built-in commands. It is not part of the spec.
    pub(crate) const BUILT_IN: Self = Self(u32::MAX);
}

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// Whether it contains no text. This is the case for names that come from the name of a file.
    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub(crate) fn new(file: FileId, range: Range<usize>) -> Self {
        // `read` only accepts files that are far smaller than 4 GiB.
        Self {
            file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct File {
    /// The path in messages: relative if the user gave a relative path, with `/` on every system.
    pub(crate) path: String,
    /// The path on disk. Only `replace` writes to it.
    #[cfg_attr(not(feature = "examples"), allow(dead_code))]
    pub(crate) disk: PathBuf,
    pub(crate) text: String,
}

/// All files that were read, to which each [`Span`] refers.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    files: Vec<File>,
}

impl Sources {
    pub(crate) fn add(&mut self, disk: &Path, text: String) -> FileId {
        self.files.push(File {
            path: shown(disk),
            disk: disk.to_owned(),
            text,
        });
        FileId((self.files.len() - 1) as u32)
    }

    /// Frees the texts of all files.
    pub(crate) fn forget_texts(&mut self) {
        for file in &mut self.files {
            file.text = String::new();
        }
    }

    /// Returns the size of all files together.
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.text.len() as u64).sum()
    }

    pub(crate) fn file(&self, id: FileId) -> &File {
        static BUILT_IN: OnceLock<File> = OnceLock::new();
        let built_in = || File {
            path: "(built in)".to_owned(),
            disk: PathBuf::new(),
            text: include_str!("lower/built_in.yaml").to_owned(),
        };
        let file = self.files.get(id.0 as usize);
        file.unwrap_or_else(|| BUILT_IN.get_or_init(built_in))
    }

    #[cfg(feature = "examples")]
    pub(crate) fn file_mut(&mut self, id: FileId) -> &mut File {
        &mut self.files[id.0 as usize]
    }

    /// Returns the text of a span, or an empty string if the span is invalid.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// Returns a span as a range that is inside the text and ends at character boundaries.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let text = &self.file(span.file).text;
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.start as usize);
        start..boundary(span.end as usize).max(start)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }
}

/// Returns the path of a file or directory for messages, without `./` at its beginning.
pub(crate) fn shown(path: &Path) -> String {
    let path = display(path);
    match path.strip_prefix("./") {
        Some(below) if !below.is_empty() => below.to_owned(),
        _ => path,
    }
}

/// Returns a path for messages, with `/` on every system and without control characters.
pub(crate) fn display(path: &Path) -> String {
    let path = path.components().collect::<PathBuf>();
    let shown = path.to_string_lossy();
    let shown = if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown.into_owned()
    };
    printable(&shown).replace('\n', "\u{fffd}")
}

/// Whether a character changes how a string is shown: control characters, and those that reorder
/// text. Line breaks and tabs are allowed.
pub(crate) fn is_unsafe(c: char) -> bool {
    clapspec_runtime::text::is_unsafe(c) && !matches!(c, '\n' | '\t')
}

/// Returns a string without control characters, for terminals. Texts in a spec and names of files may
/// contain them.
pub(crate) fn printable(text: &str) -> String {
    text.replace(is_unsafe, "\u{fffd}")
}
