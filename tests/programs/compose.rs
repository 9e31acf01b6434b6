//! `compose`, written by hand with clap.

use std::any::Any;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, ValueHint, value_parser};

use super::cli::{self, BuildArgs, ContainerOptions, DockerComposeProgress, DownArgs};
use super::cli::{ExecArgs, LogsArgs, ProjectOptions, PsArgs, RunArgs, UpArgs, UpPull};
use crate::values::{duration, existing_file, pair};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Up(UpArgs),
    Down(DownArgs),
    Build(BuildArgs),
    Run(RunArgs),
    Exec(ExecArgs),
    Logs(LogsArgs),
    Ps(PsArgs),
}

/// Handlers that record the call.
#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn up(&mut self, args: UpArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Up(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn down(&mut self, args: DownArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Down(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn build(&mut self, args: BuildArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Build(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn run(&mut self, args: RunArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Run(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn exec(&mut self, args: ExecArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Exec(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn logs(&mut self, args: LogsArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Logs(args));
        Ok(cli::DockerComposeExit::Success.into())
    }

    fn ps(&mut self, args: PsArgs) -> clapspec_runtime::Ended<cli::DockerComposeExit> {
        self.0 = Some(Called::Ps(args));
        Ok(cli::DockerComposeExit::Success.into())
    }
}

const PROGRESS: &[(&str, DockerComposeProgress)] = &[
    ("auto", DockerComposeProgress::Auto),
    ("tty", DockerComposeProgress::Tty),
    ("plain", DockerComposeProgress::Plain),
    ("json", DockerComposeProgress::Json),
    ("quiet", DockerComposeProgress::Quiet),
];

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("docker-compose")
        .version("2.40.0")
        .about("Define and run applications that have several containers")
        .args_override_self(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            option("progress", "KIND", "How to show progress")
                .value_parser(words(PROGRESS))
                .default_value("auto")
                .env("COMPOSE_PROGRESS")
                .global(true),
        )
        .next_help_heading("Project options")
        .args(project().map(|arg| arg.global(true)))
        .subcommands([up(), down(), build(), run(), exec(), logs(), ps()])
}

fn project() -> [Arg; 8] {
    [
        list("file", "FILE", "Where the application is described")
            .short('f')
            .value_parser(value_parser!(PathBuf)),
        option("project-name", "NAME", "Name of the project")
            .short('p')
            .env("COMPOSE_PROJECT_NAME"),
        option("project-directory", "DIR", "Directory that paths begin from")
            .value_parser(value_parser!(PathBuf)),
        list("profile", "NAME", "Profile to switch on"),
        list("env-file", "FILE", "Variables for the description")
            .value_parser(PathBufValueParser::new().try_map(existing_file)),
        number("parallel", "N", "Containers at once, or -1 for all", -1).default_value("-1"),
        flag("dry-run", "Say what would be done"),
        flag("compatibility", "Name containers as release 1 did").hide_short_help(true),
    ]
}

fn up() -> Command {
    Command::new("up")
        .about("Create and start containers")
        .arg(services("Service to start"))
        .arg(
            flag("detach", "Leave the containers in the background")
                .short('d')
                .conflicts_with("abort-on-container-exit"),
        )
        .arg(flag("abort-on-container-exit", "Stop all when one stops"))
        .arg(flag("build", "Build images first"))
        .arg(flag("force-recreate", "Make containers anew"))
        .arg(flag("no-recreate", "Leave containers as they are"))
        .group(ArgGroup::new("recreation").args(["force-recreate", "no-recreate"]))
        .arg(flag("no-deps", "Leave out services that are needed"))
        .arg(
            option("pull", "WHEN", "When to get images")
                .value_parser(pull())
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("always")
                .default_value("policy"),
        )
        .arg(list("scale", "SERVICE=NUM", "Containers of a service").value_parser(pair))
        .arg(timeout())
        .arg(flag("wait", "Wait until services run"))
        .arg(number("wait-timeout", "SECONDS", "How long to wait", 0).requires("wait"))
        .arg(flag("watch", "Build again when files change"))
        .arg(flag("no-watch", "Do not").overrides_with("watch"))
}

fn pull() -> impl TypedValueParser<Value = UpPull> {
    let words = [
        PossibleValue::new("policy").help("As the description says"),
        PossibleValue::new("always").help("In any case"),
        PossibleValue::new("missing")
            .help("If there is none")
            .alias("if_not_present"),
        PossibleValue::new("never").help("Never"),
    ];
    PossibleValuesParser::new(words).map(|word| match word.as_str() {
        "always" => UpPull::Always,
        "missing" | "if_not_present" => UpPull::Missing,
        "never" => UpPull::Never,
        _ => UpPull::Policy,
    })
}

fn down() -> Command {
    Command::new("down")
        .about("Stop containers and remove them")
        .arg(services("Service to stop"))
        .arg(flag("volumes", "Remove volumes too").short('v'))
        .arg(timeout())
}

fn build() -> Command {
    Command::new("build")
        .about("Build images")
        .arg(services("Service to build"))
        .arg(list("build-arg", "KEY=VALUE", "Variable for the build").value_parser(pair))
        .arg(flag("no-cache", "Use nothing from builds before"))
        .arg(flag("provenance", "Say where images come from"))
        .arg(flag("no-provenance", "Do not").overrides_with("provenance"))
        .arg(flag("pull", "Get newer images to build on"))
        .arg(
            option("ssh", "KEYS", "Keys for the build")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("default"),
        )
}

fn run() -> Command {
    Command::new("run")
        .about("Run a command in a new container")
        .arg(Arg::new("service").help("Service to use").required(true))
        .arg(trailing("Command and its arguments"))
        .arg(flag("detach", "Leave it in the background").short('d'))
        .arg(option("name", "NAME", "Name of the container"))
        .arg(
            flag("service-ports", "Open the ports of the service")
                .short('P')
                .visible_short_alias('s'),
        )
        .arg(flag("rm", "Remove the container at the end"))
        .next_help_heading("Container options")
        .args(container())
}

fn exec() -> Command {
    Command::new("exec")
        .about("Run a command in a container that runs")
        .arg(Arg::new("service").help("Service to use").required(true))
        .arg(trailing("Command to run").required(true))
        .arg(flag("detach", "Leave it in the background").short('d'))
        .arg(number("index", "N", "Which container of the service", 1))
        .next_help_heading("Container options")
        .args(container())
}

fn container() -> impl IntoIterator<Item = Arg> {
    [
        list("env", "KEY=VALUE", "Set this variable")
            .short('e')
            .value_parser(pair),
        option("user", "USER", "User to run as")
            .short('u')
            .value_hint(ValueHint::Username),
        flag("no-TTY", "Without a terminal").short('T'),
        option("interactive", "BOOL", "Keep the standard input open")
            .value_parser(value_parser!(bool))
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .default_value("true"),
    ]
}

fn logs() -> Command {
    Command::new("logs")
        .visible_alias("log")
        .about("Show what containers print")
        .arg(services("Service to show"))
        .arg(flag("follow", "Go on").conflicts_with("until"))
        .arg(number("index", "N", "Which container of the service", 1).requires("service"))
        .arg(option("since", "TIME", "What is younger, such as `42m`").value_parser(duration))
        .arg(option("until", "TIME", "What is older, such as `1h30m`").value_parser(duration))
        .arg(
            option("tail", "LINES", "Lines from the end")
                .short('n')
                .default_value("all"),
        )
}

fn ps() -> Command {
    Command::new("ps")
        .about("List containers")
        .arg(services("Service to list"))
        .arg(flag("all", "Containers that have stopped too").short('a'))
        .arg(list("filter", "KEY=VALUE", "Those with this property").value_parser(pair))
        .arg(flag("quiet", "Print IDs").short('q'))
}

fn services(help: &'static str) -> Arg {
    Arg::new("service")
        .help(help)
        .action(ArgAction::Append)
        .num_args(1..)
}

fn trailing(help: &'static str) -> Arg {
    Arg::new("command")
        .value_name("WORD")
        .help(help)
        .action(ArgAction::Append)
        .num_args(1..)
        .trailing_var_arg(true)
        .allow_hyphen_values(true)
        .value_hint(ValueHint::CommandWithArguments)
}

fn timeout() -> Arg {
    number("timeout", "SECONDS", "Longest time to stop", 0).short('t')
}

fn flag(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).help(help).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value).help(help)
}

fn list(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(id, value, help).action(ArgAction::Append)
}

/// A number of at least `min`.
fn number(id: &'static str, value: &'static str, help: &'static str, min: i64) -> Arg {
    option(id, value, help)
        .value_parser(value_parser!(i64).range(min..))
        .allow_negative_numbers(true)
}

/// Parses one of these names into its value.
fn words<T>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).try_map(|given| {
        let found = words.iter().find(|(word, _)| *word == given);
        found.map(|(_, meaning)| *meaning).ok_or("no such word")
    })
}

/// The expected call, from clap's matches.
pub fn called(matches: &ArgMatches) -> Called {
    let (name, m) = matches.subcommand().expect("a command is required");
    let given = |id| m.get_flag(id);
    let progress = one(m, "progress").expect("it has a default");
    let project = ProjectOptions {
        file: many(m, "file"),
        project_name: one(m, "project-name"),
        project_directory: one(m, "project-directory"),
        profile: many(m, "profile"),
        env_file: many(m, "env-file"),
        parallel: one(m, "parallel").expect("it has a default"),
        dry_run: given("dry-run"),
        compatibility: given("compatibility"),
    };
    let container = || ContainerOptions {
        env: many(m, "env"),
        user: one(m, "user"),
        no_tty: given("no-TTY"),
        interactive: one(m, "interactive").expect("it has a default"),
    };
    match name {
        "up" => Called::Up(UpArgs {
            service: many(m, "service"),
            detach: given("detach"),
            abort_on_container_exit: given("abort-on-container-exit"),
            build: given("build"),
            recreation: match (given("force-recreate"), given("no-recreate")) {
                (true, _) => Some(super::cli::UpRecreation::ForceRecreate),
                (_, true) => Some(super::cli::UpRecreation::NoRecreate),
                _ => None,
            },
            no_deps: given("no-deps"),
            pull: one(m, "pull").expect("it has a default"),
            scale: many(m, "scale"),
            timeout: one(m, "timeout"),
            wait: given("wait"),
            wait_timeout: one(m, "wait-timeout"),
            watch: (given("watch") || given("no-watch")).then(|| given("watch")),
            progress,
            project,
        }),
        "down" => Called::Down(DownArgs {
            service: many(m, "service"),
            volumes: given("volumes"),
            timeout: one(m, "timeout"),
            progress,
            project,
        }),
        "build" => Called::Build(BuildArgs {
            service: many(m, "service"),
            build_arg: many(m, "build-arg"),
            no_cache: given("no-cache"),
            provenance: !given("no-provenance"),
            pull: given("pull"),
            ssh: one(m, "ssh"),
            progress,
            project,
        }),
        "run" => Called::Run(RunArgs {
            service: one(m, "service").expect("it is required"),
            command: many(m, "command"),
            detach: given("detach"),
            name: one(m, "name"),
            service_ports: given("service-ports"),
            rm: given("rm"),
            container: container(),
            progress,
            project,
        }),
        "exec" => Called::Exec(ExecArgs {
            service: one(m, "service").expect("it is required"),
            command: many(m, "command"),
            detach: given("detach"),
            index: one(m, "index"),
            container: container(),
            progress,
            project,
        }),
        "logs" => Called::Logs(LogsArgs {
            service: many(m, "service"),
            follow: given("follow"),
            index: one(m, "index"),
            since: one(m, "since"),
            until: one(m, "until"),
            tail: one(m, "tail").expect("it has a default"),
            progress,
            project,
        }),
        _ => Called::Ps(PsArgs {
            service: many(m, "service"),
            all: given("all"),
            filter: many(m, "filter"),
            quiet: given("quiet"),
            progress,
            project,
        }),
    }
}

fn one<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn many<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Vec<T> {
    matches.get_many(id).unwrap_or_default().cloned().collect()
}
