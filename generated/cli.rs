// Made by clapspec from the program's spec. To change it, change the spec.

use clapspec_runtime::clap::Command;
use clapspec_runtime::output::Object;
use clapspec_runtime::serde::{Serialize, Serializer};
use clapspec_runtime::{Choice, Configured, Contract, Define, Ended, Exit, Failure, Roles, Values};
use std::process::ExitCode;
use std::sync::LazyLock;

/// What the program does: a method for each command.
pub trait Handlers {
    /// `authctl ably accounts current`: Show the current account of Ably
    fn ably_accounts_current(
        &mut self,
        args: AblyAccountsCurrentArgs,
    ) -> Ended<AblyAccountsCurrentExit, AblyAccountsCurrentOutput>;

    /// `authctl ably accounts list`: List the accounts on this machine
    fn ably_accounts_list(
        &mut self,
        args: AblyAccountsListArgs,
    ) -> Ended<AblyAccountsListExit, AblyAccountsListOutput>;

    /// `authctl ably accounts logout`: Log out from an Ably account
    fn ably_accounts_logout(
        &mut self,
        args: AblyAccountsLogoutArgs,
        question: AblyAccountsLogoutQuestion,
    ) -> Ended<AblyAccountsLogoutExit, AblyAccountsLogoutOutput>;

    /// `authctl ably accounts switch`: Make another account the current one
    fn ably_accounts_switch(
        &mut self,
        args: AblyAccountsSwitchArgs,
    ) -> Ended<AblyAccountsSwitchExit, AblyAccountsSwitchOutput>;

    /// `authctl btp logout`: Log out from SAP BTP
    fn btp_logout(
        &mut self,
        args: BtpLogoutArgs,
        question: BtpLogoutQuestion,
    ) -> Ended<BtpLogoutExit, BtpLogoutOutput>;

    /// `authctl btp status`: Show who is signed in to SAP BTP, and where
    fn btp_status(&mut self, args: BtpStatusArgs) -> Ended<BtpStatusExit, BtpStatusOutput>;

    /// `authctl cargo login`: Keep a registry's token on this machine
    fn cargo_login(&mut self, args: CargoLoginArgs) -> Ended<CargoLoginExit>;

    /// `authctl cargo logout`: Remove a registry's token from this machine
    fn cargo_logout(
        &mut self,
        args: CargoLogoutArgs,
        question: CargoLogoutQuestion,
    ) -> Ended<CargoLogoutExit, CargoLogoutOutput>;

    /// `authctl cargo status`: Show which registries have a token on this machine
    fn cargo_status(&mut self, args: CargoStatusArgs) -> Ended<CargoStatusExit, CargoStatusOutput>;

    /// `authctl logout`: Sign out of several systems at once
    fn logout(
        &mut self,
        args: LogoutArgs,
        question: LogoutQuestion,
    ) -> Ended<LogoutExit, LogoutOutput>;

    /// `authctl status`: Show where this machine is signed in
    fn status(&mut self, args: StatusArgs) -> Ended<StatusExit, StatusOutput>;
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
        "ably" => dispatch_ably(handlers, &mut below),
        "btp" => dispatch_btp(handlers, &mut below),
        "cargo" => dispatch_cargo(handlers, &mut below),
        "logout" => LogoutArgs::handle(handlers, &mut below),
        "status" => StatusArgs::handle(handlers, &mut below),
        "config" => dispatch_config(&mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

fn dispatch_ably<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "accounts" => dispatch_ably_accounts(handlers, &mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

fn dispatch_ably_accounts<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "current" => AblyAccountsCurrentArgs::handle(handlers, &mut below),
        "list" => AblyAccountsListArgs::handle(handlers, &mut below),
        "logout" => AblyAccountsLogoutArgs::handle(handlers, &mut below),
        "switch" => AblyAccountsSwitchArgs::handle(handlers, &mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

fn dispatch_btp<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "logout" => BtpLogoutArgs::handle(handlers, &mut below),
        "status" => BtpStatusArgs::handle(handlers, &mut below),
        _ => clapspec_runtime::unknown_command(&name),
    }
}

fn dispatch_cargo<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
    let (name, mut below) = values.subcommand();
    match name.as_str() {
        "login" => CargoLoginArgs::handle(handlers, &mut below),
        "logout" => CargoLogoutArgs::handle(handlers, &mut below),
        "status" => CargoStatusArgs::handle(handlers, &mut below),
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
            "Print no messages but errors and warnings, besides the result",
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
    define.long_about(concat!(
        "See and end the sessions that developer tools keep on this machine\n",
        "\n",
        "authctl knows cargo, Ably and SAP btp. `authctl status` shows where this ",
        "machine is signed in, `authctl logout` signs out of whole systems, and each ",
        "system has commands of its own, called as its own tool calls them.\n",
        "\n",
        "It works on the files of these tools and does not run them, so they need ",
        "not be installed. No token is ever shown. `authctl help files` says how ",
        "files are changed.",
    ));
    define.global();
    DisplayOptions::define(&mut define);
    define.subcommand(
        "status",
        "Show where this machine is signed in",
        StatusArgs::define,
    );
    define.subcommand(
        "logout",
        "Sign out of several systems at once",
        LogoutArgs::define,
    );
    define.subcommand(
        "cargo",
        "Sessions of cargo, Rust's package manager",
        define_cargo,
    );
    define.subcommand(
        "ably",
        "Sessions of Ably, the realtime messaging service",
        define_ably,
    );
    define.subcommand(
        "btp",
        "Session of btp, the command line of SAP BTP",
        define_btp,
    );
    define.subcommand("config", "Show and change settings", define_config);
    define.section(
        "Examples",
        concat!(
            "  See where this machine is signed in:\n",
            "      authctl status\n",
            "\n",
            "  Sign out everywhere:\n",
            "      authctl logout --all",
        ),
    );
    define.topic(
        "files",
        concat!(
            "How authctl changes files of other programs\n",
            "\n",
            "The files belong to cargo, Ably and btp. authctl changes what a command is ",
            "for and keeps the rest to the byte: comments, order, keys that it does not ",
            "know, line ends, a byte order mark. Commands that only show something write ",
            "nothing.\n",
            "\n",
            "Steps:\n",
            "\n",
            "1. The file is read and looked through. A mistake in it ends the command, ",
            "with the file, the place or the key in the message, and nothing is changed.\n",
            "2. The question is asked. No lock is held while you think.\n",
            "3. Tokens are revoked where the system can do that, which is Ably alone.\n",
            "4. The file is locked and read again, so that what others wrote meanwhile ",
            "is kept.\n",
            "5. It is written.\n",
            "\n",
            "Locks:\n",
            "\n",
            "The lock is an exclusive `flock` on the file itself. Cargo takes the same ",
            "one: whoever is second waits, and authctl says that it does, unless ",
            "`--quiet` is given. It waits as long as the other has the lock; Ctrl-C ends ",
            "that, and nothing is changed. The Ably CLI and btp take none, so don't run ",
            "them at the very moment at which authctl writes. Two runs of authctl never ",
            "lose each other's changes. Where the file system has no locks, authctl goes ",
            "on without.\n",
            "\n",
            "Writing:\n",
            "\n",
            "Cargo's file is written in place, since a cargo that waits for the lock ",
            "would go on with the old file if another took its name. A write that a kill ",
            "could tear leaves a backup beside the file until it is done, ",
            "`credentials.toml.authctl-backup`; the next run takes a torn write back.\n",
            "\n",
            "Ably's and btp's files are replaced as a whole. The new text is on the disk ",
            "before it gets the name, so readers find the old file or the new one. A ",
            "kill may leave a file that ends in `.authctl-new`; the next run removes it.\n",
            "\n",
            "Rights:\n",
            "\n",
            "A file that is written can afterwards be read by its owner alone (mode ",
            "0600), and its owner stays. Links are followed and stay links. A file of ",
            "another user is not replaced, unless root runs authctl. What is larger than ",
            "16 MiB, or not UTF-8, is refused.\n",
            "\n",
            "Tokens:\n",
            "\n",
            "No message, no result and no log has a token, also with `-vv`. Nor has a ",
            "core: authctl asks the system not to write one.",
        ),
    );
    define.section(
        "Topics",
        concat!(
            "  files  How authctl changes files of other programs\n",
            "\n",
            "  authctl help TOPIC shows one",
        ),
    );
    define.finish()
}

/// `authctl ably`
fn define_ably(command: Command) -> Command {
    let mut define = Define::command(command);
    define.subcommand(
        "accounts",
        "Accounts that the Ably CLI has on this machine",
        define_ably_accounts,
    );
    define.finish()
}

/// `authctl ably accounts`
fn define_ably_accounts(command: Command) -> Command {
    let mut define = Define::command(command);
    define.subcommand(
        "current",
        "Show the current account of Ably",
        AblyAccountsCurrentArgs::define,
    );
    define.subcommand(
        "list",
        "List the accounts on this machine",
        AblyAccountsListArgs::define,
    );
    define.subcommand(
        "logout",
        "Log out from an Ably account",
        AblyAccountsLogoutArgs::define,
    );
    define.subcommand(
        "switch",
        "Make another account the current one",
        AblyAccountsSwitchArgs::define,
    );
    define.finish()
}

/// `authctl btp`
fn define_btp(command: Command) -> Command {
    let mut define = Define::command(command);
    define.global();
    define
        .option(
            "config",
            "PATH",
            "btp's configuration file, or the folder that it is in",
        )
        .long_help(concat!(
            "btp's configuration file, or the folder that it is in\n",
            "\n",
            "As btp's own `--config`, which has to be given with each command when it ",
            "was given at the login. A folder, also one that ends in a slash and is not ",
            "there, means `config.json` in it.",
        ))
        .path();
    define.subcommand("logout", "Log out from SAP BTP", BtpLogoutArgs::define);
    define.subcommand(
        "status",
        "Show who is signed in to SAP BTP, and where",
        BtpStatusArgs::define,
    );
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
            "One of the registries that cargo's own configuration files define. Without ",
            "it, the default registry: the one that cargo's key `registry.default` ",
            "names, or else `crates-io`, which is https://crates.io/.",
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
            "As cargo's own `--config`: a setting in TOML's syntax, such as ",
            "`registry.default=\"my-registry\"`, or the path of one more configuration ",
            "file. It may be given several times: later ones win over earlier ones, and ",
            "all over files and variables.",
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
    define.subcommand(
        "status",
        "Show which registries have a token on this machine",
        CargoStatusArgs::define,
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
            "    2  The command line is not right, or nobody could be asked",
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
            "    2  The command line is not right, or nobody could be asked",
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
            "    2  The command line is not right, or nobody could be asked",
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
            "    2  The command line is not right, or nobody could be asked",
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
    /// 2: The command line is not right, or nobody could be asked
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

/// What `authctl ably accounts current` was called with: Show the current account of Ably
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsCurrentArgs {
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl AblyAccountsCurrentArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Show the current account of Ably\n",
            "\n",
            "The one that Ably's commands use when no other is named, as it stands in ",
            "the file. No server is contacted, so its name and user may have changed ",
            "there (`ably accounts current` asks). No token is shown.\n",
            "\n",
            "This command changes nothing.",
        ));
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    file: text\n",
                "        Path of Ably's configuration file.\n",
                "    alias: text\n",
                "        Name of the account on this machine.\n",
                "    id: text, may be missing\n",
                "        ID of the account, where it is known.\n",
                "    name: text, may be missing\n",
                "        Name of the account, where it is known.\n",
                "    user: text, may be missing\n",
                "        Mail address of the user, where it is known.\n",
                "    method: `token` or `oauth`\n",
                "        How it is signed in.\n",
                "    host: text, may be missing\n",
                "        Host at which it was signed in, where that is known.\n",
                "    expires: text, may be missing\n",
                "        When its access token ends. In the format `date-time`.\n",
                "    renews: true or false, may be missing\n",
                "        Whether the Ably CLI renews the access token by itself.\n",
                "    shared: list of texts, may be missing\n",
                "        Aliases of other accounts with the same session.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Show the alias in a script:\n",
                "      authctl ably accounts current --json | jq -r .alias",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  Done, or there was nothing to do\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    5  No account is selected, or the file does not have it",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.ably_accounts_current(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl ably accounts current` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsCurrentExit {
    /// 0: Done, or there was nothing to do
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: No account is selected, or the file does not have it
    UnknownAccount,
}

impl Exit for AblyAccountsCurrentExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            5 => Self::UnknownAccount,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::UnknownAccount => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownAccount => "unknown-account",
        }
    }
}

impl From<AuthctlExit> for AblyAccountsCurrentExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// The output of `authctl ably accounts current`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsCurrentOutput {
    /// `file`: Path of Ably's configuration file
    pub file: String,
    /// `alias`: Name of the account on this machine
    pub alias: String,
    /// `id`: ID of the account, where it is known
    pub id: Option<String>,
    /// `name`: Name of the account, where it is known
    pub name: Option<String>,
    /// `user`: Mail address of the user, where it is known
    pub user: Option<String>,
    /// `method`: How it is signed in
    pub method: AblyAccountsCurrentOutputMethod,
    /// `host`: Host at which it was signed in, where that is known
    pub host: Option<String>,
    /// `expires`: When its access token ends
    pub expires: Option<String>,
    /// `renews`: Whether the Ably CLI renews the access token by itself
    pub renews: Option<bool>,
    /// `shared`: Aliases of other accounts with the same session
    pub shared: Option<Vec<String>>,
}

impl Serialize for AblyAccountsCurrentOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("alias", &self.alias)?;
        object.optional("id", &self.id)?;
        object.optional("name", &self.name)?;
        object.optional("user", &self.user)?;
        object.member("method", &self.method)?;
        object.optional("host", &self.host)?;
        object.optional("expires", &self.expires)?;
        object.optional("renews", &self.renews)?;
        object.optional("shared", &self.shared)?;
        object.end()
    }
}

impl clapspec_runtime::Output for AblyAccountsCurrentOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["file","alias","method"],"properties":{"file":{
"description":"Path of Ably's configuration file","type":"string"},"alias":{
"description":"Name of the account on this machine","type":"string"},"id":{
"description":"ID of the account, where it is known","type":"string"},"name":{
"description":"Name of the account, where it is known","type":"string"},"user":{
"description":"Mail address of the user, where it is known","type":"string"},"method":{
"description":"How it is signed in","enum":["token","oauth"]},"host":{
"description":"Host at which it was signed in, where that is known","type":"string"},"expires":{
"description":"When its access token ends","type":"string","format":"date-time"},"renews":{
"description":"Whether the Ably CLI renews the access token by itself","type":"boolean"},"shared":{
"description":"Aliases of other accounts with the same session","type":"array","items":{
"type":"string"}}}}"#;
}

/// How it is signed in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsCurrentOutputMethod {
    /// `token`
    Token,
    /// `oauth`
    Oauth,
}

impl Serialize for AblyAccountsCurrentOutputMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Token => "token",
            Self::Oauth => "oauth",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl ably accounts list` was called with: List the accounts on this machine
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsListArgs {
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl AblyAccountsListArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "List the accounts on this machine\n",
            "\n",
            "The current account is marked. No server is contacted, and no token is ",
            "shown.\n",
            "\n",
            "This command changes nothing.",
        ));
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    file: text\n",
                "        Path of Ably's configuration file, which need not be there.\n",
                "    accounts: list of `account` values\n",
                "        All accounts, in the order of the file.\n",
                "\n",
                "  `account` is an object with these members:\n",
                "    alias: text\n",
                "        Name of the account on this machine.\n",
                "    current: true or false\n",
                "        Whether it is used when no other is named.\n",
                "    id: text, may be missing\n",
                "        ID of the account, where it is known.\n",
                "    name: text, may be missing\n",
                "        Name of the account, where it is known.\n",
                "    user: text, may be missing\n",
                "        Mail address of the user, where it is known.\n",
                "    method: `token` or `oauth`\n",
                "        How it is signed in.\n",
                "    host: text, may be missing\n",
                "        Host at which it was signed in, where that is known.\n",
                "    expires: text, may be missing\n",
                "        When its access token ends. In the format `date-time`.\n",
                "    renews: true or false, may be missing\n",
                "        Whether the Ably CLI renews the access token by itself.\n",
                "    shared: list of texts, may be missing\n",
                "        Aliases of other accounts with the same session.",
            ),
        );
        define.section(
            "Examples",
            "  List all accounts:\n      authctl ably accounts list",
        );
        define.section(
            "Exit status",
            concat!(
                "    0  All are listed, also when that is none\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.ably_accounts_list(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl ably accounts list` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsListExit {
    /// 0: All are listed, also when that is none
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
}

impl Exit for AblyAccountsListExit {
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

impl From<AuthctlExit> for AblyAccountsListExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// The output of `authctl ably accounts list`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsListOutput {
    /// `file`: Path of Ably's configuration file, which need not be there
    pub file: String,
    /// `accounts`: All accounts, in the order of the file
    pub accounts: Vec<AblyAccountsListOutputAccount>,
}

impl Serialize for AblyAccountsListOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("accounts", &self.accounts)?;
        object.end()
    }
}

impl clapspec_runtime::Output for AblyAccountsListOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["file","accounts"],"properties":{"file":{
"description":"Path of Ably's configuration file, which need not be there","type":"string"},
"accounts":{"description":"All accounts, in the order of the file","type":"array","items":{
"$ref":"#/$defs/account"}}},"$defs":{"account":{"type":"object","required":["alias","current",
"method"],"properties":{"alias":{"description":"Name of the account on this machine",
"type":"string"},"current":{"description":"Whether it is used when no other is named",
"type":"boolean"},"id":{"description":"ID of the account, where it is known","type":"string"},
"name":{"description":"Name of the account, where it is known","type":"string"},"user":{
"description":"Mail address of the user, where it is known","type":"string"},"method":{
"description":"How it is signed in","enum":["token","oauth"]},"host":{
"description":"Host at which it was signed in, where that is known","type":"string"},"expires":{
"description":"When its access token ends","type":"string","format":"date-time"},"renews":{
"description":"Whether the Ably CLI renews the access token by itself","type":"boolean"},"shared":{
"description":"Aliases of other accounts with the same session","type":"array","items":{
"type":"string"}}}}}}"##;
}

/// The definition `account`.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsListOutputAccount {
    /// `alias`: Name of the account on this machine
    pub alias: String,
    /// `current`: Whether it is used when no other is named
    pub current: bool,
    /// `id`: ID of the account, where it is known
    pub id: Option<String>,
    /// `name`: Name of the account, where it is known
    pub name: Option<String>,
    /// `user`: Mail address of the user, where it is known
    pub user: Option<String>,
    /// `method`: How it is signed in
    pub method: AblyAccountsListOutputAccountMethod,
    /// `host`: Host at which it was signed in, where that is known
    pub host: Option<String>,
    /// `expires`: When its access token ends
    pub expires: Option<String>,
    /// `renews`: Whether the Ably CLI renews the access token by itself
    pub renews: Option<bool>,
    /// `shared`: Aliases of other accounts with the same session
    pub shared: Option<Vec<String>>,
}

impl Serialize for AblyAccountsListOutputAccount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("alias", &self.alias)?;
        object.member("current", &self.current)?;
        object.optional("id", &self.id)?;
        object.optional("name", &self.name)?;
        object.optional("user", &self.user)?;
        object.member("method", &self.method)?;
        object.optional("host", &self.host)?;
        object.optional("expires", &self.expires)?;
        object.optional("renews", &self.renews)?;
        object.optional("shared", &self.shared)?;
        object.end()
    }
}

/// How it is signed in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsListOutputAccountMethod {
    /// `token`
    Token,
    /// `oauth`
    Oauth,
}

impl Serialize for AblyAccountsListOutputAccountMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Token => "token",
            Self::Oauth => "oauth",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl ably accounts logout` was called with: Log out from an Ably account
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsLogoutArgs {
    /// `<account>`: Alias or ID of the account; the current one if left out
    pub account: Option<String>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `confirm`.
    pub confirm: ConfirmOptions,
    /// The options of the set `revocation`.
    pub revocation: RevocationOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl AblyAccountsLogoutArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Log out from an Ably account\n",
            "\n",
            "Removes an account from the Ably CLI's configuration: its token, and the ",
            "keys of its apps. All else in the file stays as it is. Without an alias or ",
            "ID, the current account is meant; when it is removed, none is selected ",
            "afterwards. Before anything is removed, you are asked.\n",
            "\n",
            "An account that was signed in with OAuth has an access token and a refresh ",
            "token, which several aliases may share. When the last of them goes, both ",
            "tokens are revoked at the server that issued them, at the same time and for ",
            "at most five seconds. When that does not work, the tokens are removed all ",
            "the same and a warning says that they may be valid until they expire.\n",
            "\n",
            "The token of an account without OAuth is not revoked; that is done at ",
            "https://ably.com/users/access_tokens. To sign in again, use Ably's own ",
            "`ably accounts login`.\n",
            "\n",
            "This command may destroy what can't be brought back.",
        ));
        define
            .argument(
                "account",
                "ALIAS_OR_ID",
                "Alias or ID of the account; the current one if left out",
            )
            .long_help(concat!(
                "Alias or ID of the account; the current one if left out\n",
                "\n",
                "An alias comes before an ID that is the same. Capitals matter.",
            ));
        OutputOptions::define(&mut define);
        ConfirmOptions::define(&mut define);
        RevocationOptions::define(&mut define);
        define.requires("json", "force");
        define.requires("pretty-json", "force");
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    account: text\n",
                "        Alias of the account.\n",
                "    file: text\n",
                "        Path of Ably's configuration file.\n",
                "    removed: true or false\n",
                "        Whether it was removed; not, if it was gone when the file could be ",
                "locked.\n",
                "    revoked: list of `token` values\n",
                "        The tokens that the server took back.\n",
                "    unrevoked: list of objects\n",
                "        The tokens that it did not.\n",
                "      token: `token`\n",
                "      reason: text\n",
                "          Why.\n",
                "    shared: list of texts\n",
                "        Aliases of other accounts with the same session, for which its ",
                "tokens are kept.\n",
                "    remaining: list of texts\n",
                "        Aliases of the accounts that are left.\n",
                "    current: text, may be missing\n",
                "        Alias of the account that is current now, if there is one.\n",
                "\n",
                "  `token` is `access` or `refresh`. One of the two tokens of OAuth.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Log out from the current account:\n",
                "      authctl ably accounts logout\n",
                "\n",
                "  Log out from an account by its alias:\n",
                "      authctl ably accounts logout work\n",
                "\n",
                "  Log out from an account by its ID:\n",
                "      authctl ably accounts logout VgQpOZ\n",
                "\n",
                "  Log out without being asked:\n",
                "      authctl ably accounts logout --force\n",
                "\n",
                "  The same from a script that reads the result:\n",
                "      authctl ably accounts logout --force --json\n",
                "\n",
                "  The same, with the result indented:\n",
                "      authctl ably accounts logout --force --pretty-json",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The account is logged out, or you answered no\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    5  There is no such account, or none is selected",
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
            Ok(question) => AblyAccountsLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.ably_accounts_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            account: values.string("account"),
            output: OutputOptions::take(values),
            confirm: ConfirmOptions::take(values),
            revocation: RevocationOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl ably accounts logout` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsLogoutExit {
    /// 0: The account is logged out, or you answered no
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: There is no such account, or none is selected
    UnknownAccount,
}

impl Exit for AblyAccountsLogoutExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            5 => Self::UnknownAccount,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::UnknownAccount => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownAccount => "unknown-account",
        }
    }
}

impl From<AuthctlExit> for AblyAccountsLogoutExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// What `authctl ably accounts logout` asks before it does anything.
#[derive(Debug)]
pub struct AblyAccountsLogoutQuestion(clapspec_runtime::Question);

impl AblyAccountsLogoutQuestion {
    /// Asks ``Log out from the Ably account `<account>` and remove its tokens and app keys?``
    ///
    /// It comes back with a yes alone: after a no, return the failure. Nobody is asked where the
    /// command line has the answer.
    pub fn ask(
        self,
        account: impl std::fmt::Display,
    ) -> Result<(), Failure<AblyAccountsLogoutExit>> {
        let Self(mut question) = self;
        question.text("Log out from the Ably account `");
        question.value(&account);
        question.text("` and remove its tokens and app keys?");
        question.ask().map(drop)
    }
}

/// The output of `authctl ably accounts logout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsLogoutOutput {
    /// `account`: Alias of the account
    pub account: String,
    /// `file`: Path of Ably's configuration file
    pub file: String,
    /// `removed`: Whether it was removed; not, if it was gone when the file could be locked
    pub removed: bool,
    /// `revoked`: The tokens that the server took back
    pub revoked: Vec<AblyAccountsLogoutOutputToken>,
    /// `unrevoked`: The tokens that it did not
    pub unrevoked: Vec<AblyAccountsLogoutOutputUnrevokedEntry>,
    /// `shared`: Aliases of other accounts with the same session, for which its tokens are kept
    pub shared: Vec<String>,
    /// `remaining`: Aliases of the accounts that are left
    pub remaining: Vec<String>,
    /// `current`: Alias of the account that is current now, if there is one
    pub current: Option<String>,
}

impl Serialize for AblyAccountsLogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("account", &self.account)?;
        object.member("file", &self.file)?;
        object.member("removed", &self.removed)?;
        object.member("revoked", &self.revoked)?;
        object.member("unrevoked", &self.unrevoked)?;
        object.member("shared", &self.shared)?;
        object.member("remaining", &self.remaining)?;
        object.optional("current", &self.current)?;
        object.end()
    }
}

impl clapspec_runtime::Output for AblyAccountsLogoutOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["account","file","removed","revoked","unrevoked","shared","remaining"],
"properties":{"account":{"description":"Alias of the account","type":"string"},"file":{
"description":"Path of Ably's configuration file","type":"string"},"removed":{
"description":"Whether it was removed; not, if it was gone when the file could be locked",
"type":"boolean"},"revoked":{"description":"The tokens that the server took back","type":"array",
"items":{"$ref":"#/$defs/token"}},"unrevoked":{"description":"The tokens that it did not",
"type":"array","items":{"type":"object","required":["token","reason"],"properties":{"token":{
"$ref":"#/$defs/token"},"reason":{"description":"Why","type":"string"}}}},"shared":{
"description":"Aliases of other accounts with the same session, for which its tokens are kept",
"type":"array","items":{"type":"string"}},"remaining":{
"description":"Aliases of the accounts that are left","type":"array","items":{"type":"string"}},
"current":{"description":"Alias of the account that is current now, if there is one",
"type":"string"}},"$defs":{"token":{"description":"One of the two tokens of OAuth","enum":["access",
"refresh"]}}}"##;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsLogoutOutputUnrevokedEntry {
    /// `token`
    pub token: AblyAccountsLogoutOutputToken,
    /// `reason`: Why
    pub reason: String,
}

impl Serialize for AblyAccountsLogoutOutputUnrevokedEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("token", &self.token)?;
        object.member("reason", &self.reason)?;
        object.end()
    }
}

/// One of the two tokens of OAuth
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsLogoutOutputToken {
    /// `access`
    Access,
    /// `refresh`
    Refresh,
}

impl Serialize for AblyAccountsLogoutOutputToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl ably accounts switch` was called with: Make another account the current one
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsSwitchArgs {
    /// `<account>`: Alias or ID of the account
    pub account: String,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl AblyAccountsSwitchArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Make another account the current one\n",
            "\n",
            "From then on, Ably's commands use it when no other is named. No server is ",
            "contacted: whether the account can still be used is not tried.\n",
            "\n",
            "This command makes or changes things.",
        ));
        define
            .argument("account", "ALIAS_OR_ID", "Alias or ID of the account")
            .long_help(concat!(
                "Alias or ID of the account\n",
                "\n",
                "An alias comes before an ID that is the same. Capitals matter.",
            ))
            .required();
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    file: text\n",
                "        Path of Ably's configuration file.\n",
                "    account: text\n",
                "        Alias of the account.\n",
                "    changed: true or false\n",
                "        Whether another account was the current one before.",
            ),
        );
        define.section(
            "Examples",
            "  Use the account with the alias `home`:\n      authctl ably accounts switch home",
        );
        define.section(
            "Exit status",
            concat!(
                "    0  Done, or there was nothing to do\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    5  There is no such account",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.ably_accounts_switch(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            account: values.required_string("account"),
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl ably accounts switch` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsSwitchExit {
    /// 0: Done, or there was nothing to do
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: There is no such account
    UnknownAccount,
}

impl Exit for AblyAccountsSwitchExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            5 => Self::UnknownAccount,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::UnknownAccount => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownAccount => "unknown-account",
        }
    }
}

impl From<AuthctlExit> for AblyAccountsSwitchExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// The output of `authctl ably accounts switch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsSwitchOutput {
    /// `file`: Path of Ably's configuration file
    pub file: String,
    /// `account`: Alias of the account
    pub account: String,
    /// `changed`: Whether another account was the current one before
    pub changed: bool,
}

impl Serialize for AblyAccountsSwitchOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("account", &self.account)?;
        object.member("changed", &self.changed)?;
        object.end()
    }
}

impl clapspec_runtime::Output for AblyAccountsSwitchOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["file","account","changed"],"properties":{"file":{
"description":"Path of Ably's configuration file","type":"string"},"account":{
"description":"Alias of the account","type":"string"},"changed":{
"description":"Whether another account was the current one before","type":"boolean"}}}"#;
}

/// What `authctl btp logout` was called with: Log out from SAP BTP
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpLogoutArgs {
    /// `--config`: btp's configuration file, or the folder that it is in
    pub config: Option<std::path::PathBuf>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `confirm`.
    pub confirm: ConfirmOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl BtpLogoutArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Log out from SAP BTP\n",
            "\n",
            "Ends your session with the server that btp is configured for, and removes ",
            "all user-specific data from btp's configuration file. This is for when you ",
            "are done with btp and want your credentials off this machine at once. The ",
            "server's address, btp's settings and all else stay. No server is contacted.\n",
            "\n",
            "At the next login, btp proposes the server alone: you have to type the ",
            "subdomain of the global account and your user again. Without a logout, the ",
            "credentials expire 24 hours after the last command, and the next login ",
            "proposes your subdomain and user.\n",
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
                "    file: text\n",
                "        Path of btp's configuration file, which need not be there.\n",
                "    removed: true or false\n",
                "        Whether there was something to remove.\n",
                "    user: text, may be missing\n",
                "        The user that was signed in, where that was known.\n",
                "    session_file: text, may be missing\n",
                "        Path of the file that held the session and is removed.\n",
                "    server: text, may be missing\n",
                "        Server that a next login proposes.\n",
                "    left: text, may be missing\n",
                "        Where a session is left, and why.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Log out:\n",
                "      authctl btp logout\n",
                "\n",
                "  The same for a configuration elsewhere:\n",
                "      authctl btp logout --config ~/team/btp\n",
                "\n",
                "  The same from a script that reads the result:\n",
                "      authctl btp logout --force --json",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  The user is logged out, nobody was signed in, or you answered no\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    3  The session is left, in a file or in the keychain of macOS; the ",
                "message says where",
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
            Ok(question) => BtpLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.btp_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            config: values.path("config"),
            output: OutputOptions::take(values),
            confirm: ConfirmOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl btp logout` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpLogoutExit {
    /// 0: The user is logged out, nobody was signed in, or you answered no
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 3: The session is left, in a file or in the keychain of macOS; the message says where
    StillSignedIn,
}

impl Exit for BtpLogoutExit {
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

impl From<AuthctlExit> for BtpLogoutExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// What `authctl btp logout` asks before it does anything.
#[derive(Debug)]
pub struct BtpLogoutQuestion(clapspec_runtime::Question);

impl BtpLogoutQuestion {
    /// Asks `Log out from SAP BTP and remove the user data from <config>?`
    ///
    /// It comes back with a yes alone: after a no, return the failure. Nobody is asked where the
    /// command line has the answer.
    pub fn ask(self, config: impl std::fmt::Display) -> Result<(), Failure<BtpLogoutExit>> {
        let Self(mut question) = self;
        question.text("Log out from SAP BTP and remove the user data from ");
        question.value(&config);
        question.text("?");
        question.ask().map(drop)
    }
}

/// The output of `authctl btp logout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpLogoutOutput {
    /// `file`: Path of btp's configuration file, which need not be there
    pub file: String,
    /// `removed`: Whether there was something to remove
    pub removed: bool,
    /// `user`: The user that was signed in, where that was known
    pub user: Option<String>,
    /// `session_file`: Path of the file that held the session and is removed
    pub session_file: Option<String>,
    /// `server`: Server that a next login proposes
    pub server: Option<String>,
    /// `left`: Where a session is left, and why
    pub left: Option<String>,
}

impl Serialize for BtpLogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("removed", &self.removed)?;
        object.optional("user", &self.user)?;
        object.optional("session_file", &self.session_file)?;
        object.optional("server", &self.server)?;
        object.optional("left", &self.left)?;
        object.end()
    }
}

impl clapspec_runtime::Output for BtpLogoutOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["file","removed"],"properties":{"file":{
"description":"Path of btp's configuration file, which need not be there","type":"string"},
"removed":{"description":"Whether there was something to remove","type":"boolean"},"user":{
"description":"The user that was signed in, where that was known","type":"string"},"session_file":{
"description":"Path of the file that held the session and is removed","type":"string"},"server":{
"description":"Server that a next login proposes","type":"string"},"left":{
"description":"Where a session is left, and why","type":"string"}}}"#;
}

/// What `authctl btp status` was called with: Show who is signed in to SAP BTP, and where
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpStatusArgs {
    /// `--config`: btp's configuration file, or the folder that it is in
    pub config: Option<std::path::PathBuf>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl BtpStatusArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Show who is signed in to SAP BTP, and where\n",
            "\n",
            "Shows what btp's files say: whether there is a session, and what the next ",
            "login proposes. User data without a session signs nobody in. No server is ",
            "contacted, and no token is shown.\n",
            "\n",
            "This command changes nothing.",
        ));
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    file: text\n",
                "        Path of btp's configuration file, which need not be there.\n",
                "    signed_in: true or false\n",
                "        Whether there is a session, which may have ended; on macOS, whether ",
                "the keychain may have one.\n",
                "    user_data: true or false\n",
                "        Whether the configuration file holds user data.\n",
                "    session_file: text, may be missing\n",
                "        Path of the file that holds the session.\n",
                "    server: text, may be missing\n",
                "        Server that a next login proposes.\n",
                "    subdomain: text, may be missing\n",
                "        Subdomain of the global account that a next login proposes.\n",
                "    user: text, may be missing\n",
                "        User that a next login proposes, or the address of the user.\n",
                "    since: text, may be missing\n",
                "        When the session was last written: it is at least that old. In the ",
                "format `date-time`.\n",
                "    until: text, may be missing\n",
                "        When it ends at the latest: 24 hours after the last command. In the ",
                "format `date-time`.\n",
                "    version: text, may be missing\n",
                "        The release of btp that wrote the file.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Show who is signed in:\n",
                "      authctl btp status\n",
                "\n",
                "  The same for a configuration elsewhere:\n",
                "      authctl btp status --config ~/team/btp",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  All is shown, also when nobody is signed in\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.btp_status(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            config: values.path("config"),
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl btp status` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpStatusExit {
    /// 0: All is shown, also when nobody is signed in
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
}

impl Exit for BtpStatusExit {
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

impl From<AuthctlExit> for BtpStatusExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// The output of `authctl btp status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpStatusOutput {
    /// `file`: Path of btp's configuration file, which need not be there
    pub file: String,
    /// `signed_in`: Whether there is a session, which may have ended; on macOS, whether the keychain may have one
    pub signed_in: bool,
    /// `user_data`: Whether the configuration file holds user data
    pub user_data: bool,
    /// `session_file`: Path of the file that holds the session
    pub session_file: Option<String>,
    /// `server`: Server that a next login proposes
    pub server: Option<String>,
    /// `subdomain`: Subdomain of the global account that a next login proposes
    pub subdomain: Option<String>,
    /// `user`: User that a next login proposes, or the address of the user
    pub user: Option<String>,
    /// `since`: When the session was last written: it is at least that old
    pub since: Option<String>,
    /// `until`: When it ends at the latest: 24 hours after the last command
    pub until: Option<String>,
    /// `version`: The release of btp that wrote the file
    pub version: Option<String>,
}

impl Serialize for BtpStatusOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("signed_in", &self.signed_in)?;
        object.member("user_data", &self.user_data)?;
        object.optional("session_file", &self.session_file)?;
        object.optional("server", &self.server)?;
        object.optional("subdomain", &self.subdomain)?;
        object.optional("user", &self.user)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("version", &self.version)?;
        object.end()
    }
}

impl clapspec_runtime::Output for BtpStatusOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["file","signed_in","user_data"],"properties":{"file":{
"description":"Path of btp's configuration file, which need not be there","type":"string"},
"signed_in":{
"description":"Whether there is a session, which may have ended; on macOS, whether the keychain may have one",
"type":"boolean"},"user_data":{"description":"Whether the configuration file holds user data",
"type":"boolean"},"session_file":{"description":"Path of the file that holds the session",
"type":"string"},"server":{"description":"Server that a next login proposes","type":"string"},
"subdomain":{"description":"Subdomain of the global account that a next login proposes",
"type":"string"},"user":{
"description":"User that a next login proposes, or the address of the user","type":"string"},
"since":{"description":"When the session was last written: it is at least that old","type":"string",
"format":"date-time"},"until":{
"description":"When it ends at the latest: 24 hours after the last command","type":"string",
"format":"date-time"},"version":{"description":"The release of btp that wrote the file",
"type":"string"}}}"#;
}

/// How `authctl cargo` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoExit {
    /// 0: Done, or there was nothing to do
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: No configuration of cargo has the registry
    UnknownRegistry,
}

impl Exit for CargoExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            5 => Self::UnknownRegistry,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::UnknownRegistry => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownRegistry => "unknown-registry",
        }
    }
}

impl From<AuthctlExit> for CargoExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
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
                "    2  The command line is not right, or nobody could be asked\n",
                "    5  No configuration of cargo has the registry\n",
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
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: No configuration of cargo has the registry
    UnknownRegistry,
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
            5 => Self::UnknownRegistry,
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
            Self::UnknownRegistry => 5,
            Self::Interrupted => 130,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownRegistry => "unknown-registry",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<CargoExit> for CargoLoginExit {
    fn from(exit: CargoExit) -> Self {
        match exit {
            CargoExit::Success => Self::Success,
            CargoExit::Failure => Self::Failure,
            CargoExit::Usage => Self::Usage,
            CargoExit::UnknownRegistry => Self::UnknownRegistry,
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
            "Cargo keeps a token for each registry in `$CARGO_HOME/credentials.toml`, ",
            "where `$CARGO_HOME` is `.cargo` in your home folder if it is not set. This ",
            "removes the token of one registry from that file, with its secret key if ",
            "there is one. All else in it stays as it is, to the byte. When there is ",
            "nothing to remove, the file is not touched. Without `--registry`, the ",
            "default registry is meant.\n",
            "\n",
            "Removing a token does not revoke it: who has a copy can still use it. To ",
            "revoke it, go to the website of the registry and do as it says there; for ",
            "crates.io that is https://crates.io/me.\n",
            "\n",
            "Cargo may find a token elsewhere too: in the variables ",
            "`CARGO_REGISTRY_TOKEN` and `CARGO_REGISTRIES_NAME_TOKEN`, in its ",
            "configuration, or by a credential provider. Such a token is not removed; it ",
            "is named, and the exit status is 3.\n",
            "\n",
            "No server is contacted. The file is edited under the lock that cargo itself ",
            "takes, so both may run at the same time.\n",
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
                "  Remove the token of the default registry:\n",
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
                "    2  The command line is not right, or nobody could be asked\n",
                "    3  Cargo still finds a token in a place that this command does not edit\n",
                "    5  No configuration of cargo has the registry",
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
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 3: Cargo still finds a token in a place that this command does not edit
    StillSignedIn,
    /// 5: No configuration of cargo has the registry
    UnknownRegistry,
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
            5 => Self::UnknownRegistry,
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
            Self::UnknownRegistry => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::StillSignedIn => "still-signed-in",
            Self::UnknownRegistry => "unknown-registry",
        }
    }
}

impl From<CargoExit> for CargoLogoutExit {
    fn from(exit: CargoExit) -> Self {
        match exit {
            CargoExit::Success => Self::Success,
            CargoExit::Failure => Self::Failure,
            CargoExit::Usage => Self::Usage,
            CargoExit::UnknownRegistry => Self::UnknownRegistry,
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

/// What `authctl cargo status` was called with: Show which registries have a token on this machine
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoStatusArgs {
    /// `--registry`: Registry that is meant
    pub registry: Option<String>,
    /// `--config`: Use this cargo setting, or the settings in this file
    pub config: Vec<String>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl CargoStatusArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Show which registries have a token on this machine\n",
            "\n",
            "Looks at all places in which cargo finds tokens. No registry is contacted, ",
            "and no token is shown. With `--registry`, at that registry alone.\n",
            "\n",
            "This command changes nothing.",
        ));
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    file: text\n",
                "        Path of the file in which cargo keeps tokens, which need not be ",
                "there.\n",
                "    default: text\n",
                "        The registry that cargo uses when none is named.\n",
                "    sessions: list of objects\n",
                "        All places that give cargo a token, by registry.\n",
                "      registry: text\n",
                "          Name of the registry.\n",
                "      source: `file`, `environment` or `credential-provider`\n",
                "          What kind of place it is.\n",
                "      place: text\n",
                "          The path of the file, or the name of the variable or program.\n",
                "      since: text, may be missing\n",
                "          When the file was last written: the token is at least that old. ",
                "In the format `date-time`.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Show all registries with a token:\n",
                "      authctl cargo status\n",
                "\n",
                "  Ask for one registry in a script:\n",
                "      authctl cargo status --registry my-registry --json",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  All is shown, also when that is nothing\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    5  No configuration of cargo has the registry",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.cargo_status(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            registry: values.string("registry"),
            config: values.strings("config"),
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl cargo status` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoStatusExit {
    /// 0: All is shown, also when that is nothing
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 5: No configuration of cargo has the registry
    UnknownRegistry,
}

impl Exit for CargoStatusExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            5 => Self::UnknownRegistry,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::UnknownRegistry => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::UnknownRegistry => "unknown-registry",
        }
    }
}

impl From<CargoExit> for CargoStatusExit {
    fn from(exit: CargoExit) -> Self {
        match exit {
            CargoExit::Success => Self::Success,
            CargoExit::Failure => Self::Failure,
            CargoExit::Usage => Self::Usage,
            CargoExit::UnknownRegistry => Self::UnknownRegistry,
        }
    }
}

/// The output of `authctl cargo status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoStatusOutput {
    /// `file`: Path of the file in which cargo keeps tokens, which need not be there
    pub file: String,
    /// `default`: The registry that cargo uses when none is named
    pub default: String,
    /// `sessions`: All places that give cargo a token, by registry
    pub sessions: Vec<CargoStatusOutputSessionsEntry>,
}

impl Serialize for CargoStatusOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("default", &self.default)?;
        object.member("sessions", &self.sessions)?;
        object.end()
    }
}

impl clapspec_runtime::Output for CargoStatusOutput {
    const SCHEMA: &'static str = r#"
{"type":"object","required":["file","default","sessions"],"properties":{"file":{
"description":"Path of the file in which cargo keeps tokens, which need not be there",
"type":"string"},"default":{"description":"The registry that cargo uses when none is named",
"type":"string"},"sessions":{"description":"All places that give cargo a token, by registry",
"type":"array","items":{"type":"object","required":["registry","source","place"],"properties":{
"registry":{"description":"Name of the registry","type":"string"},"source":{
"description":"What kind of place it is","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"since":{
"description":"When the file was last written: the token is at least that old","type":"string",
"format":"date-time"}}}}}}"#;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoStatusOutputSessionsEntry {
    /// `registry`: Name of the registry
    pub registry: String,
    /// `source`: What kind of place it is
    pub source: CargoStatusOutputSessionsEntrySource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `since`: When the file was last written: the token is at least that old
    pub since: Option<String>,
}

impl Serialize for CargoStatusOutputSessionsEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("registry", &self.registry)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.optional("since", &self.since)?;
        object.end()
    }
}

/// What kind of place it is
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoStatusOutputSessionsEntrySource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for CargoStatusOutputSessionsEntrySource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl logout` was called with: Sign out of several systems at once
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutArgs {
    /// `<system>`: System to sign out of
    pub system: Vec<LogoutSystem>,
    /// `--all`: Sign out of all systems
    pub all: bool,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `confirm`.
    pub confirm: ConfirmOptions,
    /// The options of the set `revocation`.
    pub revocation: RevocationOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl LogoutArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Sign out of several systems at once\n",
            "\n",
            "Does for all accounts of a system what its own command does for one. The ",
            "next is tried when one does not work; what could not be done is named in ",
            "the end, with the reason, and the exit status is 3.\n",
            "\n",
            "The question names all accounts; what is signed in after it is left. Only ",
            "files are changed: a token in a variable, or with a program that cargo ",
            "asks, is left and named.\n",
            "\n",
            "Tokens of Ably are revoked on the way where that can be done. Where it does ",
            "not work they are removed all the same, with a warning.\n",
            "\n",
            "This command may destroy what can't be brought back.",
        ));
        define
            .argument("system", "SYSTEM", "System to sign out of")
            .repeat()
            .choice(
                "cargo",
                "The tokens of all registries, as `authctl cargo logout` removes them",
            )
            .choice(
                "ably",
                "All accounts, as with `authctl ably accounts logout`",
            )
            .choice("btp", "The user, as with `authctl btp logout`")
            .conflicts("all");
        define.switch("all", "Sign out of all systems");
        OutputOptions::define(&mut define);
        ConfirmOptions::define(&mut define);
        RevocationOptions::define(&mut define);
        define.requires("json", "force");
        define.requires("pretty-json", "force");
        define.any_of("group what");
        define.member("group what", "system");
        define.member("group what", "all");
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    removed: list of objects\n",
                "        What is signed out of.\n",
                "      system: `system`\n",
                "      account: `account`\n",
                "      file: text\n",
                "          The file from which it is removed.\n",
                "    left: list of objects\n",
                "        What is not.\n",
                "      system: `system`\n",
                "      account: `account`, may be missing\n",
                "      message: text\n",
                "          Why.\n",
                "    unrevoked: list of objects\n",
                "        Tokens of Ably that are removed here, but that the server may still ",
                "accept.\n",
                "      account: `account`\n",
                "      token: `access` or `refresh`\n",
                "          Which of the two.\n",
                "      reason: text\n",
                "          Why it could not be revoked.\n",
                "\n",
                "  `system` is `cargo`, `ably` or `btp`. The tool that has the session.\n",
                "\n",
                "  `account` is a text. The registry of cargo, the alias of Ably, or the ",
                "user of btp.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  See what there is, and sign out of it:\n",
                "      authctl logout --all\n",
                "\n",
                "  Sign out of two systems:\n",
                "      authctl logout ably btp\n",
                "\n",
                "  Clean a machine from a script:\n",
                "      authctl logout --all --force --json",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  Nothing is left, there was nothing, or you answered no\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    3  Something is left; the message says what and why",
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
            Ok(question) => LogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            system: values.choices("system"),
            all: values.switch("all"),
            output: OutputOptions::take(values),
            confirm: ConfirmOptions::take(values),
            revocation: RevocationOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// The values of `<system>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutSystem {
    /// `cargo`: The tokens of all registries, as `authctl cargo logout` removes them
    Cargo,
    /// `ably`: All accounts, as with `authctl ably accounts logout`
    Ably,
    /// `btp`: The user, as with `authctl btp logout`
    Btp,
}

impl Choice for LogoutSystem {
    fn from_name(name: &str) -> Option<Self> {
        let choice = match name {
            "cargo" => Self::Cargo,
            "ably" => Self::Ably,
            "btp" => Self::Btp,
            _ => return None,
        };
        Some(choice)
    }
}

/// How `authctl logout` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutExit {
    /// 0: Nothing is left, there was nothing, or you answered no
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 3: Something is left; the message says what and why
    StillSignedIn,
}

impl Exit for LogoutExit {
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

impl From<AuthctlExit> for LogoutExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// What `authctl logout` asks before it does anything.
#[derive(Debug)]
pub struct LogoutQuestion(clapspec_runtime::Question);

impl LogoutQuestion {
    /// Asks `Sign out of <system>?`
    ///
    /// It comes back with a yes alone: after a no, return the failure. Nobody is asked where the
    /// command line has the answer.
    pub fn ask(self, system: impl std::fmt::Display) -> Result<(), Failure<LogoutExit>> {
        let Self(mut question) = self;
        question.text("Sign out of ");
        question.value(&system);
        question.text("?");
        question.ask().map(drop)
    }
}

/// The output of `authctl logout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutput {
    /// `removed`: What is signed out of
    pub removed: Vec<LogoutOutputRemovedEntry>,
    /// `left`: What is not
    pub left: Vec<LogoutOutputLeftEntry>,
    /// `unrevoked`: Tokens of Ably that are removed here, but that the server may still accept
    pub unrevoked: Vec<LogoutOutputUnrevokedEntry>,
}

impl Serialize for LogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("removed", &self.removed)?;
        object.member("left", &self.left)?;
        object.member("unrevoked", &self.unrevoked)?;
        object.end()
    }
}

impl clapspec_runtime::Output for LogoutOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["removed","left","unrevoked"],"properties":{"removed":{
"description":"What is signed out of","type":"array","items":{"type":"object","required":["system",
"account","file"],"properties":{"system":{"$ref":"#/$defs/system"},"account":{
"$ref":"#/$defs/account"},"file":{"description":"The file from which it is removed",
"type":"string"}}}},"left":{"description":"What is not","type":"array","items":{"type":"object",
"required":["system","message"],"properties":{"system":{"$ref":"#/$defs/system"},"account":{
"$ref":"#/$defs/account"},"message":{"description":"Why","type":"string"}}}},"unrevoked":{
"description":"Tokens of Ably that are removed here, but that the server may still accept",
"type":"array","items":{"type":"object","required":["account","token","reason"],"properties":{
"account":{"$ref":"#/$defs/account"},"token":{"description":"Which of the two","enum":["access",
"refresh"]},"reason":{"description":"Why it could not be revoked","type":"string"}}}}},"$defs":{
"system":{"description":"The tool that has the session","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp","type":"string"}}}"##;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutputRemovedEntry {
    /// `system`
    pub system: LogoutOutputSystem,
    /// `account`
    pub account: String,
    /// `file`: The file from which it is removed
    pub file: String,
}

impl Serialize for LogoutOutputRemovedEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("file", &self.file)?;
        object.end()
    }
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutputLeftEntry {
    /// `system`
    pub system: LogoutOutputSystem,
    /// `account`
    pub account: Option<String>,
    /// `message`: Why
    pub message: String,
}

impl Serialize for LogoutOutputLeftEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.optional("account", &self.account)?;
        object.member("message", &self.message)?;
        object.end()
    }
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutputUnrevokedEntry {
    /// `account`
    pub account: String,
    /// `token`: Which of the two
    pub token: LogoutOutputUnrevokedEntryToken,
    /// `reason`: Why it could not be revoked
    pub reason: String,
}

impl Serialize for LogoutOutputUnrevokedEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("account", &self.account)?;
        object.member("token", &self.token)?;
        object.member("reason", &self.reason)?;
        object.end()
    }
}

/// Which of the two
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputUnrevokedEntryToken {
    /// `access`
    Access,
    /// `refresh`
    Refresh,
}

impl Serialize for LogoutOutputUnrevokedEntryToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        };
        serializer.serialize_str(word)
    }
}

/// The tool that has the session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for LogoutOutputSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl status` was called with: Show where this machine is signed in
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusArgs {
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl StatusArgs {
    fn define(command: Command) -> Command {
        let mut define = Define::command(command);
        define.long_about(concat!(
            "Show where this machine is signed in\n",
            "\n",
            "Looks at the files in which cargo, Ably and SAP btp keep their sessions, ",
            "and at the variables that hold tokens. No server is contacted, and no token ",
            "is shown.\n",
            "\n",
            "What can't be read is named, with the reason, and the rest is shown; the ",
            "exit status is 4 then.\n",
            "\n",
            "This command changes nothing.",
        ));
        OutputOptions::define(&mut define);
        define.section(
            "Output",
            concat!(
                "  With `--json` or `--pretty-json`, the result is an object with these ",
                "members:\n",
                "    sessions: list of `session` values\n",
                "        All sessions, by system and account.\n",
                "    problems: list of `problem` values\n",
                "        What could not be looked at.\n",
                "\n",
                "  `system` is `cargo`, `ably` or `btp`. The tool that has the session.\n",
                "\n",
                "  A place in which a tool finds what signs it in. `session` is an object ",
                "with these members:\n",
                "    system: `system`\n",
                "    account: text\n",
                "        The registry of cargo, the alias of Ably, or the user of btp.\n",
                "    source: `file`, `environment` or `credential-provider`\n",
                "        What kind of place it is.\n",
                "    place: text\n",
                "        The path of the file, or the name of the variable or program.\n",
                "    current: true or false\n",
                "        Whether the tool uses it when no other is named.\n",
                "    since: text, may be missing\n",
                "        When the file was last written: the session is at least that old. ",
                "In the format `date-time`.\n",
                "    until: text, may be missing\n",
                "        When it ends, where that is known. In the format `date-time`.\n",
                "    renews: true or false, may be missing\n",
                "        Whether the tool renews it by itself when it ends.\n",
                "\n",
                "  `problem` is an object with these members:\n",
                "    system: `system`\n",
                "    message: text\n",
                "        What is wrong, with the file.",
            ),
        );
        define.section(
            "Examples",
            concat!(
                "  Show all sessions as a table:\n",
                "      authctl status\n",
                "\n",
                "  List the accounts of Ably in a script:\n",
                "      authctl status --json | jq -r '.sessions[] | select(.system == ",
                "\"ably\") | .account'",
            ),
        );
        define.section(
            "Exit status",
            concat!(
                "    0  All is shown, also when that is nothing\n",
                "    1  It did not work; the message says why\n",
                "    2  The command line is not right, or nobody could be asked\n",
                "    4  A file or setting could not be read; the message says why",
            ),
        );
        define.finish()
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> ExitCode {
        let roles = Roles {
            json: Some("json"),
            pretty_json: Some("pretty-json"),
            color: Some("color"),
            ..Roles::NONE
        };
        let console = CONTRACT.console(values, &roles);
        let ended = handlers.status(Self::take(values));
        console.end_with_output(ended)
    }

    fn take(values: &mut Values) -> Self {
        Self {
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl status` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusExit {
    /// 0: All is shown, also when that is nothing
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 4: A file or setting could not be read; the message says why
    Incomplete,
}

impl Exit for StatusExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            4 => Self::Incomplete,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Incomplete => 4,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::Incomplete => "incomplete",
        }
    }
}

impl From<AuthctlExit> for StatusExit {
    fn from(exit: AuthctlExit) -> Self {
        match exit {
            AuthctlExit::Success => Self::Success,
            AuthctlExit::Failure => Self::Failure,
            AuthctlExit::Usage => Self::Usage,
        }
    }
}

/// The output of `authctl status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOutput {
    /// `sessions`: All sessions, by system and account
    pub sessions: Vec<StatusOutputSession>,
    /// `problems`: What could not be looked at
    pub problems: Vec<StatusOutputProblem>,
}

impl Serialize for StatusOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("sessions", &self.sessions)?;
        object.member("problems", &self.problems)?;
        object.end()
    }
}

impl clapspec_runtime::Output for StatusOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["sessions","problems"],"properties":{"sessions":{
"description":"All sessions, by system and account","type":"array","items":{
"$ref":"#/$defs/session"}},"problems":{"description":"What could not be looked at","type":"array",
"items":{"$ref":"#/$defs/problem"}}},"$defs":{"system":{
"description":"The tool that has the session","enum":["cargo","ably","btp"]},"session":{
"description":"A place in which a tool finds what signs it in","type":"object","required":["system",
"account","source","place","current"],"properties":{"system":{"$ref":"#/$defs/system"},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp","type":"string"},
"source":{"description":"What kind of place it is","enum":["file","environment",
"credential-provider"]},"place":{
"description":"The path of the file, or the name of the variable or program","type":"string"},
"current":{"description":"Whether the tool uses it when no other is named","type":"boolean"},
"since":{"description":"When the file was last written: the session is at least that old",
"type":"string","format":"date-time"},"until":{"description":"When it ends, where that is known",
"type":"string","format":"date-time"},"renews":{
"description":"Whether the tool renews it by itself when it ends","type":"boolean"}}},"problem":{
"type":"object","required":["system","message"],"properties":{"system":{"$ref":"#/$defs/system"},
"message":{"description":"What is wrong, with the file","type":"string"}}}}}"##;
}

/// The tool that has the session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for StatusOutputSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// A place in which a tool finds what signs it in
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOutputSession {
    /// `system`
    pub system: StatusOutputSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp
    pub account: String,
    /// `source`: What kind of place it is
    pub source: StatusOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `since`: When the file was last written: the session is at least that old
    pub since: Option<String>,
    /// `until`: When it ends, where that is known
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for StatusOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// What kind of place it is
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for StatusOutputSessionSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
}

/// The definition `problem`.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOutputProblem {
    /// `system`
    pub system: StatusOutputSystem,
    /// `message`: What is wrong, with the file
    pub message: String,
}

impl Serialize for StatusOutputProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("message", &self.message)?;
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
            .short('f')
            .long_help(concat!(
                "Do not ask before something is removed\n",
                "\n",
                "On a terminal the question is skipped. Elsewhere, and with JSON, nobody can ",
                "be asked, and without this option nothing is removed.",
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
    /// `--quiet`: Print no messages but errors and warnings, besides the result
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
                "Once, say which account and which file is meant, and why. Twice (`-vv`), ",
                "also name every file and variable that was looked at.",
            ))
            .config("term.verbose")
            .conflicts("quiet");
        define
            .switch(
                "quiet",
                "Print no messages but errors and warnings, besides the result",
            )
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
            .long_help(concat!(
                "Print the result as one line of JSON\n",
                "\n",
                "Messages are JSON too then, one object for each, on standard error. ",
                "`--verbose` adds to them.",
            ))
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

/// The options of the set `revocation`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationOptions {
    /// `--oauth-host`: Host that signs out of Ably when an account names none
    pub oauth_host: String,
}

impl RevocationOptions {
    fn define(define: &mut Define) {
        define.heading(None);
        define
            .option(
                "oauth-host",
                "HOST",
                "Host that signs out of Ably when an account names none",
            )
            .long_help(concat!(
                "Host that signs out of Ably when an account names none\n",
                "\n",
                "The host that an account was signed in at is kept with the account, and ",
                "wins. The tokens go over HTTPS, and without it to this machine alone ",
                "(`localhost`, `127.0.0.1` and `[::1]`).",
            ))
            .default("ably.com")
            .env("ABLY_OAUTH_HOST");
    }

    fn take(values: &mut Values) -> Self {
        Self {
            oauth_host: values.required_string("oauth-host"),
        }
    }
}
