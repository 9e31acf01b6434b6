// Made by clapspec from the program's spec. To change it, change the spec.

use clapspec_runtime::clap::Command;
use clapspec_runtime::{Choice, Contract, Define, Ended, Exit, Roles, Values};

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
    match CONTRACT.parse(command) {
        Ok(matches) => dispatch(handlers, matches),
        Err(exit) => exit,
    }
}

/// Handles a parsed command line: one of [`command`], parsed by
/// [`clapspec_runtime::try_parse_from`].
pub fn dispatch<H: Handlers>(
    handlers: &mut H,
    matches: clapspec_runtime::clap::ArgMatches,
) -> std::process::ExitCode {
    dispatch_clapspec(handlers, &mut Values::new(matches))
}

fn dispatch_clapspec<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "check" => CheckArgs::handle(handlers, &mut below),
        "explain" => ExplainArgs::handle(handlers, &mut below),
        "generate" => GenerateArgs::handle(handlers, &mut below),
        "schema" => SchemaArgs::handle(handlers, &mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

/// What holds for all commands.
const CONTRACT: Contract = Contract {
    usage: ("usage", 2),
    json: "",
};

/// The command line of `clapspec`, as clap sees it.
///
/// Commands are defined when they are first needed.
pub fn command() -> Command {
    let mut define = Define::program("clapspec", Some(env!("CARGO_PKG_VERSION")));
    define.about("Make a command-line program's code and documents from its spec");
    define.long_about(concat!(
        "Make a command-line program's code and documents from its spec\n",
        "\n",
        "A spec describes each command of a program once, in YAML. `clapspec check` ",
        "finds the mistakes in it; `clapspec generate` makes typed clap code, help ",
        "texts and man pages from it.",
    ));
    define.subcommand("check", "Find the mistakes in a spec", CheckArgs::define);
    define.subcommand("explain", "Explain a kind of mistake", ExplainArgs::define);
    define.subcommand(
        "generate",
        "Make code and documents from a spec",
        GenerateArgs::define,
    );
    define.subcommand(
        "schema",
        "Print the keys that a spec may have, for editors and readers",
        SchemaArgs::define,
    );
    define.finish()
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
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Find the mistakes in a spec\n",
            "\n",
            "All mistakes are reported in one run, each with its file, line and column ",
            "and a way to mend it. Nothing is written without `--fix`.",
        ));
        define
            .argument(
                "spec",
                "SPEC",
                "The spec, a folder with `cli.yaml` in it or one file",
            )
            .path()
            .default("spec");
        define
            .option("deny", "WHAT", "Fail because of these too")
            .repeat()
            .choice(
                "warnings",
                "Warnings, which say what works but was probably not meant",
            );
        define
            .option("format", "FORMAT", "How to tell what was found")
            .long_help(concat!(
                "How to tell what was found\n",
                "\n",
                "All but `text` stand on standard output, with nothing else there.",
            ))
            .choice("text", "Text for people, on standard error")
            .choice("json", "One JSON object")
            .choice(
                "sarif",
                "A log in SARIF 2.1.0, which code hosts and editors read",
            )
            .choice("github", "Annotations of GitHub's workflows")
            .default("text");
        define
            .switch(
                "fix",
                "Mend what can only have been meant in one way, and tell the rest",
            )
            .long_help(concat!(
                "Mend what can only have been meant in one way, and tell the rest\n",
                "\n",
                "Files are changed where the mistakes are and nowhere else. A file that ",
                "somebody changes at the same time is left alone.",
            ));
        define.section(
            "Examples",
            concat!(
                "  Check the spec in the folder `spec`:\n",
                "      clapspec check\n",
                "\n",
                "  Check a spec that is one file:\n",
                "      clapspec check tool.yaml\n",
                "\n",
                "  Mend what is certain, such as misspelt names:\n",
                "      clapspec check --fix\n",
                "\n",
                "  In CI, mark what is wrong in a change:\n",
                "      clapspec check --deny warnings --format github",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The spec is right, and what was asked for is done\n",
                "    1  The spec has mistakes, a file can't be read or written, files are ",
                "not current, or warnings are denied\n",
                "    2  The command line is not right",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let roles = Roles::NONE;
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.check(Self::take(values));
        console.end(ended)
    }

    fn take(values: &mut Values) -> Self {
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
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Explain a kind of mistake\n",
            "\n",
            "Each mistake is reported with its code in brackets, as in ",
            "`error[unknown-key]`. The page of a code says what is behind it and shows a ",
            "spec that has the mistake, and one in which it is mended. Without a code, ",
            "all codes are listed.",
        ));
        define.argument("code", "CODE", "Code of a mistake, such as `unknown-key`");
        define.section(
            "Examples",
            concat!(
                "  Explain why a key is refused:\n",
                "      clapspec explain unknown-key\n",
                "\n",
                "  See what can be wrong with names:\n",
                "      clapspec explain | grep name",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  It is explained\n",
                "    1  There is no such code\n",
                "    2  The command line is not right",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let roles = Roles::NONE;
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.explain(Self::take(values));
        console.end(ended)
    }

    fn take(values: &mut Values) -> Self {
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
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Make code and documents from a spec\n",
            "\n",
            "Files that are as they should be are left alone. The folder holds nothing ",
            "else: a file that the spec does not ask for is removed. A folder that holds ",
            "files which clapspec did not make is refused.",
        ));
        define
            .argument(
                "spec",
                "SPEC",
                "The spec, a folder with `cli.yaml` in it or one file",
            )
            .path()
            .default("spec");
        define
            .option("out", "DIR", "The folder for what is made")
            .required()
            .path();
        define
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
        define
            .option("deny", "WHAT", "Make nothing because of these too")
            .repeat()
            .choice(
                "warnings",
                "Warnings, which say what works but was probably not meant",
            );
        define.switch(
            "check",
            "Write nothing, and fail if a file is not as it should be",
        );
        define.section(
            "Examples",
            concat!(
                "  Make everything, for reviewers to read:\n",
                "      clapspec generate spec --out generated\n",
                "\n",
                "  In CI, fail if that was forgotten:\n",
                "      clapspec generate spec --out generated --check",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The spec is right, and what was asked for is done\n",
                "    1  The spec has mistakes, a file can't be read or written, files are ",
                "not current, or warnings are denied\n",
                "    2  The command line is not right",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let roles = Roles::NONE;
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.generate(Self::take(values));
        console.end(ended)
    }

    fn take(values: &mut Values) -> Self {
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
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Print the keys that a spec may have, for editors and readers\n",
            "\n",
            "The JSON Schema of a file tells an editor which keys and words may stand ",
            "where, and what each means. This line at the beginning of a file names it ",
            "to editors with yaml-language-server:\n",
            "\n",
            "    # yaml-language-server: $schema=schema/program.json\n",
            "\n",
            "It finds what one file and one value tell, and leaves the rest to `clapspec ",
            "check`. It refuses truth values and whole numbers in quotes, which the ",
            "check takes.",
        ));
        define
            .option("file", "KIND", "The kind of file that is meant")
            .choice("program", "`cli.yaml`, or the one file")
            .choice("command", "A file in `commands/`")
            .choice("set", "A file in `sets/`")
            .default("program");
        define
            .option("format", "FORMAT", "How to print it")
            .choice("json", "A JSON Schema, draft 2020-12")
            .choice("markdown", "Tables of all keys and words")
            .default("json");
        define.section(
            "Examples",
            concat!(
                "  Keep the schema of commands where editors find it:\n",
                "      clapspec schema --file command > schema/command.json\n",
                "\n",
                "  Read what each key means:\n",
                "      clapspec schema --format markdown",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The spec is right, and what was asked for is done\n",
                "    1  The spec has mistakes, a file can't be read or written, files are ",
                "not current, or warnings are denied\n",
                "    2  The command line is not right",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let roles = Roles::NONE;
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.schema(Self::take(values));
        console.end(ended)
    }

    fn take(values: &mut Values) -> Self {
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
