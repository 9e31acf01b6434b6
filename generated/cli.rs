// Made by clapspec from the program's spec. To change it, change the spec.

use clapspec_runtime::model::{Command, Exists, PathKind, Program, Role};
use clapspec_runtime::output::Object;
use clapspec_runtime::serde::{Serialize, Serializer};
use clapspec_runtime::{Choice, Configured, Ended, Exit, Failure, Setup, Values};

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
    dispatch_authctl(handlers, values)
}

fn dispatch_authctl<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    match values.subcommand() {
        "ably" => dispatch_ably(handlers, values),
        "btp" => dispatch_btp(handlers, values),
        "cargo" => dispatch_cargo(handlers, values),
        "logout" => LogoutArgs::handle(handlers, values),
        "status" => StatusArgs::handle(handlers, values),
        "config" => clapspec_runtime::config::run(&PROGRAM, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

fn dispatch_ably<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    match values.subcommand() {
        "accounts" => dispatch_ably_accounts(handlers, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

fn dispatch_ably_accounts<H: Handlers>(
    handlers: &mut H,
    values: &mut Values,
) -> std::process::ExitCode {
    match values.subcommand() {
        "current" => AblyAccountsCurrentArgs::handle(handlers, values),
        "list" => AblyAccountsListArgs::handle(handlers, values),
        "logout" => AblyAccountsLogoutArgs::handle(handlers, values),
        "switch" => AblyAccountsSwitchArgs::handle(handlers, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

fn dispatch_btp<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    match values.subcommand() {
        "logout" => BtpLogoutArgs::handle(handlers, values),
        "status" => BtpStatusArgs::handle(handlers, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

fn dispatch_cargo<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
    match values.subcommand() {
        "login" => CargoLoginArgs::handle(handlers, values),
        "logout" => CargoLogoutArgs::handle(handlers, values),
        "status" => CargoStatusArgs::handle(handlers, values),
        name => clapspec_runtime::unknown_command(name),
    }
}

/// The program `authctl`, as data.
pub static PROGRAM: Program = Program {
    name: "authctl",
    version: Some(env!("CARGO_PKG_VERSION")),
    root: clapspec_runtime::model::Definition::Function(define),
    override_self: false,
    contract: Some(clapspec_runtime::model::Contract {
        usage: ("usage", 2),
        failure: ("failure", 1),
    }),
    files: Some(clapspec_runtime::model::Files {
        project: Some(".authctl.toml"),
        user: Some("authctl/config.toml"),
        system: Some("authctl/config.toml"),
    }),
};

/// The command line of `authctl` as clap's own type, for other tools.
/// The program itself does not parse by it; see [`run`].
#[allow(dead_code)]
pub fn command() -> clapspec_runtime::clap::Command {
    PROGRAM.clap()
}

/// `authctl`
fn define(command: &mut Command) {
    command.about("See and end the sessions that developer tools keep on this machine");
    command.description(concat!(
        "authctl knows cargo, Ably and SAP btp. `authctl status` shows where this ",
        "machine is signed in, `authctl logout` signs out of whole systems, and each ",
        "system has commands of its own, called as its own tool calls them.\n",
        "\n",
        "It works on the files of these tools and does not run them, so they need ",
        "not be installed. No token is ever shown. `authctl help files` says how ",
        "files are changed.",
    ));
    DisplayOptions::define(command);
    command
        .subcommand(
            "status",
            "Show where this machine is signed in",
            StatusArgs::define,
        )
        .heading("All systems");
    command
        .subcommand(
            "logout",
            "Sign out of several systems at once",
            LogoutArgs::define,
        )
        .heading("All systems")
        .destructive();
    command
        .subcommand(
            "cargo",
            "Sessions of cargo, Rust's package manager",
            define_cargo,
        )
        .heading("One system");
    command
        .subcommand(
            "ably",
            "Sessions of Ably, the realtime messaging service",
            define_ably,
        )
        .heading("One system");
    command
        .subcommand(
            "btp",
            "Session of btp, the command line of SAP BTP",
            define_btp,
        )
        .heading("One system");
    command.subcommand("config", "Show and change settings", define_config);
    command.example("See where this machine is signed in", "authctl status");
    command.example("Sign out everywhere", "authctl logout --all");
    command.topic(
        "files",
        "How authctl changes files of other programs",
        concat!(
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
            "could interrupt leaves a backup beside the file until it is done, ",
            "`credentials.toml.authctl-backup`; the next run undoes such a write.\n",
            "\n",
            "Ably's and btp's files are replaced as a whole. The new text is on the disk ",
            "before it gets the name, so readers find the old file or the new one. A ",
            "kill may leave a file that ends in `.authctl-new`; the next run removes it. ",
            "`authctl status` shows both kinds of files as left over.\n",
            "\n",
            "Rights:\n",
            "\n",
            "A file that is written can afterwards be read by its owner alone (mode ",
            "0600), and its owner stays. Where the file system doesn't permit that mode, ",
            "the change is made all the same, with a warning. Links are followed and ",
            "stay links. A file of another user is not replaced, unless root runs ",
            "authctl. What is larger than 16 MiB, or not UTF-8, is refused.\n",
            "\n",
            "Tokens:\n",
            "\n",
            "No message, no result and no log has a token, also with `-vv`. Nor has a ",
            "core: authctl asks the system not to write one.",
        ),
    );
}

/// `authctl ably`
fn define_ably(command: &mut Command) {
    command.subcommand(
        "accounts",
        "Accounts that the Ably CLI has on this machine",
        define_ably_accounts,
    );
}

/// `authctl ably accounts`
fn define_ably_accounts(command: &mut Command) {
    command.subcommand(
        "current",
        "Show the current account of Ably",
        AblyAccountsCurrentArgs::define,
    );
    command.subcommand(
        "list",
        "List the accounts on this machine",
        AblyAccountsListArgs::define,
    );
    command
        .subcommand(
            "logout",
            "Log out from an Ably account",
            AblyAccountsLogoutArgs::define,
        )
        .destructive();
    command.subcommand(
        "switch",
        "Make another account the current one",
        AblyAccountsSwitchArgs::define,
    );
}

/// `authctl btp`
fn define_btp(command: &mut Command) {
    command
        .option(
            "config",
            "PATH",
            "btp's configuration file, or the directory that it is in",
        )
        .description(concat!(
            "As btp's own `--config`, which has to be given with each command when it ",
            "was given at the login. A directory means `config.json` in it. So does a ",
            "path that ends in a slash, even if it doesn't exist.",
        ))
        .path(PathKind::Any, Exists::Either);
    command
        .subcommand("logout", "Log out from SAP BTP", BtpLogoutArgs::define)
        .destructive();
    command.subcommand(
        "status",
        "Show who is signed in to SAP BTP, and where",
        BtpStatusArgs::define,
    );
}

/// `authctl cargo`
fn define_cargo(command: &mut Command) {
    command
        .option("registry", "NAME", "Registry that is meant")
        .description(concat!(
            "One of the registries that cargo's own configuration files define. Without ",
            "it, the default registry: the one that cargo's key `registry.default` ",
            "names, or else `crates-io`, which is https://crates.io/.",
        ));
    command
        .option(
            "config",
            "KEY=VALUE|PATH",
            "Use this cargo setting, or the settings in this file",
        )
        .description(concat!(
            "As cargo's own `--config`: a setting in TOML's syntax, such as ",
            "`registry.default=\"my-registry\"`, or the path of one more configuration ",
            "file. It may be given several times: later ones take precedence over ",
            "earlier ones, and all of them over files and variables. Settings of cargo's ",
            "own messages, such as `term.color`, are refused: authctl has options for ",
            "them.",
        ))
        .repeat();
    command.subcommand(
        "login",
        "Keep a registry's token on this machine",
        CargoLoginArgs::define,
    );
    command
        .subcommand(
            "logout",
            "Remove a registry's token from this machine",
            CargoLogoutArgs::define,
        )
        .destructive();
    command.subcommand(
        "status",
        "Show which registries have a token on this machine",
        CargoStatusArgs::define,
    );
}

/// `authctl config`
fn define_config(command: &mut Command) {
    command.description(concat!(
        "A setting is an option whose value may be kept in a file. Its value comes ",
        "from the command line, then from its environment variable, then from the ",
        "project's file, the user's, the system's, and last from its default.",
    ));
    command.subcommand(
        "list",
        "List all settings, with their values and where these come from",
        define_config_list,
    );
    command.subcommand(
        "explain",
        "Show all places that the value of a setting may come from",
        define_config_explain,
    );
    command.subcommand("set", "Set a setting in a file", define_config_set);
    command.subcommand("unset", "Remove a setting from a file", define_config_unset);
}

/// `authctl config list`
fn define_config_list(command: &mut Command) {
    command.exit_code(0, "Done, or there was nothing to do");
    command.exit_code(1, "It did not work; the message says why");
    command.exit_code(2, "The command line is not right, or nobody could be asked");
}

/// `authctl config explain`
fn define_config_explain(command: &mut Command) {
    command
        .argument("key", "KEY", "Its name, as `config list` shows it")
        .required();
    command.exit_code(0, "Done, or there was nothing to do");
    command.exit_code(1, "It did not work; the message says why");
    command.exit_code(2, "The command line is not right, or nobody could be asked");
}

/// `authctl config set`
fn define_config_set(command: &mut Command) {
    command.description(concat!(
        "All else in the file stays as it is written. A secret is not given here, ",
        "where others could read it: it is one line of standard input.",
    ));
    command.writes();
    command.argument("key", "KEY", "Its name").required();
    command
        .argument(
            "value",
            "VALUE",
            "Its value, or several where the setting takes several",
        )
        .repeat();
    command
        .switch("user", "In the user's file, as without an option")
        .conflicts("project");
    command.switch("project", "In the project's file");
    command.exit_code(0, "Done, or there was nothing to do");
    command.exit_code(1, "It did not work; the message says why");
    command.exit_code(2, "The command line is not right, or nobody could be asked");
}

/// `authctl config unset`
fn define_config_unset(command: &mut Command) {
    command.writes();
    command.argument("key", "KEY", "Its name").required();
    command
        .switch("user", "From the user's file, as without an option")
        .conflicts("project");
    command.switch("project", "From the project's file");
    command.exit_code(0, "Done, or there was nothing to do");
    command.exit_code(1, "It did not work; the message says why");
    command.exit_code(2, "The command line is not right, or nobody could be asked");
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "The one that Ably's commands use when no other is named, as it stands in ",
            "the file. No server is contacted, so its name and user may have changed ",
            "there (`ably accounts current` asks). No token is shown.",
        ));
        command.reads();
        OutputOptions::define(command);
        command.output(concat!(
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
        ));
        command.example(
            "Show the alias in a script",
            "authctl ably accounts current --json | jq -r .alias",
        );
        command.exit_code(0, "Done, or there was nothing to do");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(5, "No account is selected, or the file does not have it");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.ably_accounts_current(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "The current account is marked. What else signs the Ably CLI in follows: ",
            "variables, and OAuth sessions that no account uses. No server is contacted, ",
            "and no token is shown.",
        ));
        command.reads();
        OutputOptions::define(command);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    file: text\n",
            "        Path of Ably's configuration file, which need not exist.\n",
            "    accounts: list of `account` values\n",
            "        All accounts, in the order of the file.\n",
            "    sessions: list of `session` values\n",
            "        What signs in, or is left over: each account, and what belongs to ",
            "none.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.\n",
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
        ));
        command.example("List all accounts", "authctl ably accounts list");
        command.exit_code(0, "All are listed, also when that is none");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            4,
            "A place could not be read, so there may be more than is shown",
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.ably_accounts_list(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 4: A place could not be read, so there may be more than is shown
    Incomplete,
}

impl Exit for AblyAccountsListExit {
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
    /// `file`: Path of Ably's configuration file, which need not exist
    pub file: String,
    /// `accounts`: All accounts, in the order of the file
    pub accounts: Vec<AblyAccountsListOutputAccount>,
    /// `sessions`: What signs in, or is left over: each account, and what belongs to none
    pub sessions: Vec<AblyAccountsListOutputSession>,
}

impl Serialize for AblyAccountsListOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("accounts", &self.accounts)?;
        object.member("sessions", &self.sessions)?;
        object.end()
    }
}

impl clapspec_runtime::Output for AblyAccountsListOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["file","accounts","sessions"],"properties":{"file":{
"description":"Path of Ably's configuration file, which need not exist","type":"string"},
"accounts":{"description":"All accounts, in the order of the file","type":"array","items":{
"$ref":"#/$defs/account"}},"sessions":{
"description":"What signs in, or is left over: each account, and what belongs to none",
"type":"array","items":{"$ref":"#/$defs/session"}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}},"account":{"type":"object","required":["alias","current","method"],
"properties":{"alias":{"description":"Name of the account on this machine","type":"string"},
"current":{"description":"Whether it is used when no other is named","type":"boolean"},"id":{
"description":"ID of the account, where it is known","type":"string"},"name":{
"description":"Name of the account, where it is known","type":"string"},"user":{
"description":"Mail address of the user, where it is known","type":"string"},"method":{
"description":"How it is signed in","enum":["token","oauth"]},"host":{
"description":"Host at which it was signed in, where that is known","type":"string"},"expires":{
"description":"When its access token ends","type":"string","format":"date-time"},"renews":{
"description":"Whether the Ably CLI renews the access token by itself","type":"boolean"},"shared":{
"description":"Aliases of other accounts with the same session","type":"array","items":{
"type":"string"}}}}}}"##;
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsListOutputSession {
    /// `system`: The tool that it belongs to
    pub system: AblyAccountsListOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: AblyAccountsListOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: AblyAccountsListOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for AblyAccountsListOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsListOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for AblyAccountsListOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsListOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for AblyAccountsListOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsListOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for AblyAccountsListOutputSessionSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "Removes an account from the Ably CLI's configuration: its token, and the ",
            "keys of its apps. All else in the file stays as it is. Without an alias or ",
            "ID, the current account is meant; when it is removed, none is selected ",
            "afterwards. Before anything is removed, you are asked.\n",
            "\n",
            "An account that was signed in with OAuth has an access token and a refresh ",
            "token, which several aliases may share. When the last of them is removed, ",
            "both tokens are revoked at the server that issued them, at the same time ",
            "and for at most five seconds. If that fails, the tokens are removed all the ",
            "same and a warning says how long they may be valid.\n",
            "\n",
            "The token of an account without OAuth is not revoked; that is done at ",
            "https://ably.com/users/access_tokens. Nor are the keys of its apps, which ",
            "stay valid until they are revoked at https://ably.com/dashboard. To sign in ",
            "again, use Ably's own `ably accounts login`.",
        ));
        command.destroys();
        command
            .argument(
                "account",
                "ALIAS_OR_ID",
                "Alias or ID of the account; the current one if left out",
            )
            .description(concat!(
                "An alias takes precedence over an ID that is the same. Capitals matter. An ",
                "ID that several aliases have is refused: name one of them.",
            ));
        OutputOptions::define(command);
        ConfirmOptions::define(command);
        RevocationOptions::define(command);
        command.requires("json", "force");
        command.requires("pretty-json", "force");
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    account: text\n",
            "        Alias of the account.\n",
            "    file: text\n",
            "        Path of Ably's configuration file.\n",
            "    removed: true or false\n",
            "        Whether it was removed; not, if it was gone when the file could be ",
            "locked.\n",
            "    revoked: list of `revoked` values\n",
            "        The tokens that the server revoked.\n",
            "    unrevoked: list of objects\n",
            "        The credentials that were removed here and are not revoked.\n",
            "      token: `access`, `refresh` or `app-key`\n",
            "          What kind of credential it is.\n",
            "      reason: text\n",
            "          Why it is not revoked.\n",
            "    shared: list of texts\n",
            "        Aliases of other accounts with the same session, for which its ",
            "tokens are kept.\n",
            "    remaining: list of texts\n",
            "        Aliases of the accounts that are left.\n",
            "    current: text, may be missing\n",
            "        Alias of the account that is current now, if there is one.\n",
            "\n",
            "  `revoked` is `access` or `refresh`. One of the two tokens of OAuth.",
        ));
        command.example(
            "Log out from the current account",
            "authctl ably accounts logout",
        );
        command.example(
            "Log out from an account by its alias",
            "authctl ably accounts logout work",
        );
        command.example(
            "Log out from an account by its ID",
            "authctl ably accounts logout VgQpOZ",
        );
        command.example(
            "Log out without being asked",
            "authctl ably accounts logout --force",
        );
        command.example(
            "The same from a script that reads the result",
            "authctl ably accounts logout --force --json",
        );
        command.example(
            "The same, with the result indented",
            "authctl ably accounts logout --force --pretty-json",
        );
        command.exit_code(0, "The account is logged out, or you answered no");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            5,
            "There is no such account, none is selected, or several have that ID",
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let question = match console.question() {
            Ok(question) => AblyAccountsLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.ably_accounts_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 5: There is no such account, none is selected, or several have that ID
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
pub struct AblyAccountsLogoutQuestion(pub clapspec_runtime::Question);

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
    /// `revoked`: The tokens that the server revoked
    pub revoked: Vec<AblyAccountsLogoutOutputRevoked>,
    /// `unrevoked`: The credentials that were removed here and are not revoked
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
"type":"boolean"},"revoked":{"description":"The tokens that the server revoked","type":"array",
"items":{"$ref":"#/$defs/revoked"}},"unrevoked":{
"description":"The credentials that were removed here and are not revoked","type":"array","items":{
"type":"object","required":["token","reason"],"properties":{"token":{
"description":"What kind of credential it is","enum":["access","refresh","app-key"]},"reason":{
"description":"Why it is not revoked","type":"string"}}}},"shared":{
"description":"Aliases of other accounts with the same session, for which its tokens are kept",
"type":"array","items":{"type":"string"}},"remaining":{
"description":"Aliases of the accounts that are left","type":"array","items":{"type":"string"}},
"current":{"description":"Alias of the account that is current now, if there is one",
"type":"string"}},"$defs":{"revoked":{"description":"One of the two tokens of OAuth","enum":[
"access","refresh"]}}}"##;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AblyAccountsLogoutOutputUnrevokedEntry {
    /// `token`: What kind of credential it is
    pub token: AblyAccountsLogoutOutputUnrevokedEntryToken,
    /// `reason`: Why it is not revoked
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

/// What kind of credential it is
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsLogoutOutputUnrevokedEntryToken {
    /// `access`
    Access,
    /// `refresh`
    Refresh,
    /// `app-key`
    AppKey,
}

impl Serialize for AblyAccountsLogoutOutputUnrevokedEntryToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::AppKey => "app-key",
        };
        serializer.serialize_str(word)
    }
}

/// One of the two tokens of OAuth
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AblyAccountsLogoutOutputRevoked {
    /// `access`
    Access,
    /// `refresh`
    Refresh,
}

impl Serialize for AblyAccountsLogoutOutputRevoked {
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "From then on, Ably's commands use it when no other is named. No server is ",
            "contacted: whether the account can still be used is not tried.",
        ));
        command.writes();
        command
            .argument("account", "ALIAS_OR_ID", "Alias or ID of the account")
            .description(concat!(
                "An alias takes precedence over an ID that is the same. Capitals matter. An ",
                "ID that several aliases have is refused: name one of them.",
            ))
            .required();
        OutputOptions::define(command);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    file: text\n",
            "        Path of Ably's configuration file.\n",
            "    account: text\n",
            "        Alias of the account.\n",
            "    changed: true or false\n",
            "        Whether another account was the current one before.",
        ));
        command.example(
            "Use the account with the alias `home`",
            "authctl ably accounts switch home",
        );
        command.exit_code(0, "Done, or there was nothing to do");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(5, "There is no such account, or several have that ID");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.ably_accounts_switch(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 5: There is no such account, or several have that ID
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
    /// `--config`: btp's configuration file, or the directory that it is in
    pub config: Option<std::path::PathBuf>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `confirm`.
    pub confirm: ConfirmOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl BtpLogoutArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "Removes all user-specific data from btp's configuration file, and the file ",
            "that holds your session with the server that btp is configured for. This is ",
            "for when you are done with btp and want your credentials deleted from this ",
            "machine at once. The server's address, btp's settings and all else stay.\n",
            "\n",
            "No server is contacted, so the session is not ended there: a copy of it ",
            "works until it expires. At the next login, btp proposes the server alone: ",
            "you have to type the subdomain of the global account and your user again. ",
            "Without a logout, the credentials expire 24 hours after the last command, ",
            "and the next login proposes your subdomain and user.",
        ));
        command.destroys();
        OutputOptions::define(command);
        ConfirmOptions::define(command);
        command.requires("json", "force");
        command.requires("pretty-json", "force");
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    file: text\n",
            "        Path of btp's configuration file, which need not exist.\n",
            "    removed: true or false\n",
            "        Whether there was something to remove.\n",
            "    user: text, may be missing\n",
            "        The user that was signed in, where that was known.\n",
            "    session_file: text, may be missing\n",
            "        Path of the session file that was removed.\n",
            "    server: text, may be missing\n",
            "        Server that a next login proposes.\n",
            "    problem: text, may be missing\n",
            "        Why the session could not be removed.\n",
            "    left: list of `session` values\n",
            "        What there still is of btp, of this configuration or another.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.",
        ));
        command.example("Log out", "authctl btp logout");
        command.example(
            "The same for a configuration elsewhere",
            "authctl btp logout --config ~/team/btp",
        );
        command.example(
            "The same from a script that reads the result",
            "authctl btp logout --force --json",
        );
        command.exit_code(
            0,
            "The user is logged out, nobody was signed in, or you answered no",
        );
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            3,
            "The session of this configuration is left; the message says where and why",
        );
        command.exit_code(
            4,
            "A place could not be read, so something may be left there",
        );
        command.exit_code(
            6,
            "The session may be in the keychain of macOS; the message says how to remove it",
        );
        command.exit_code(
            7,
            concat!(
                "A key that authctl doesn't know, and that may hold a secret, is left in the ",
                "configuration",
            ),
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let question = match console.question() {
            Ok(question) => BtpLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.btp_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 3: The session of this configuration is left; the message says where and why
    StillSignedIn,
    /// 4: A place could not be read, so something may be left there
    Incomplete,
    /// 6: The session may be in the keychain of macOS; the message says how to remove it
    Possible,
    /// 7: A key that authctl doesn't know, and that may hold a secret, is left in the configuration
    LeftOver,
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
            4 => Self::Incomplete,
            6 => Self::Possible,
            7 => Self::LeftOver,
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
            Self::Incomplete => 4,
            Self::Possible => 6,
            Self::LeftOver => 7,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::StillSignedIn => "still-signed-in",
            Self::Incomplete => "incomplete",
            Self::Possible => "possible",
            Self::LeftOver => "left-over",
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
pub struct BtpLogoutQuestion(pub clapspec_runtime::Question);

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
    /// `file`: Path of btp's configuration file, which need not exist
    pub file: String,
    /// `removed`: Whether there was something to remove
    pub removed: bool,
    /// `user`: The user that was signed in, where that was known
    pub user: Option<String>,
    /// `session_file`: Path of the session file that was removed
    pub session_file: Option<String>,
    /// `server`: Server that a next login proposes
    pub server: Option<String>,
    /// `problem`: Why the session could not be removed
    pub problem: Option<String>,
    /// `left`: What there still is of btp, of this configuration or another
    pub left: Vec<BtpLogoutOutputSession>,
}

impl Serialize for BtpLogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.member("removed", &self.removed)?;
        object.optional("user", &self.user)?;
        object.optional("session_file", &self.session_file)?;
        object.optional("server", &self.server)?;
        object.optional("problem", &self.problem)?;
        object.member("left", &self.left)?;
        object.end()
    }
}

impl clapspec_runtime::Output for BtpLogoutOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["file","removed","left"],"properties":{"file":{
"description":"Path of btp's configuration file, which need not exist","type":"string"},"removed":{
"description":"Whether there was something to remove","type":"boolean"},"user":{
"description":"The user that was signed in, where that was known","type":"string"},"session_file":{
"description":"Path of the session file that was removed","type":"string"},"server":{
"description":"Server that a next login proposes","type":"string"},"problem":{
"description":"Why the session could not be removed","type":"string"},"left":{
"description":"What there still is of btp, of this configuration or another","type":"array",
"items":{"$ref":"#/$defs/session"}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}}}}"##;
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpLogoutOutputSession {
    /// `system`: The tool that it belongs to
    pub system: BtpLogoutOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: BtpLogoutOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: BtpLogoutOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for BtpLogoutOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpLogoutOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for BtpLogoutOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpLogoutOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for BtpLogoutOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpLogoutOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for BtpLogoutOutputSessionSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
}

/// What `authctl btp status` was called with: Show who is signed in to SAP BTP, and where
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpStatusArgs {
    /// `--config`: btp's configuration file, or the directory that it is in
    pub config: Option<std::path::PathBuf>,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl BtpStatusArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "Shows what btp's files tell: whether there is a session, of this ",
            "configuration or another, and what the next login proposes. User data ",
            "without a session signs nobody in. No server is contacted, and no token is ",
            "shown.",
        ));
        command.reads();
        OutputOptions::define(command);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    file: text\n",
            "        Path of btp's configuration file, which need not exist.\n",
            "    server: text, may be missing\n",
            "        Server that a next login proposes.\n",
            "    subdomain: text, may be missing\n",
            "        Subdomain of the global account that a next login proposes.\n",
            "    user: text, may be missing\n",
            "        User that a next login proposes, or the mail address of the user.\n",
            "    version: text, may be missing\n",
            "        The release of btp that wrote the file.\n",
            "    sessions: list of `session` values\n",
            "        What there is: first of this configuration, then of others.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.",
        ));
        command.example("Show who is signed in", "authctl btp status");
        command.example(
            "The same for a configuration elsewhere",
            "authctl btp status --config ~/team/btp",
        );
        command.exit_code(0, "Everything is shown, also when nobody is signed in");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            4,
            "A place could not be read, so there may be more than is shown",
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.btp_status(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 0: Everything is shown, also when nobody is signed in
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 4: A place could not be read, so there may be more than is shown
    Incomplete,
}

impl Exit for BtpStatusExit {
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
    /// `file`: Path of btp's configuration file, which need not exist
    pub file: String,
    /// `server`: Server that a next login proposes
    pub server: Option<String>,
    /// `subdomain`: Subdomain of the global account that a next login proposes
    pub subdomain: Option<String>,
    /// `user`: User that a next login proposes, or the mail address of the user
    pub user: Option<String>,
    /// `version`: The release of btp that wrote the file
    pub version: Option<String>,
    /// `sessions`: What there is: first of this configuration, then of others
    pub sessions: Vec<BtpStatusOutputSession>,
}

impl Serialize for BtpStatusOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("file", &self.file)?;
        object.optional("server", &self.server)?;
        object.optional("subdomain", &self.subdomain)?;
        object.optional("user", &self.user)?;
        object.optional("version", &self.version)?;
        object.member("sessions", &self.sessions)?;
        object.end()
    }
}

impl clapspec_runtime::Output for BtpStatusOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["file","sessions"],"properties":{"file":{
"description":"Path of btp's configuration file, which need not exist","type":"string"},"server":{
"description":"Server that a next login proposes","type":"string"},"subdomain":{
"description":"Subdomain of the global account that a next login proposes","type":"string"},"user":{
"description":"User that a next login proposes, or the mail address of the user","type":"string"},
"version":{"description":"The release of btp that wrote the file","type":"string"},"sessions":{
"description":"What there is: first of this configuration, then of others","type":"array","items":{
"$ref":"#/$defs/session"}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}}}}"##;
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BtpStatusOutputSession {
    /// `system`: The tool that it belongs to
    pub system: BtpStatusOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: BtpStatusOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: BtpStatusOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for BtpStatusOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpStatusOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for BtpStatusOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpStatusOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for BtpStatusOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtpStatusOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for BtpStatusOutputSessionSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
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
    /// 5: There is no such registry in cargo's configuration, and no token of one
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "Reads one line from the standard input and keeps it as the token of one ",
            "registry, in the file in which cargo looks for it. A token that was there ",
            "is replaced; all else in the file stays as it is. The file is readable by ",
            "its owner alone.\n",
            "\n",
            "The token is never an argument, since others can see the arguments of a ",
            "running program. It is not tried: no server is contacted.",
        ));
        command.writes();
        command
            .argument(
                "token",
                "TOKEN",
                "Refused without being repeated, since people know it from cargo",
            )
            .hidden();
        command.example(
            "Type or paste the token of crates.io",
            "authctl cargo login",
        );
        command.example(
            "Take the token of one registry from a file",
            "authctl cargo login --registry my-registry < token.txt",
        );
        command.exit_code(0, "Done, or there was nothing to do");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            5,
            "There is no such registry in cargo's configuration, and no token of one",
        );
        command.exit_code(130, "Ctrl-C was pressed while it waited for the token");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.cargo_login(Self::take(values));
        console.end(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 5: There is no such registry in cargo's configuration, and no token of one
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "Cargo keeps a token for each registry in `$CARGO_HOME/credentials.toml`, ",
            "where `$CARGO_HOME` is `.cargo` in your home directory if it is not set. ",
            "This removes the token of one registry from that file, with its secret key ",
            "if there is one. All else in it stays as it is, to the byte. When there is ",
            "nothing to remove, the file is not touched. Without `--registry`, the ",
            "default registry is meant. The registry need not be configured: what ",
            "`authctl cargo status` shows can be removed.\n",
            "\n",
            "Removing a token does not revoke it: anyone with a copy can still use it. ",
            "To revoke it, go to the website of the registry and follow its ",
            "instructions; for crates.io that is https://crates.io/me.\n",
            "\n",
            "Cargo may find a token elsewhere too: in the variables ",
            "`CARGO_REGISTRY_TOKEN` and `CARGO_REGISTRIES_NAME_TOKEN`, in its ",
            "configuration, in a file that the credentials file includes, or from a ",
            "credential provider. Such a token is not removed. authctl reports it, with ",
            "what you can do, and the exit status tells that something is left.\n",
            "\n",
            "No server is contacted. The file is edited under the lock that cargo itself ",
            "takes, so both may run at the same time.",
        ));
        command.destroys();
        OutputOptions::define(command);
        ConfirmOptions::define(command);
        command.requires("json", "force");
        command.requires("pretty-json", "force");
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    registry: text\n",
            "        Name of the registry. At least 1 character.\n",
            "    file: text\n",
            "        Path of the file in which cargo keeps tokens.\n",
            "    removed: list of texts\n",
            "        Paths of the files from which a token was removed.\n",
            "    left: list of `session` values\n",
            "        What there still is of this registry.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.",
        ));
        command.example(
            "Remove the token of the default registry",
            "authctl cargo logout",
        );
        command.example(
            "Remove the token of one registry, without being asked",
            "authctl cargo logout --registry my-registry --force",
        );
        command.example(
            "The same from a script that reads the result",
            "authctl cargo logout --registry my-registry --force --json",
        );
        command.exit_code(
            0,
            "The token is removed, there was none, or you answered no",
        );
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            3,
            "Cargo still finds a token in a place that this command does not edit",
        );
        command.exit_code(
            5,
            "There is no such registry in cargo's configuration, and no token of one",
        );
        command.exit_code(
            6,
            "Nothing else is left, but a credential provider may hold a token",
        );
        command.exit_code(7, "Cargo finds no token, but one that it ignores is left");
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let question = match console.question() {
            Ok(question) => CargoLogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.cargo_logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 5: There is no such registry in cargo's configuration, and no token of one
    UnknownRegistry,
    /// 6: Nothing else is left, but a credential provider may hold a token
    Possible,
    /// 7: Cargo finds no token, but one that it ignores is left
    LeftOver,
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
            6 => Self::Possible,
            7 => Self::LeftOver,
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
            Self::Possible => 6,
            Self::LeftOver => 7,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::StillSignedIn => "still-signed-in",
            Self::UnknownRegistry => "unknown-registry",
            Self::Possible => "possible",
            Self::LeftOver => "left-over",
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
pub struct CargoLogoutQuestion(pub clapspec_runtime::Question);

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
    /// `removed`: Paths of the files from which a token was removed
    pub removed: Vec<String>,
    /// `left`: What there still is of this registry
    pub left: Vec<CargoLogoutOutputSession>,
}

impl Serialize for CargoLogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("registry", &self.registry)?;
        object.member("file", &self.file)?;
        object.member("removed", &self.removed)?;
        object.member("left", &self.left)?;
        object.end()
    }
}

impl clapspec_runtime::Output for CargoLogoutOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["registry","file","removed","left"],"properties":{"registry":{
"description":"Name of the registry","type":"string","minLength":1},"file":{
"description":"Path of the file in which cargo keeps tokens","type":"string"},"removed":{
"description":"Paths of the files from which a token was removed","type":"array","items":{
"type":"string"}},"left":{"description":"What there still is of this registry","type":"array",
"items":{"$ref":"#/$defs/session"}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}}}}"##;
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoLogoutOutputSession {
    /// `system`: The tool that it belongs to
    pub system: CargoLogoutOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: CargoLogoutOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: CargoLogoutOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for CargoLogoutOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoLogoutOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for CargoLogoutOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoLogoutOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for CargoLogoutOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoLogoutOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for CargoLogoutOutputSessionSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "Looks at all places in which cargo finds tokens, as cargo does. No registry ",
            "is contacted, no program is run, and no token is shown. With `--registry`, ",
            "only that registry is shown.",
        ));
        command.reads();
        OutputOptions::define(command);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    file: text\n",
            "        Path of the file in which cargo keeps tokens, which need not exist.\n",
            "    default: text\n",
            "        The registry that cargo uses when none is named.\n",
            "    sessions: list of `session` values\n",
            "        What there is, by registry, in the order in which cargo prefers it.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.",
        ));
        command.example("Show all registries with a token", "authctl cargo status");
        command.example(
            "Ask for one registry in a script",
            "authctl cargo status --registry my-registry --json",
        );
        command.exit_code(0, "Everything is shown, also when that is nothing");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(
            4,
            "A place could not be read, so there may be more than is shown",
        );
        command.exit_code(
            5,
            "There is no such registry in cargo's configuration, and no token of one",
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.cargo_status(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 0: Everything is shown, also when that is nothing
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 4: A place could not be read, so there may be more than is shown
    Incomplete,
    /// 5: There is no such registry in cargo's configuration, and no token of one
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
            4 => Self::Incomplete,
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
            Self::Incomplete => 4,
            Self::UnknownRegistry => 5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::Incomplete => "incomplete",
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
    /// `file`: Path of the file in which cargo keeps tokens, which need not exist
    pub file: String,
    /// `default`: The registry that cargo uses when none is named
    pub default: String,
    /// `sessions`: What there is, by registry, in the order in which cargo prefers it
    pub sessions: Vec<CargoStatusOutputSession>,
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
    const SCHEMA: &'static str = r##"
{"type":"object","required":["file","default","sessions"],"properties":{"file":{
"description":"Path of the file in which cargo keeps tokens, which need not exist","type":"string"},
"default":{"description":"The registry that cargo uses when none is named","type":"string"},
"sessions":{"description":"What there is, by registry, in the order in which cargo prefers it",
"type":"array","items":{"$ref":"#/$defs/session"}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}}}}"##;
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoStatusOutputSession {
    /// `system`: The tool that it belongs to
    pub system: CargoStatusOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: CargoStatusOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: CargoStatusOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for CargoStatusOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoStatusOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for CargoStatusOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoStatusOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for CargoStatusOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoStatusOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for CargoStatusOutputSessionSource {
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
    fn define(command: &mut Command) {
        command.description(concat!(
            "Removes all that `authctl status` shows in files which authctl may edit: ",
            "what signs in, what is ignored, and what is left over. A problem with one ",
            "system doesn't keep the others from being signed out of.\n",
            "\n",
            "The question names all accounts. Afterwards authctl looks at all places ",
            "again and reports what is left there, with the reason and what to do: a ",
            "token in a variable, in a file that you write, or with a credential ",
            "provider, and what was signed in after the question.\n",
            "\n",
            "OAuth tokens of Ably are revoked first. If that fails they are removed all ",
            "the same, with a warning.",
        ));
        command.destroys();
        command
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
        command.switch("all", "Sign out of all systems");
        OutputOptions::define(command);
        ConfirmOptions::define(command);
        RevocationOptions::define(command);
        command.requires("json", "force");
        command.requires("pretty-json", "force");
        command.one_of("group what", &["system", "all"]);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    removed: list of `session` values\n",
            "        What was removed, as it was before.\n",
            "    left: list of `session` values\n",
            "        What was found afterwards.\n",
            "    problems: list of `problem` values\n",
            "        What could not be read or changed.\n",
            "    unrevoked: list of objects\n",
            "        Credentials of Ably that were removed here, but that the server may ",
            "still accept.\n",
            "      account: text\n",
            "          The alias that it belonged to.\n",
            "      token: `access`, `refresh` or `app-key`\n",
            "          What kind of credential it is.\n",
            "      reason: text\n",
            "          Why it is not revoked.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.\n",
            "\n",
            "  `problem` is an object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it is about.\n",
            "    message: text\n",
            "        What is wrong, with the file.",
        ));
        command.example(
            "See what there is, and sign out of it",
            "authctl logout --all",
        );
        command.example("Sign out of two systems", "authctl logout ably btp");
        command.example(
            "Clean a machine from a script",
            "authctl logout --all --force --json",
        );
        command.exit_code(0, "Nothing is left, there was nothing, or you answered no");
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(3, "Something still signs in; the message says what and why");
        command.exit_code(
            4,
            "A file or setting could not be read or changed, so something may be left",
        );
        command.exit_code(
            6,
            "Nothing else is left, but a credential provider may hold a token",
        );
        command.exit_code(
            7,
            "Nothing signs in, but something is left that is not used",
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let question = match console.question() {
            Ok(question) => LogoutQuestion(question),
            Err(exit) => return exit,
        };
        let ended = handlers.logout(Self::take(values), question);
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    /// 3: Something still signs in; the message says what and why
    StillSignedIn,
    /// 4: A file or setting could not be read or changed, so something may be left
    Incomplete,
    /// 6: Nothing else is left, but a credential provider may hold a token
    Possible,
    /// 7: Nothing signs in, but something is left that is not used
    LeftOver,
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
            4 => Self::Incomplete,
            6 => Self::Possible,
            7 => Self::LeftOver,
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
            Self::Incomplete => 4,
            Self::Possible => 6,
            Self::LeftOver => 7,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::StillSignedIn => "still-signed-in",
            Self::Incomplete => "incomplete",
            Self::Possible => "possible",
            Self::LeftOver => "left-over",
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
pub struct LogoutQuestion(pub clapspec_runtime::Question);

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
    /// `removed`: What was removed, as it was before
    pub removed: Vec<LogoutOutputSession>,
    /// `left`: What was found afterwards
    pub left: Vec<LogoutOutputSession>,
    /// `problems`: What could not be read or changed
    pub problems: Vec<LogoutOutputProblem>,
    /// `unrevoked`: Credentials of Ably that were removed here, but that the server may still accept
    pub unrevoked: Vec<LogoutOutputUnrevokedEntry>,
}

impl Serialize for LogoutOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("removed", &self.removed)?;
        object.member("left", &self.left)?;
        object.member("problems", &self.problems)?;
        object.member("unrevoked", &self.unrevoked)?;
        object.end()
    }
}

impl clapspec_runtime::Output for LogoutOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["removed","left","problems","unrevoked"],"properties":{"removed":{
"description":"What was removed, as it was before","type":"array","items":{
"$ref":"#/$defs/session"}},"left":{"description":"What was found afterwards","type":"array",
"items":{"$ref":"#/$defs/session"}},"problems":{"description":"What could not be read or changed",
"type":"array","items":{"$ref":"#/$defs/problem"}},"unrevoked":{
"description":"Credentials of Ably that were removed here, but that the server may still accept",
"type":"array","items":{"type":"object","required":["account","token","reason"],"properties":{
"account":{"description":"The alias that it belonged to","type":"string"},"token":{
"description":"What kind of credential it is","enum":["access","refresh","app-key"]},"reason":{
"description":"Why it is not revoked","type":"string"}}}}},"$defs":{"session":{
"description":"A credential, or what is left of one, in one place","type":"object","required":[
"system","account","state","source","place","current","readable_by_others"],"properties":{"system":{
"description":"The tool that it belongs to","enum":["cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}},"problem":{"type":"object","required":["system","message"],"properties":{
"system":{"description":"The tool that it is about","enum":["cargo","ably","btp"]},"message":{
"description":"What is wrong, with the file","type":"string"}}}}}"##;
}

/// The entries.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutputUnrevokedEntry {
    /// `account`: The alias that it belonged to
    pub account: String,
    /// `token`: What kind of credential it is
    pub token: LogoutOutputUnrevokedEntryToken,
    /// `reason`: Why it is not revoked
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

/// What kind of credential it is
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputUnrevokedEntryToken {
    /// `access`
    Access,
    /// `refresh`
    Refresh,
    /// `app-key`
    AppKey,
}

impl Serialize for LogoutOutputUnrevokedEntryToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::AppKey => "app-key",
        };
        serializer.serialize_str(word)
    }
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutOutputSession {
    /// `system`: The tool that it belongs to
    pub system: LogoutOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: LogoutOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: LogoutOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for LogoutOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for LogoutOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for LogoutOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputSessionSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for LogoutOutputSessionSource {
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
pub struct LogoutOutputProblem {
    /// `system`: The tool that it is about
    pub system: LogoutOutputProblemSystem,
    /// `message`: What is wrong, with the file
    pub message: String,
}

impl Serialize for LogoutOutputProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("message", &self.message)?;
        object.end()
    }
}

/// The tool that it is about
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutputProblemSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for LogoutOutputProblemSystem {
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
    /// `--check`: Print one line, and exit with a code that tells what there is
    pub check: bool,
    /// The options of the set `output`.
    pub output: OutputOptions,
    /// The options of the set `display`.
    pub display: DisplayOptions,
}

impl StatusArgs {
    fn define(command: &mut Command) {
        command.description(concat!(
            "Looks at the files in which cargo, Ably and SAP btp keep credentials, and ",
            "at the variables that hold tokens. No server is contacted, no program is ",
            "run, and no token is shown.\n",
            "\n",
            "What can't be read is reported, with the reason, and the rest is shown. ",
            "\"Signed in nowhere\" means that every place was read and none has anything.",
        ));
        command.reads();
        command
            .switch(
                "check",
                "Print one line, and exit with a code that tells what there is",
            )
            .description(concat!(
                "For scripts that need a clean machine. The exit status is 0 only when ",
                "nothing at all was found.",
            ));
        OutputOptions::define(command);
        command.output(concat!(
            "  With `--json` or `--pretty-json`, the result is an object with these ",
            "members:\n",
            "    verdict: `clean`, `signed-in`, `incomplete`, `possible` or `left-over`\n",
            "        The most serious of all that was found, in this order: signed in, ",
            "not everything could be read, possible, left over or ignored.\n",
            "    places: list of `place` values\n",
            "        The places that were read.\n",
            "    sessions: list of `session` values\n",
            "        What is in them, by system and account.\n",
            "    problems: list of `problem` values\n",
            "        What could not be read.\n",
            "\n",
            "  `place` is an object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that uses it.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is.\n",
            "    place: text\n",
            "        The path of the file or directory, which need not exist, or the ",
            "name of the variable.\n",
            "\n",
            "  A credential, or what is left of one, in one place. `session` is an ",
            "object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it belongs to.\n",
            "    account: text\n",
            "        The registry of cargo, the alias of Ably, or the user of btp; in ",
            "parentheses where it has no such name.\n",
            "    state: `signed-in`, `possible`, `ignored` or `left-over`\n",
            "        Whether the tool uses it, may get one from a program that only the ",
            "tool runs, doesn't use it, or has user data or keys without a session.\n",
            "    source: `file`, `environment` or `credential-provider`\n",
            "        What kind of place it is in.\n",
            "    place: text\n",
            "        The path of the file, or the name of the variable or program.\n",
            "    current: true or false\n",
            "        Whether the tool uses it when no other is named.\n",
            "    readable_by_others: true or false\n",
            "        Whether the file lets other users read it.\n",
            "    reason: text, may be missing\n",
            "        Why it is in this state, or what else to know about it.\n",
            "    remedy: text, may be missing\n",
            "        What you can do about it; missing when `authctl logout` removes it.\n",
            "    since: text, may be missing\n",
            "        When the file that holds this session alone was last written. In ",
            "the format `date-time`.\n",
            "    until: text, may be missing\n",
            "        When it ends, where the file or the token tells that. In the format ",
            "`date-time`.\n",
            "    renews: true or false, may be missing\n",
            "        Whether the tool renews it by itself when it ends.\n",
            "\n",
            "  `problem` is an object with these members:\n",
            "    system: `cargo`, `ably` or `btp`\n",
            "        The tool that it is about.\n",
            "    message: text\n",
            "        What is wrong, with the file.",
        ));
        command.example("Show everything as a table", "authctl status");
        command.example(
            "Stop a script unless the machine is clean",
            "authctl status --check",
        );
        command.example(
            "List the accounts of Ably in a script",
            concat!(
                "authctl status --json | jq -r '.sessions[] | select(.system == \"ably\") | ",
                ".account'",
            ),
        );
        command.exit_code(
            0,
            concat!(
                "Everything is shown, also when that is nothing; with `--check`, the machine ",
                "is clean",
            ),
        );
        command.exit_code(1, "It did not work; the message says why");
        command.exit_code(2, "The command line is not right, or nobody could be asked");
        command.exit_code(3, "With `--check`: something signs in");
        command.exit_code(
            4,
            "A file or setting could not be read, so there may be more than is shown",
        );
        command.exit_code(
            6,
            "With `--check`: a credential provider may hold a token, which only cargo can tell",
        );
        command.exit_code(
            7,
            concat!(
                "With `--check`: nothing signs in, but tokens that are not used, keys or ",
                "user data are left",
            ),
        );
    }

    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {
        let console = values.console(&PROGRAM);
        let ended = handlers.status(Self::take(values));
        console.end_with_output(ended)
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            check: values.switch("check"),
            output: OutputOptions::take(values),
            display: DisplayOptions::take(values),
        }
    }
}

/// How `authctl status` may end, by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusExit {
    /// 0: Everything is shown, also when that is nothing; with `--check`, the machine is clean
    Success,
    /// 1: It did not work; the message says why
    Failure,
    /// 2: The command line is not right, or nobody could be asked
    Usage,
    /// 3: With `--check`: something signs in
    SignedIn,
    /// 4: A file or setting could not be read, so there may be more than is shown
    Incomplete,
    /// 6: With `--check`: a credential provider may hold a token, which only cargo can tell
    Possible,
    /// 7: With `--check`: nothing signs in, but tokens that are not used, keys or user data are left
    LeftOver,
}

impl Exit for StatusExit {
    const FAILURE: Self = Self::Failure;
    const DECLINED: Self = Self::Success;

    fn from_code(code: u8) -> Option<Self> {
        let exit = match code {
            0 => Self::Success,
            1 => Self::Failure,
            2 => Self::Usage,
            3 => Self::SignedIn,
            4 => Self::Incomplete,
            6 => Self::Possible,
            7 => Self::LeftOver,
            _ => return None,
        };
        Some(exit)
    }

    fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::SignedIn => 3,
            Self::Incomplete => 4,
            Self::Possible => 6,
            Self::LeftOver => 7,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::SignedIn => "signed-in",
            Self::Incomplete => "incomplete",
            Self::Possible => "possible",
            Self::LeftOver => "left-over",
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
    /// `verdict`: The most serious of all that was found, in this order: signed in, not everything could be read, possible, left over or ignored
    pub verdict: StatusOutputVerdict,
    /// `places`: The places that were read
    pub places: Vec<StatusOutputPlace>,
    /// `sessions`: What is in them, by system and account
    pub sessions: Vec<StatusOutputSession>,
    /// `problems`: What could not be read
    pub problems: Vec<StatusOutputProblem>,
}

impl Serialize for StatusOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("verdict", &self.verdict)?;
        object.member("places", &self.places)?;
        object.member("sessions", &self.sessions)?;
        object.member("problems", &self.problems)?;
        object.end()
    }
}

impl clapspec_runtime::Output for StatusOutput {
    const SCHEMA: &'static str = r##"
{"type":"object","required":["verdict","places","sessions","problems"],"properties":{"verdict":{
"description":"The most serious of all that was found, in this order: signed in, not everything could be read, possible, left over or ignored",
"enum":["clean","signed-in","incomplete","possible","left-over"]},"places":{
"description":"The places that were read","type":"array","items":{"$ref":"#/$defs/place"}},
"sessions":{"description":"What is in them, by system and account","type":"array","items":{
"$ref":"#/$defs/session"}},"problems":{"description":"What could not be read","type":"array",
"items":{"$ref":"#/$defs/problem"}}},"$defs":{"place":{"type":"object","required":["system",
"source","place"],"properties":{"system":{"description":"The tool that uses it","enum":["cargo",
"ably","btp"]},"source":{"description":"What kind of place it is","enum":["file","environment",
"credential-provider"]},"place":{
"description":"The path of the file or directory, which need not exist, or the name of the variable",
"type":"string"}}},"session":{"description":"A credential, or what is left of one, in one place",
"type":"object","required":["system","account","state","source","place","current",
"readable_by_others"],"properties":{"system":{"description":"The tool that it belongs to","enum":[
"cargo","ably","btp"]},"account":{
"description":"The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name",
"type":"string"},"state":{
"description":"Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session",
"enum":["signed-in","possible","ignored","left-over"]},"source":{
"description":"What kind of place it is in","enum":["file","environment","credential-provider"]},
"place":{"description":"The path of the file, or the name of the variable or program",
"type":"string"},"current":{"description":"Whether the tool uses it when no other is named",
"type":"boolean"},"readable_by_others":{"description":"Whether the file lets other users read it",
"type":"boolean"},"reason":{"description":"Why it is in this state, or what else to know about it",
"type":"string"},"remedy":{
"description":"What you can do about it; missing when `authctl logout` removes it","type":"string"},
"since":{"description":"When the file that holds this session alone was last written",
"type":"string","format":"date-time"},"until":{
"description":"When it ends, where the file or the token tells that","type":"string",
"format":"date-time"},"renews":{"description":"Whether the tool renews it by itself when it ends",
"type":"boolean"}}},"problem":{"type":"object","required":["system","message"],"properties":{
"system":{"description":"The tool that it is about","enum":["cargo","ably","btp"]},"message":{
"description":"What is wrong, with the file","type":"string"}}}}}"##;
}

/// The most serious of all that was found, in this order: signed in, not everything could be read, possible, left over or ignored
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputVerdict {
    /// `clean`
    Clean,
    /// `signed-in`
    SignedIn,
    /// `incomplete`
    Incomplete,
    /// `possible`
    Possible,
    /// `left-over`
    LeftOver,
}

impl Serialize for StatusOutputVerdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Clean => "clean",
            Self::SignedIn => "signed-in",
            Self::Incomplete => "incomplete",
            Self::Possible => "possible",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// The definition `place`.
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOutputPlace {
    /// `system`: The tool that uses it
    pub system: StatusOutputPlaceSystem,
    /// `source`: What kind of place it is
    pub source: StatusOutputPlaceSource,
    /// `place`: The path of the file or directory, which need not exist, or the name of the variable
    pub place: String,
}

impl Serialize for StatusOutputPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.end()
    }
}

/// The tool that uses it
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputPlaceSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for StatusOutputPlaceSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputPlaceSource {
    /// `file`
    File,
    /// `environment`
    Environment,
    /// `credential-provider`
    CredentialProvider,
}

impl Serialize for StatusOutputPlaceSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::CredentialProvider => "credential-provider",
        };
        serializer.serialize_str(word)
    }
}

/// A credential, or what is left of one, in one place
#[allow(dead_code)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOutputSession {
    /// `system`: The tool that it belongs to
    pub system: StatusOutputSessionSystem,
    /// `account`: The registry of cargo, the alias of Ably, or the user of btp; in parentheses where it has no such name
    pub account: String,
    /// `state`: Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
    pub state: StatusOutputSessionState,
    /// `source`: What kind of place it is in
    pub source: StatusOutputSessionSource,
    /// `place`: The path of the file, or the name of the variable or program
    pub place: String,
    /// `current`: Whether the tool uses it when no other is named
    pub current: bool,
    /// `readable_by_others`: Whether the file lets other users read it
    pub readable_by_others: bool,
    /// `reason`: Why it is in this state, or what else to know about it
    pub reason: Option<String>,
    /// `remedy`: What you can do about it; missing when `authctl logout` removes it
    pub remedy: Option<String>,
    /// `since`: When the file that holds this session alone was last written
    pub since: Option<String>,
    /// `until`: When it ends, where the file or the token tells that
    pub until: Option<String>,
    /// `renews`: Whether the tool renews it by itself when it ends
    pub renews: Option<bool>,
}

impl Serialize for StatusOutputSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("system", &self.system)?;
        object.member("account", &self.account)?;
        object.member("state", &self.state)?;
        object.member("source", &self.source)?;
        object.member("place", &self.place)?;
        object.member("current", &self.current)?;
        object.member("readable_by_others", &self.readable_by_others)?;
        object.optional("reason", &self.reason)?;
        object.optional("remedy", &self.remedy)?;
        object.optional("since", &self.since)?;
        object.optional("until", &self.until)?;
        object.optional("renews", &self.renews)?;
        object.end()
    }
}

/// The tool that it belongs to
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputSessionSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for StatusOutputSessionSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// Whether the tool uses it, may get one from a program that only the tool runs, doesn't use it, or has user data or keys without a session
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputSessionState {
    /// `signed-in`
    SignedIn,
    /// `possible`
    Possible,
    /// `ignored`
    Ignored,
    /// `left-over`
    LeftOver,
}

impl Serialize for StatusOutputSessionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::SignedIn => "signed-in",
            Self::Possible => "possible",
            Self::Ignored => "ignored",
            Self::LeftOver => "left-over",
        };
        serializer.serialize_str(word)
    }
}

/// What kind of place it is in
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
    /// `system`: The tool that it is about
    pub system: StatusOutputProblemSystem,
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

/// The tool that it is about
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusOutputProblemSystem {
    /// `cargo`
    Cargo,
    /// `ably`
    Ably,
    /// `btp`
    Btp,
}

impl Serialize for StatusOutputProblemSystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        };
        serializer.serialize_str(word)
    }
}

/// The options of the set `confirm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmOptions {
    /// `--force`: Do not ask before something is removed
    pub force: bool,
}

impl ConfirmOptions {
    fn define(command: &mut Command) {
        command.heading(None);
        command
            .switch("force", "Do not ask before something is removed")
            .short('f')
            .description(concat!(
                "On a terminal the question is skipped. Elsewhere, and with JSON, nobody can ",
                "be asked, and without this option nothing is removed.",
            ))
            .role(Role::Yes)
            .required_with("json")
            .required_with("pretty-json");
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            force: values.switch("force"),
        }
    }
}

/// The options of the set `display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayOptions {
    /// `--verbose`: Print more messages
    pub verbose: Configured<u8>,
    /// `--quiet`: Print no messages but errors and warnings, besides the result
    pub quiet: Configured<bool>,
    /// `--color`: When to color messages
    pub color: Configured<DisplayColor>,
}

impl DisplayOptions {
    fn define(command: &mut Command) {
        command.heading(Some("Display options"));
        command
            .count("verbose", 2, "Print more messages")
            .short('v')
            .description(concat!(
                "Once, report which account and which file is meant, and why. Twice (`-vv`), ",
                "also report every file and variable that is looked at.",
            ))
            .config("term.verbose")
            .conflicts("quiet");
        command
            .switch(
                "quiet",
                "Print no messages but errors and warnings, besides the result",
            )
            .short('q')
            .config("term.quiet");
        command
            .option("color", "WHEN", "When to color messages")
            .description(
                "With `auto`, the variables `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are obeyed too.",
            )
            .choice("auto", "Use color when the terminal shows it")
            .choice("always", "Always use color")
            .choice("never", "Never use color")
            .default("auto")
            .env("AUTHCTL_COLOR")
            .config("term.color")
            .role(Role::Color);
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            verbose: Configured {
                origin: values.origin("verbose"),
                value: values.count("verbose", 2),
            },
            quiet: Configured {
                origin: values.origin("quiet"),
                value: values.switch("quiet"),
            },
            color: Configured {
                origin: values.origin("color"),
                value: values.required_choice("color"),
            },
        }
    }
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayColor {
    /// `auto`: Use color when the terminal shows it
    Auto,
    /// `always`: Always use color
    Always,
    /// `never`: Never use color
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
    fn define(command: &mut Command) {
        command.heading(Some("Output options"));
        command
            .switch("json", "Print the result as one line of JSON")
            .description(concat!(
                "Messages are JSON too then, one object for each, on standard error. ",
                "`--verbose` adds to them.",
            ))
            .role(Role::Json)
            .conflicts("pretty-json");
        command
            .switch("pretty-json", "Print the result as indented JSON")
            .role(Role::PrettyJson);
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
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
    fn define(command: &mut Command) {
        command.heading(None);
        command
            .option(
                "oauth-host",
                "HOST",
                "Host that signs out of Ably when an account names none",
            )
            .description(concat!(
                "The host that an account was signed in at is kept with the account, and ",
                "wins. The tokens go over HTTPS, and without it to this machine alone ",
                "(`localhost`, `127.0.0.1` and `[::1]`).",
            ))
            .default("ably.com")
            .env("ABLY_OAUTH_HOST");
    }

    /// Takes the values of a command line that was parsed.
    pub fn take(values: &mut Values) -> Self {
        Self {
            oauth_host: values.required_string("oauth-host"),
        }
    }
}
