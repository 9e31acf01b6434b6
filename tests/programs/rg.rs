//! `rg`, written by hand with clap.

use std::any::Any;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use super::cli::{self, RgArgs, RgColor, RgEngine, RgGenerate, RgSort, RgSortr};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Rg(RgArgs),
}

/// Handlers that record the call.
#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn rg(&mut self, args: RgArgs) -> clapspec_runtime::Ended<cli::RgExit> {
        self.0 = Some(Called::Rg(args));
        Ok(cli::RgExit::Success.into())
    }
}

/// Switches, each with the `--no-…` switch that negates it.
const NEGATIONS: [(&str, &str); 16] = [
    ("search-zip", "no-search-zip"),
    ("fixed-strings", "no-fixed-strings"),
    ("invert-match", "no-invert-match"),
    ("multiline", "no-multiline"),
    ("multiline-dotall", "no-multiline-dotall"),
    ("pcre2", "no-pcre2"),
    ("auto-hybrid-regex", "no-auto-hybrid-regex"),
    ("hidden", "no-hidden"),
    ("ignore", "no-ignore"),
    ("ignore-vcs", "no-ignore-vcs"),
    ("ignore-parent", "no-ignore-parent"),
    ("text", "no-text"),
    ("follow", "no-follow"),
    ("heading", "no-heading"),
    ("stats", "no-stats"),
    ("messages", "no-messages"),
];

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("rg")
        .version("15.1.0")
        .about("Search directories for lines that match a pattern")
        .args_override_self(true)
        .arg(
            Arg::new("pattern")
                .help("Regular expression to look for")
                .required_unless_present_any([
                    "regexp",
                    "file",
                    "files",
                    "type-list",
                    "generate",
                    "pcre2-version",
                ]),
        )
        .arg(
            Arg::new("path")
                .help("File or directory to search")
                .action(ArgAction::Append)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .next_help_heading("Input options")
        .args(input_options())
        .next_help_heading("Search options")
        .args(search_options())
        .next_help_heading("Filter options")
        .args(filter_options())
        .next_help_heading("Output options")
        .args(output_options())
        .next_help_heading("Output modes")
        .args(output_modes())
        .next_help_heading("Other behaviors")
        .args(other_behaviors())
        .next_help_heading("Negations")
        .args(NEGATIONS.map(|(id, negation)| {
            flag(negation, "Take the switch back")
                .help(format!("Take back `--{id}`"))
                .overrides_with(id)
        }))
}

fn input_options() -> impl IntoIterator<Item = Arg> {
    [
        list("regexp", "PATTERN", "Look for this pattern too")
            .short('e')
            .allow_hyphen_values(true),
        list("file", "FILE", "Read patterns from a file")
            .short('f')
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        option("pre", "COMMAND", "Search what this program prints")
            .value_hint(ValueHint::CommandName),
        list("pre-glob", "GLOB", "Files that `--pre` is used for").requires("pre"),
        flag("search-zip", "Look into compressed files").short('z'),
    ]
}

fn search_options() -> impl IntoIterator<Item = Arg> {
    [
        flag("case-sensitive", "Capitals make a difference")
            .short('s')
            .overrides_with_all(["ignore-case", "smart-case"]),
        flag("ignore-case", "Capitals make no difference")
            .short('i')
            .overrides_with("smart-case"),
        flag(
            "smart-case",
            "Capitals make a difference if the pattern has some",
        )
        .short('S'),
        flag("fixed-strings", "Patterns are plain text").short('F'),
        flag("word-regexp", "Match whole words")
            .short('w')
            .overrides_with("line-regexp"),
        flag("line-regexp", "Match whole lines").short('x'),
        flag("invert-match", "Look for lines that do not match").short('v'),
        number("max-count", "Matching lines of a file at most").short('m'),
        flag("multiline", "A match may cover several lines").short('U'),
        flag("multiline-dotall", "A dot matches line ends too"),
        option("engine", "ENGINE", "Regular expressions to use")
            .value_parser([
                PossibleValue::new("default").help("Fast and without backreferences"),
                PossibleValue::new("pcre2").help("With backreferences and lookaround"),
                PossibleValue::new("auto").help("The first that can read the pattern"),
            ])
            .default_value("default"),
        flag("pcre2", "Short for `--engine pcre2`").short('P'),
        flag("auto-hybrid-regex", "Short for `--engine auto`").hide_short_help(true),
        option("encoding", "ENCODING", "How the text of files is encoded")
            .short('E')
            .default_value("auto"),
        number("threads", "Threads to use, or 0 for as many as are good")
            .short('j')
            .value_parser(value_parser!(i64).range(0..=1024))
            .default_value("0"),
        flag(
            "stop-on-nonmatch",
            "Leave a file at the first line that does not match after one that does",
        ),
    ]
}

fn filter_options() -> impl IntoIterator<Item = Arg> {
    [
        list("glob", "GLOB", "Search files that this matches")
            .short('g')
            .allow_hyphen_values(true),
        list(
            "iglob",
            "GLOB",
            "As `--glob`, but capitals make no difference",
        ),
        list("type", "TYPE", "Search files of this type").short('t'),
        list("type-not", "TYPE", "Pass over files of this type").short('T'),
        list("type-add", "TYPE:GLOB", "Define a type of files"),
        flag("unrestricted", "Pass over fewer files")
            .short('u')
            .action(ArgAction::Count),
        flag("hidden", "Search hidden files and directories"),
        flag("ignore", "Pass over files that are ignored"),
        flag("ignore-vcs", "Obey the ignore files of git"),
        flag("ignore-parent", "Obey ignore files of directories above"),
        flag("text", "Search binary files as if they were text").short('a'),
        flag("follow", "Follow symbolic links").short('L'),
        number("max-depth", "Levels of directories to go down at most")
            .short('d')
            .alias("maxdepth"),
        option(
            "max-filesize",
            "NUM+SUFFIX",
            "Pass over files larger than this, such as `50K`, `2M` or `1G`",
        ),
    ]
}

fn output_options() -> impl IntoIterator<Item = Arg> {
    let orders = ["none", "path", "modified", "accessed", "created"];
    [
        number("after-context", "Lines to show after each match").short('A'),
        number("before-context", "Lines to show before each match").short('B'),
        number("context", "Lines to show around each match").short('C'),
        option("color", "WHEN", "When to use color")
            .value_parser([
                PossibleValue::new("never").help("Never use color"),
                PossibleValue::new("auto").help("Use color when the terminal shows it"),
                PossibleValue::new("always").help("Use color in any case"),
                PossibleValue::new("ansi")
                    .help("As `always`, with escape sequences on Windows too")
                    .hide(true),
            ])
            .default_value("auto"),
        list("colors", "SPEC", "Which colors to use"),
        flag("heading", "Name each file above its matches"),
        flag("line-number", "Show line numbers")
            .short('n')
            .overrides_with("no-line-number"),
        flag("no-line-number", "Show no line numbers").short('N'),
        number("max-columns", "Leave out lines longer than this").short('M'),
        flag("only-matching", "Show the parts of lines that match").short('o'),
        flag("passthru", "Show lines that do not match too")
            .visible_alias("passthrough")
            .overrides_with("only-matching"),
        option("replace", "TEXT", "Show this in place of each match")
            .short('r')
            .allow_hyphen_values(true),
        option("sort", "SORTBY", "Order of the files")
            .value_parser(orders)
            .overrides_with("sortr"),
        option("sortr", "SORTBY", "Order from last to first").value_parser(orders),
        flag("stats", "Show figures at the end"),
        flag("quiet", "Print nothing and stop at the first match").short('q'),
        flag("messages", "Report files that can't be read"),
    ]
}

/// The first four override each other, so the last one that is given counts.
fn output_modes() -> impl IntoIterator<Item = Arg> {
    [
        flag("files-with-matches", "Print the names of files that match")
            .short('l')
            .overrides_with_all(["files-without-match", "count", "count-matches"]),
        flag(
            "files-without-match",
            "Print the names of files that do not match",
        )
        .overrides_with_all(["count", "count-matches"]),
        flag("count", "Print how many lines of each file match")
            .short('c')
            .overrides_with("count-matches"),
        flag("count-matches", "Print how many matches each file has"),
        flag("json", "Print a line of JSON for each thing found").conflicts_with_all([
            "files-with-matches",
            "files-without-match",
            "count",
            "count-matches",
            "files",
            "type-list",
        ]),
    ]
}

fn other_behaviors() -> impl IntoIterator<Item = Arg> {
    [
        flag("files", "Print the names of files that would be searched"),
        flag("type-list", "Print all types of files"),
        option(
            "generate",
            "KIND",
            "Print a man page or completions for a shell",
        )
        .value_parser(words(&[
            ("man", RgGenerate::Man),
            ("complete-bash", RgGenerate::CompleteBash),
            ("complete-zsh", RgGenerate::CompleteZsh),
            ("complete-fish", RgGenerate::CompleteFish),
            ("complete-powershell", RgGenerate::CompletePowershell),
        ]))
        .exclusive(true),
        flag("pcre2-version", "Print which PCRE2 is used").exclusive(true),
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

fn number(id: &'static str, help: &'static str) -> Arg {
    option(id, "NUM", help)
        .value_parser(value_parser!(i64).range(0..))
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
    let given = |id| matches.get_flag(id);
    let on_or_off = |id| {
        let (_, negation) = NEGATIONS.into_iter().find(|(switch, _)| *switch == id)?;
        (given(id) || given(negation)).then(|| given(id))
    };
    let text = |id| one::<String>(matches, id);
    let texts = |id| many::<String>(matches, id);
    let number = |id| one::<i64>(matches, id);
    Called::Rg(RgArgs {
        pattern: text("pattern"),
        path: many(matches, "path"),
        regexp: texts("regexp"),
        file: many(matches, "file"),
        pre: text("pre"),
        pre_glob: texts("pre-glob"),
        search_zip: on_or_off("search-zip"),
        case_sensitive: given("case-sensitive"),
        ignore_case: given("ignore-case"),
        smart_case: given("smart-case"),
        fixed_strings: on_or_off("fixed-strings"),
        word_regexp: given("word-regexp"),
        line_regexp: given("line-regexp"),
        invert_match: on_or_off("invert-match"),
        max_count: number("max-count"),
        multiline: on_or_off("multiline"),
        multiline_dotall: on_or_off("multiline-dotall"),
        engine: match text("engine").as_deref() {
            Some("pcre2") => RgEngine::Pcre2,
            Some("auto") => RgEngine::Auto,
            _ => RgEngine::Default,
        },
        pcre2: on_or_off("pcre2"),
        auto_hybrid_regex: on_or_off("auto-hybrid-regex"),
        encoding: text("encoding").expect("it has a default"),
        threads: number("threads").expect("it has a default"),
        stop_on_nonmatch: given("stop-on-nonmatch"),
        glob: texts("glob"),
        iglob: texts("iglob"),
        r#type: texts("type"),
        type_not: texts("type-not"),
        type_add: texts("type-add"),
        unrestricted: matches.get_count("unrestricted").min(3),
        hidden: on_or_off("hidden"),
        ignore: !given("no-ignore"),
        ignore_vcs: !given("no-ignore-vcs"),
        ignore_parent: !given("no-ignore-parent"),
        text: on_or_off("text"),
        follow: on_or_off("follow"),
        max_depth: number("max-depth"),
        max_filesize: text("max-filesize"),
        after_context: number("after-context"),
        before_context: number("before-context"),
        context: number("context"),
        color: match text("color").as_deref() {
            Some("never") => RgColor::Never,
            Some("always") => RgColor::Always,
            Some("ansi") => RgColor::Ansi,
            _ => RgColor::Auto,
        },
        colors: texts("colors"),
        heading: on_or_off("heading"),
        line_number: given("line-number"),
        no_line_number: given("no-line-number"),
        max_columns: number("max-columns"),
        only_matching: given("only-matching"),
        passthru: given("passthru"),
        replace: text("replace"),
        sort: text("sort").map(|order| match order.as_str() {
            "path" => RgSort::Path,
            "modified" => RgSort::Modified,
            "accessed" => RgSort::Accessed,
            "created" => RgSort::Created,
            _ => RgSort::None,
        }),
        sortr: text("sortr").map(|order| match order.as_str() {
            "path" => RgSortr::Path,
            "modified" => RgSortr::Modified,
            "accessed" => RgSortr::Accessed,
            "created" => RgSortr::Created,
            _ => RgSortr::None,
        }),
        stats: on_or_off("stats"),
        quiet: given("quiet"),
        messages: !given("no-messages"),
        files_with_matches: given("files-with-matches"),
        files_without_match: given("files-without-match"),
        count: given("count"),
        count_matches: given("count-matches"),
        json: given("json"),
        files: given("files"),
        type_list: given("type-list"),
        generate: one(matches, "generate"),
        pcre2_version: given("pcre2-version"),
    })
}

fn one<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn many<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Vec<T> {
    matches.get_many(id).unwrap_or_default().cloned().collect()
}
