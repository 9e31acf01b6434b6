//! A program without a single text, with names that need others in a spec.

use clap::{Arg, ArgAction, ArgGroup, Command};

pub fn command() -> Command {
    let flag = |id: &'static str| Arg::new(id).action(ArgAction::SetTrue);
    Command::new("plain")
        .subcommand_required(false)
        .arg(flag("list").short('l').long("list"))
        .arg(flag("x").long("x"))
        .arg(flag("C").short('C'))
        .arg(flag("Level One").long("level-one"))
        .subcommand(
            Command::new("show")
                .arg(flag("list").long("list"))
                .arg(Arg::new("FILE"))
                .arg(Arg::new("file").long("file").action(ArgAction::Append))
                .arg(
                    Arg::new("language")
                        .long("language")
                        .value_parser(["c", "c++", "c#", "++"]),
                ),
        )
        .subcommand(
            Command::new("pick")
                .arg(flag("a").short('a'))
                .arg(flag("b").short('b'))
                .arg(flag("c").short('c'))
                .arg(flag("d").short('d').requires("ways"))
                .arg(flag("f").short('f').requires("loose"))
                .group(
                    ArgGroup::new("ways")
                        .args(["a", "b"])
                        .required(true)
                        .multiple(false),
                )
                .group(ArgGroup::new("loose").args(["b", "c"]).multiple(true)),
        )
        .subcommand(Command::new("outer").subcommand(Command::new("inner").alias("in")))
}
