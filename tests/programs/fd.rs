//! `fd`, written by hand with clap.

use std::num::NonZeroU16;

use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser,
};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use super::cli;
use crate::values::{duration, existing_directory, size};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Fd(cli::FdArgs),
}

#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn fd(&mut self, args: cli::FdArgs) -> clapspec_runtime::Ended<cli::FdExit> {
        self.0 = Some(Called::Fd(args));
        Ok(cli::FdExit::Success.into())
    }
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("fd")
        .version("10.3.0")
        .about("Find files by their names")
        .args_override_self(true)
        .arg(Arg::new("pattern").value_name("PATTERN"))
        .arg(
            repeat(Arg::new("path").value_name("PATH").num_args(1..))
                .value_parser(ValueParser::path_buf()),
        )
        .args(what_is_searched())
        .args(which_depth())
        .args(which_files())
        .args(what_is_run())
        .args(how_it_works())
        .group(ArgGroup::new("execs").args(["exec", "exec-batch", "list-details"]))
}

fn what_is_searched() -> [Arg; 15] {
    [
        switch("hidden").short('H').overrides_with("no-hidden"),
        switch("no-hidden").overrides_with("hidden"),
        switch("ignore").overrides_with("no-ignore"),
        switch("no-ignore").overrides_with("ignore"),
        switch("unrestricted").short('u').action(ArgAction::Count),
        switch("case-sensitive")
            .short('s')
            .overrides_with("ignore-case"),
        switch("ignore-case")
            .short('i')
            .overrides_with("case-sensitive"),
        switch("glob").short('g').conflicts_with("fixed-strings"),
        switch("regex")
            .overrides_with_all(["glob", "fixed-strings"])
            .hide_short_help(true),
        switch("fixed-strings")
            .short('F')
            .visible_alias("literal")
            .hide_short_help(true),
        repeat(option("and", "PATTERN")).hide_short_help(true),
        switch("absolute-path").short('a'),
        switch("full-path").short('p'),
        switch("follow").short('L').visible_alias("dereference"),
        switch("one-file-system").visible_aliases(["mount", "xdev"]),
    ]
}

fn which_depth() -> [Arg; 3] {
    [
        number("max-depth", "DEPTH")
            .short('d')
            .visible_alias("maxdepth"),
        number("min-depth", "DEPTH").hide_short_help(true),
        number("exact-depth", "DEPTH")
            .conflicts_with_all(["max-depth", "min-depth"])
            .hide_short_help(true),
    ]
}

fn which_files() -> [Arg; 11] {
    let types = [
        (PossibleValue::new("file").alias("f"), cli::FdType::File),
        (
            PossibleValue::new("directory").aliases(["d", "dir"]),
            cli::FdType::Directory,
        ),
        (
            PossibleValue::new("symlink").alias("l"),
            cli::FdType::Symlink,
        ),
        (
            PossibleValue::new("executable").alias("x"),
            cli::FdType::Executable,
        ),
        (PossibleValue::new("empty").alias("e"), cli::FdType::Empty),
        (PossibleValue::new("socket").alias("s"), cli::FdType::Socket),
        (PossibleValue::new("pipe").alias("p"), cli::FdType::Pipe),
        (
            PossibleValue::new("char-device").alias("c").hide(true),
            cli::FdType::CharDevice,
        ),
    ];
    [
        repeat(option("exclude", "GLOB").short('E')),
        switch("prune").hide_short_help(true),
        repeat(option("type", "TYPE").short('t'))
            .value_delimiter(',')
            .value_parser(one_of(types)),
        repeat(option("extension", "EXT").short('e')),
        repeat(option("size", "SIZE").short('S')).allow_hyphen_values(true),
        time("changed-within").visible_aliases(["change-newer-than", "newer"]),
        time("changed-before").visible_aliases(["change-older-than", "older"]),
        option("owner", "USER:GROUP").short('o'),
        repeat(option("ignore-contain", "NAME")).hide_short_help(true),
        repeat(path("search-path")).conflicts_with("path"),
        path("base-directory")
            .short('C')
            .value_parser(PathBufValueParser::new().try_map(existing_directory)),
    ]
}

fn what_is_run() -> [Arg; 5] {
    let command = |id, short| {
        option(id, "CMD")
            .short(short)
            .num_args(1..)
            .value_terminator(";")
            .allow_hyphen_values(true)
    };
    [
        switch("list-details").short('l'),
        option("format", "TEXT")
            .allow_hyphen_values(true)
            .conflicts_with("list-details"),
        command("exec", 'x'),
        command("exec-batch", 'X'),
        number("batch-size", "NUMBER")
            .requires("exec-batch")
            .conflicts_with_all(["exec", "list-details", "max-results", "quiet"])
            .hide_short_help(true),
    ]
}

fn how_it_works() -> [Arg; 12] {
    let colors = [
        (PossibleValue::new("auto"), cli::FdColor::Auto),
        (PossibleValue::new("always"), cli::FdColor::Always),
        (PossibleValue::new("never"), cli::FdColor::Never),
    ];
    let links = [
        (PossibleValue::new("auto"), cli::FdHyperlink::Auto),
        (PossibleValue::new("always"), cli::FdHyperlink::Always),
        (PossibleValue::new("never"), cli::FdHyperlink::Never),
    ];
    let prefixes = [
        (PossibleValue::new("auto"), cli::FdStripCwdPrefix::Auto),
        (PossibleValue::new("always"), cli::FdStripCwdPrefix::Always),
        (PossibleValue::new("never"), cli::FdStripCwdPrefix::Never),
    ];
    let runs = ["exec", "exec-batch"];
    [
        switch("print0").short('0').conflicts_with("list-details"),
        option("color", "WHEN")
            .short('c')
            .value_parser(one_of(colors))
            .default_value("auto"),
        bare("hyperlink", "auto")
            .value_parser(one_of(links))
            .default_value("never"),
        bare("strip-cwd-prefix", "always")
            .value_parser(one_of(prefixes))
            .hide_short_help(true),
        option("threads", "NUMBER")
            .short('j')
            .value_parser(value_parser!(NonZeroU16)),
        option("max-buffer", "SIZE")
            .value_parser(size)
            .default_value("1M")
            .hide(true),
        time("max-buffer-time").default_value("100ms").hide(true),
        number("max-results", "NUMBER")
            .value_parser(value_parser!(i64).range(1..))
            .conflicts_with_all(runs),
        switch("max-one-result")
            .short('1')
            .overrides_with("max-results")
            .hide_short_help(true),
        switch("quiet")
            .short('q')
            .visible_alias("has-results")
            .conflicts_with_all(["exec", "exec-batch", "list-details"]),
        switch("show-errors").hide_short_help(true),
        option("path-separator", "TEXT"),
    ]
}

fn switch(id: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value)
}

fn repeat(arg: Arg) -> Arg {
    arg.action(ArgAction::Append)
}

fn path(id: &'static str) -> Arg {
    option(id, "DIR").value_parser(ValueParser::path_buf())
}

fn time(id: &'static str) -> Arg {
    option(id, "TIME").value_parser(duration)
}

fn number(id: &'static str, value: &'static str) -> Arg {
    let parser = value_parser!(i64).range(0..);
    option(id, value)
        .value_parser(parser)
        .allow_negative_numbers(true)
}

/// An option with an optional value, as in `--option[=WHEN]`.
fn bare(id: &'static str, meant: &'static str) -> Arg {
    option(id, "WHEN")
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value(meant)
}

/// Parses names into their values.
fn one_of<T, const N: usize>(choices: [(PossibleValue, T); N]) -> ValueParser
where
    T: Copy + Send + Sync + 'static,
{
    let words = PossibleValuesParser::new(choices.clone().map(|(word, _)| word));
    let meant = move |given: &str| {
        choices
            .iter()
            .find(|(word, _)| word.matches(given, false))
            .map(|found| found.1)
    };
    words
        .map(move |given| meant(&given).expect("clap accepts only known names"))
        .into()
}

/// The expected call, from clap's matches to the generated structs.
pub fn called(m: &ArgMatches) -> Called {
    Called::Fd(cli::FdArgs {
        pattern: one(m, "pattern"),
        path: many(m, "path"),
        hidden: (m.get_flag("hidden") || m.get_flag("no-hidden")).then(|| m.get_flag("hidden")),
        ignore: !m.get_flag("no-ignore"),
        unrestricted: m.get_count("unrestricted").min(3),
        case_sensitive: m.get_flag("case-sensitive"),
        ignore_case: m.get_flag("ignore-case"),
        glob: m.get_flag("glob"),
        regex: m.get_flag("regex"),
        fixed_strings: m.get_flag("fixed-strings"),
        and: many(m, "and"),
        absolute_path: m.get_flag("absolute-path"),
        full_path: m.get_flag("full-path"),
        follow: m.get_flag("follow"),
        print0: m.get_flag("print0"),
        max_depth: one(m, "max-depth"),
        min_depth: one(m, "min-depth"),
        exact_depth: one(m, "exact-depth"),
        exclude: many(m, "exclude"),
        prune: m.get_flag("prune"),
        r#type: many(m, "type"),
        extension: many(m, "extension"),
        size: many(m, "size"),
        max_buffer: must(m, "max-buffer"),
        changed_within: one(m, "changed-within"),
        changed_before: one(m, "changed-before"),
        owner: one(m, "owner"),
        format: one(m, "format"),
        execs: match (m.contains_id("exec"), m.contains_id("exec-batch")) {
            (true, _) => Some(cli::FdExecs::Exec(many(m, "exec"))),
            (_, true) => Some(cli::FdExecs::ExecBatch(many(m, "exec-batch"))),
            _ => m.get_flag("list-details").then_some(cli::FdExecs::ListDetails),
        },
        batch_size: one(m, "batch-size"),
        color: must(m, "color"),
        hyperlink: must(m, "hyperlink"),
        ignore_contain: many(m, "ignore-contain"),
        threads: one(m, "threads"),
        max_buffer_time: must(m, "max-buffer-time"),
        max_results: one(m, "max-results"),
        max_one_result: m.get_flag("max-one-result"),
        quiet: m.get_flag("quiet"),
        show_errors: m.get_flag("show-errors"),
        base_directory: one(m, "base-directory"),
        path_separator: one(m, "path-separator"),
        search_path: many(m, "search-path"),
        strip_cwd_prefix: one(m, "strip-cwd-prefix"),
        one_file_system: m.get_flag("one-file-system"),
    })
}

fn one<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Option<T> {
    m.get_one(id).cloned()
}

fn must<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> T {
    one(m, id).expect("it has a default")
}

fn many<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Vec<T> {
    m.get_many(id).into_iter().flatten().cloned().collect()
}
