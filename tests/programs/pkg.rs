//! `pkg`, written by hand with clap.

use std::ffi::OsString;

use clap::builder::{
    FalseyValueParser, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser,
    ValueRange,
};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use clapspec_runtime::External;

use super::cli;

macro_rules! record {
    ($($method:ident => $variant:ident($args:ty, $exit:ident),)*) => {
        /// A call of a handler, with its arguments.
        #[derive(Debug, PartialEq)]
        pub enum Called {
            $($variant($args),)*
            External(cli::PkgArgs, External),
        }

        #[derive(Default)]
pub struct Recorder(pub Option<Called>);

        impl cli::Handlers for Recorder {
            $(fn $method(&mut self, args: $args) -> clapspec_runtime::Ended<cli::$exit> {
                self.0 = Some(Called::$variant(args));
                Ok(cli::$exit::Success.into())
            })*

            fn external(&mut self, args: cli::PkgArgs, command: External) -> clapspec_runtime::Ended<cli::PkgExit> {
                self.0 = Some(Called::External(args, command));
                Ok(cli::PkgExit::Success.into())
            }
        }
    };
}

record! {
    install => Install(cli::InstallArgs, PkgExit),
    remove => Remove(cli::RemoveArgs, PkgExit),
    search => Search(cli::SearchArgs, SearchExit),
    list => List(cli::ListArgs, PkgExit),
    run => Run(cli::RunArgs, PkgExit),
    audit => Audit(cli::AuditArgs, PkgExit),
    config_get => ConfigGet(cli::ConfigGetArgs, PkgExit),
    config_set => ConfigSet(cli::ConfigSetArgs, PkgExit),
    config_unset => ConfigUnset(cli::ConfigUnsetArgs, PkgExit),
    doctor => Doctor(cli::DoctorArgs, PkgExit),
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("pkg")
        .version("4.1.0")
        .about("Install software and remove it")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .allow_external_subcommands(true)
        .args(common().map(|arg| arg.global(true)))
        .subcommands([
            install(),
            remove(),
            search(),
            list(),
            run(),
            audit(),
            config(),
        ])
        .subcommand(Command::new("doctor").hide(true).arg(switch("fix")))
}

fn common() -> [Arg; 9] {
    let colors = [
        (PossibleValue::new("auto"), cli::CommonColor::Auto),
        (PossibleValue::new("always"), cli::CommonColor::Always),
        (PossibleValue::new("never"), cli::CommonColor::Never),
    ];
    [
        switch("verbose")
            .short('v')
            .action(ArgAction::Count)
            .conflicts_with("quiet"),
        switch("quiet")
            .short('q')
            .visible_short_alias('s')
            .visible_alias("silent"),
        option("color", "WHEN")
            .value_parser(one_of(colors))
            .default_value("auto")
            .env("PKG_COLOR")
            .overrides_with("color"),
        path("root", "DIR").env("PKG_ROOT"),
        switch("offline").overrides_with("online"),
        switch("online").overrides_with("offline"),
        switch("unstable"),
        switch("yes").short('y').visible_alias("assume-yes"),
        switch("no-confirm")
            .conflicts_with("yes")
            .hide_short_help(true),
    ]
}

fn account() -> [Arg; 4] {
    [
        option("registry", "URL").overrides_with("registry"),
        option("user", "NAME")
            .short('u')
            .requires_all(["password", "realm"]),
        option("password", "TEXT")
            .env("PKG_PASSWORD")
            .requires_all(["user", "realm"]),
        option("realm", "NAME").requires_all(["user", "password"]),
    ]
}

fn install() -> Command {
    let sources = [
        (
            PossibleValue::new("registry").alias("net"),
            cli::InstallFrom::Registry,
        ),
        (PossibleValue::new("git"), cli::InstallFrom::Git),
        (PossibleValue::new("directory"), cli::InstallFrom::Directory),
    ];
    let ways = [
        (PossibleValue::new("strict"), cli::InstallVerify::Strict),
        (PossibleValue::new("lax"), cli::InstallVerify::Lax),
    ];
    Command::new("install")
        .visible_alias("add")
        .aliases(["in", "i"])
        .arg(names("package", "PACKAGE", 1..).required_unless_present("resume"))
        .args([
            option("from", "SOURCE")
                .value_parser(one_of(sources))
                .default_value("registry"),
            option("url", "URL").required_if_eq("from", "git"),
            path("directory", "DIR").required_if_eq("from", "directory"),
            option("branch", "NAME").requires("url"),
            option("tag", "NAME").requires("url"),
            option("commit", "HASH").requires("url"),
            option("verify", "HOW").value_parser(one_of(ways)),
            option("checksum", "HEX")
                .required_if_eq_all([("from", "directory"), ("verify", "strict")]),
            option("reason", "TEXT").required_if_eq("verify", "lax"),
            // clap doesn't accept `PKG_PIN=1` as `true` by default.
            switch("pin")
                .env("PKG_PIN")
                .value_parser(FalseyValueParser::new())
                .requires("reason"),
            repeat(option("features", "FEATURE").short('F'))
                .value_delimiter(',')
                .conflicts_with("all-features"),
            switch("all-features"),
            switch("upgrade").short('U').overrides_with("no-upgrade"),
            switch("no-upgrade").overrides_with("upgrade"),
            switch("dry-run").short('n'),
            number("jobs", 1..=64).short('j').overrides_with("jobs"),
            switch("resume").exclusive(true),
        ])
        .args(account())
        .group(ArgGroup::new("revision").args(["branch", "tag", "commit"]))
}

fn remove() -> Command {
    Command::new("remove")
        .visible_alias("rm")
        .alias("uninstall")
        .arg(names("package", "PACKAGE", 1..).required(true))
        .args([
            switch("with-unused").overrides_with("keep-unused"),
            switch("keep-unused").overrides_with("with-unused"),
            repeat(option("keep", "PACKAGE"))
                .requires("with-unused")
                .conflicts_with("keep-unused"),
        ])
}

fn search() -> Command {
    Command::new("search")
        .visible_alias("find")
        .arg(names("word", "WORD", 1..=3).required_unless_present_all(["author", "category"]))
        .args([
            option("author", "NAME"),
            option("category", "NAME"),
            switch("exact").short('x').requires("word"),
            number("limit", 1..=100).default_value("10"),
        ])
        .args(account())
}

fn list() -> Command {
    Command::new("list")
        .visible_alias("ls")
        .args([
            switch("outdated"),
            switch("unused"),
            switch("pinned"),
            switch("tree").short('t'),
            number("depth", 0..=i64::MAX)
                .requires("tree")
                .conflicts_with_all(["json", "format"]),
            switch("json"),
            option("format", "TEXT").allow_hyphen_values(true),
        ])
        .group(ArgGroup::new("which").args(["outdated", "unused", "pinned"]))
        .group(ArgGroup::new("how").args(["json", "format", "tree"]))
}

fn run() -> Command {
    let words = names("words", "WORDS", 1..);
    Command::new("run")
        .arg(Arg::new("program").value_name("PROGRAM").required(true))
        .arg(words.trailing_var_arg(true).allow_hyphen_values(true))
        .args([option("package", "PACKAGE").short('p')])
}

fn audit() -> Command {
    let levels = [
        (PossibleValue::new("low"), cli::AuditLevel::Low),
        (PossibleValue::new("medium"), cli::AuditLevel::Medium),
        (PossibleValue::new("high"), cli::AuditLevel::High),
    ];
    Command::new("audit").args([
        // This redefines the global option, which can't be required.
        switch("unstable").required(true),
        option("level", "LEVEL")
            .ignore_case(true)
            .value_parser(one_of(levels))
            .default_value("low"),
    ])
}

fn config() -> Command {
    let scopes = [
        (PossibleValue::new("system"), cli::ConfigScope::System),
        (PossibleValue::new("user"), cli::ConfigScope::User),
        (PossibleValue::new("project"), cli::ConfigScope::Project),
    ];
    let key = Arg::new("key").value_name("KEY");
    Command::new("config")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            option("scope", "SCOPE")
                .value_parser(one_of(scopes))
                .default_value("user")
                .global(true),
        )
        .subcommand(
            Command::new("get")
                .arg(
                    key.clone()
                        .required_unless_present("all")
                        .conflicts_with("all"),
                )
                .arg(switch("all"))
                .arg(
                    option("default", "TEXT")
                        .allow_hyphen_values(true)
                        .requires("key")
                        .conflicts_with("all"),
                ),
        )
        .subcommand(
            Command::new("set").arg(key.required(true)).arg(
                Arg::new("value")
                    .value_name("VALUE")
                    .required(true)
                    .allow_hyphen_values(true),
            ),
        )
        .subcommand(Command::new("unset").arg(names("key", "KEY", 1..=4).required(true)))
}

fn switch(id: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value)
}

fn path(id: &'static str, value: &'static str) -> Arg {
    option(id, value).value_parser(ValueParser::path_buf())
}

fn number(id: &'static str, range: std::ops::RangeInclusive<i64>) -> Arg {
    let parser = value_parser!(i64).range(range);
    option(id, "NUMBER")
        .value_parser(parser)
        .allow_negative_numbers(true)
}

fn repeat(arg: Arg) -> Arg {
    arg.action(ArgAction::Append)
}

fn names(id: &'static str, value: &'static str, count: impl Into<ValueRange>) -> Arg {
    repeat(Arg::new(id).value_name(value).num_args(count))
}

/// Parses names into their values.
fn one_of<T, const N: usize>(choices: [(PossibleValue, T); N]) -> ValueParser
where
    T: Copy + Send + Sync + 'static,
{
    let words = PossibleValuesParser::new(choices.clone().map(|(word, _)| word));
    // clap has already checked the case if it matters.
    let meant = move |given: &str| {
        choices
            .iter()
            .find(|(word, _)| word.matches(given, true))
            .map(|found| found.1)
    };
    words
        .map(move |given| meant(&given).expect("clap accepts only known names"))
        .into()
}

/// The expected call, from clap's matches to the generated structs.
pub fn called(matches: &ArgMatches) -> Called {
    let (name, m) = matches.subcommand().expect("a command is required");
    match name {
        "install" => Called::Install(cli::InstallArgs {
            package: many(m, "package"),
            from: must(m, "from"),
            url: one(m, "url"),
            directory: one(m, "directory"),
            revision: match (one(m, "branch"), one(m, "tag"), one(m, "commit")) {
                (Some(branch), ..) => Some(cli::InstallRevision::Branch(branch)),
                (_, Some(tag), _) => Some(cli::InstallRevision::Tag(tag)),
                (.., commit) => commit.map(cli::InstallRevision::Commit),
            },
            verify: one(m, "verify"),
            checksum: one(m, "checksum"),
            reason: one(m, "reason"),
            pin: m.get_flag("pin"),
            features: many(m, "features"),
            all_features: m.get_flag("all-features"),
            upgrade: (m.get_flag("upgrade") || m.get_flag("no-upgrade"))
                .then(|| m.get_flag("upgrade")),
            dry_run: m.get_flag("dry-run"),
            jobs: one(m, "jobs"),
            resume: m.get_flag("resume"),
            account: account_of(m),
            common: common_of(m),
        }),
        "remove" => Called::Remove(cli::RemoveArgs {
            package: many(m, "package"),
            with_unused: m.get_flag("with-unused"),
            keep_unused: m.get_flag("keep-unused"),
            keep: many(m, "keep"),
            common: common_of(m),
        }),
        "search" => Called::Search(cli::SearchArgs {
            word: many(m, "word"),
            author: one(m, "author"),
            category: one(m, "category"),
            exact: m.get_flag("exact"),
            limit: must(m, "limit"),
            account: account_of(m),
            common: common_of(m),
        }),
        "list" => Called::List(cli::ListArgs {
            which: [
                ("outdated", cli::ListWhich::Outdated),
                ("unused", cli::ListWhich::Unused),
                ("pinned", cli::ListWhich::Pinned),
            ]
            .into_iter()
            .find_map(|(id, which)| m.get_flag(id).then_some(which)),
            depth: one(m, "depth"),
            how: match (m.get_flag("json"), one(m, "format"), m.get_flag("tree")) {
                (true, ..) => Some(cli::ListHow::Json),
                (_, Some(format), _) => Some(cli::ListHow::Format(format)),
                (.., tree) => tree.then_some(cli::ListHow::Tree),
            },
            common: common_of(m),
        }),
        "run" => Called::Run(cli::RunArgs {
            program: must(m, "program"),
            words: many(m, "words"),
            package: one(m, "package"),
            common: common_of(m),
        }),
        "audit" => Called::Audit(cli::AuditArgs {
            level: must(m, "level"),
            common: common_of(m),
        }),
        "config" => config_called(m),
        "doctor" => Called::Doctor(cli::DoctorArgs {
            fix: m.get_flag("fix"),
            common: common_of(m),
        }),
        other => Called::External(
            cli::PkgArgs {
                common: common_of(matches),
            },
            External {
                name: other.into(),
                args: many::<OsString>(m, ""),
            },
        ),
    }
}

fn config_called(group: &ArgMatches) -> Called {
    let (name, m) = group.subcommand().expect("a command is required");
    let scope = must(m, "scope");
    let common = common_of(m);
    match name {
        "get" => Called::ConfigGet(cli::ConfigGetArgs {
            key: one(m, "key"),
            all: m.get_flag("all"),
            default: one(m, "default"),
            scope,
            common,
        }),
        "set" => Called::ConfigSet(cli::ConfigSetArgs {
            key: must(m, "key"),
            value: must(m, "value"),
            scope,
            common,
        }),
        "unset" => Called::ConfigUnset(cli::ConfigUnsetArgs {
            key: many(m, "key"),
            scope,
            common,
        }),
        other => unreachable!("{other}"),
    }
}

fn account_of(m: &ArgMatches) -> cli::AccountOptions {
    cli::AccountOptions {
        registry: one(m, "registry"),
        user: one(m, "user"),
        password: one(m, "password"),
        realm: one(m, "realm"),
    }
}

fn common_of(m: &ArgMatches) -> cli::CommonOptions {
    cli::CommonOptions {
        verbose: m.get_count("verbose").min(3),
        quiet: m.get_flag("quiet"),
        color: must(m, "color"),
        root: one(m, "root"),
        offline: m.get_flag("offline"),
        online: m.get_flag("online"),
        unstable: m.get_flag("unstable"),
        yes: m.get_flag("yes"),
        no_confirm: m.get_flag("no-confirm"),
    }
}

fn one<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Option<T> {
    m.get_one(id).cloned()
}

fn must<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> T {
    one(m, id).expect("it is required or has a default")
}

fn many<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Vec<T> {
    m.get_many(id).into_iter().flatten().cloned().collect()
}
