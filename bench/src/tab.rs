//! One press of Tab: the program that answers, as bash calls it, in clapspec, in clap_complete's dynamic
//! engine, and in usage, if its program is in the `PATH`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::measure::{Program, run};
use crate::peers;
use crate::peers::clapspec::{How, write_program, write_spec};
use crate::shape::{self, GROUP};

/// Prints the table for programs with these numbers of commands.
pub fn table(target: &Path, counts: &[usize]) {
    let empty = Program::build(&target.join("empty"), peers::write_empty);
    let base = empty.instructions(&[], &[]);
    println!("empty main: {base} instructions\n");
    println!("| commands | | run a leaf | Tab after `--` | Tab after `--mode ` |");
    println!("|---:|---|---:|---:|---:|");
    for &count in counts {
        let shape = shape::equal(count);
        let leaf = shape.leaf();
        let (group, command) = (&leaf[0], &leaf[1]);
        // The words before the cursor, and the one at the cursor.
        let tries = [vec!["--"], vec!["--mode", ""]];

        let spec = target.join(format!("tab-spec-{count}"));
        write_spec(&spec, &shape, "completions: true\n");
        let ours = Program::build(&target.join(format!("tab-clapspec-{count}")), |directory| {
            write_program(directory, &spec, How::Committed);
        });
        let mut row = vec![ours.instructions(&leaf, &[]) - base];
        for words in &tries {
            let line = format!("bench {group} {command} {}", words.join(" "));
            let token = words.last().copied().unwrap_or_default();
            let request = [
                "--clapspec-complete",
                "1",
                "bash",
                "80",
                &line,
                token,
                "9",
                "5",
            ];
            row.push(ours.instructions(&request.map(str::to_owned), &[]) - base);
        }
        print_row(count, "clapspec", &row);

        let clap = Program::build(&target.join(format!("tab-clap-{count}")), |directory| {
            write_clap(directory, count);
        });
        let mut row = vec![clap.instructions(&leaf, &[]) - base];
        for words in &tries {
            let words = words.iter().map(|word| (*word).to_owned());
            let before = ["--", "bench", group, command].map(str::to_owned);
            let arguments: Vec<String> = before.into_iter().chain(words).collect();
            let index = (arguments.len() - 2).to_string();
            let variables = [
                ("COMPLETE", "bash"),
                ("_CLAP_COMPLETE_INDEX", &index),
                ("_CLAP_COMPLETE_COMP_TYPE", "9"),
                ("_CLAP_COMPLETE_SPACE", "false"),
                ("_CLAP_IFS", "\n"),
            ];
            row.push(clap.instructions(&arguments, &variables) - base);
        }
        print_row(count, "clap_complete, dynamic", &row);

        if Command::new("usage").arg("--version").output().is_ok() {
            let spec = target.join(format!("tab-{count}.usage.kdl"));
            write_kdl(&spec, count);
            let usage = which("usage");
            let mut row = Vec::new();
            for words in &tries {
                let line = ["bench", group, command]
                    .into_iter()
                    .chain(words.iter().copied());
                let index = (2 + words.len()).to_string();
                let file = spec.display().to_string();
                let head = [
                    "complete-word",
                    "--shell",
                    "bash",
                    "-f",
                    &file,
                    "--cword",
                    &index,
                    "--",
                ];
                let arguments = head.into_iter().chain(line).map(str::to_owned);
                row.push(usage.instructions(&arguments.collect::<Vec<_>>(), &[]) - base);
            }
            println!(
                "| {count} | usage complete-word | | {} | {} |",
                row[0], row[1]
            );
        }
    }
}

fn print_row(count: usize, name: &str, row: &[u64]) {
    let cells: Vec<String> = row.iter().map(u64::to_string).collect();
    println!("| {count} | {name} | {} |", cells.join(" | "));
}

/// Finds a program in the `PATH`.
fn which(name: &str) -> Program {
    let output = run(Command::new("which").arg(name));
    let path = String::from_utf8_lossy(&output.stdout);
    Program::installed(path.trim().into())
}

/// Writes the same program with clap's builder, and with clap_complete's dynamic engine. Its commands are
/// built in a loop, so that it compiles quickly.
fn write_clap(directory: &Path, count: usize) {
    // Names that are made at run time need the feature `string`.
    let dependencies = "clap = { version = \"4.6\", features = [\"string\"] }\n\
                        clap_complete = { version = \"4.6\", features = [\"unstable-dynamic\"] }\n";
    let more = shape::more(0, "it");
    let main = format!(
        "use clap::{{Arg, ArgAction, Command}};\n\n\
         const MORE: &str = \"{more}\";\n\n\
         fn option(name: &'static str) -> Arg {{\n    \
         Arg::new(name).long(name).help(format!(\"The {{name}} of it\")).long_help(MORE)\n}}\n\n\
         fn switch(name: &'static str) -> Arg {{\n    option(name).action(ArgAction::SetTrue)\n}}\n\n\
         fn command(at: usize) -> Command {{\n    \
         Command::new(format!(\"cmd{{at}}\")).about(format!(\"Do thing {{at}}\")).long_about(MORE)\n        \
         .arg(Arg::new(\"input\").help(\"The input\").long_help(MORE))\n        \
         .arg(switch(\"flag\").short('f'))\n        \
         .arg(switch(\"quiet\").conflicts_with(\"verbose\"))\n        \
         .arg(option(\"verbose\").short('v').action(ArgAction::Count))\n        \
         .arg(option(\"output\").short('o').value_name(\"FILE\"))\n        \
         .arg(option(\"name\").value_name(\"NAME\").action(ArgAction::Append))\n        \
         .arg(option(\"port\").value_name(\"PORT\").value_parser(clap::value_parser!(i64)))\n        \
         .arg(option(\"mode\").value_name(\"MODE\").value_parser([\"fast\", \"safe\", \"none\"]).default_value(\"fast\"))\n        \
         .arg(switch(\"force\"))\n}}\n\n\
         fn cli() -> Command {{\n    let groups = (0..{count}usize).step_by({GROUP}).map(|first| {{\n        \
         let group = Command::new(format!(\"group{{}}\", first / {GROUP}));\n        \
         group.subcommands((first..{count}.min(first + {GROUP})).map(command))\n    }});\n    \
         Command::new(\"bench\").version(\"0.1.0\").subcommands(groups)\n}}\n\n\
         fn main() {{\n    clap_complete::CompleteEnv::with_factory(cli).complete();\n    \
         std::hint::black_box(cli().get_matches());\n}}\n"
    );
    peers::package(directory, dependencies, &main);
}

/// Writes the same program as a spec of usage.
fn write_kdl(path: &Path, count: usize) {
    let more = shape::more(0, "it");
    let mut text = String::from("name \"bench\"\nbin \"bench\"\n");
    for first in (0..count).step_by(GROUP) {
        writeln!(text, "cmd \"group{}\" help=\"Group\" {{", first / GROUP).expect("a string grows");
        for at in first..count.min(first + GROUP) {
            writeln!(
                text,
                "  cmd \"cmd{at}\" help=\"Do thing {at}\" {{\n    long_help \"{more}\"\n    \
                 flag \"-f --flag\" help=\"The flag\"\n    flag \"--quiet\" help=\"The quiet\"\n    \
                 flag \"-v --verbose\" help=\"The verbose\" count=#true\n    \
                 flag \"-o --output <FILE>\" help=\"The output\"\n    \
                 flag \"--name <NAME>\" help=\"The name\" var=#true\n    \
                 flag \"--port <PORT>\" help=\"The port\"\n    \
                 flag \"--mode <MODE>\" help=\"The mode\" {{\n      arg \"<MODE>\" {{\n        \
                 choices \"fast\" \"safe\" \"none\"\n      }}\n    }}\n    \
                 flag \"--force\" help=\"The force\"\n    arg \"[input]\" help=\"The input\"\n  }}"
            )
            .expect("a string grows");
        }
        text.push_str("}\n");
    }
    peers::write(path, &text);
}
