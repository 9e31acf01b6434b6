//! `tar`, written by hand with clap.

use std::any::Any;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, ValueHint, value_parser};

use super::cli::{self, TarArgs, TarAtimePreserve, TarBackup, TarCompression, TarFormat};
use super::cli::{TarOperation, TarOverwriting, TarSort};
use crate::values::{existing_file, size};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Tar(TarArgs),
}

/// Handlers that record the call.
#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn tar(&mut self, args: TarArgs) -> clapspec_runtime::Ended<cli::TarExit> {
        self.0 = Some(Called::Tar(args));
        Ok(cli::TarExit::Success.into())
    }
}

/// Switches, each with the `--no-…` switch that negates it.
const NEGATIONS: [(&str, &str); 7] = [
    ("auto-compress", "no-auto-compress"),
    ("null", "no-null"),
    ("recursion", "no-recursion"),
    ("wildcards", "no-wildcards"),
    ("preserve-permissions", "no-preserve-permissions"),
    ("same-owner", "no-same-owner"),
    ("xattrs", "no-xattrs"),
];

/// clap doesn't report a missing `--extract` if one of these conflicts with it.
const NOT_EXTRACT: [&str; 7] = [
    "create",
    "list",
    "append",
    "update",
    "concatenate",
    "diff",
    "delete",
];

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("tar")
        .version("1.35.0")
        .about("Put files into an archive and take them out again")
        .args_override_self(true)
        // `-h` and `-V` mean something else here.
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", "Print help").action(ArgAction::Help))
        .arg(flag("version", "Print version").action(ArgAction::Version))
        .arg(
            Arg::new("member")
                .value_name("MEMBER")
                .help("File to put in or take out")
                .action(ArgAction::Append)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .required_if_eq("delete", "true"),
        )
        .args(archive_options())
        .next_help_heading("Main operations")
        .args(operations())
        .group(
            ArgGroup::new("operation")
                .args(operations().iter().map(Arg::get_id))
                .required(true),
        )
        .next_help_heading("Compression options")
        .args(compressions())
        .group(ArgGroup::new("compression").args([
            "gzip",
            "bzip2",
            "xz",
            "zstd",
            "use-compress-program",
        ]))
        .next_help_heading("Choice of files")
        .args(choice_of_files())
        .next_help_heading("File attributes")
        .args(file_attributes())
        .next_help_heading("Overwriting")
        .args(overwriting())
        .group(ArgGroup::new("overwriting").args([
            "keep-old-files",
            "skip-old-files",
            "keep-newer-files",
            "overwrite",
            "unlink-first",
        ]))
        .next_help_heading("Messages")
        .args(messages())
        .next_help_heading("Negations")
        .args(
            NEGATIONS
                .map(|(id, negation)| flag(negation, "Take the switch back").overrides_with(id)),
        )
}

fn operations() -> [Arg; 8] {
    [
        flag("create", "Make a new archive").short('c'),
        flag("extract", "Take files out of an archive")
            .short('x')
            .visible_alias("get"),
        flag("list", "List what is in an archive").short('t'),
        flag("append", "Add files at the end of an archive").short('r'),
        flag("update", "Add files that have changed").short('u'),
        flag("concatenate", "Add archives to an archive")
            .short('A')
            .visible_alias("catenate"),
        flag("diff", "Compare an archive with the files")
            .short('d')
            .visible_alias("compare"),
        flag("delete", "Remove files from an archive").requires("file"),
    ]
}

fn archive_options() -> impl IntoIterator<Item = Arg> {
    [
        file("file", "ARCHIVE", "The archive, or `-` for a pipe")
            .short('f')
            .env("TAPE"),
        option("directory", "DIR", "Go to this directory first")
            .short('C')
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath),
        flag("verbose", "Say what is done")
            .short('v')
            .action(ArgAction::Count),
        flag("interactive", "Ask before each file")
            .short('w')
            .visible_alias("confirmation"),
        number("blocking-factor", "BLOCKS", "Blocks in a record", 1)
            .short('b')
            .value_parser(value_parser!(i64).range(1..=65536)),
        option("record-size", "SIZE", "Bytes in a record")
            .value_parser(size)
            .conflicts_with("blocking-factor"),
        flag("multi-volume", "The archive has several volumes").short('M'),
        option("tape-length", "SIZE", "Change the volume after so much")
            .short('L')
            .value_parser(size)
            .requires("multi-volume"),
        option("label", "TEXT", "Name of the archive").short('V'),
        option("format", "FORMAT", "Format of a new archive")
            .short('H')
            .value_parser(
                PossibleValuesParser::new([
                    PossibleValue::new("gnu").help("That of GNU tar 1.13 and later"),
                    PossibleValue::new("oldgnu").help("That of GNU tar up to 1.12"),
                    PossibleValue::new("posix")
                        .help("That of POSIX 1003.1-2001")
                        .alias("pax"),
                    PossibleValue::new("ustar").help("That of POSIX 1003.1-1988"),
                    PossibleValue::new("v7").help("That of Unix V7"),
                ])
                .map(|word| match word.as_str() {
                    "oldgnu" => TarFormat::Oldgnu,
                    "posix" | "pax" => TarFormat::Posix,
                    "ustar" => TarFormat::Ustar,
                    "v7" => TarFormat::V7,
                    _ => TarFormat::Gnu,
                }),
            )
            .default_value("gnu")
            .default_value_ifs([("portability", "true", "v7"), ("posix", "true", "posix")]),
        flag("posix", "Short for `--format=posix`"),
        flag("portability", "Short for `--format=v7`")
            .short('o')
            .alias("old-archive")
            .hide_short_help(true),
    ]
}

fn compressions() -> [Arg; 6] {
    [
        flag("gzip", "Use gzip")
            .short('z')
            .visible_aliases(["gunzip", "ungzip"]),
        flag("bzip2", "Use bzip2").short('j'),
        flag("xz", "Use xz").short('J'),
        flag("zstd", "Use zstd"),
        option("use-compress-program", "COMMAND", "Use this program")
            .short('I')
            .value_hint(ValueHint::CommandString),
        flag("auto-compress", "Tell the compression from the name").short('a'),
    ]
}

fn choice_of_files() -> impl IntoIterator<Item = Arg> {
    [
        option("exclude", "PATTERN", "Leave out files that match").action(ArgAction::Append),
        file("exclude-from", "FILE", "Read patterns here")
            .short('X')
            .action(ArgAction::Append)
            .value_parser(PathBufValueParser::new().try_map(existing_file)),
        flag("exclude-vcs", "Leave out directories of version control"),
        file("files-from", "FILE", "Read names here")
            .short('T')
            .action(ArgAction::Append),
        option("newer", "DATE", "Files newer than this date")
            .short('N')
            .visible_alias("after-date"),
        flag("null", "Names in such files end with a zero byte"),
        flag("recursion", "Go down into directories"),
        flag("wildcards", "Patterns have wildcards"),
        flag("dereference", "Follow symbolic links").short('h'),
        option("sort", "ORDER", "Order of files")
            .value_parser(["none", "name", "inode"])
            .default_value("none"),
        optional(
            "1",
            number("occurrence", "N", "Only the Nth of that name", 1),
        ),
    ]
}

fn file_attributes() -> impl IntoIterator<Item = Arg> {
    [
        number("strip-components", "N", "Leading directories to take away", 0).default_value("0"),
        option("transform", "EXPRESSION", "Change names as sed does")
            .visible_alias("xform")
            .action(ArgAction::Append),
        option("owner", "NAME", "Owner of files that are added"),
        option("group", "NAME", "Group of files that are added"),
        option("mode", "CHANGES", "Permissions of files that are added").allow_hyphen_values(true),
        flag("preserve-permissions", "Keep permissions")
            .short('p')
            .visible_alias("same-permissions"),
        flag("same-owner", "Keep owners"),
        flag("xattrs", "Keep extended attributes"),
        optional(
            "replace",
            option("atime-preserve", "METHOD", "Keep the access time"),
        )
        .value_parser(["replace", "system"]),
    ]
}

fn overwriting() -> impl IntoIterator<Item = Arg> {
    [
        flag("keep-old-files", "Files that are there are an error").short('k'),
        flag("skip-old-files", "Leave files that are there alone"),
        flag("keep-newer-files", "Leave files that are newer alone"),
        flag("overwrite", "Write into files that are there"),
        flag("unlink-first", "Remove files that are there first").short('U'),
        optional(
            "existing",
            option("backup", "CONTROL", "Keep a copy of what is overwritten"),
        )
        .value_parser(
            PossibleValuesParser::new(
                [
                    ("none", "No backups", "off"),
                    ("numbered", "With a number", "t"),
                    ("existing", "With a number if there are such", "nil"),
                    ("simple", "With a suffix", "never"),
                ]
                .map(|(name, help, alias)| PossibleValue::new(name).help(help).alias(alias)),
            )
            .map(|word| match word.as_str() {
                "numbered" | "t" => TarBackup::Numbered,
                "existing" | "nil" => TarBackup::Existing,
                "simple" | "never" => TarBackup::Simple,
                _ => TarBackup::None,
            }),
        ),
        option("suffix", "TEXT", "What a simple `--backup` ends with").requires("backup"),
        flag("remove-files", "Remove files that were added").conflicts_with_all(["list", "diff"]),
        flag("to-stdout", "Write files to the standard output")
            .short('O')
            .requires("extract")
            .conflicts_with_all(NOT_EXTRACT),
        option("to-command", "COMMAND", "Write each file to a program")
            .value_hint(ValueHint::CommandString)
            .requires("extract")
            .conflicts_with_all(NOT_EXTRACT)
            .conflicts_with("to-stdout"),
    ]
}

fn messages() -> impl IntoIterator<Item = Arg> {
    [
        flag("totals", "Say how many bytes there were"),
        optional(
            "10",
            number("checkpoint", "N", "A message each N records", 1),
        ),
    ]
}

fn flag(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).help(help).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value).help(help)
}

fn file(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(id, value, help)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
}

/// A number of at least `min`.
fn number(id: &'static str, value: &'static str, help: &'static str, min: i64) -> Arg {
    option(id, value, help)
        .value_parser(value_parser!(i64).range(min..))
        .allow_negative_numbers(true)
}

/// Makes the value of an option optional. If it is given, it comes after an equals sign.
fn optional(missing: &'static str, arg: Arg) -> Arg {
    arg.num_args(0..=1)
        .require_equals(true)
        .default_missing_value(missing)
}

/// The expected call, from clap's matches.
pub fn called(matches: &ArgMatches) -> Called {
    let given = |id| matches.get_flag(id);
    let on_or_off = |id| {
        let (_, negation) = NEGATIONS.into_iter().find(|(switch, _)| *switch == id)?;
        (given(id) || given(negation)).then(|| given(id))
    };
    let text = |id| one::<String>(matches, id);
    let path = |id| one::<PathBuf>(matches, id);
    let number = |id| one::<i64>(matches, id);
    Called::Tar(TarArgs {
        member: many(matches, "member"),
        operation: [
            ("create", TarOperation::Create),
            ("extract", TarOperation::Extract),
            ("list", TarOperation::List),
            ("append", TarOperation::Append),
            ("update", TarOperation::Update),
            ("concatenate", TarOperation::Concatenate),
            ("diff", TarOperation::Diff),
            ("delete", TarOperation::Delete),
        ]
        .into_iter()
        .find_map(|(id, operation)| given(id).then_some(operation))
        .expect("one is required"),
        file: path("file"),
        directory: many(matches, "directory"),
        verbose: matches.get_count("verbose").min(3),
        interactive: given("interactive"),
        blocking_factor: number("blocking-factor"),
        record_size: one(matches, "record-size"),
        multi_volume: given("multi-volume"),
        tape_length: one(matches, "tape-length"),
        label: text("label"),
        format: one(matches, "format").expect("it has a default"),
        posix: given("posix"),
        portability: given("portability"),
        compression: [
            ("gzip", TarCompression::Gzip),
            ("bzip2", TarCompression::Bzip2),
            ("xz", TarCompression::Xz),
            ("zstd", TarCompression::Zstd),
        ]
        .into_iter()
        .find_map(|(id, compression)| given(id).then_some(compression))
        .or_else(|| text("use-compress-program").map(TarCompression::UseCompressProgram)),
        auto_compress: on_or_off("auto-compress"),
        exclude: many(matches, "exclude"),
        exclude_from: many(matches, "exclude-from"),
        exclude_vcs: given("exclude-vcs"),
        files_from: many(matches, "files-from"),
        null: on_or_off("null"),
        newer: text("newer"),
        dereference: given("dereference"),
        recursion: !given("no-recursion"),
        wildcards: on_or_off("wildcards"),
        sort: match text("sort").as_deref() {
            Some("name") => TarSort::Name,
            Some("inode") => TarSort::Inode,
            _ => TarSort::None,
        },
        occurrence: number("occurrence"),
        strip_components: number("strip-components").expect("it has a default"),
        transform: many(matches, "transform"),
        owner: text("owner"),
        group: text("group"),
        mode: text("mode"),
        preserve_permissions: on_or_off("preserve-permissions"),
        same_owner: on_or_off("same-owner"),
        xattrs: on_or_off("xattrs"),
        atime_preserve: text("atime-preserve").map(|method| match method.as_str() {
            "system" => TarAtimePreserve::System,
            _ => TarAtimePreserve::Replace,
        }),
        overwriting: [
            ("keep-old-files", TarOverwriting::KeepOldFiles),
            ("skip-old-files", TarOverwriting::SkipOldFiles),
            ("keep-newer-files", TarOverwriting::KeepNewerFiles),
            ("overwrite", TarOverwriting::Overwrite),
            ("unlink-first", TarOverwriting::UnlinkFirst),
        ]
        .into_iter()
        .find_map(|(id, overwriting)| given(id).then_some(overwriting)),
        backup: one(matches, "backup"),
        suffix: text("suffix"),
        remove_files: given("remove-files"),
        to_stdout: given("to-stdout"),
        to_command: text("to-command"),
        totals: given("totals"),
        checkpoint: number("checkpoint"),
    })
}

fn one<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn many<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Vec<T> {
    matches.get_many(id).unwrap_or_default().cloned().collect()
}
