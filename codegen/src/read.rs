//! Reads the files of a spec.

// The generator only needs the digest. Build scripts use the rest of the file.
#[allow(dead_code)]
mod freshness;
mod walk;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Sources, Span, display, shown};

/// The largest size of a file. A spec of a thousand commands in one file has about 1.2 MB.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// The largest size of all files together. A spec of ten thousand commands has about 12 MB.
const MAX_BYTES: u64 = 32 << 20;

/// The largest size of a template or stylesheet of the site.
const MAX_STYLE_BYTES: u64 = 64 << 10;

/// What a file of a spec describes, which follows from its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `cli.yaml`, or the only file of a small program.
    Program,
    /// `sets/NAME.yaml`
    Set(String),
    /// `NAME.yaml` in the directory of sets that several programs share.
    SharedSet(String),
    /// `commands/a/b.yaml`: the command `a b`.
    Command(Vec<String>),
    /// `topics/NAME.md`: a help topic, in Markdown.
    Topic(String),
    /// `site/NAME`: a template, or the stylesheet of the site.
    Style(String),
}

/// The files of a spec. `roles[i]` is the role of file `i` in `sources`.
#[derive(Debug, Default)]
pub(crate) struct Spec {
    pub(crate) sources: Sources,
    pub(crate) roles: Vec<Role>,
    /// The name of the spec's directory or file.
    pub(crate) name: String,
    /// Whether it is a single file.
    is_file: bool,
    /// The directory of sets that several programs share, as the program's file names it.
    pub(crate) shared_sets: Option<PathBuf>,
    /// Whether the spec is too large, so that not all of it was read.
    is_full: bool,
}

impl Spec {
    /// Returns a spec with these files, by their paths in the spec's directory.
    #[cfg(feature = "import")]
    pub(crate) fn of(name: &str, files: &[(String, String)], problems: &mut Diagnostics) -> Self {
        let mut spec = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let files = files.iter().map(|(path, text)| {
            let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
            (parts, path, text)
        });
        let mut files: Vec<_> = files.collect();
        // The order in which files are read from a directory.
        files.sort();
        for (parts, path, text) in files {
            let full = Path::new(name).join(path);
            let role = match path.as_str() {
                "cli.yaml" => Some(Role::Program),
                _ => role(&parts, &full, problems),
            };
            if let Some(role) = role {
                spec.sources.add(&full, text.clone());
                spec.roles.push(role);
            }
        }
        spec
    }

    /// Returns where spans are: the path of the file in the spec's directory, and the line.
    pub(crate) fn places(&self, mut spans: Vec<Span>) -> HashMap<Span, String> {
        spans.sort_unstable();
        let mut places = HashMap::new();
        let (mut file, mut line, mut seen) = (None, 1, 0);
        for span in spans {
            // What clapspec adds to programs has no file in the spec.
            let Some(role) = self.roles.get(span.file.0 as usize) else {
                continue;
            };
            if file != Some(span.file) {
                (file, line, seen) = (Some(span.file), 1, 0);
            }
            let start = span.start as usize;
            let text = self.sources.file(span.file).text.as_bytes();
            let between = text.get(seen..start).unwrap_or_default();
            line += between.iter().filter(|byte| **byte == b'\n').count();
            seen = start;
            let path = match role {
                Role::Program if self.is_file => self.name.clone(),
                role => role.path(),
            };
            places.insert(span, format!("{path}#L{line}"));
        }
        places
    }

    /// Returns a digest of all files, from which a preview sees whether one of them has changed.
    #[cfg(feature = "cli")]
    pub(crate) fn digest_of_all(&self) -> u64 {
        let files = self.sources.ids().map(|id| {
            let file = self.sources.file(id);
            (&*file.path, file.text.as_bytes())
        });
        freshness::digest(files)
    }

    /// Returns a digest of the files, from which build scripts see whether generated code is up to date.
    pub(crate) fn digest(&self) -> u64 {
        // Rust code doesn't depend on the style of the site.
        let ids = self.sources.ids().zip(&self.roles);
        let ids = ids.filter(|(_, role)| !matches!(role, Role::Style(_)));
        let mut files: Vec<(String, &[u8])> = ids
            .map(|(id, role)| (role.path(), self.sources.file(id).text.as_bytes()))
            .collect();
        files.sort();
        freshness::digest(files.iter().map(|(path, bytes)| (&**path, *bytes)))
    }
}

impl Role {
    /// Returns the path of such a file in the directory of a spec.
    fn path(&self) -> String {
        match self {
            Self::Program => "cli.yaml".to_owned(),
            Self::Set(name) => format!("sets/{name}.yaml"),
            Self::SharedSet(name) => format!("sets-from/{name}.yaml"),
            Self::Command(path) => format!("commands/{}.yaml", path.join("/")),
            Self::Topic(name) => format!("topics/{name}.md"),
            Self::Style(name) => format!("site/{name}"),
        }
    }
}

/// Reads a spec: a directory that contains `cli.yaml`, or a single file.
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
            // The current directory is a spec, so its path was probably left out.
            let is_missing = error.kind() == io::ErrorKind::NotFound;
            if is_missing && path == Path::new("spec") && Path::new("cli.yaml").is_file() {
                problem.help("use `.` as the path of the spec in this directory");
            }
            return spec;
        }
    };
    if !metadata.is_dir() {
        spec.is_file = true;
        read_file(path, Role::Program, &mut spec, problems);
        shared_sets(path, &mut spec, problems);
        return spec;
    }
    let program = path.join("cli.yaml");
    if fs::symlink_metadata(&program).is_ok() {
        read_file(&program, Role::Program, &mut spec, problems);
        shared_sets(&program, &mut spec, problems);
    } else if fs::symlink_metadata(path.join("cli.yml")).is_err() {
        let inner = path.join("spec");
        let contains_spec = inner.join("cli.yaml").is_file();
        problems
            .error_in(
                Code::MissingProgram,
                &shown(path),
                format!("the spec `{}` has no `cli.yaml`", shown(path)),
            )
            .help(match contains_spec {
                true => format!("use the spec in it: `{}`", shown(&inner)),
                false => {
                    "add this file, with the `name: …` and `about: …` of the program".to_owned()
                }
            });
        // If the directory isn't a spec, errors about its other files would only be noise.
        let directories = ["commands", "sets", "site", "topics"];
        if !directories.iter().any(|name| path.join(name).is_dir()) {
            return spec;
        }
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

/// Whether the program's file names a directory of shared sets in the form that is read.
pub(crate) fn finds_sets_from(text: &str) -> bool {
    freshness::sets_from(text).is_some()
}

/// The directory of shared sets that the program's file names.
#[cfg(feature = "cli")]
pub(crate) fn sets_from(text: &str) -> Option<&str> {
    freshness::sets_from(text).map(|(_, path)| path)
}

/// Reads the sets that several programs share, from the directory that the program's file names.
fn shared_sets(program: &Path, spec: &mut Spec, problems: &mut Diagnostics) {
    let Some(id) = spec.sources.ids().next() else {
        return;
    };
    let text = &spec.sources.file(id).text;
    let Some((start, path)) = freshness::sets_from(text) else {
        return;
    };
    let span = Span::new(id, start..start + path.len());
    let directory = program.parent().unwrap_or(Path::new("")).join(path);
    let here = fs::canonicalize(
        program
            .parent()
            .filter(|it| *it != Path::new(""))
            .unwrap_or(Path::new(".")),
    );
    let real = fs::canonicalize(&directory);
    let (message, help) = match (&real, here) {
        _ if Path::new(path).is_absolute() => (
            "`sets-from` is an absolute path".to_owned(),
            "use a path relative to this file, so that it is valid on all machines",
        ),
        (Err(error), _) => (
            format!("can't read the directory `{}`: {error}", shown(&directory)),
            "name a directory with files such as `output.yaml`, each with one set",
        ),
        (Ok(real), Ok(here)) if real.starts_with(&here) => (
            format!("the directory `{}` is inside the spec", shown(&directory)),
            "remove the key: sets in `sets/` are always read",
        ),
        _ => {
            let files = walk::yaml_files(&directory, span, problems);
            spec.shared_sets = Some(directory.clone());
            for name in files {
                let role = Role::SharedSet(name.trim_end_matches(".yaml").to_owned());
                read_file(&directory.join(&name), role, spec, problems);
            }
            return;
        }
    };
    problems.error(Code::Unreadable, span, message).help(help);
}

/// Returns what the file at this path describes. Other files than YAML are ignored, so that the
/// directory may contain notes.
fn role(file: &[String], full: &Path, problems: &mut Diagnostics) -> Option<Role> {
    let (name, directories) = file.split_last()?;
    if let Some(stem) = name.strip_suffix(".yml") {
        problems
            .error_in(
                Code::EndsInYml,
                &shown(full),
                format!("`{}` ends in `.yml`, so it is not read", shown(full)),
            )
            .help(format!("rename it to `{stem}.yaml`"));
        return None;
    }
    if let (Some(stem), ["topics"]) = (
        name.strip_suffix(".md"),
        &directories.iter().map(String::as_str).collect::<Vec<_>>()[..],
    ) {
        return Some(Role::Topic(stem.to_owned()));
    }
    if directories == ["site"] && (name.ends_with(".html") || name == "style.css") {
        return Some(Role::Style(name.clone()));
    }
    let is_note = [".md", ".txt"].iter().any(|end| name.ends_with(end));
    if directories.first().is_some_and(|top| top == "site") && !is_note {
        problems
            .error_in(
                Code::MisplacedFile,
                &shown(full),
                format!("unexpected file `{}`", shown(full)),
            )
            .help("the directory `site` contains templates, `NAME.html`, and the stylesheet `style.css`");
        return None;
    }
    let stem = name.strip_suffix(".yaml")?.to_owned();
    match directories.split_first() {
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
            format!("unexpected file `{}`", shown(full)),
        )
        .help("move a command to `commands/`, a set to `sets/`, and the program to `cli.yaml`; topics are `.md` files in `topics/`");
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
                "it is a directory, not a file".into(),
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
                let why = format!("with it, the spec is larger than {limit} MB");
                fail(problems, Code::TooLarge, why);
            }
            return;
        }
        Ok(metadata) if matches!(role, Role::Style(_)) && metadata.len() > MAX_STYLE_BYTES => {
            let limit = MAX_STYLE_BYTES >> 10;
            let why = format!("a template or stylesheet may have {limit} KB");
            return fail(problems, Code::TooLarge, why);
        }
        Ok(metadata) if metadata.len() > MAX_FILE_BYTES => {
            let limit = MAX_FILE_BYTES >> 20;
            return fail(
                problems,
                Code::TooLarge,
                format!("it is larger than {limit} MB"),
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
