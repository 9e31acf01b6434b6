//! `git`, written by hand with clap.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use super::cli;
use crate::values::pair;

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
            $(fn $method(&mut self, args: cli::$args) -> clapspec_runtime::Ended<cli::GitExit> {
                self.0 = Some(Called::$variant(args));
                Ok(cli::GitExit::Success.into())
            })*
        }
    };
}

record! {
    commit => Commit(CommitArgs),
    log => Log(LogArgs),
    remote => Remote(RemoteArgs),
    remote_add => RemoteAdd(RemoteAddArgs),
    remote_remove => RemoteRemove(RemoteRemoveArgs),
    remote_rename => RemoteRename(RemoteRenameArgs),
    remote_set_url => RemoteSetUrl(RemoteSetUrlArgs),
    stash_push => StashPush(StashPushArgs),
    stash_pop => StashPop(StashPopArgs),
    stash_list => StashList(StashListArgs),
    stash_drop => StashDrop(StashDropArgs),
}

/// The command line, with `push` added after `stash` if it doesn't name a subcommand of `stash`.
pub fn command_line(mut words: Vec<OsString>) -> Vec<OsString> {
    let stash = options_end(&words, 1);
    if words.get(stash).is_some_and(|word| word == "stash") {
        let at = options_end(&words, stash + 1);
        let named = ["push", "pop", "list", "drop", "help", "-h", "--help"];
        let word = words.get(at).and_then(|word| word.to_str());
        if !word.is_some_and(|word| named.contains(&word)) {
            // clap treats options before and after the name as two command lines, so `push` comes first.
            words.insert(stash + 1, "push".into());
        }
    }
    words
}

/// The index, from `at`, of the first argument that is not an option of `git` or `stash` or its value.
fn options_end(words: &[OsString], mut at: usize) -> usize {
    while let Some(word) = words.get(at) {
        at += match word.to_string_lossy().as_ref() {
            "-C" | "-c" | "--config" | "--git-dir" => 2,
            "-q" | "--quiet" | "--pager" | "--no-pager" => 1,
            word if word.starts_with("--config=") || word.starts_with("--git-dir=") => 1,
            word if word.starts_with("-C") || word.starts_with("-c") => 1,
            _ => break,
        };
    }
    at.min(words.len())
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("git")
        .version("2.51.0")
        .about("Keep the history of a directory of files")
        .args_override_self(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(repository().map(|arg| arg.global(true)))
        .subcommand(commit())
        .subcommand(log())
        .subcommand(remote())
        .subcommand(stash())
}

fn repository() -> [Arg; 5] {
    let [pager, no_pager] = negatable(switch("pager"), "no-pager");
    [
        repeat(path("C", "DIR").short('C').long(None)),
        repeat(option("config", "NAME=VALUE").short('c').value_parser(pair)),
        path("git-dir", "DIR").env("GIT_DIR"),
        pager,
        no_pager,
    ]
}

fn commit() -> Command {
    Command::new("commit")
        .arg(paths("pathspec").conflicts_with("all"))
        .args([
            switch("all").short('a'),
            repeat(option("message", "MESSAGE").short('m')),
            path("file", "FILE").short('F').conflicts_with("message"),
            option("reuse-message", "COMMIT").conflicts_with_all(["message", "file"]),
            option("fixup", "COMMIT").conflicts_with_all(["file", "reuse-message", "amend"]),
            switch("amend"),
            option("author", "AUTHOR"),
        ])
        .args(negatable(switch("signoff").short('s'), "no-signoff"))
        .args(negatable(switch("edit").short('e'), "no-edit"))
        .args(negatable(switch("verify"), "no-verify"))
        .args([
            option("cleanup", "MODE").value_parser(one_of([
                ("strip", cli::CommitCleanup::Strip),
                ("verbatim", cli::CommitCleanup::Verbatim),
                ("scissors", cli::CommitCleanup::Scissors),
                ("default", cli::CommitCleanup::Default),
            ])),
            bare(option("gpg-sign", "KEY"), "default"),
            switch("short"),
            switch("porcelain"),
            switch("verbose").short('v').action(ArgAction::Count),
            switch("quiet").short('q'),
        ])
        .group(ArgGroup::new("listing").args(["short", "porcelain"]))
}

fn log() -> Command {
    Command::new("log")
        .arg(repeat(name("revision", "REVISION").num_args(1..)))
        .arg(paths("path").last(true))
        .args([
            number("max-count", "NUMBER").short('n'),
            natural("skip", "NUMBER"),
            switch("oneline"),
            bare(option("pretty", "FORMAT"), "medium").visible_alias("format"),
            option("since", "DATE").visible_alias("after"),
            repeat(option("author", "PATTERN")),
            repeat(option("grep", "PATTERN")),
            switch("all-match").requires("grep"),
            switch("all"),
            switch("reverse").conflicts_with("graph"),
            repeat(option("L", "RANGE:FILE").short('L').long(None)).conflicts_with("path"),
            color(),
        ])
        .args(negatable(switch("graph"), "no-graph"))
        .args(negatable(
            switch("patch").short('p').visible_short_alias('u'),
            "no-patch",
        ))
}

fn remote() -> Command {
    Command::new("remote")
        .arg(switch("verbose").short('v').global(true))
        .subcommand(
            Command::new("add")
                .args([needed("name", "NAME"), needed("url", "URL")])
                .args([
                    repeat(option("track", "BRANCH").short('t')),
                    option("master", "BRANCH").short('m'),
                    option("mirror", "KIND")
                        .require_equals(true)
                        .conflicts_with("master")
                        .value_parser(one_of([
                            ("fetch", cli::RemoteAddMirror::Fetch),
                            ("push", cli::RemoteAddMirror::Push),
                        ])),
                ])
                .args(negatable(switch("tags"), "no-tags")),
        )
        .subcommand(
            Command::new("remove")
                .visible_alias("rm")
                .arg(needed("name", "NAME")),
        )
        .subcommand(Command::new("rename").args([needed("old", "OLD"), needed("new", "NEW")]))
        .subcommand(
            Command::new("set-url")
                .args([needed("name", "NAME"), needed("url", "URL")])
                .arg(name("old-url", "PATTERN").conflicts_with_all(["add", "delete"]))
                .args([
                    switch("push"),
                    switch("add").conflicts_with("delete"),
                    switch("delete"),
                ]),
        )
}

fn stash() -> Command {
    Command::new("stash")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(switch("quiet").short('q').global(true))
        .subcommand(
            Command::new("push")
                .arg(paths("pathspec"))
                .args([
                    option("message", "MESSAGE").short('m'),
                    switch("include-untracked").short('u'),
                    switch("all").short('a').conflicts_with("include-untracked"),
                ])
                .args(negatable(switch("keep-index").short('k'), "no-keep-index")),
        )
        .subcommand(Command::new("pop").args([name("stash", "STASH"), switch("index")]))
        .subcommand(Command::new("list").args([natural("max-count", "NUMBER").short('n'), color()]))
        .subcommand(Command::new("drop").arg(name("stash", "STASH")))
}

fn name(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).value_name(value)
}

fn needed(id: &'static str, value: &'static str) -> Arg {
    name(id, value).required(true)
}

fn paths(id: &'static str) -> Arg {
    repeat(name(id, "PATH").num_args(1..)).value_parser(ValueParser::path_buf())
}

fn repeat(arg: Arg) -> Arg {
    arg.action(ArgAction::Append)
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

fn number(id: &'static str, value: &'static str) -> Arg {
    option(id, value)
        .value_parser(value_parser!(i64))
        .allow_negative_numbers(true)
}

fn natural(id: &'static str, value: &'static str) -> Arg {
    number(id, value).value_parser(value_parser!(i64).range(0..))
}

/// An option with an optional value, as in `--option[=value]`.
fn bare(arg: Arg, value: &'static str) -> Arg {
    arg.num_args(0..=1)
        .require_equals(true)
        .default_missing_value(value)
}

/// A switch, and the one that negates it.
fn negatable(arg: Arg, no: &'static str) -> [Arg; 2] {
    let id = arg.get_id().clone();
    [arg.overrides_with(no), switch(no).overrides_with(id)]
}

fn color() -> Arg {
    bare(option("color", "WHEN"), "always")
        .default_value("auto")
        .value_parser(one_of([
            ("always", cli::DisplayColor::Always),
            ("auto", cli::DisplayColor::Auto),
            ("never", cli::DisplayColor::Never),
        ]))
}

/// Parses names into their values.
fn one_of<T, const N: usize>(choices: [(&'static str, T); N]) -> ValueParser
where
    T: Copy + Send + Sync + 'static,
{
    let words = PossibleValuesParser::new(choices.map(|(word, _)| word));
    let value = move |given: String| choices.iter().find(|(word, _)| *word == given).map(|c| c.1);
    words
        .map(move |given| value(given).expect("clap accepts only known names"))
        .into()
}

/// The expected call, from clap's matches to the generated structs.
pub fn called(matches: &ArgMatches) -> Called {
    match matches.subcommand() {
        Some(("commit", m)) => Called::Commit(cli::CommitArgs {
            pathspec: many(m, "pathspec"),
            all: m.get_flag("all"),
            message: many(m, "message"),
            file: one(m, "file"),
            reuse_message: one(m, "reuse-message"),
            fixup: one(m, "fixup"),
            amend: m.get_flag("amend"),
            author: one(m, "author"),
            signoff: either(m, "signoff", "no-signoff"),
            edit: either(m, "edit", "no-edit"),
            verify: !m.get_flag("no-verify"),
            cleanup: one(m, "cleanup"),
            gpg_sign: one(m, "gpg-sign"),
            listing: match (m.get_flag("short"), m.get_flag("porcelain")) {
                (true, _) => Some(cli::CommitListing::Short),
                (_, true) => Some(cli::CommitListing::Porcelain),
                _ => None,
            },
            verbose: m.get_count("verbose").min(2),
            quiet: m.get_flag("quiet"),
            repository: repository_of(m),
        }),
        Some(("log", m)) => Called::Log(cli::LogArgs {
            revision: many(m, "revision"),
            path: many(m, "path"),
            max_count: one(m, "max-count"),
            skip: one(m, "skip"),
            oneline: m.get_flag("oneline"),
            pretty: one(m, "pretty"),
            since: one(m, "since"),
            author: many(m, "author"),
            grep: many(m, "grep"),
            all_match: m.get_flag("all-match"),
            all: m.get_flag("all"),
            graph: either(m, "graph", "no-graph"),
            reverse: m.get_flag("reverse"),
            patch: either(m, "patch", "no-patch"),
            capital_l: many(m, "L"),
            display: display_of(m),
            repository: repository_of(m),
        }),
        Some(("remote", m)) => remote_called(m),
        Some(("stash", m)) => stash_called(m),
        other => unreachable!("{other:?}"),
    }
}

fn remote_called(group: &ArgMatches) -> Called {
    let (name, m) = group.subcommand().unwrap_or(("", group));
    let verbose = m.get_flag("verbose");
    let repository = repository_of(m);
    match name {
        "" => Called::Remote(cli::RemoteArgs {
            verbose,
            repository,
        }),
        "add" => Called::RemoteAdd(cli::RemoteAddArgs {
            name: must(m, "name"),
            url: must(m, "url"),
            track: many(m, "track"),
            master: one(m, "master"),
            tags: either(m, "tags", "no-tags"),
            mirror: one(m, "mirror"),
            verbose,
            repository,
        }),
        "remove" => Called::RemoteRemove(cli::RemoteRemoveArgs {
            name: must(m, "name"),
            verbose,
            repository,
        }),
        "rename" => Called::RemoteRename(cli::RemoteRenameArgs {
            old: must(m, "old"),
            new: must(m, "new"),
            verbose,
            repository,
        }),
        "set-url" => Called::RemoteSetUrl(cli::RemoteSetUrlArgs {
            name: must(m, "name"),
            url: must(m, "url"),
            old_url: one(m, "old-url"),
            push: m.get_flag("push"),
            add: m.get_flag("add"),
            delete: m.get_flag("delete"),
            verbose,
            repository,
        }),
        other => unreachable!("{other}"),
    }
}

fn stash_called(group: &ArgMatches) -> Called {
    let (name, m) = group.subcommand().expect("a command is required");
    let quiet = m.get_flag("quiet");
    let repository = repository_of(m);
    match name {
        "push" => Called::StashPush(cli::StashPushArgs {
            pathspec: many(m, "pathspec"),
            message: one(m, "message"),
            include_untracked: m.get_flag("include-untracked"),
            all: m.get_flag("all"),
            keep_index: either(m, "keep-index", "no-keep-index"),
            quiet,
            repository,
        }),
        "pop" => Called::StashPop(cli::StashPopArgs {
            stash: one(m, "stash"),
            index: m.get_flag("index"),
            quiet,
            repository,
        }),
        "list" => Called::StashList(cli::StashListArgs {
            max_count: one(m, "max-count"),
            display: display_of(m),
            quiet,
            repository,
        }),
        "drop" => Called::StashDrop(cli::StashDropArgs {
            stash: one(m, "stash"),
            quiet,
            repository,
        }),
        other => unreachable!("{other}"),
    }
}

fn repository_of(m: &ArgMatches) -> cli::RepositoryOptions {
    cli::RepositoryOptions {
        capital_c: many(m, "C"),
        config: many(m, "config"),
        git_dir: one::<PathBuf>(m, "git-dir"),
        pager: either(m, "pager", "no-pager"),
    }
}

fn display_of(m: &ArgMatches) -> cli::DisplayOptions {
    cli::DisplayOptions {
        color: one(m, "color").expect("it has a default"),
    }
}

fn one<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Option<T> {
    m.get_one(id).cloned()
}

fn must(m: &ArgMatches, id: &str) -> String {
    one(m, id).expect("it is required")
}

fn many<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Vec<T> {
    m.get_many(id).into_iter().flatten().cloned().collect()
}

fn either(m: &ArgMatches, yes: &str, no: &str) -> Option<bool> {
    (m.get_flag(yes) || m.get_flag(no)).then(|| m.get_flag(yes))
}
