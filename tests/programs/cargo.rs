//! `cargo`, written by hand with clap.

use std::any::Any;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, ValueHint, value_parser};
use clapspec_runtime::External;

use super::cli::{self, AddArgs, BuildArgs, NewArgs, RunArgs, TestArgs};
use super::cli::{CompilationMessageFormat, CompilationOptions, CompilationTimings};
use super::cli::{DisplayOptions, FeatureSelectionOptions, ManifestOptions};
use super::cli::{NetworkOptions, SelectionOptions};
use crate::values::{existing_file, existing_directory, new_path, url};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Build(BuildArgs),
    Run(RunArgs),
    Test(TestArgs),
    New(NewArgs),
    Add(AddArgs),
    External(cli::CargoArgs, External),
}

/// Handlers that record the call.
#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn build(&mut self, args: BuildArgs) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::Build(args));
        Ok(cli::CargoExit::Success.into())
    }

    fn run(&mut self, args: RunArgs) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::Run(args));
        Ok(cli::CargoExit::Success.into())
    }

    fn test(&mut self, args: TestArgs) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::Test(args));
        Ok(cli::CargoExit::Success.into())
    }

    fn new(&mut self, args: NewArgs) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::New(args));
        Ok(cli::CargoExit::Success.into())
    }

    fn add(&mut self, args: AddArgs) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::Add(args));
        Ok(cli::CargoExit::Success.into())
    }

    fn external(&mut self, args: cli::CargoArgs, command: External) -> clapspec_runtime::Ended<cli::CargoExit> {
        self.0 = Some(Called::External(args, command));
        Ok(cli::CargoExit::Success.into())
    }
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("cargo")
        .version("1.95.0")
        .about("Rust's package manager")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .allow_external_subcommands(true)
        .next_help_heading("Display options")
        .args(display().map(|arg| arg.global(true)))
        .next_help_heading("Manifest and network options")
        .args(network().map(|arg| arg.global(true)))
        .subcommands([
            packages(compiling(build())),
            compiling(run()),
            packages(compiling(test())),
            new(),
            add(),
        ])
}

fn build() -> Command {
    Command::new("build")
        .visible_alias("b")
        .about("Compile a package")
        .arg(flag("tests", "All that is tested").help_heading("Target selection"))
        .arg(directory("artifact-dir", "PATH", "Copy what is built here").alias("out-dir"))
}

fn run() -> Command {
    Command::new("run")
        .visible_alias("r")
        .about("Compile a program and run it")
        .arg(
            words("args", "ARG", "What the program is called with")
                .trailing_var_arg(true),
        )
        .arg(option("package", "SPEC", "Package that is meant").short('p'))
        .arg(option("bin", "NAME", "This program"))
}

fn test() -> Command {
    Command::new("test")
        .visible_alias("t")
        .about("Compile tests and run them")
        .arg(Arg::new("testname").help("Part of names of tests"))
        .arg(words("args", "ARG", "What the test programs are called with").last(true))
        .arg(flag("no-run", "Compile and do not run"))
        .arg(
            flag("doc", "The tests in documentation")
                .conflicts_with_all(["lib", "bins", "bin", "no-run"]),
        )
}

fn new() -> Command {
    let path = Arg::new("path")
        .value_name("PATH")
        .help("Directory of the package");
    Command::new("new")
        .about("Make a new package")
        .arg(
            path.required(true)
                .value_parser(PathBufValueParser::new().try_map(new_path)),
        )
        .arg(flag("bin", "A program, which is the default"))
        .arg(flag("lib", "A library"))
        .group(ArgGroup::new("kind").args(["bin", "lib"]))
}

fn add() -> Command {
    Command::new("add")
        .about("Add dependencies to a manifest")
        .arg(words("dep", "DEP", "Package to depend on"))
        .arg(option("package", "SPEC", "Package to change").short('p'))
        .arg(flag("dry-run", "Change nothing").short('n'))
        .next_help_heading("Dependency options")
        .arg(flag("default-features", "The default ones too"))
        .arg(flag("no-default-features", "Without them").overrides_with("default-features"))
        .arg(features())
        .arg(flag("optional", "It may be left out"))
        .arg(flag("no-optional", "It may not").overrides_with("optional"))
        .next_help_heading("Source")
        .arg(
            directory("path", "PATH", "Where it is on this machine")
                .value_parser(PathBufValueParser::new().try_map(existing_directory)),
        )
        .arg(
            option("git", "URL", "Where it is in Git")
                .value_hint(ValueHint::Url)
                .value_parser(url),
        )
        .group(ArgGroup::new("source").args(["path", "git"]))
        .arg(
            // clap doesn't report a missing `--git` if one of these conflicts with it.
            option("branch", "NAME", "Branch to use")
                .requires("git")
                .conflicts_with_all(["path", "registry"]),
        )
        .arg(option("registry", "NAME", "Registry that has it").conflicts_with_all(["path", "git"]))
        .group(
            ArgGroup::new("selected")
                .args(["dep", "path", "git"])
                .required(true)
                .multiple(true),
        )
        .next_help_heading("Section")
        .arg(flag("dev", "For tests and examples").conflicts_with("build"))
        .arg(flag("build", "For the build script"))
        .next_help_heading("Manifest options")
        .args(manifest())
}

/// Adds the options that select packages and their targets.
fn packages(command: Command) -> Command {
    command
        .next_help_heading("Package selection")
        .arg(list("package", "SPEC", "Package that is meant").short('p'))
        .arg(flag("workspace", "All packages of the workspace").alias("all"))
        .arg(list("exclude", "SPEC", "Packages to leave out").requires("workspace"))
        .next_help_heading("Target selection")
        .arg(flag("lib", "The library"))
        .arg(flag("bins", "All programs"))
        .arg(list("bin", "NAME", "This program"))
}

/// Adds the options of all commands that compile.
fn compiling(command: Command) -> Command {
    command
        .next_help_heading("Feature selection")
        .arg(features())
        .arg(flag("all-features", "Switch on all features"))
        .arg(flag("no-default-features", "Switch off the others"))
        .next_help_heading("Compilation options")
        .args(compilation())
        .next_help_heading("Manifest options")
        .args(manifest())
}

fn features() -> Arg {
    list("features", "FEATURES", "Features to use")
        .short('F')
        .value_delimiter(',')
}

fn display() -> [Arg; 2] {
    [
        flag("verbose", "Say more")
            .short('v')
            .action(ArgAction::Count)
            .conflicts_with("quiet"),
        flag("quiet", "Say nothing but errors").short('q'),
    ]
}

fn network() -> [Arg; 4] {
    [
        directory("C", "DIR", "Begin in this directory")
            .short('C')
            .long(None)
            .value_parser(PathBufValueParser::new().try_map(existing_directory)),
        list("Z", "FLAG", "Unstable flags of the nightly toolchain")
            .short('Z')
            .long(None)
            .hide_short_help(true),
        list("config", "KEY=VALUE|PATH", "Use this setting"),
        flag("locked", "Leave `Cargo.lock` as it is"),
    ]
}

fn manifest() -> [Arg; 2] {
    [
        option("manifest-path", "PATH", "`Cargo.toml` to use")
            .value_hint(ValueHint::FilePath)
            .value_parser(PathBufValueParser::new().try_map(existing_file)),
        flag("ignore-rust-version", "Pass over `rust-version`"),
    ]
}

fn compilation() -> [Arg; 6] {
    [
        option("jobs", "N", "Jobs at once or processors to leave free")
            .short('j')
            .value_parser(value_parser!(i64))
            .allow_negative_numbers(true),
        flag("release", "Short for `--profile release`")
            .short('r')
            .conflicts_with("profile"),
        option("profile", "PROFILE", "Settings to build with")
            .default_value("dev")
            .default_value_if("release", "true", "release"),
        directory("target-dir", "DIR", "Directory for all that is built").env("CARGO_TARGET_DIR"),
        option("timings", "FORMAT", "Say what took how long")
            .value_parser(["html", "json"])
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("html")
            .hide_short_help(true),
        list("message-format", "FORMAT", "Form of messages")
            .value_delimiter(',')
            .ignore_case(true)
            .value_parser(
                PossibleValuesParser::new(["human", "short", "json"]).map(|format| {
                    match format.to_lowercase().as_str() {
                        "short" => CompilationMessageFormat::Short,
                        "json" => CompilationMessageFormat::Json,
                        _ => CompilationMessageFormat::Human,
                    }
                }),
            ),
    ]
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

/// A positional argument that takes several values.
fn words(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(id)
        .value_name(value)
        .help(help)
        .action(ArgAction::Append)
        .num_args(1..)
}

fn directory(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(id, value, help)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
}

/// The expected call, from clap's matches.
pub fn called(matches: &ArgMatches) -> Called {
    let (name, m) = matches.subcommand().expect("a command is required");
    let given = |id| m.get_flag(id);
    match name {
        "build" => Called::Build(BuildArgs {
            tests: given("tests"),
            artifact_dir: one(m, "artifact-dir"),
            selection: selection_of(m),
            feature_selection: features_of(m),
            compilation: compilation_of(m),
            manifest: manifest_of(m),
            display: display_of(m),
            network: network_of(m),
        }),
        "run" => Called::Run(RunArgs {
            args: many(m, "args"),
            package: one(m, "package"),
            bin: one(m, "bin"),
            feature_selection: features_of(m),
            compilation: compilation_of(m),
            manifest: manifest_of(m),
            display: display_of(m),
            network: network_of(m),
        }),
        "test" => Called::Test(TestArgs {
            testname: one(m, "testname"),
            args: many(m, "args"),
            no_run: given("no-run"),
            doc: given("doc"),
            selection: selection_of(m),
            feature_selection: features_of(m),
            compilation: compilation_of(m),
            manifest: manifest_of(m),
            display: display_of(m),
            network: network_of(m),
        }),
        "new" => Called::New(NewArgs {
            path: one(m, "path").expect("it is required"),
            kind: match (given("bin"), given("lib")) {
                (true, _) => Some(cli::NewKind::Bin),
                (_, true) => Some(cli::NewKind::Lib),
                _ => None,
            },
            display: display_of(m),
            network: network_of(m),
        }),
        "add" => Called::Add(AddArgs {
            dep: many(m, "dep"),
            package: one(m, "package"),
            dry_run: given("dry-run"),
            default_features: on_or_off(m, "default-features", "no-default-features"),
            features: many(m, "features"),
            optional: on_or_off(m, "optional", "no-optional"),
            source: match (one(m, "path"), one(m, "git")) {
                (Some(path), _) => Some(cli::AddSource::Path(path)),
                (_, Some(git)) => Some(cli::AddSource::Git(git)),
                _ => None,
            },
            branch: one(m, "branch"),
            registry: one(m, "registry"),
            dev: given("dev"),
            build: given("build"),
            manifest: manifest_of(m),
            display: display_of(m),
            network: network_of(m),
        }),
        name => Called::External(
            cli::CargoArgs {
                display: display_of(matches),
                network: network_of(matches),
            },
            External {
                name: name.into(),
                args: many(m, ""),
            },
        ),
    }
}

fn selection_of(m: &ArgMatches) -> SelectionOptions {
    SelectionOptions {
        package: many(m, "package"),
        workspace: m.get_flag("workspace"),
        exclude: many(m, "exclude"),
        lib: m.get_flag("lib"),
        bins: m.get_flag("bins"),
        bin: many(m, "bin"),
    }
}

fn features_of(m: &ArgMatches) -> FeatureSelectionOptions {
    FeatureSelectionOptions {
        features: many(m, "features"),
        all_features: m.get_flag("all-features"),
        no_default_features: m.get_flag("no-default-features"),
    }
}

fn compilation_of(m: &ArgMatches) -> CompilationOptions {
    CompilationOptions {
        jobs: one(m, "jobs"),
        release: m.get_flag("release"),
        profile: one(m, "profile").expect("it has a default"),
        target_dir: one(m, "target-dir"),
        timings: one::<String>(m, "timings").map(|format| match format.as_str() {
            "json" => CompilationTimings::Json,
            _ => CompilationTimings::Html,
        }),
        message_format: many(m, "message-format"),
    }
}

fn manifest_of(m: &ArgMatches) -> ManifestOptions {
    ManifestOptions {
        manifest_path: one(m, "manifest-path"),
        ignore_rust_version: m.get_flag("ignore-rust-version"),
    }
}

fn display_of(m: &ArgMatches) -> DisplayOptions {
    DisplayOptions {
        verbose: m.get_count("verbose").min(2),
        quiet: m.get_flag("quiet"),
    }
}

fn network_of(m: &ArgMatches) -> NetworkOptions {
    NetworkOptions {
        capital_c: one(m, "C"),
        capital_z: many(m, "Z"),
        config: many(m, "config"),
        locked: m.get_flag("locked"),
    }
}

fn on_or_off(m: &ArgMatches, id: &str, negation: &str) -> Option<bool> {
    (m.get_flag(id) || m.get_flag(negation)).then(|| m.get_flag(id))
}

fn one<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn many<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Vec<T> {
    matches.get_many(id).unwrap_or_default().cloned().collect()
}
