//! The test programs, and directories to run them in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use clapspec::Part;
use tempfile::TempDir;

use crate::support::{self, root, target};

/// Handlers that print the name, value and origin of their arguments.
const MAIN: &str = r#"
mod cli;

use clapspec_runtime::{Done, Ended};

struct Printer;

macro_rules! print {
    ($args:ident: $($field:ident)*) => {
        $(println!("{} {:?} {}", stringify!($field), $args.$field.value, $args.$field.origin);)*
    };
}

impl cli::Handlers for Printer {
    fn build(&mut self, args: cli::BuildArgs) -> Ended<cli::ConfExit> {
        print!(args: jobs feature cache progress target_directory timeout limit share profile define);
        print!(args: version_of_everything_that_is_needed strict verbose quiet);
        let output = args.output;
        print!(output: color);
        Ok(Done::from(cli::ConfExit::Success))
    }

    fn sign(&mut self, args: cli::SignArgs) -> Ended<cli::ConfExit> {
        print!(args: format strict soft);
        match &args.source {
            cli::SignSource::KeyFile(file) => println!("key_file {:?} {}", file.value, file.origin),
            cli::SignSource::Key(key) => println!("key {:?} {}", key.value, key.origin),
        }
        println!("{:?} {:?} {}", args.indent, args.schema, args.lenient);
        Ok(Done::from(cli::ConfExit::Success))
    }

    fn push(&mut self, args: cli::PushArgs) -> Ended<cli::ConfExit> {
        println!("{args:#?}");
        if args.registry.as_deref() == Some("panic:1") {
            panic!("{:?} {:?}", args.token, args.token.value);
        }
        Ok(Done::from(cli::ConfExit::Success))
    }

    fn drop(&mut self, _: cli::DropArgs, question: cli::DropQuestion) -> Ended<cli::ConfExit> {
        question.ask()?;
        Ok(Done::from(cli::ConfExit::Success).text("removed"))
    }
}

fn main() -> std::process::ExitCode {
    let mut setup = clapspec_runtime::Setup::new();
    if let Ok(set) = std::env::var("SETUP_VARIABLE") {
        let (name, value) = set.split_once('=').expect("a variable");
        setup = setup.variable(name, value);
    }
    if std::env::var_os("SETUP_DEFAULTS").is_some() {
        setup = setup.default("format", "text").default("profile", "computed");
    }
    if std::env::var_os("SETUP_ISOLATED").is_some() {
        setup = setup.isolated();
    }
    cli::run_with(&mut Printer, &setup)
}
"#;

/// The program, built once.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build("conf", &root().join("tests/render/config.yaml"), MAIN))
}

/// Handlers of a program that does nothing.
const IDLE: &str = r#"
mod cli;

use clapspec_runtime::{Done, Ended};

struct Idle;

impl cli::Handlers for Idle {
    fn a(&mut self, _: cli::AArgs) -> Ended<cli::ManyExit> {
        Ok(Done::from(cli::ManyExit::Success))
    }
}

fn main() -> std::process::ExitCode {
    cli::run(&mut Idle)
}
"#;

/// A program with the given number of settings, built once.
pub fn many(count: usize) -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut spec = String::from(
            "name: many\nabout: Keep many settings\nconfig-files: { user: many/config.toml }\n\
             exit-codes:\n  success: { code: 0, help: It is done }\n  \
             failure: { code: 1, help: It did not work }\n\
             commands:\n  a:\n    about: Do nothing\n    options:\n",
        );
        for at in 0..count {
            spec += &format!("      o{at}: {{ value: X, config: a.o{at}, help: Say {at} }}\n");
        }
        let file = target().join("tmp/many.yaml");
        fs::write(&file, spec).expect("written");
        build("many", &file, IDLE)
    })
}

/// A program whose settings can be changed on trial, built once.
pub fn trial() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let spec = "name: trial\nabout: Change settings on trial\n\
            config-files: { user: trial/config.toml }\nexit-codes:\n  \
            success: { code: 0, help: It is done }\n  failure: { code: 1, help: It did not work }\n\
            options:\n  dry-run: { role: dry-run, help: Only say what would be done }\n\
            commands:\n  a:\n    about: Do nothing\n    options:\n      \
            jobs: { value: N, type: integer, config: a.jobs, help: Jobs at once }\n";
        let file = target().join("tmp/trial.yaml");
        fs::write(&file, spec).expect("written");
        build("trial", &file, &IDLE.replace("Many", "Trial"))
    })
}

/// Builds a program with this name from a spec and its handlers.
fn build(name: &str, spec: &Path, main: &str) -> PathBuf {
    let directory = target().join("tmp").join(format!("config-{name}"));
    let code = clapspec::generate(spec, &[Part::Rust]).unwrap_or_else(|report| panic!("{report}"));
    support::write(&directory.join("src/cli.rs"), code[0].text());
    support::write(&directory.join("src/main.rs"), main);
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\nclapspec-runtime = \
         {{ path = {runtime:?}, features = [\"config\", \"confirm\"] }}\n\n[workspace]\n"
    );
    support::write(&directory.join("Cargo.toml"), &manifest);
    support::run_cargo("build", &directory);
    target().join("harness/debug").join(name)
}

/// A directory with a home directory, a working directory, and directories for configuration files.
pub struct Sandbox(TempDir);

/// The output of a run, in which the path of the directory is replaced by `[TMP]`, and its exit code.
pub struct Run {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Run {
    /// Asserts that the run succeeded, and returns its standard output.
    pub fn success(self) -> String {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self.out
    }
}

impl Sandbox {
    pub fn new() -> Self {
        let sandbox = Self(tempfile::tempdir().expect("a directory"));
        for directory in ["home", "project", "user", "system"] {
            fs::create_dir(sandbox.path(directory)).expect("created");
        }
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    }

    pub fn project(&self, text: &str) {
        self.write("project/.conf.toml", text);
    }

    pub fn user(&self, text: &str) {
        self.write("user/conf/config.toml", text);
    }

    pub fn system(&self, text: &str) {
        self.write("system/conf/config.toml", text);
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("removed");
    }

    /// Starts another program in the working directory.
    pub fn start(&self, program: &Path, words: &[&str]) -> Child {
        let mut command = self.of(program, words);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command.spawn().expect("the program runs")
    }

    /// A command that runs the program in the working directory.
    pub fn program(&self, words: &[&str]) -> Command {
        self.of(program(), words)
    }

    pub fn of(&self, program: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(words)
            .current_dir(self.path("project"))
            .env_clear();
        command.env("HOME", self.path("home"));
        command.env("XDG_CONFIG_HOME", self.path("user"));
        command.env("XDG_CONFIG_DIRS", self.path("system"));
        command
    }

    pub fn run(&self, words: &[&str]) -> Run {
        self.run_with(words, &[])
    }

    pub fn run_with(&self, words: &[&str], env: &[(&str, &str)]) -> Run {
        self.finish(self.program(words).envs(env.iter().copied()), "")
    }

    pub fn run_in(&self, directory: &str, words: &[&str]) -> Run {
        self.finish(self.program(words).current_dir(self.path(directory)), "")
    }

    pub fn run_fed(&self, words: &[&str], input: &str) -> Run {
        self.finish(&mut self.program(words), input)
    }

    pub fn finish(&self, command: &mut Command, input: &str) -> Run {
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A program that doesn't read its input may have ended already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let directory = self.0.path().to_string_lossy().into_owned();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&directory, "[TMP]");
        Run {
            out: text(&output.stdout),
            err: text(&output.stderr),
            status: output.status.code().unwrap_or(-1),
        }
    }
}
