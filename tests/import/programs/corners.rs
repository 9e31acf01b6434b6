//! What is easily lost: rules across commands, values that functions parse, names that become the same.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use clap::builder::{BoolishValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};

pub fn command() -> Command {
    let option = |id: &'static str| Arg::new(id).long(id).help(id);
    let flag = |id: &'static str| option(id).action(ArgAction::SetTrue);
    let argument = |id: &'static str| Arg::new(id).help(id);
    let command = |name: &'static str| Command::new(name).about(name);
    Command::new("cargo-corners")
        .bin_name("cargo corners")
        .about("Corners")
        .version("1.0.0")
        .visible_alias("edges")
        .arg_required_else_help(true)
        .arg(option("token").global(true).default_value("a"))
        .arg(option("url").required(true))
        .subcommand(
            command("order")
                .arg(argument("to").index(2).required(true))
                .arg(argument("from").index(1).required(true)),
        )
        .subcommand(
            command("again").version("9.9.9").arg(
                option("token")
                    .default_value("b")
                    .env("AGAIN_TOKEN")
                    .help("Another token"),
            ),
        )
        .subcommand(
            command("members")
                .arg(option("user"))
                .arg(
                    option("mode")
                        .requires_if("x", "who")
                        .requires_if("y", "token"),
                )
                .group(ArgGroup::new("who").args(["token", "user"]).required(true)),
        )
        .subcommand(
            command("numbers")
                .arg(option("at-least").value_parser(value_parser!(u64).range(1..)))
                .arg(option("hex").value_parser(|word: &str| u16::from_str_radix(word, 16)))
                .arg(option("on").value_parser(BoolishValueParser::new()))
                .arg(option("words").value_parser(
                    PossibleValuesParser::new(["yes", "no"]).map(|word| word == "yes"),
                ))
                .arg(
                    option("paths")
                        .value_parser(PossibleValuesParser::new(["a", "b"]).map(PathBuf::from)),
                )
                .arg(option("bytes").default_value(OsStr::from_bytes(b"a\xffb")))
                .arg(
                    option("list")
                        .value_delimiter(',')
                        .action(ArgAction::Append)
                        .default_value("a,b"),
                )
                .arg(option("kinds").value_parser(["rust", "Rust", "c_", "c"])),
        )
        .subcommand(
            command("switches")
                .arg(
                    option("verbose")
                        .action(ArgAction::Count)
                        .default_value("2")
                        .value_parser(value_parser!(u8).range(..4)),
                )
                .arg(flag("color").default_value("true"))
                .arg(flag("maybe").num_args(0..=1).default_missing_value("true"))
                .arg(option("there").required_if_eq("verbose", "2")),
        )
        .subcommand(
            command("unless").arg(flag("x")).arg(flag("y")).arg(
                option("z")
                    .env("CORNERS_Z")
                    .required_unless_present_all(["x", "y"]),
            ),
        )
        .subcommand(
            command("excluded")
                .arg(argument("file").required(true).conflicts_with("list"))
                .arg(flag("list"))
                .arg(flag("license").exclusive(true)),
        )
        .subcommand(
            command("groups")
                .arg(flag("a"))
                .arg(flag("b"))
                .arg(flag("c"))
                .arg(flag("my-group"))
                .arg(flag("check").requires("my_group"))
                .group(ArgGroup::new("my_group").args(["a", "b"]).multiple(false))
                .group(ArgGroup::new("My.Group").args(["b", "c"]).multiple(false)),
        )
        .subcommand(
            command("first")
                .arg(argument("file"))
                .arg(flag("here").help("Use the directory ."))
                .arg(flag("twice").help("Do it\n\nAnd again"))
                .subcommand(command("then")),
        )
        .subcommand(command("four"))
        .subcommand(command("one"))
        .subcommand(command("two"))
        .subcommand(command("three"))
}
