//! New programs, and new commands of programs.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::check::is_command_name;
use crate::source::{display, shown};
use crate::{Checked, GeneratedFile, Part, Report, sync};

/// A program that is about to be created.
#[derive(Clone, Debug)]
pub struct NewProgram {
    name: String,
    directory: PathBuf,
    clapspec: PathBuf,
    committed: bool,
}

/// The generated code of a program that needs no generator in its build.
const GENERATED: &str = "generated";

impl NewProgram {
    /// Describes a program that is created in this directory. Its name is that of the directory.
    ///
    /// `clapspec` is a clone of clapspec's repository, on which the program depends by path.
    ///
    /// # Errors
    ///
    /// The name of the directory is no name for a package, or the clone is not there.
    pub fn new(directory: impl Into<PathBuf>, clapspec: impl AsRef<Path>) -> Result<Self, Error> {
        let (directory, clapspec) = (directory.into(), clapspec.as_ref());
        let name = directory
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !has_package_signs(&name) {
            return Err(Error::Name(name));
        }
        if is_reserved(&name) {
            return Err(Error::Reserved(name));
        }
        if !clapspec.join("codegen/Cargo.toml").is_file() {
            return Err(Error::NoClone(clapspec.to_owned()));
        }
        Ok(Self {
            name,
            directory,
            clapspec: clapspec.to_owned(),
            committed: false,
        })
    }

    /// Sets whether the generated code is committed, so that a build needs no generator.
    #[must_use]
    pub fn committed(mut self, committed: bool) -> Self {
        self.committed = committed;
        self
    }

    /// Creates the program.
    ///
    /// # Errors
    ///
    /// The directory exists, so that no file is overwritten; or it can't be written.
    pub fn create(&self) -> Result<(), Error> {
        let failed = |error| Error::Write(self.directory.clone(), error);
        sync::create(&self.directory, || {
            for (path, text) in self.files().map_err(failed)? {
                create(&self.directory.join(path), &text)?;
            }
            match self.committed {
                true => self.generate(),
                false => Ok(()),
            }
        })
        .map_err(failed)?
    }

    /// Generates the code that is committed.
    fn generate(&self) -> Result<(), Error> {
        let checked = Checked::read(&self.directory.join("spec"));
        let parts = checked.usual_parts();
        let files = checked.generate(&parts).unwrap_or_default();
        let directory = self.directory.join(GENERATED);
        sync::write(&directory, &parts, [files]).map_err(Error::Sync)?;
        Ok(())
    }

    /// The files that a person maintains.
    fn files(&self) -> io::Result<Vec<(&'static str, String)>> {
        let named = |text: &str| text.replace("tool", &self.name);
        let main = match self.committed {
            false => include_str!("new/main.txt").to_owned(),
            true => {
                let (_, handlers) = include_str!("new/main.txt")
                    .split_once("}\n\n")
                    .unwrap_or_default();
                format!("#[path = \"../{GENERATED}/cli.rs\"]\nmod cli;\n\n{handlers}")
            }
        };
        let mut ci = include_str!("new/ci.yaml").to_owned();
        if self.committed {
            let manifest = self.clone_from_program()?.join("codegen/Cargo.toml");
            let manifest = manifest.to_string_lossy().replace('\\', "/");
            let run = format!(
                "cargo run --manifest-path '{}' --features cli -- generate --out {GENERATED} --check",
                manifest.replace('\'', "'\\''")
            );
            // A string in JSON is one in YAML, too.
            let run = serde_json::Value::from(run);
            ci += &format!("      - run: {run}\n");
        }
        let mut files = vec![
            (".gitignore", "/target\n".to_owned()),
            (".github/workflows/ci.yml", ci),
            ("Cargo.toml", self.manifest()?),
            ("spec/cli.yaml", named(include_str!("new/cli.yaml"))),
            (
                "spec/commands/hello.yaml",
                named(include_str!("new/hello.yaml")),
            ),
            ("src/main.rs", main),
            ("tests/examples.rs", named(include_str!("new/examples.txt"))),
        ];
        if !self.committed {
            files.push(("build.rs", include_str!("new/build.txt").to_owned()));
        }
        Ok(files)
    }

    /// The path of the clone, relative to the program's directory.
    fn clone_from_program(&self) -> io::Result<PathBuf> {
        let directory = fs::canonicalize(&self.directory)?;
        Ok(relative(&directory, &fs::canonicalize(&self.clapspec)?))
    }

    fn manifest(&self) -> io::Result<String> {
        let clone = self.clone_from_program()?;
        let path = |krate: &str| {
            let path = clone.join(krate).to_string_lossy().replace('\\', "/");
            format!("\"{}\"", path.replace('"', "\\\""))
        };
        let (codegen, runtime) = (path("codegen"), path("runtime"));
        let mut text = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nclapspec-runtime = {{ path = {runtime} }}\n",
            self.name
        );
        if !self.committed {
            text += &format!("\n[build-dependencies]\nclapspec = {{ path = {codegen} }}\n");
        }
        text += &format!(
            "\n[dev-dependencies]\nclapspec = {{ path = {codegen}, features = [\"examples\"] }}\n"
        );
        let directory = fs::canonicalize(&self.directory)?;
        if directory
            .ancestors()
            .skip(1)
            .any(|it| it.join("Cargo.toml").is_file())
        {
            text += "\n# The package is not a member of the workspace around it.\n[workspace]\n";
        }
        Ok(text)
    }
}

/// A command that was added to a spec.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewCommand {
    /// The file that was created.
    pub file: PathBuf,
    /// The method of the trait `Handlers` that a program has to implement, as it is generated.
    pub method: String,
    /// The methods that the trait doesn't have any more, because their commands are command groups now.
    pub removed: Vec<String>,
}

/// Adds a command to a spec, which is a directory.
///
/// # Errors
///
/// The spec has errors or is a single file, the name of the command is not valid, or the command exists.
pub fn add_command(spec: &Path, path: &[&str]) -> Result<NewCommand, Error> {
    if !spec.join("cli.yaml").is_file() {
        return Err(Error::NotADirectory(spec.to_owned()));
    }
    if path.is_empty() || !path.iter().all(|name| is_command_name(name)) {
        return Err(Error::Command(path.join("/")));
    }
    let before = Checked::read(spec);
    if !before.report().is_ok() {
        return Err(Error::Spec(before.into_report()));
    }
    let commands = spec.join("commands");
    let (name, groups) = path.split_last().unwrap_or((&"", &[]));
    let directory = groups
        .iter()
        .fold(commands, |directory, group| directory.join(group));
    let file = directory.join(format!("{name}.yaml"));
    let known = methods(&before);
    create(
        &file,
        &format!("about: \"TODO: describe `{}`\"\n", path.join(" ")),
    )?;
    let after = Checked::read(spec);
    if !after.report().is_ok() {
        // Nothing is left of a command that the spec can't have. Only empty directories are removed.
        let _ = fs::remove_file(&file);
        for directory in directory.ancestors().take(path.len()) {
            let _ = fs::remove_dir(directory);
        }
        return Err(Error::Spec(after.into_report()));
    }
    let now = methods(&after);
    let removed = known.iter().filter(|method| !now.contains(method));
    let removed = removed.cloned().collect();
    let method = now.into_iter().find(|method| !known.contains(method));
    Ok(NewCommand {
        file,
        removed,
        method: method.unwrap_or_default(),
    })
}

/// The methods of the trait `Handlers` in the code that is generated from a spec, as a program writes them if the
/// code is its module `cli`.
fn methods(checked: &Checked) -> Vec<String> {
    let files = checked.generate(&[Part::Rust]).unwrap_or_default();
    let code = files.first().map(GeneratedFile::text).unwrap_or_default();
    let handlers = code.split("pub trait Handlers").nth(1).unwrap_or_default();
    let handlers = handlers.split("\n}\n").next().unwrap_or_default();
    let methods = handlers.split("    fn ").skip(1);
    let methods = methods.filter_map(|method| method.split(';').next());
    methods
        .map(|method| format!("fn {}", with_module(method, code)))
        .collect()
}

/// Writes the types that the generated code defines as `cli::Type`.
fn with_module(method: &str, code: &str) -> String {
    let mut written = String::new();
    for part in method.split_inclusive(|it: char| !it.is_alphanumeric() && it != '_') {
        let name = part.trim_end_matches(|it: char| !it.is_alphanumeric() && it != '_');
        let is_type = name.starts_with(char::is_uppercase);
        let defined = ["struct", "enum"].iter().any(|kind| {
            ["(", " ", ";", "<"]
                .iter()
                .any(|end| code.contains(&format!("pub {kind} {name}{end}")))
        });
        if is_type && defined {
            written.push_str("cli::");
        }
        written.push_str(part);
    }
    written
}

/// Creates a file with its directory. An existing file is never overwritten.
fn create(path: &Path, text: &str) -> Result<(), Error> {
    let write = || {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create_new(path)?;
        let written = file.write_all(text.as_bytes());
        if written.is_err() {
            // An empty file would be an error in the spec.
            let _ = fs::remove_file(path);
        }
        written
    };
    write().map_err(|error| Error::Write(path.to_owned(), error))
}

/// Whether cargo accepts these signs in the name of a package, and clapspec in that of a program.
fn has_package_signs(name: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_lowercase();
    let is_inner = |it: char| is_letter(it) || it.is_ascii_digit() || it == '-' || it == '_';
    let ends_well = name.ends_with(|it: char| is_letter(it) || it.is_ascii_digit());
    name.starts_with(is_letter) && ends_well && name.chars().all(is_inner)
}

/// Whether a crate can't have this name: keywords, the crates of Rust and of clapspec, and cargo's own directories.
fn is_reserved(name: &str) -> bool {
    let reserved = [
        "alloc",
        "build",
        "clapspec",
        "clapspec-runtime",
        "core",
        "deps",
        "examples",
        "incremental",
        "proc_macro",
        "std",
        "test",
    ];
    reserved.contains(&name) || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err()
}

/// The relative path from one directory to another. Both are absolute.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| "..");
    let down = to.components().skip(common);
    up.collect::<PathBuf>().join(down.collect::<PathBuf>())
}

/// Why a program or a command can't be created.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// This is not a name for a package.
    Name(String),
    /// This name means something else to Rust or to cargo.
    Reserved(String),
    /// This directory has no clone of clapspec's repository.
    NoClone(PathBuf),
    /// A file can't be written, or exists.
    Write(PathBuf, io::Error),
    /// The generated files can't be written.
    Sync(sync::Error),
    /// The spec is not a directory with `cli.yaml`.
    NotADirectory(PathBuf),
    /// This is not a name for a command.
    Command(String),
    /// The spec has errors.
    Spec(Report),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(
                f,
                "`{}` is not a valid name for a program: use lower-case letters, digits, `-` and `_`",
                display(name.as_ref())
            ),
            Self::Reserved(name) => {
                write!(f, "`{name}` is reserved, so a program can't have this name")
            }
            Self::NoClone(path) => {
                write!(
                    f,
                    "`{}` is not a clone of clapspec's repository",
                    shown(path)
                )
            }
            Self::Write(path, error) => write!(f, "can't create `{}`: {error}", shown(path)),
            Self::Sync(error) => write!(f, "{error}"),
            Self::NotADirectory(path) => write!(
                f,
                "`{}` is not a directory with `cli.yaml`; in a spec of one file, add the command to `commands`",
                shown(path)
            ),
            Self::Command(name) => {
                write!(
                    f,
                    "`{}` is not a valid name for a command",
                    display(name.as_ref())
                )
            }
            Self::Spec(report) => write!(f, "the spec has {}", report.summary()),
        }
    }
}

impl std::error::Error for Error {}
