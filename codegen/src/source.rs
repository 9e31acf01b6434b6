//! The files of a spec, their text, and places in them.

mod walk;

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostics};

/// Bytes that one file may have. A spec of a thousand commands in one file has about 1.2 MB.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// Bytes that all files may have together. A spec of ten thousand commands has about 12 MB.
const MAX_BYTES: u64 = 32 << 20;

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
        // Files are far smaller than 4 GiB: see MAX_FILE_BYTES.
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
    fn bytes(&self) -> u64 {
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

/// What a file of a spec describes, by its place in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `cli.yaml`, or the one file of a small program.
    Program,
    /// `sets/NAME.yaml`
    Set(String),
    /// `commands/a/b.yaml`: the command `a b`.
    Command(Vec<String>),
    /// `topics/NAME.md`: a longer text, in Markdown.
    Topic(String),
}

/// The files of a spec: `roles[i]` is the role of file `i` of `sources`.
#[derive(Debug, Default)]
pub(crate) struct Spec {
    pub(crate) sources: Sources,
    pub(crate) roles: Vec<Role>,
    /// The name of its directory or file.
    pub(crate) name: String,
    /// Whether it is larger than any spec, and was not read to its end.
    is_full: bool,
}

/// Reads a spec: a folder with `cli.yaml` in it, or one file.
pub(crate) fn read(path: &Path, problems: &mut Diagnostics) -> Spec {
    let mut spec = Spec::default();
    let real = fs::canonicalize(path).unwrap_or_default();
    let name = real.file_name().unwrap_or_default();
    spec.name = display(name.as_ref());
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            let problem = problems.error_in(
                Code::Unreadable,
                &shown(path),
                format!("can't read the spec `{}`: {error}", shown(path)),
            );
            // Whoever is in the directory of a spec has left out its path.
            if error.kind() == io::ErrorKind::NotFound && Path::new("cli.yaml").is_file() {
                problem.help("there is a spec in this directory: give `.` as its path");
            }
            return spec;
        }
    };
    if !metadata.is_dir() {
        read_file(path, Role::Program, &mut spec, problems);
        return spec;
    }
    let program = path.join("cli.yaml");
    if fs::symlink_metadata(&program).is_ok() {
        read_file(&program, Role::Program, &mut spec, problems);
    } else if fs::symlink_metadata(path.join("cli.yml")).is_err() {
        problems
            .error_in(
                Code::MissingProgram,
                &shown(path),
                format!("the spec `{}` has no `cli.yaml`", shown(path)),
            )
            .help("describe the program there: `name: …` and `about: …`");
    }
    for file in walk::files(path, problems) {
        let full = path.join(file.join("/"));
        if file == ["cli.yaml"] {
            continue;
        }
        if let Some(role) = role(&file, &full, problems) {
            read_file(&full, role, &mut spec, problems);
        }
    }
    spec
}

/// What the file at this place describes. Only YAML is looked at, so that a folder can hold notes.
fn role(file: &[String], full: &Path, problems: &mut Diagnostics) -> Option<Role> {
    let (name, folders) = file.split_last()?;
    if let Some(stem) = name.strip_suffix(".yml") {
        problems
            .error_in(
                Code::EndsInYml,
                &shown(full),
                format!("`{}` ends in `.yml`, and is not read", shown(full)),
            )
            .help(format!("rename it to `{stem}.yaml`"));
        return None;
    }
    if let (Some(stem), ["topics"]) = (
        name.strip_suffix(".md"),
        &folders.iter().map(String::as_str).collect::<Vec<_>>()[..],
    ) {
        return Some(Role::Topic(stem.to_owned()));
    }
    let stem = name.strip_suffix(".yaml")?.to_owned();
    match folders.split_first() {
        Some((top, rest)) if top == "commands" => {
            let mut path = rest.to_vec();
            path.push(stem);
            return Some(Role::Command(path));
        }
        Some((top, [])) if top == "sets" => return Some(Role::Set(stem)),
        _ => {}
    }
    problems
        .error_in(
            Code::MisplacedFile,
            &shown(full),
            format!("`{}` has no place in a spec", shown(full)),
        )
        .help("commands are files in `commands/`, shared options in `sets/`, topics `.md` files in `topics/`, the program is `cli.yaml`");
    None
}

fn read_file(path: &Path, role: Role, spec: &mut Spec, problems: &mut Diagnostics) {
    let shown = shown(path);
    let fail = |problems: &mut Diagnostics, code: Code, why: String| {
        problems.error_in(code, &shown, format!("can't read `{shown}`: {why}"));
    };
    match fs::metadata(path) {
        Err(error) => return fail(problems, Code::Unreadable, error.to_string()),
        Ok(metadata) if metadata.is_dir() => {
            return fail(
                problems,
                Code::Unreadable,
                "it is a folder, not a file".into(),
            );
        }
        Ok(metadata) if !metadata.is_file() => {
            return fail(
                problems,
                Code::Unreadable,
                "it is not a regular file".into(),
            );
        }
        Ok(metadata) if spec.sources.bytes() + metadata.len() > MAX_BYTES => {
            if !spec.is_full {
                spec.is_full = true;
                let limit = MAX_BYTES >> 20;
                let why = format!("with it, the spec has more than {limit} MB");
                fail(problems, Code::TooLarge, why);
            }
            return;
        }
        Ok(metadata) if metadata.len() > MAX_FILE_BYTES => {
            let limit = MAX_FILE_BYTES >> 20;
            return fail(
                problems,
                Code::TooLarge,
                format!("it has more than {limit} MB"),
            );
        }
        Ok(_) => {}
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return fail(problems, Code::Unreadable, error.to_string()),
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            spec.sources.add(path, text);
            spec.roles.push(role);
        }
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..good]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            fail(
                problems,
                Code::NotUtf8,
                format!("line {line} is not UTF-8 text"),
            );
        }
    }
}

/// The path of a file or folder of a spec. What is below the folder one is in needs no `./`.
fn shown(path: &Path) -> String {
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
