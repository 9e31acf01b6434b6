//! `kubectl`, written by hand with clap.

use std::net::IpAddr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use super::cli;
use crate::values::duration;

macro_rules! record {
    ($($method:ident => $variant:ident($args:ident),)*) => {
        /// A call of a handler, with its arguments.
        #[derive(Debug, PartialEq)]
        pub enum Called {
            $($variant(cli::$args)),*
        }

        #[derive(Default)]
pub struct Recorder(pub Option<Called>);

        impl cli::Handlers for Recorder {
            $(fn $method(&mut self, args: cli::$args) -> clapspec_runtime::Ended<cli::KubectlExit> {
                self.0 = Some(Called::$variant(args));
                Ok(cli::KubectlExit::Success.into())
            })*
        }
    };
}

record! {
    get => Get(GetArgs),
    apply => Apply(ApplyArgs),
    delete => Delete(DeleteArgs),
    logs => Logs(LogsArgs),
    port_forward => PortForward(PortForwardArgs),
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("kubectl")
        .version("1.34.0")
        .about("Look at a cluster and change it")
        .args_override_self(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global().map(|arg| arg.global(true)))
        .subcommands([get(), apply(), delete(), logs(), port_forward()])
}

fn global() -> [Arg; 6] {
    [
        path("kubeconfig", "FILE").env("KUBECONFIG"),
        option("namespace", "NAME").short('n'),
        option("as", "USER").hide_short_help(true),
        repeat(option("as-group", "GROUP"))
            .requires("as")
            .hide_short_help(true),
        time("request-timeout", "0s").hide_short_help(true),
        number("v", "LEVEL", 0, 10).short('v').default_value("0"),
    ]
}

/// The options for files.
fn manifest() -> [Arg; 3] {
    [
        repeat(path("filename", "FILE"))
            .short('f')
            .value_delimiter(','),
        path("kustomize", "DIR").short('k'),
        switch("recursive").short('R').requires("filename"),
    ]
}

/// The options for changes.
fn change() -> [Arg; 4] {
    let places = [
        ("none", cli::ChangeDryRun::None),
        ("client", cli::ChangeDryRun::Client),
        ("server", cli::ChangeDryRun::Server),
    ];
    [
        bare("dry-run", "WHERE", "client")
            .default_value("none")
            .value_parser(one_of(places)),
        switch("force"),
        number("grace-period", "SECONDS", -1, i64::MAX).default_value("-1"),
        time("timeout", "0s"),
    ]
}

fn get() -> Command {
    let formats = [
        (PossibleValue::new("json"), cli::GetOutput::Json),
        (PossibleValue::new("yaml"), cli::GetOutput::Yaml),
        (PossibleValue::new("wide"), cli::GetOutput::Wide),
        (PossibleValue::new("name"), cli::GetOutput::Name),
        (
            PossibleValue::new("custom-columns").alias("columns"),
            cli::GetOutput::CustomColumns,
        ),
        (
            PossibleValue::new("go-template"),
            cli::GetOutput::GoTemplate,
        ),
        (PossibleValue::new("jsonpath"), cli::GetOutput::Jsonpath),
        (
            PossibleValue::new("legacy-table").hide(true),
            cli::GetOutput::LegacyTable,
        ),
    ];
    let custom = [("output", "custom-columns"), ("output", "columns")];
    let templates = [("output", "go-template"), ("output", "jsonpath")];
    Command::new("get")
        .arg(name("resource", "TYPE").required_unless_present_any(["filename", "kustomize", "raw"]))
        .arg(names("name", "NAME"))
        .args([
            option("output", "FORMAT")
                .short('o')
                .value_parser(one_of(formats)),
            list("columns", "SPEC").required_if_eq_any(custom),
            option("template", "TEMPLATE").required_if_eq_any(templates),
            switch("all-namespaces").short('A'),
            option("selector", "QUERY")
                .short('l')
                .conflicts_with("name"),
            switch("watch").short('w'),
            switch("output-watch-events")
                .requires("watch")
                .conflicts_with("sort-by"),
            option("sort-by", "PATH").conflicts_with("watch"),
            number("chunk-size", "NUMBER", 0, i64::MAX).default_value("500"),
            option("raw", "URI").conflicts_with_all([
                "resource",
                "filename",
                "kustomize",
                "recursive",
            ]),
        ])
        .args(manifest())
}

fn apply() -> Command {
    let [filename, kustomize, recursive] = manifest();
    let validations = [
        (
            PossibleValue::new("strict").alias("true"),
            cli::ApplyValidate::Strict,
        ),
        (PossibleValue::new("warn"), cli::ApplyValidate::Warn),
        (
            PossibleValue::new("ignore").alias("false"),
            cli::ApplyValidate::Ignore,
        ),
    ];
    Command::new("apply")
        .args([
            switch("server-side").conflicts_with("force"),
            option("field-manager", "NAME")
                .default_value("kubectl-client-side-apply")
                .default_value_if("server-side", "true", "kubectl"),
            bare("validate", "HOW", "strict")
                .default_value("strict")
                .value_parser(one_of(validations)),
            switch("all"),
            option("selector", "QUERY").short('l').conflicts_with("all"),
        ])
        .args(negatable("overwrite", "no-overwrite"))
        .args([filename, kustomize, recursive.conflicts_with("kustomize")])
        .args(change())
        .group(
            ArgGroup::new("source")
                .args(["filename", "kustomize"])
                .required(true),
        )
}

fn delete() -> Command {
    let [filename, kustomize, recursive] = manifest();
    let chosen = ["all", "selector", "filename", "kustomize"];
    Command::new("delete")
        .arg(name("resource", "TYPE").required_unless_present_any(["filename", "kustomize"]))
        .arg(names("name", "NAME").required_unless_present_any(chosen))
        .args([
            switch("all").conflicts_with_all(["name", "selector"]),
            option("selector", "QUERY")
                .short('l')
                .conflicts_with("name"),
            switch("now").conflicts_with_all(["force", "grace-period"]),
            option("output", "FORMAT")
                .short('o')
                .value_parser(one_of([("name", cli::DeleteOutput::Name)])),
        ])
        .args(negatable("wait", "no-wait"))
        .args([filename, kustomize, recursive.conflicts_with("kustomize")])
        .args(change())
        .group(ArgGroup::new("source").args(["filename", "kustomize"]))
}

fn logs() -> Command {
    Command::new("logs")
        .alias("log")
        .arg(
            name("pod", "POD")
                .required_unless_present("selector")
                .conflicts_with("selector"),
        )
        .args([
            option("selector", "QUERY").short('l'),
            option("container", "NAME").short('c'),
            switch("follow").short('f'),
            number("tail", "LINES", -1, i64::MAX).default_value("-1"),
            option("since", "TIME")
                .value_parser(duration)
                .conflicts_with("since-time"),
            option("since-time", "DATE"),
        ])
}

fn port_forward() -> Command {
    Command::new("port-forward")
        .arg(name("target", "POD").required(true))
        .arg(names("port", "PORT").required(true))
        .args([
            list("address", "ADDRESS")
                .value_parser(value_parser!(IpAddr))
                .default_value("127.0.0.1"),
            time("pod-running-timeout", "1m"),
        ])
}

fn name(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).value_name(value)
}

fn names(id: &'static str, value: &'static str) -> Arg {
    repeat(name(id, value).num_args(1..))
}

fn switch(id: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue)
}

/// A switch that is on unless it is negated.
fn negatable(id: &'static str, no: &'static str) -> [Arg; 2] {
    [switch(id).overrides_with(no), switch(no).overrides_with(id)]
}

fn option(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value)
}

fn repeat(arg: Arg) -> Arg {
    arg.action(ArgAction::Append)
}

fn list(id: &'static str, value: &'static str) -> Arg {
    repeat(option(id, value)).value_delimiter(',')
}

fn path(id: &'static str, value: &'static str) -> Arg {
    option(id, value).value_parser(ValueParser::path_buf())
}

fn time(id: &'static str, default: &'static str) -> Arg {
    option(id, "TIME")
        .value_parser(duration)
        .default_value(default)
}

fn number(id: &'static str, value: &'static str, min: i64, max: i64) -> Arg {
    let range = value_parser!(i64).range(min..=max);
    option(id, value)
        .value_parser(range)
        .allow_negative_numbers(true)
}

/// An option with an optional value, as in `--option[=value]`.
fn bare(id: &'static str, value: &'static str, meant: &'static str) -> Arg {
    option(id, value)
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value(meant)
}

/// Parses names into their values.
fn one_of<W, T, const N: usize>(choices: [(W, T); N]) -> ValueParser
where
    W: Into<PossibleValue>,
    T: Copy + Send + Sync + 'static,
{
    let choices = choices.map(|(word, value)| (word.into(), value));
    let words = PossibleValuesParser::new(choices.clone().map(|(word, _)| word));
    let meant = move |given: String| {
        choices
            .iter()
            .find(|(word, _)| word.matches(&given, false))
            .map(|found| found.1)
    };
    words
        .map(move |given| meant(given).expect("clap accepts only known names"))
        .into()
}

/// The expected call, from clap's matches to the generated structs.
pub fn called(matches: &ArgMatches) -> Called {
    let (name, m) = matches.subcommand().expect("a command is required");
    let connection = cli::ConnectionOptions {
        kubeconfig: one(m, "kubeconfig"),
        r#as: one(m, "as"),
        as_group: many(m, "as-group"),
        request_timeout: must(m, "request-timeout"),
    };
    let namespace = one(m, "namespace");
    let v = must(m, "v");
    match name {
        "get" => Called::Get(cli::GetArgs {
            resource: one(m, "resource"),
            name: many(m, "name"),
            output: one(m, "output"),
            columns: many(m, "columns"),
            template: one(m, "template"),
            all_namespaces: m.get_flag("all-namespaces"),
            selector: one(m, "selector"),
            watch: m.get_flag("watch"),
            output_watch_events: m.get_flag("output-watch-events"),
            sort_by: one(m, "sort-by"),
            chunk_size: must(m, "chunk-size"),
            raw: one(m, "raw"),
            manifest: manifest_of(m),
            connection,
            namespace,
            v,
        }),
        "apply" => Called::Apply(cli::ApplyArgs {
            server_side: m.get_flag("server-side"),
            field_manager: must(m, "field-manager"),
            validate: must(m, "validate"),
            overwrite: !m.get_flag("no-overwrite"),
            all: m.get_flag("all"),
            selector: one(m, "selector"),
            manifest: manifest_of(m),
            change: change_of(m),
            connection,
            namespace,
            v,
        }),
        "delete" => Called::Delete(cli::DeleteArgs {
            resource: one(m, "resource"),
            name: many(m, "name"),
            all: m.get_flag("all"),
            selector: one(m, "selector"),
            wait: !m.get_flag("no-wait"),
            now: m.get_flag("now"),
            output: one(m, "output"),
            manifest: manifest_of(m),
            change: change_of(m),
            connection,
            namespace,
            v,
        }),
        "logs" => Called::Logs(cli::LogsArgs {
            pod: one(m, "pod"),
            selector: one(m, "selector"),
            container: one(m, "container"),
            follow: m.get_flag("follow"),
            tail: must(m, "tail"),
            since: one(m, "since"),
            since_time: one(m, "since-time"),
            connection,
            namespace,
            v,
        }),
        "port-forward" => Called::PortForward(cli::PortForwardArgs {
            target: must(m, "target"),
            port: many(m, "port"),
            address: many(m, "address"),
            pod_running_timeout: must(m, "pod-running-timeout"),
            connection,
            namespace,
            v,
        }),
        other => unreachable!("{other}"),
    }
}

fn manifest_of(m: &ArgMatches) -> cli::ManifestOptions {
    cli::ManifestOptions {
        filename: many(m, "filename"),
        kustomize: one(m, "kustomize"),
        recursive: m.get_flag("recursive"),
    }
}

fn change_of(m: &ArgMatches) -> cli::ChangeOptions {
    cli::ChangeOptions {
        dry_run: must(m, "dry-run"),
        force: m.get_flag("force"),
        grace_period: must(m, "grace-period"),
        timeout: must(m, "timeout"),
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
