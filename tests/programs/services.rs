//! `services`, written by hand with clap.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{ArgPredicate, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use super::cli;

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Logs(cli::LogsArgs),
    Deploy(cli::DeployArgs),
    Task(cli::TaskArgs),
    TaskAdd(cli::TaskAddArgs),
}

#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl Recorder {
    fn record(&mut self, called: Called) -> clapspec_runtime::Ended<cli::ServicesExit> {
        self.0 = Some(called);
        Ok(cli::ServicesExit::Success.into())
    }
}

impl cli::Handlers for Recorder {
    fn logs(&mut self, args: cli::LogsArgs) -> clapspec_runtime::Ended<cli::ServicesExit> {
        self.record(Called::Logs(args))
    }

    fn deploy(&mut self, args: cli::DeployArgs) -> clapspec_runtime::Ended<cli::ServicesExit> {
        self.record(Called::Deploy(args))
    }

    fn task(&mut self, args: cli::TaskArgs) -> clapspec_runtime::Ended<cli::ServicesExit> {
        self.record(Called::Task(args))
    }

    fn task_add(&mut self, args: cli::TaskAddArgs) -> clapspec_runtime::Ended<cli::ServicesExit> {
        self.record(Called::TaskAdd(args))
    }
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    let progress = [
        ("plain", cli::ServicesProgress::Plain),
        ("fancy", cli::ServicesProgress::Fancy),
    ];
    Command::new("services")
        .version("2.0.0")
        .about("Run services")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args([
            option("file", "FILE")
                .short('f')
                .action(ArgAction::Append)
                .value_parser(ValueParser::path_buf()),
            option("progress", "HOW")
                .value_parser(choice(progress))
                .default_value("plain"),
            switch("ansi").overrides_with("no-ansi"),
            switch("no-ansi").overrides_with("ansi"),
            switch("quiet").short('q').global(true),
        ])
        .subcommands([logs(), deploy(), task()])
}

fn logs() -> Command {
    Command::new("logs").about("Show what services print").args([
        switch("follow")
            .short('f')
            .default_value_if("all", ArgPredicate::Equals("true".into()), Some("true")),
        switch("build-progress").long("progress"),
        switch("all").short('a').overrides_with("newest"),
        switch("newest").overrides_with("all"),
        option("tail", "N")
            .short('n')
            .alias("lines")
            .allow_negative_numbers(true)
            .value_parser(value_parser!(i64).range(0..)),
        Arg::new("S").short('S').action(ArgAction::SetTrue),
        Arg::new("s").short('s').value_name("DATE"),
    ])
}

fn deploy() -> Command {
    let verify = [
        ("strict", cli::TlsVerify::Strict),
        ("lax", cli::TlsVerify::Lax),
    ];
    Command::new("deploy")
        .about("Deploy a service")
        .arg(
            Arg::new("service")
                .value_name("SERVICE")
                .action(ArgAction::Append)
                .num_args(1..),
        )
        .args([
            option("image", "IMAGE").conflicts_with("build"),
            switch("build"),
            switch("local").conflicts_with_all(["host", "socket", "context"]),
            option("host", "HOST").conflicts_with("socket").requires("context"),
            option("socket", "PATH")
                .value_parser(ValueParser::path_buf())
                .requires("context"),
            option("context", "NAME").requires("an address"),
            option("user", "NAME").requires("a server"),
            switch("plan").conflicts_with_all(["host", "socket", "context"]),
            switch("recreate").overrides_with("no-recreate"),
            switch("no-recreate").overrides_with("recreate"),
            option("level", "N")
                .allow_negative_numbers(true)
                .value_parser(value_parser!(i64).range(1..=9))
                .default_value("6")
                .conflicts_with("raw"),
            switch("raw"),
            option("cert", "FILE").value_parser(ValueParser::path_buf()),
            option("key", "FILE")
                .value_parser(ValueParser::path_buf())
                .requires("cert"),
            option("verify", "HOW")
                .value_parser(choice(verify))
                .default_value("strict")
                .requires("cert"),
        ])
        .groups([
            group("the source", ["image", "build"]).required(true),
            group("either", ["recreate", "no-recreate"]).required(true),
            group("an address", ["host", "socket"]),
            group("a server", ["host", "socket", "context"]),
        ])
}

fn task() -> Command {
    Command::new("task")
        .about("Show a task")
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .args([
            Arg::new("name").value_name("NAME").required(true),
            Arg::new("word")
                .value_name("WORD")
                .action(ArgAction::Append)
                .num_args(1..),
        ])
        .subcommand(deploy())
        .subcommand(Command::new("add").about("Add a task").args([
            Arg::new("name").value_name("NAME").required(true),
            option("after", "NAME").requires("force"),
            switch("force"),
        ]))
}

fn switch(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value)
}

fn group<const N: usize>(name: &'static str, members: [&'static str; N]) -> ArgGroup {
    ArgGroup::new(name).args(members).multiple(true)
}

fn choice<T: Clone + Send + Sync + 'static>(choices: [(&'static str, T); 2]) -> ValueParser {
    let names = choices.each_ref().map(|(name, _)| *name);
    let value = move |name: String| {
        let mut choices = choices.iter();
        let found = choices.find(|(known, _)| *known == name);
        found.expect("one of the names").1.clone()
    };
    PossibleValuesParser::new(names).map(value).into()
}

/// The call that a command line means.
pub fn called(matches: &ArgMatches) -> Called {
    let root = Root {
        file: many(matches, "file"),
        progress: one(matches, "progress").expect("it has a default"),
        ansi: on_or_off(matches, "ansi", "no-ansi"),
    };
    let (name, m) = matches.subcommand().expect("a command is required");
    match name {
        "logs" => Called::Logs(cli::LogsArgs {
            follow: m.get_flag("follow"),
            build_progress: m.get_flag("build-progress"),
            all: on_or_off(m, "all", "newest"),
            tail: one(m, "tail"),
            capital_s: m.get_flag("S"),
            s: one(m, "s"),
            file: root.file,
            progress: root.progress,
            ansi: root.ansi,
            quiet: m.get_flag("quiet"),
        }),
        "deploy" => deploy_called(m, root),
        _ => match m.subcommand() {
            Some(("deploy", m)) => deploy_called(m, root),
            Some((_, m)) => Called::TaskAdd(cli::TaskAddArgs {
                name: one(m, "name").expect("it is required"),
                after: one(m, "after"),
                force: m.get_flag("force"),
                file: root.file,
                progress: root.progress,
                ansi: root.ansi,
                quiet: m.get_flag("quiet"),
            }),
            None => Called::Task(cli::TaskArgs {
                name: one(m, "name").expect("it is required"),
                word: many(m, "word"),
                file: root.file,
                progress: root.progress,
                ansi: root.ansi,
                quiet: m.get_flag("quiet"),
            }),
        },
    }
}

/// The options of the program itself.
struct Root {
    file: Vec<PathBuf>,
    progress: cli::ServicesProgress,
    ansi: Option<bool>,
}

fn deploy_called(m: &ArgMatches, root: Root) -> Called {
    let given = |id| m.value_source(id) == Some(clap::parser::ValueSource::CommandLine);
    let address = match (one(m, "host"), one(m, "socket")) {
        (Some(host), _) => Some(cli::DeployAddress::Host(host)),
        (_, socket) => socket.map(cli::DeployAddress::Socket),
    };
    let server = address.map(|address| {
        cli::DeployTarget::Server(cli::DeployServer {
            address,
            context: one(m, "context").expect("the address requires it"),
        })
    });
    let local = m.get_flag("local").then_some(cli::DeployTarget::Local);
    Called::Deploy(cli::DeployArgs {
        service: many(m, "service"),
        source: match one(m, "image") {
            Some(image) => cli::DeploySource::Image(image),
            None => cli::DeploySource::Build,
        },
        target: local.or(server),
        user: one(m, "user"),
        plan: m.get_flag("plan"),
        recreate: m.get_flag("recreate"),
        compression: match m.get_flag("raw") {
            true => cli::DeployCompression::Raw,
            false => cli::DeployCompression::Level(one(m, "level").expect("it has a default")),
        },
        tls: ["cert", "key", "verify"].into_iter().any(given).then(|| cli::TlsOptions {
            cert: one(m, "cert").expect("the others require it"),
            key: one(m, "key"),
            verify: one(m, "verify").expect("it has a default"),
        }),
        file: root.file,
        progress: root.progress,
        ansi: root.ansi,
        quiet: m.get_flag("quiet"),
    })
}

fn one<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Option<T> {
    m.get_one::<T>(id).cloned()
}

fn many<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Vec<T> {
    m.get_many::<T>(id).into_iter().flatten().cloned().collect()
}

fn on_or_off(m: &ArgMatches, on: &str, off: &str) -> Option<bool> {
    (m.get_flag(on) || m.get_flag(off)).then(|| m.get_flag(on))
}

/// clap treats a name after an option of `task` as an argument, even the name of a subcommand. So the only
/// option that may be between them is moved to the front.
pub fn command_line(mut words: Vec<OsString>) -> Vec<OsString> {
    let Some(start) = words.iter().position(|word| word == "task") else {
        return words;
    };
    let mut end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let mut at = start;
    while at < end {
        if words[at] == "-q" || words[at] == "--quiet" {
            let word = words.remove(at);
            words.insert(1, word);
        }
        at += 1;
        end = end.min(words.len());
    }
    words
}
