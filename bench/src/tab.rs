//! One press of Tab: the program that answers, as bash calls it, in clapspec, in clap_complete's dynamic
//! engine, and in usage, if its program is in the `PATH`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::{self, Ours};
use crate::{Program, root, run};

/// Prints the table for programs with these numbers of commands.
pub fn table(target: &Path, counts: &[usize]) {
    let empty = Program::build(target, "empty", programs::write_empty);
    let base = empty.instructions(&[], &[]);
    println!("empty main: {base} instructions\n");
    println!("| commands | | run a leaf | Tab after `--` | Tab after `--mode ` |");
    println!("|---:|---|---:|---:|---:|");
    for &count in counts {
        let leaf = programs::leaf(count);
        let (group, command) = (&leaf[0], &leaf[1]);
        // The words before the cursor, and the one at the cursor.
        let tries = [vec!["--"], vec!["--mode", ""]];

        let spec = target.join(format!("tab-spec-{count}"));
        programs::write_spec(&spec, count);
        let main = spec.join("cli.yaml");
        let text = fs::read_to_string(&main).expect("the spec");
        fs::write(&main, text + "completions: true\n").expect("written");
        let ours = Program::build(target, &format!("tab-clapspec-{count}"), |directory| {
            programs::write_ours(directory, &spec, &root(), Ours::Committed);
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

        let clap = Program::build(target, &format!("tab-clap-{count}"), |directory| {
            programs::write_clap(directory, count);
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
            programs::write_kdl(&spec, count);
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
    let path = String::from_utf8_lossy(&output.stdout).trim().into();
    Program {
        path,
        compile_seconds: 0.0,
        kilobytes: 0,
    }
}
