//! The cases in `tests/authctl/cases/` and the directories that they run in.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::registry;
use super::run::output;

/// The placeholder for the temporary directory in cases and snapshots.
const TMP: &str = "[TMP]";

/// The placeholder for the port of the registry on loopback.
const PORT: &str = "[PORT]";

/// A case. Paths are relative to the temporary directory, in which `home` is cargo's home, `project` the
/// current directory and `user` the user's home directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The name of the file, without its extension.
    #[serde(skip)]
    pub name: String,
    /// What the case shows.
    pub about: String,
    /// The arguments of `authctl`.
    pub args: Vec<String>,
    /// The standard input.
    #[serde(default)]
    pub stdin: String,
    /// Environment variables besides `HOME` and `CARGO_HOME`. A variable without a value is unset.
    #[serde(default)]
    pub env: BTreeMap<String, Option<String>>,
    /// The current directory.
    pub cwd: Option<String>,
    /// Text files and their contents.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Files that are not text, and their contents.
    #[serde(default)]
    pub bytes: BTreeMap<String, Vec<u8>>,
    /// Empty directories.
    #[serde(default)]
    pub directories: Vec<String>,
    /// Configurations of btp, and the content of the session file of each.
    #[serde(default)]
    pub sessions: BTreeMap<String, String>,
    /// Symbolic links and their targets.
    #[serde(default)]
    pub links: BTreeMap<String, String>,
    /// Files with a mode other than 0600, and the mode in octal.
    #[serde(default)]
    pub modes: BTreeMap<String, String>,
    /// How the result of the real cargo compares.
    pub cargo: Option<Expectation>,
    /// The token that the real cargo sends to each of these registries before `authctl` runs, or no
    /// value if it sends none. The index of each registry is on `127.0.0.1:[PORT]`.
    #[serde(default)]
    pub sends: BTreeMap<String, Option<String>>,
    /// The current directory of the real cargo, if it differs from that of the case.
    pub cargo_cwd: Option<String>,
}

/// How the result of the real cargo compares with that of `authctl`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Expectation {
    /// cargo leaves the same values in the files, and accepts that `authctl` has logged out.
    Same,
    /// cargo does not, for this reason.
    #[serde(untagged)]
    Differs {
        /// The reason.
        differs: String,
    },
}

/// The temporary directory of one run, which is removed on drop.
pub struct World {
    /// The directory.
    pub directory: TempDir,
}

impl Case {
    /// Reads a case.
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a case can be read");
        let mut case: Self = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a case has a name");
        case.name = name.to_string_lossy().into_owned();
        case
    }

    /// All cases, in the order of their names.
    pub fn all() -> Vec<Self> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authctl/cases");
        let entries = |directory: &Path| {
            let entries = fs::read_dir(directory).expect("the cases can be listed");
            entries.map(|entry| entry.expect("a case can be listed").path())
        };
        let mut paths: Vec<PathBuf> = entries(&directory)
            .flat_map(|each| entries(&each))
            .collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// Creates the files of the case, with a modification time in the past.
    pub fn build(&self) -> World {
        let world = World::new();
        for directory in &self.directories {
            fs::create_dir_all(world.path(directory)).expect("a directory");
        }
        let texts = self
            .files
            .iter()
            .map(|(path, text)| (path, text.as_bytes()));
        let bytes = self.bytes.iter().map(|(path, bytes)| (path, &bytes[..]));
        for (path, content) in texts.chain(bytes) {
            let content = String::from_utf8(content.to_vec())
                .map(|text| world.fill(&text).into_bytes())
                .unwrap_or(content.to_vec());
            world.write(path, &content);
        }
        for (config, session) in &self.sessions {
            world.write(&world.session(config), session.as_bytes());
        }
        for (path, target) in &self.links {
            symlink(target, world.path(path)).expect("a link");
        }
        for (path, mode) in &self.modes {
            let mode = u32::from_str_radix(mode, 8).expect("an octal mode");
            fs::set_permissions(world.path(path), Permissions::from_mode(mode)).expect("a mode");
        }
        world
    }
}

impl World {
    /// The name of the directory's own copy of `authctl`, if it has one.
    pub const PROGRAM: &str = "authctl";

    /// Creates a world with the three directories that every case has.
    pub fn new() -> Self {
        let directory = tempfile::Builder::new()
            .prefix("authctl-test-")
            // Like most home directories: others may list it.
            .permissions(Permissions::from_mode(0o755))
            .tempdir()
            .expect("a temporary directory");
        let world = Self { directory };
        for name in ["home", "project", "user"] {
            fs::create_dir(world.path(name)).expect("a directory");
        }
        world
    }

    /// A path in this world.
    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Writes a file with mode 0600 and a modification time in the past.
    pub fn write(&self, path: &str, content: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(&path, content).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
        File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(past()))
            .expect("a time");
    }

    /// Where btp keeps the session of a configuration.
    pub fn session(&self, config: &str) -> String {
        let digest = Sha256::digest(self.path(config).as_os_str().as_bytes());
        let hash: String = digest[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("user/.cache/.btp/{hash}/session")
    }

    /// Replaces the placeholders in a string.
    pub fn fill(&self, text: &str) -> String {
        let text = text.replace(TMP, &self.directory.path().to_string_lossy());
        match text.contains(PORT) {
            true => text.replace(PORT, &registry::shared().port.to_string()),
            false => text,
        }
    }

    /// The path of `authctl`: this world's own copy, if it has one.
    pub fn program(&self) -> PathBuf {
        let own = self.path(Self::PROGRAM);
        match own.exists() {
            true => own,
            false => env!("CARGO_BIN_EXE_authctl").into(),
        }
    }

    /// A command that runs `authctl` with these arguments and only the variables of every run.
    pub fn authctl(&self, args: &[&str]) -> Command {
        let mut command = self.command(self.program(), &BTreeMap::new());
        command.args(args);
        command
    }

    /// A command with the current directory and only the variables of a case.
    pub fn command(
        &self,
        program: impl AsRef<OsStr>,
        env: &BTreeMap<String, Option<String>>,
    ) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.path("user"))
            .env("CARGO_HOME", self.path("home"))
            .current_dir(self.path("project"));
        for (name, value) in env {
            // Without `HOME`, `authctl` would use the real home directory, from the password database.
            let is_home = value.as_ref().is_some_and(|value| !value.is_empty());
            assert!(
                name != "HOME" || is_home,
                "a case must have its own home directory"
            );
            match value {
                Some(value) => command.env(name, self.fill(value)),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Runs `authctl` as the case defines, with extra arguments.
    pub fn run(&self, case: &Case, extra: &[&str]) -> Output {
        let mut command = self.command(self.program(), &case.env);
        command
            .args(case.args.iter().map(|arg| self.fill(arg)))
            .args(extra);
        if let Some(cwd) = &case.cwd {
            command.current_dir(self.path(cwd));
        }
        output(command, &case.stdin)
    }

    /// Describes the outcome of a run: its output, and all files.
    pub fn describe(&self, case: &Case, output: &Output) -> String {
        let mut text = format!("$ authctl {}\n", case.args.join(" "));
        let status = output.status.code().map_or(-1, |code| code);
        writeln!(text, "status: {status}").expect("a string");
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !bytes.is_empty() {
                let shown = String::from_utf8_lossy(bytes);
                let shown = shown.replace(&*self.directory.path().to_string_lossy(), TMP);
                let shown = registry::hide_port(&shown, PORT);
                write!(text, "--- {name}\n{}", visible(&shown)).expect("a string");
            }
        }
        self.describe_directory(self.directory.path(), &mut text);
        hide(&text)
    }

    fn describe_directory(&self, directory: &Path, text: &mut String) {
        let entries = fs::read_dir(directory).expect("a directory can be listed");
        let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
        paths.sort_by_key(|path| hide(&path.to_string_lossy()));
        for path in paths {
            let shown = path
                .strip_prefix(self.directory.path())
                .expect("inside")
                .display();
            let metadata = path.symlink_metadata().expect("metadata");
            let line = if metadata.is_symlink() {
                let target = fs::read_link(&path).expect("a link");
                format!("--- {shown} -> {}\n", target.display())
            } else if metadata.is_dir() {
                self.describe_directory(&path, text);
                continue;
            } else {
                let mode = metadata.permissions().mode() & 0o7777;
                let same = metadata.modified().is_ok_and(|time| time == past());
                let same = if same { "untouched" } else { "written" };
                let content = fs::read(&path).expect("a file can be read");
                let content = String::from_utf8_lossy(&content)
                    .replace(&*self.directory.path().to_string_lossy(), TMP);
                let content = registry::hide_port(&content, PORT);
                format!("--- {shown} {mode:04o} {same}\n{}", visible(&content))
            };
            text.push_str(&line);
        }
    }
}

/// A modification time that no run of these tests can set.
fn past() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

/// Replaces the names of btp's session directories with a placeholder, because they depend on the
/// temporary directory.
fn hide(text: &str) -> String {
    let mut shown = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if matches!(c, '0'..='9' | 'a'..='f') {
            digits.push(c);
            continue;
        }
        shown += if digits.len() == 32 {
            "[HASH]"
        } else {
            &digits
        };
        digits.clear();
        shown.push(c);
    }
    shown.pop();
    shown
}

/// Makes carriage returns, byte order marks, colors and a missing last newline visible.
fn visible(text: &str) -> String {
    let mut shown = text
        .replace('\r', "<CR>")
        .replace('\u{feff}', "<BOM>")
        .replace('\u{1b}', "<ESC>");
    if !shown.is_empty() && !shown.ends_with('\n') {
        shown.push_str("<no newline>\n");
    }
    shown
}
