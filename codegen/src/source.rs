//! The files of a spec as text, and places in them.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file, as an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) u32);

impl FileId {
    /// The file of commands that programs have without describing them. It is no file of the spec.
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
    pub(crate) fn new(file: FileId, range: Range<usize>) -> Self {
        // Files are far smaller than 4 GiB: see `read`.
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

/// A value and where it is written.
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

/// One file that was read.
#[derive(Debug)]
pub(crate) struct File {
    /// As messages show it: relative as the user gave it, with `/` on every system.
    pub(crate) path: String,
    /// Where it is. Only `fix` writes there.
    #[cfg_attr(not(feature = "cli"), allow(dead_code))]
    pub(crate) disk: PathBuf,
    pub(crate) text: String,
}

/// All files that were read, so that a [`Span`] can be shown.
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

    /// How many bytes all files have.
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.text.len() as u64).sum()
    }

    pub(crate) fn file(&self, id: FileId) -> &File {
        static BUILT_IN: OnceLock<File> = OnceLock::new();
        let built_in = || File {
            path: "(built in)".to_owned(),
            disk: PathBuf::new(),
            text: include_str!("lower/config.yaml").to_owned(),
        };
        let file = self.files.get(id.0 as usize);
        file.unwrap_or_else(|| BUILT_IN.get_or_init(built_in))
    }

    #[cfg(feature = "cli")]
    pub(crate) fn file_mut(&mut self, id: FileId) -> &mut File {
        &mut self.files[id.0 as usize]
    }

    /// The text at a place. Empty where the place is none.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// A place as a range that is inside of the text and between characters.
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

/// The path of a file or directory of a spec. What is below the directory one is in needs no `./`.
pub(crate) fn shown(path: &Path) -> String {
    let path = display(path);
    match path.strip_prefix("./") {
        Some(below) if !below.is_empty() => below.to_owned(),
        _ => path,
    }
}

/// A path as messages show it: with `/` on every system, and without characters that a terminal
/// would obey.
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

/// Whether a character is not shown but obeyed: control characters, and those that reorder text. Line
/// breaks and tabs are shown.
pub(crate) fn is_obeyed(c: char) -> bool {
    clapspec_runtime::text::is_unsafe(c) && !matches!(c, '\n' | '\t')
}

/// A text for people. It may quote what a spec says or what a file is called; no terminal must obey
/// that.
pub(crate) fn printable(text: &str) -> String {
    text.replace(is_obeyed, "\u{fffd}")
}
