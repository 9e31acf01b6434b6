// Made by clapspec from the program's spec. To change it, change the spec.

use clapspec_runtime::model::{Command, Exists, PathKind, Program};
use clapspec_runtime::{Choice, Ended, Exit, Setup, Values};

/// What the program does: a method for each command.
pub trait Handlers {
    /// `clapspec check`: Find the mistakes in a spec
    fn check(&mut self, args: CheckArgs) -> Ended<ClapspecExit>;

    /// `clapspec explain`: Explain a kind of mistake
    fn explain(&mut self, args: ExplainArgs) -> Ended<ExplainExit>;

    /// `clapspec generate`: Make code and documents from a spec
    fn generate(&mut self, args: GenerateArgs) -> Ended<ClapspecExit>;

    /// `clapspec schema`: Print the keys that a spec may have, for editors and readers
    fn schema(&mut self, args: SchemaArgs) -> Ended<ClapspecExit>;
}

/// Parses the command line that the program was called with, handles it, and says how the
/// process is to end: also after a mistake in it, and after `--help` and `--version`.
#[allow(dead_code)]
pub fn run<H: Handlers>(handlers: &mut H) -> std::process::ExitCode {
    run_with(handlers, &Setup::new())
}

/// The same with what the program decides when it runs: the text of `--version`, colors,
/// computed defaults, the command line itself.
pub fn run_with<H: Handlers>(handlers: &mut H, setup: &Setup) -> std::process::ExitCode {
    match setup.start(&PROGRAM) {
        Ok(values) => dispatch(handlers, values),
        Err(exit) => exit,
    }
}

/// Handles a command line that was parsed, such as by [`Setup::parse`].
pub fn dispatch<H: Handlers>(handlers: &mut H, mut values: Values) -> std::process::ExitCode {
    let values = &mut values;
    dispatch_clapspec(handlers, values)
}

fn dispatch_clapspec<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    match values.subcommand() {
        "check" => CheckArgs::handle(handlers, values),
        "explain" => ExplainArgs::handle(handlers, values),
        "generate" => GenerateArgs::handle(handlers, values),
        "schema" => SchemaArgs::handle(handlers, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

/// The program `clapspec`, as data.
pub static PROGRAM: Program = Program {
    name: "clapspec",
    version: Some(env!("CARGO_PKG_VERSION")),
    root: clapspec_runtime::model::Definition::Function(define),
    override_self: false,
    contract: Some(clapspec_runtime::model::Contract {
        usage: ("usage", 2),
        failure: ("failure", 1),
    }),
    files: None,
};

/// The command line of `clapspec` as clap's own type, for other tools.
/// The program itself does not parse by it; see [`run`].
#[allow(dead_code)]
pub fn command() -> clapspec_runtime::clap::Command {
    PROGRAM.clap()
}

/// `clapspec`
fn define(command: &mut Command) {
    command.about("Make a command-line program's code and documents from its spec");
    command.description(concat!(
        "A spec describes each command of a program once, in YAML. `clapspec check` ",
        "finds the mistakes in it; `clapspec generate` makes typed clap code, help ",
        "texts and man pages from it.",
    ));
    command.subcommand("check", "Find the mistakes in a spec", CheckArgs::define);
    command.subcommand("explain", "Explain a kind of mistake", ExplainArgs::define);
    command.subcommand(
        "generate",
        "Make code and documents from a spec",
        GenerateArgs::define,
    );
    command.subcommand(
        "schema",
        "Print the keys that a spec may have, for editors and readers",
        SchemaArgs::define,
    );
}

/// How `clapspec` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClapspecExit {
    /// 0: The spec is right, and what was asked for is done
    Success,
    /// 1: The spec has mistakes, a file can't be read or written, files are not current, or warnings are denied
    Failure,
    /// 2: The command line is not right
    Usage,
}

impl Exit for ClapspecExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
        }
    }
}

/// What `clapspec check` was called with: Find the mistakes in a spec
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckArgs {
    /// `<spec>`: The spec, a folder with `cli.yaml` in it or one file
    pub spec: std::path::PathBuf,
    /// `--deny`: Fail because of these too
    pub deny: Vec<CheckDeny>,
    /// `--format`: How to tell what was found
    pub format: CheckFormat,
    /// `--fix`: Mend what can only have been meant in one way, and tell the rest
    pub fix: bool,
}

impl CheckArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "All mistakes are reported in one run, each with its file, line and column ",
            "and a way to mend it. Nothing is written without `--fix`.",
        ));
        command
            .argument(
                "spec",
                "SPEC",
                "The spec, a folder with `cli.yaml` in it or one file",
            )
            .path(PathKind::Any, Exists::Either)
            .default("spec");
        command
            .option("deny", "WHAT", "Fail because of these too")
            .repeat()
            .choice(
                "warnings",
                "Warnings, which say what works but was probably not meant",
            );
        command
            .option("format", "FORMAT", "How to tell what was found")
            .description("All but `text` stand on standard output, with nothing else there.")
            .choice("text", "Text for people, on standard error")
            .choice("json", "One JSON object")
            .choice(
                "sarif",
                "A log in SARIF 2.1.0, which code hosts and editors read",
            )
            .choice("github", "Annotations of GitHub's workflows")
            .default("text");
        command
            .switch(
                "fix",
                "Mend what can only have been meant in one way, and tell the rest",
            )
            .description(concat!(
                "Files are changed where the mistakes are and nowhere else. A file that ",
                "somebody changes at the same time is left alone.",
            ));
        command.example("Check the spec in the folder `spec`", "clapspec check");
        command.example("Check a spec that is one file", "clapspec check tool.yaml");
        command.example(
            "Mend what is certain, such as misspelt names",
            "clapspec check --fix",
        );
        command.example(
            "In CI, mark what is wrong in a change",
            "clapspec check --deny warnings --format github",
        );
        command.exit_code(0, "The spec is right, and what was asked for is done");
        command.exit_code(
            1,
            concat!(
                "The spec has mistakes, a file can't be read or written, files are not ",
                "current, or warnings are denied",
            ),
        );
        command.exit_code(2, "The command line is not right");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.check(Self::take(values));
        console.end(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            spec: values.required_path("spec"),
            deny: values.choices("deny"),
            format: values.required_choice("format"),
            fix: values.switch("fix"),
        }
    }
}

/// The values of `--deny`.
#[allow(clippy::enum_variant_names)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDeny {
    /// `warnings`: Warnings, which say what works but was probably not meant
    Warnings,
}

impl Choice for CheckDeny {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "warnings" => Self::Warnings,
            _ => return None,
        };
        Some(choice)
    }
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFormat {
    /// `text`: Text for people, on standard error
    Text,
    /// `json`: One JSON object
    Json,
    /// `sarif`: A log in SARIF 2.1.0, which code hosts and editors read
    Sarif,
    /// `github`: Annotations of GitHub's workflows
    Github,
}

impl Choice for CheckFormat {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "text" => Self::Text,
            "json" => Self::Json,
            "sarif" => Self::Sarif,
            "github" => Self::Github,
            _ => return None,
        };
        Some(choice)
    }
}

/// What `clapspec explain` was called with: Explain a kind of mistake
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainArgs {
    /// `<code>`: Code of a mistake, such as `unknown-key`
    pub code: Option<String>,
}

impl ExplainArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "Each mistake is reported with its code in brackets, as in ",
            "`error[unknown-key]`. The page of a code says what is behind it and shows a ",
            "spec that has the mistake, and one in which it is mended. Without a code, ",
            "all codes are listed.",
        ));
        command.argument("code", "CODE", "Code of a mistake, such as `unknown-key`");
        command.example(
            "Explain why a key is refused",
            "clapspec explain unknown-key",
        );
        command.example(
            "See what can be wrong with names",
            "clapspec explain | grep name",
        );
        command.exit_code(0, "It is explained");
        command.exit_code(1, "There is no such code");
        command.exit_code(2, "The command line is not right");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.explain(Self::take(values));
        console.end(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            code: values.string("code"),
        }
    }
}

/// How `clapspec explain` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainExit {
    /// 0: It is explained
    Success,
    /// 1: There is no such code
    Failure,
    /// 2: The command line is not right
    Usage,
}

impl Exit for ExplainExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
        }
    }
}

impl From<ClapspecExit> for ExplainExit {
    fn from(exit: ClapspecExit) -> Self {
        match exit {
            ClapspecExit::Success => Self::Success,
            ClapspecExit::Failure => Self::Failure,
            ClapspecExit::Usage => Self::Usage,
        }
    }
}

/// What `clapspec generate` was called with: Make code and documents from a spec
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenerateArgs {
    /// `<spec>`: The spec, a folder with `cli.yaml` in it or one file
    pub spec: std::path::PathBuf,
    /// `--out`: The folder for what is made
    pub out: std::path::PathBuf,
    /// `--only`: Make these parts and leave the others alone
    pub only: Vec<GenerateOnly>,
    /// `--deny`: Make nothing because of these too
    pub deny: Vec<GenerateDeny>,
    /// `--check`: Write nothing, and fail if a file is not as it should be
    pub check: bool,
}

impl GenerateArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "Files that are as they should be are left alone. The folder holds nothing ",
            "else: a file that the spec does not ask for is removed. A folder that holds ",
            "files which clapspec did not make is refused.",
        ));
        command
            .argument(
                "spec",
                "SPEC",
                "The spec, a folder with `cli.yaml` in it or one file",
            )
            .path(PathKind::Any, Exists::Either)
            .default("spec");
        command
            .option("out", "DIR", "The folder for what is made")
            .path(PathKind::Any, Exists::Either)
            .required();
        command
            .option(
                "only",
                "PART",
                "Make these parts and leave the others alone",
            )
            .repeat()
            .delimiter(',')
            .choice(
                "rust",
                "`cli.rs`: structs, clap definitions, handlers and dispatch",
            )
            .choice("help", "`help/`: what each command prints for `--help`")
            .choice("man", "`man/`: a page for each command")
            .choice(
                "schema",
                "`schema/`: what each command with `output` prints",
            );
        command
            .option("deny", "WHAT", "Make nothing because of these too")
            .repeat()
            .choice(
                "warnings",
                "Warnings, which say what works but was probably not meant",
            );
        command.switch(
            "check",
            "Write nothing, and fail if a file is not as it should be",
        );
        command.example(
            "Make everything, for reviewers to read",
            "clapspec generate spec --out generated",
        );
        command.example(
            "In CI, fail if that was forgotten",
            "clapspec generate spec --out generated --check",
        );
        command.exit_code(0, "The spec is right, and what was asked for is done");
        command.exit_code(
            1,
            concat!(
                "The spec has mistakes, a file can't be read or written, files are not ",
                "current, or warnings are denied",
            ),
        );
        command.exit_code(2, "The command line is not right");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.generate(Self::take(values));
        console.end(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            spec: values.required_path("spec"),
            out: values.required_path("out"),
            only: values.choices("only"),
            deny: values.choices("deny"),
            check: values.switch("check"),
        }
    }
}

/// The values of `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenerateOnly {
    /// `rust`: `cli.rs`: structs, clap definitions, handlers and dispatch
    Rust,
    /// `help`: `help/`: what each command prints for `--help`
    Help,
    /// `man`: `man/`: a page for each command
    Man,
    /// `schema`: `schema/`: what each command with `output` prints
    Schema,
}

impl Choice for GenerateOnly {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "rust" => Self::Rust,
            "help" => Self::Help,
            "man" => Self::Man,
            "schema" => Self::Schema,
            _ => return None,
        };
        Some(choice)
    }
}

/// The values of `--deny`.
#[allow(clippy::enum_variant_names)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenerateDeny {
    /// `warnings`: Warnings, which say what works but was probably not meant
    Warnings,
}

impl Choice for GenerateDeny {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "warnings" => Self::Warnings,
            _ => return None,
        };
        Some(choice)
    }
}

/// What `clapspec schema` was called with: Print the keys that a spec may have, for editors and readers
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaArgs {
    /// `--file`: The kind of file that is meant
    pub file: SchemaFile,
    /// `--format`: How to print it
    pub format: SchemaFormat,
}

impl SchemaArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "The JSON Schema of a file tells an editor which keys and words may stand ",
            "where, and what each means. This line at the beginning of a file names it ",
            "to editors with yaml-language-server:\n",
            "\n",
            "\t# yaml-language-server: $schema=schema/program.json\n",
            "\n",
            "It finds what one file and one value tell, and leaves the rest to `clapspec ",
            "check`. It refuses truth values and whole numbers in quotes, which the ",
            "check takes.",
        ));
        command
            .option("file", "KIND", "The kind of file that is meant")
            .choice("program", "`cli.yaml`, or the one file")
            .choice("command", "A file in `commands/`")
            .choice("set", "A file in `sets/`")
            .default("program");
        command
            .option("format", "FORMAT", "How to print it")
            .choice("json", "A JSON Schema, draft 2020-12")
            .choice("markdown", "Tables of all keys and words")
            .default("json");
        command.example(
            "Keep the schema of commands where editors find it",
            "clapspec schema --file command > schema/command.json",
        );
        command.example(
            "Read what each key means",
            "clapspec schema --format markdown",
        );
        command.exit_code(0, "The spec is right, and what was asked for is done");
        command.exit_code(
            1,
            concat!(
                "The spec has mistakes, a file can't be read or written, files are not ",
                "current, or warnings are denied",
            ),
        );
        command.exit_code(2, "The command line is not right");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.schema(Self::take(values));
        console.end(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            file: values.required_choice("file"),
            format: values.required_choice("format"),
        }
    }
}

/// The values of `--file`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaFile {
    /// `program`: `cli.yaml`, or the one file
    Program,
    /// `command`: A file in `commands/`
    Command,
    /// `set`: A file in `sets/`
    Set,
}

impl Choice for SchemaFile {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "program" => Self::Program,
            "command" => Self::Command,
            "set" => Self::Set,
            _ => return None,
        };
        Some(choice)
    }
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaFormat {
    /// `json`: A JSON Schema, draft 2020-12
    Json,
    /// `markdown`: Tables of all keys and words
    Markdown,
}

impl Choice for SchemaFormat {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "json" => Self::Json,
            "markdown" => Self::Markdown,
            _ => return None,
        };
        Some(choice)
    }
}
