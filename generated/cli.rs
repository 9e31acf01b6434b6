// Made by clapspec from the program's spec. To change it, change the spec.

use clapspec_runtime::clap::Command;
use clapspec_runtime::output::Object;
use clapspec_runtime::serde::{Serialize, Serializer};
use clapspec_runtime::{Choice, Configured, Contract, Define, Ended, Exit, Failure, Roles, Values};
use std::process::ExitCode;
use std::sync::LazyLock;

/// What the program does: a method for each command.
pub trait Handlers {
    /// `authctl cargo login`: Keep a registry's token on this machine
    fn cargo_login(&mut self, args: CargoLoginArgs) -> Ended<CargoLoginExit>;

    /// `authctl cargo logout`: Remove a registry's token from this machine
    fn cargo_logout(
        &mut self,
        args: CargoLogoutArgs,
        question: CargoLogoutQuestion,
    ) -> Ended<CargoLogoutExit, CargoLogoutOutput>;
}

/// Parses the command line that the program was called with, handles it, and says how the
/// process is to end: also after a mistake in it, and after `--help` and `--version`.
#[allow(dead_code)]
pub fn run<H: Handlers>(handlers: &mut H) -> ExitCode {
    match clapspec_runtime::config::parse(&CONFIG, &CONTRACT, command) {
        Ok(matches) => dispatch(handlers, matches),
        Err(exit) => exit,
    }
}

/// Handles a parsed command line: one of [`command`], parsed by
/// [`clapspec_runtime::try_parse_from`].
pub fn dispatch<H: Handlers>(
    handlers: &mut H,
    matches: clapspec_runtime::clap::ArgMatches,
) -> ExitCode {
    dispatch_authctl(handlers, &mut Values::new(matches))
}

fn dispatch_authctl<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "cargo" => dispatch_cargo(handlers, &mut below),
        "config" => dispatch_config(&mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

fn dispatch_cargo<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "login" => CargoLoginArgs::handle(handlers, &mut below),
        "logout" => CargoLogoutArgs::handle(handlers, &mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

/// What holds for all commands.
const CONTRACT: Contract = Contract {
    usage: ("usage", 2),
    json: "--json --pretty-json",
};

/// The settings that are kept in files, and where these lie.
static CONFIG: LazyLock<clapspec_runtime::config::Config> = LazyLock::new(|| {
    let mut define = clapspec_runtime::config::Config::new(("failure", 1));
    define.project(".authctl.toml");
    define.user("authctl/config.toml");
    define.system("authctl/config.toml");
    define
        .setting("term.verbose", "verbose", "--verbose", "Say what is done")
        .count(2)
        .taken_by("")
        .rival("quiet");
    define
        .setting(
            "term.quiet",
            "quiet",
            "--quiet",
            "Say nothing but errors and warnings",
        )
        .switch()
        .taken_by("")
        .rival("verbose");
    define
        .setting(
            "term.color",
            "color",
            "--color",
            "When messages are coloured",
        )
        .choice("auto", "")
        .choice("always", "")
        .choice("never", "")
        .default("auto")
        .env("AUTHCTL_COLOR")
        .taken_by("");
    define
});

fn dispatch_config(values: &mut Values) -> ExitCode {
    let roles = Roles {
        color: Some("color"),
        ..Roles::NONE
    };
    clapspec_runtime::config::run(&CONFIG, &CONTRACT, &roles, values)
}

/// The command line of `authctl`, as clap sees it.
///
/// Commands are defined when they are first needed.
pub fn command() -> Command {
    let mut define = Define::program("authctl", Some(env!("CARGO_PKG_VERSION")));
    define.about("See and end the sessions that developer tools keep on this machine");
    define.global();
    DisplayOptions::define(&mut define);
    define.subcommand(
        "cargo",
        "Sessions of cargo, Rust's package manager",
        define_cargo,
    );
    define.subcommand("config", "Show and change settings", define_config);
    define.finish()
}

/// `authctl cargo`
fn define_cargo(command: Command) -> Command {
    let mut define = Define::command(command);
    define.global();
    define
        .option("registry", "NAME", "Registry that is meant")
        .long_help(concat!(
            "Registry that is meant\n",
            "\n",
            "One of the registries that cargo's own configuration defines. Without it, ",
            "the one that cargo's `registry.default` names, or else crates.io.",
        ));
    define
        .option(
            "config",
            "KEY=VALUE|PATH",
            "Use this cargo setting, or the settings in this file",
        )
        .long_help(concat!(
            "Use this cargo setting, or the settings in this file\n",
            "\n",
            "As cargo's own `--config`: a setting in TOML, such as ",
            "`registry.default=\"my-registry\"`, or the path of a file. Later ones win ",
            "over earlier ones, and all over files and variables.",
        ))
        .repeat();
    define.subcommand(
        "login",
        "Keep a registry's token on this machine",
        CargoLoginArgs::define,
    );
    define.subcommand(
        "logout",
        "Remove a registry's token from this machine",
        CargoLogoutArgs::define,
    );
    define.finish()
}

/// `authctl config`
fn define_config(command: Command) -> Command {
    let mut define = Define::command(command);
    define.long_about(concat!(
        "Show and change settings\n",
        "\n",
        "A setting is an option whose value may be kept in a file. Its value comes ",
        "from the command line, then from its environment variable, then from the ",
        "project's file, the user's, the system's, and last from its default.",
    ));
    define.subcommand(
        "list",
        "List all settings, with their values and where these come from",
        define_config_list,
    );
    define.subcommand(
        "explain",
        "Show all places that the value of a setting may come from",
        define_config_explain,
    );
    define.subcommand("set", "Set a setting in a file", define_config_set);
    define.subcommand("unset", "Remove a setting from a file", define_config_unset);
    define.finish()
}

/// `authctl config list`
fn define_config_list(command: Command) -> Command {
    let mut define = Define::command(command);
    define.section(
        "Exit status",
        concat!(
            "    0  Done, or there was nothing to do\n",
            "    1  It did not work; the message says why\n",
            "    2  The command line is not right",
        ),
    );
    define.finish()
}

/// `authctl config explain`
fn define_config_explain(command: Command) -> Command {
    let mut define = Define::command(command);
    define
        .argument("key", "KEY", "Its name, as `config list` shows it")
        .required();
    define.section(
        "Exit status",
        concat!(
            "    0  Done, or there was nothing to do\n",
            "    1  It did not work; the message says why\n",
            "    2  The command line is not right",
        ),
    );
    define.finish()
}

/// `authctl config set`
fn define_config_set(command: Command) -> Command {
    let mut define = Define::command(command);
    define.long_about(concat!(
        "Set a setting in a file\n",
        "\n",
        "All else in the file stays as it is written. A secret is not given here, ",
        "where others could read it: it is one line of standard input.\n",
        "\n",
        "This command makes or changes things.",
    ));
    define.argument("key", "KEY", "Its name").required();
    define
        .argument(
            "value",
            "VALUE",
            "Its value, or several where the setting takes several",
        )
        .repeat();
    define
        .switch("user", "In the user's file, as without an option")
        .conflicts("project");
    define.switch("project", "In the project's file");
    define.section(
        "Exit status",
        concat!(
            "    0  Done, or there was nothing to do\n",
            "    1  It did not work; the message says why\n",
            "    2  The command line is not right",
        ),
    );
    define.finish()
}

/// `authctl config unset`
fn define_config_unset(command: Command) -> Command {
    let mut define = Define::command(command);
    define.long_about("Remove a setting from a file\n\nThis command makes or changes things.");
    define.argument("key", "KEY", "Its name").required();
    define
        .switch("user", "From the user's file, as without an option")
        .conflicts("project");
    define.switch("project", "From the project's file");
    define.section(
        "Exit status",
        concat!(
            "    0  Done, or there was nothing to do\n",
            "    1  It did not work; the message says why\n",
            "    2  The command line is not right",
        ),
    );
    define.finish()
}

/// How `authctl` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthctlExit {
    /// 0: Done, or there was nothing to do
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right
    Usage,
}

impl Exit for AuthctlExit {
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

/// What `authctl cargo login` was called with: Keep a registry's token on this machine
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoLoginArgs {
    /// `<token>`: Refused without being repeated, since people know it from cargo
    pub token: Option<String>,
    /// `--registry`: Registry that is meant
    pub registry: Option<String>,
    /// `--config`: Use this cargo setting, or the settings in this file
    pub config: Vec<String>,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl CargoLoginArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Keep a registry's token on this machine\n",
            "\n",
            "Reads one line from the standard input and keeps it as the token of one ",
            "registry, in the file in which cargo looks for it. A token that was there ",
            "is replaced; all else in the file stays as it is. The file is readable by ",
            "its owner alone.\n",
            "\n",
            "The token is never an argument, since others can see the arguments of a ",
            "running program. It is not tried: no server is contacted.\n",
            "\n",
            "This command makes or changes things.",
        ));
        define
            .argument(
                "token",
                "TOKEN",
                "Refused without being repeated, since people know it from cargo",
            )
            .hidden();
        define.section(
            "Examples",
            concat!(
                "  Type or paste the token of crates.io:\n",
                "      authctl cargo login\n",
                "\n",
                "  Take the token of one registry from a file:\n",
                "      authctl cargo login --registry my-registry < token.txt",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  Done, or there was nothing to do\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right\n",
                "  130  Ctrl-C was pressed while it waited for the token",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.cargo_login(Self::take(values));
        console.end(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            token: values.string("token"),
            registry: values.string("registry"),
            config: values.strings("config"),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl cargo login` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoLoginExit {
    /// 0: Done, or there was nothing to do
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right
    Usage,
    /// 130: Ctrl-C was pressed while it waited for the token
    Interrupted,
}

impl Exit for CargoLoginExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            130 => Self::Interrupted,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Interrupted => 130,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<AuthctlExit> for CargoLoginExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// What `authctl cargo logout` was called with: Remove a registry's token from this machine
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoLogoutArgs {
    /// `--registry`: Registry that is meant
    pub registry: Option<String>,
    /// `--config`: Use this cargo setting, or the settings in this file
    pub config: Vec<String>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `confirm`.
    pub confirm: ConfirmOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl CargoLogoutArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Remove a registry's token from this machine\n",
            "\n",
            "Cargo keeps a token for each registry in a file. This removes the token of ",
            "one registry from it, with its secret key if there is one. All else in the ",
            "file stays as it is, to the byte. When there is nothing to remove, the file ",
            "is not touched.\n",
            "\n",
            "The file is edited under the lock that cargo itself takes, so both may run ",
            "at the same time.\n",
            "\n",
            "Removing a token does not revoke it: who has a copy can still use it. To ",
            "revoke it, visit the registry's website, for crates.io ",
            "https://crates.io/me.\n",
            "\n",
            "Cargo may find a token elsewhere too: in the variables ",
            "`CARGO_REGISTRY_TOKEN` and `CARGO_REGISTRIES_NAME_TOKEN`, in its ",
            "configuration, or by a credential provider. Such a token is not removed; it ",
            "is named, and the exit status is 3.\n",
            "\n",
            "This command may destroy what can't be brought back.",
        ));
        OutputOptions::define(&mut define);
        ConfirmOptions::define(&mut define);
        define.requires("json", "force");
        define.requires("pretty-json", "force");
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    registry: text\n",
                "        Name of the registry. At least 1 character.\n",
                "    file: text\n",
                "        Path of the file in which cargo keeps tokens.\n",
                "    removed: true or false\n",
                "        Whether a token was removed from it.\n",
                "    remaining: list of objects\n",
                "        What else gives cargo a token of this registry.\n",
                "      environment: object whose `source` is `environment`\n",
                "          A variable.\n",
                "        name: text\n",
                "            The variable.\n",
                "      config: object whose `source` is `config`\n",
                "          Cargo's configuration.\n",
                "        file: text\n",
                "            The file that holds the token.\n",
                "      alias: object whose `source` is `alias`\n",
                "          The same registry under another name.\n",
                "        name: text\n",
                "            The other name.\n",
                "        file: text\n",
                "            The file that holds the token.\n",
                "      credential-provider: object whose `source` is `credential-provider`\n",
                "          A program that cargo asks.\n",
                "        name: text\n",
                "            The program.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Remove the token of crates.io:\n",
                "      authctl cargo logout\n",
                "\n",
                "  Remove the token of one registry, without being asked:\n",
                "      authctl cargo logout --registry my-registry --force\n",
                "\n",
                "  The same from a script that reads the result:\n",
                "      authctl cargo logout --registry my-registry --force --json",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The token is removed, there was none, or you answered no\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right\n",
                "    3  Cargo still finds a token in a place that this command does not edit",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            yes: Some("force"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let question = match console.question("--force") {
            Ok(question) => CargoLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.cargo_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            registry: values.string("registry"),
            config: values.strings("config"),
            output: OutputOptions::take(values),
            confirm: ConfirmOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl cargo logout` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoLogoutExit {
    /// 0: The token is removed, there was none, or you answered no
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right
    Usage,
    /// 3: Cargo still finds a token in a place that this command does not edit
    StillSignedIn,
}

impl Exit for CargoLogoutExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            3 => Self::StillSignedIn,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::StillSignedIn => 3,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::StillSignedIn => "still-signed-in",
        }
    }
}

impl From<AuthctlExit> for CargoLogoutExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// What `authctl cargo logout` asks before it does anything.
#[derive(Debug)]
pub struct CargoLogoutQuestion(clapspec_runtime::Question);

impl CargoLogoutQuestion {
    /// Asks ``Remove the token of `<registry>`?``
    ///
    /// It comes back with a yes alone: after a no, return the failure. Nobody is asked where the
    /// command line has the answer.
    pub fn ask(self, registry: impl std::fmt::Display) -> Result<(), Failure<CargoLogoutExit>> {
        let Self(mut question) = self;
        question.text("Remove the token of `");
        question.value(&registry);
        question.text("`?");
        question.ask().map(drop)
    }
}

/// The output of `authctl cargo logout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoLogoutOutput {
    /// `registry`: Name of the registry
    pub registry: String,
    /// `file`: Path of the file in which cargo keeps tokens
    pub file: String,
    /// `removed`: Whether a token was removed from it
    pub removed: bool,
    /// `remaining`: What else gives cargo a token of this registry
    pub remaining: Vec<CargoLogoutOutputRemainingEntry>,
}

impl Serialize for CargoLogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("registry", &self.registry)?;
        object.member("file", &self.file)?;
        object.member("removed", &self.removed)?;
        object.member("remaining", &self.remaining)?;
        object.end()
    }
}

impl clapspec_runtime::Output for CargoLogoutOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["registry","file","removed","remaining"],"properties":{"registry":{
"description":"Name of the registry","type":"string","minLength":1},"file":{
"description":"Path of the file in which cargo keeps tokens","type":"string"},"removed":{
"description":"Whether a token was removed from it","type":"boolean"},"remaining":{
"description":"What else gives cargo a token of this registry","type":"array","items":{"oneOf":[{
"description":"A variable","type":"object","required":["source","name"],"properties":{"source":{
"const":"environment"},"name":{"description":"The variable","type":"string"}}},{
"description":"Cargo's configuration","type":"object","required":["source","file"],"properties":{
"source":{"const":"config"},"file":{"description":"The file that holds the token",
"type":"string"}}},{"description":"The same registry under another name","type":"object",
"required":["source","name","file"],"properties":{"source":{"const":"alias"},"name":{
"description":"The other name","type":"string"},"file":{
"description":"The file that holds the token","type":"string"}}},{
"description":"A program that cargo asks","type":"object","required":["source","name"],
"properties":{"source":{"const":"credential-provider"},"name":{"description":"The program",
"type":"string"}}}]}}}}"#;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)]
pub enum CargoLogoutOutputRemainingEntry {
    /// A variable
    Environment {
        /// `name`: The variable
        name: String,
    },
    /// Cargo's configuration
    Config {
        /// `file`: The file that holds the token
        file: String,
    },
    /// The same registry under another name
    Alias {
        /// `name`: The other name
        name: String,
        /// `file`: The file that holds the token
        file: String,
    },
    /// A program that cargo asks
    CredentialProvider {
        /// `name`: The program
        name: String,
    },
}

impl Serialize for CargoLogoutOutputRemainingEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        match self {
            Self::Environment { name } => {
                object.member("source", &"environment")?;
                object.member("name", name)?;
            }
            Self::Config { file } => {
                object.member("source", &"config")?;
                object.member("file", file)?;
            }
            Self::Alias { name, file } => {
                object.member("source", &"alias")?;
                object.member("name", name)?;
                object.member("file", file)?;
            }
            Self::CredentialProvider { name } => {
                object.member("source", &"credential-provider")?;
                object.member("name", name)?;
            }
        }
        object.end()
    }
}

/// The options of the set `confirm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmOptions {
    /// `--force`: Do not ask before something is removed
    pub force: bool,
}

impl ConfirmOptions {
    fn define(define: &mut Define) {
        define.heading(None);
        define
            .switch("force", "Do not ask before something is removed")
            .long_help(concat!(
                "Do not ask before something is removed\n",
                "\n",
                "On a terminal the question is skipped. Elsewhere nobody can be asked, and ",
                "without this option nothing is removed.",
            ));
    }

    fn take(values: &mut Values) -> Self {
        Self {
            force: values.switch("force"),
        }
    }
}

/// The options of the set `display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayOptions {
    /// `--verbose`: Say what is done
    pub verbose: Configured<u8>,
    /// `--quiet`: Say nothing but errors and warnings
    pub quiet: Configured<bool>,
    /// `--color`: When messages are coloured
    pub color: Configured<DisplayColor>,
}

impl DisplayOptions {
    fn define(define: &mut Define) {
        define.heading(Some("Display options"));
        define
            .count("verbose", "Say what is done")
            .short('v')
            .long_help(concat!(
                "Say what is done\n",
                "\n",
                "Once, say which registry and which file is meant, and why. Twice, also name ",
                "every file and variable that was looked at.",
            ))
            .config("term.verbose")
            .conflicts("quiet");
        define
            .switch("quiet", "Say nothing but errors and warnings")
            .short('q')
            .config("term.quiet");
        define
            .option("color", "WHEN", "When messages are coloured")
            .long_help(concat!(
                "When messages are coloured\n",
                "\n",
                "With `auto`, the variables `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are ",
                "obeyed too.",
            ))
            .choice("auto", "Use colour when the terminal shows it")
            .choice("always", "Always use colour")
            .choice("never", "Never use colour")
            .default("auto")
            .env("AUTHCTL_COLOR")
            .config("term.color");
    }

    fn take(values: &mut Values) -> Self {
        Self {
            verbose: Configured {
                origin: values.origin(&CONFIG, "term.verbose"),
                value: values.count("verbose", 2),
            },
            quiet: Configured {
                origin: values.origin(&CONFIG, "term.quiet"),
                value: values.switch("quiet"),
            },
            color: Configured {
                origin: values.origin(&CONFIG, "term.color"),
                value: values.required_choice("color"),
            },
        }
    }
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayColor {
    /// `auto`: Use colour when the terminal shows it
    Auto,
    /// `always`: Always use colour
    Always,
    /// `never`: Never use colour
    Never,
}

impl Choice for DisplayColor {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "auto" => Self::Auto,
            "always" => Self::Always,
            "never" => Self::Never,
            _ => return None,
        };
        Some(choice)
    }
}

/// The options of the set `output`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputOptions {
    /// `--json`: Print the result as one line of JSON
    pub json: bool,
    /// `--pretty-json`: Print the result as indented JSON
    pub pretty_json: bool,
}

impl OutputOptions {
    fn define(define: &mut Define) {
        define.heading(Some("Output options"));
        define
            .switch("json", "Print the result as one line of JSON")
            .conflicts("pretty-json");
        define.switch("pretty-json", "Print the result as indented JSON");
    }

    fn take(values: &mut Values) -> Self {
        Self {
            json: values.switch("json"),
            pretty_json: values.switch("pretty-json"),
        }
    }
}
