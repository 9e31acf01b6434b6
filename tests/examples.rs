//! The programs in `examples/` are real programs, written as specs. Their code compiles without warnings,
//! and their options are those that the real program lists. Differences are in `differences.txt`, each with
//! its reason.
//!
//! `UPDATE=1 cargo test --test all examples::` prints the differences that were found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clapspec::Part;

use crate::support::{self, cargo, root, target};

/// How an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Nothing,
    Value,
    /// A value that may be left out.
    MaybeValue,
}

/// What a help text says about an option.
#[derive(Clone, Debug)]
struct Listed {
    names: BTreeSet<String>,
    takes: Takes,
    heading: String,
    /// The text beside and below its names, on one line.
    text: String,
}

impl Listed {
    /// The values that it lists, in order.
    fn values(&self) -> Vec<&str> {
        // Our help also lists those of options that accept others too.
        let lists = [("[possible values: ", ']'), ("Known values: ", ';')];
        let mut lists = lists.into_iter().filter_map(|(start, end)| {
            let (_, rest) = self.text.split_once(start)?;
            Some(rest.split(end).next().unwrap_or_default())
        });
        let list = lists.next().unwrap_or_default();
        let values = list.split(',').map(|value| value.trim().trim_matches('`'));
        values.filter(|value| !value.is_empty()).collect()
    }

    /// The default. The values of a list are separated by commas in some programs.
    fn default(&self) -> Option<String> {
        let (_, rest) = self.text.split_once("[default: ")?;
        Some(rest.split(']').next()?.replace(',', " "))
    }
}

/// The options in a help text, by each of their names.
type Options = BTreeMap<String, Listed>;

/// The directories of the specs, each with its name.
fn examples() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("examples")).expect("examples");
    let entries = entries.map(|entry| entry.expect("an entry"));
    let directories = entries.filter(|entry| entry.path().join("cli.yaml").exists());
    let named = directories.map(|it| (it.file_name().to_string_lossy().into_owned(), it.path()));
    let mut named: Vec<(String, PathBuf)> = named.collect();
    named.sort();
    named
}

/// Reads the entries of options: `  -f, --file=ARCHIVE   …` or `  -f, --file <ARCHIVE>`.
fn options(help: &str) -> Options {
    let mut all: Vec<Listed> = Vec::new();
    let mut heading = String::new();
    for line in help.lines() {
        let entry = line.trim_start();
        let indent = line.len() - entry.len();
        if let Some(found) = line.strip_suffix(':').filter(|_| indent < 2) {
            heading = found.trim().to_owned();
            continue;
        }
        let aliases = entry
            .strip_prefix("[alias: ")
            .or(entry.strip_prefix("[aliases: "));
        match all.last_mut() {
            // Our help lists further names on a line of their own.
            Some(last) if aliases.is_some() => {
                let aliases = aliases.unwrap_or_default().trim_end_matches(']');
                last.names.extend(aliases.split(", ").map(str::to_owned));
            }
            _ if (2..=8).contains(&indent) && entry.starts_with('-') => {
                all.push(listed(entry, &heading));
            }
            Some(last) if indent > 2 => last.text += &format!(" {entry}"),
            _ => {}
        }
    }
    let named = |it: Listed| {
        let names = it.names.clone().into_iter();
        names
            .map(move |name| (name, it.clone()))
            .collect::<Vec<_>>()
    };
    all.into_iter().flat_map(named).collect()
}

/// Reads the first line of an entry.
fn listed(entry: &str, heading: &str) -> Listed {
    let (spelled, text) = entry.split_once("  ").unwrap_or((entry, ""));
    let mut names = BTreeSet::new();
    let mut takes = Takes::Nothing;
    for part in spelled.split(", ").filter(|part| part.starts_with('-')) {
        let end = part.find(['=', ' ', '[']).unwrap_or(part.len());
        names.insert(part[..end].trim_end_matches("...").to_owned());
        takes = match &part[end..] {
            value if value.starts_with('[') || value.starts_with(" [") => Takes::MaybeValue,
            value if value.starts_with('=') || value.starts_with(" <") => Takes::Value,
            // The description may follow after one space.
            _ => takes,
        };
    }
    Listed {
        names,
        takes,
        heading: heading.to_owned(),
        text: text.trim().to_owned(),
    }
}

/// Describes each difference in one line. `--help` is built in, with its own short name. Headings, values and
/// defaults are compared where the program lists them.
fn differences(real: &Options, ours: &Options) -> Vec<String> {
    let without_help = |options: &Options| {
        let mut options = options.clone();
        options.retain(|_, option| !option.names.contains("--help"));
        options
    };
    let (real, ours) = (&without_help(real), &without_help(ours));
    let mut found = BTreeSet::new();
    let joined = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    for (name, option) in real {
        let Some(own) = ours.get(name) else {
            found.insert(format!("only in the program: {name}"));
            continue;
        };
        if own.takes != option.takes {
            let (takes, own) = (option.takes, own.takes);
            found.insert(format!("{name}: {takes:?} in the program, {own:?} here"));
        } else if own.names != option.names {
            let (names, own) = (joined(&option.names), joined(&own.names));
            found.insert(format!("names: {names} in the program, {own} here"));
        }
        let (values, own_values) = (option.values().join(" "), own.values().join(" "));
        if !values.is_empty() && values != own_values {
            found.insert(format!(
                "{name}: values {values} in the program, {own_values} here"
            ));
        }
        let (default, own_default) = (option.default(), own.default());
        if let Some(default) = default.filter(|it| own_default.as_ref() != Some(it)) {
            let own = own_default.unwrap_or("none".to_owned());
            found.insert(format!(
                "{name}: default {default} in the program, {own} here"
            ));
        }
    }
    found.extend(other_headings(real, ours));
    let only_here = ours.keys().filter(|name| !real.contains_key(*name));
    found.extend(only_here.map(|name| format!("only here: {name}")));
    found.into_iter().collect()
}

/// Describes what is under another heading, if the program has several. Our headings have other words: what is
/// under one heading in the program has to be under one heading here.
fn other_headings(real: &Options, ours: &Options) -> Vec<String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let pairs = real.iter().filter_map(|(name, option)| {
        let own = &ours.get(name)?.heading;
        (!option.heading.is_empty()).then_some((name, &*option.heading, &**own))
    });
    for (_, heading, own) in pairs.clone() {
        *counts.entry(heading).or_default().entry(own).or_default() += 1;
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let usual = counts.iter().filter_map(|(heading, owns)| {
        let (own, _) = owns.iter().max_by_key(|(_, count)| **count)?;
        Some((*heading, *own))
    });
    let usual: BTreeMap<&str, &str> = usual.collect();
    let mut found: Vec<String> = pairs
        .filter(|(_, heading, own)| usual[heading] != *own)
        .map(|(name, heading, own)| {
            format!("{name}: under `{heading}` in the program, `{own}` here")
        })
        .collect();
    for (at, (heading, own)) in usual.iter().enumerate() {
        let before = usual.iter().take(at).find(|(_, other)| *other == own);
        found.extend(before.map(|(other, _)| {
            format!("headings: `{other}` and `{heading}` in the program, `{own}` here")
        }));
    }
    found
}

/// What the real program prints on standard output. It finds neither subcommands nor settings of this user.
fn print(line: &str, directory: &Path) -> String {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().expect("a program"));
    command
        .args(words)
        .env("LC_ALL", "C")
        .current_dir(directory)
        .env("CARGO_HOME", directory);
    if command.get_program().to_string_lossy().starts_with('/') {
        command.env("PATH", "/usr/bin:/bin");
    }
    String::from_utf8(command.output().expect("it runs").stdout).expect("text")
}

/// The comments at the beginning of `differences.txt` say what is compared, and with what.
struct Comparison {
    listed: String,
}

impl Comparison {
    fn of(example: &Path) -> Self {
        let listed = fs::read_to_string(example.join("differences.txt")).expect("differences");
        Self { listed }
    }

    fn get(&self, key: &str) -> Option<&str> {
        let comments = self
            .listed
            .lines()
            .filter_map(|line| line.strip_prefix("# "));
        comments
            .filter_map(|line| line.split_once(": "))
            .find(|line| line.0 == key)
            .map(|line| line.1)
    }

    /// The differences that have a reason.
    fn expected(&self) -> Vec<String> {
        let lines = self.listed.lines();
        let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
        lines
            .map(|line| line.split_once("  ").expect("a reason").0.to_owned())
            .collect()
    }
}

/// The command that a help text belongs to: the words of its usage that are no placeholders.
fn words(help: &str) -> String {
    let usage = help
        .lines()
        .find_map(|line| line.strip_prefix("Usage: "))
        .expect("a usage");
    let words = usage.split(' ').skip(1);
    let words = words.take_while(|word| word.starts_with(char::is_lowercase));
    words.collect::<Vec<_>>().join(" ")
}

/// The commands that the real program lists, without those that stand for another command.
fn commands(list: &str) -> BTreeSet<String> {
    let entries = list
        .lines()
        .filter(|line| line.starts_with("    ") && !line.contains(" alias: "));
    entries
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// What the real program says about itself.
enum Real {
    /// The command line that prints the help of a command.
    Program {
        line: String,
        directory: tempfile::TempDir,
    },
    /// Its commands and options, in a file.
    Facts(String),
}

impl Real {
    /// Returns what an example is compared with, if it is on this machine.
    fn of(example: &Path, comparison: &Comparison) -> Option<Self> {
        let line = comparison.get("compared with").expect("a command line");
        if line.ends_with(".txt") {
            return Some(Self::Facts(
                fs::read_to_string(example.join(line)).expect("facts"),
            ));
        }
        let program = line.split(' ').next().expect("a program");
        let directory = tempfile::tempdir().expect("a directory");
        if !support::has(program) {
            return None;
        }
        let version = comparison.get("version").expect("a version");
        if !print(&format!("{program} --version"), directory.path()).starts_with(version) {
            support::skip(&format!("the installed `{program}` is not {version}"));
            return None;
        }
        Some(Self::Program {
            line: line.to_owned(),
            directory,
        })
    }

    /// Returns the help of a command. Facts have none for groups of commands.
    fn help(&self, words: &str) -> Option<String> {
        match self {
            Self::Program { line, directory } => {
                let line = line.replace("{command}", words).replace("  ", " ");
                Some(print(&line, directory.path()))
            }
            Self::Facts(facts) => {
                let mut sections = facts.split("\n## ").skip(1);
                let section =
                    sections.find_map(|section| section.strip_prefix(words)?.strip_prefix('\n'));
                section.map(str::to_owned)
            }
        }
    }

    /// Returns the commands that it lists.
    fn commands(&self, comparison: &Comparison) -> BTreeSet<String> {
        match self {
            Self::Program { directory, .. } => {
                let list = comparison
                    .get("commands")
                    .map(|line| print(line, directory.path()));
                list.map_or_else(BTreeSet::new, |list| commands(&list))
            }
            Self::Facts(facts) => facts
                .lines()
                .filter_map(|line| line.strip_prefix("## "))
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// The options of each example are those that the real program lists.
#[test]
fn options_are_those_of_the_program() {
    let readme = fs::read_to_string(root().join("examples/README.md")).expect("a README");
    for (name, example) in examples() {
        let comparison = Comparison::of(&example);
        let Some(real) = Real::of(&example, &comparison) else {
            continue;
        };
        let outputs = clapspec::generate(&example, &[Part::Help]).expect("the spec is right");
        let (mut found, mut names) = (Vec::new(), 0);
        let mut ours = BTreeSet::new();
        for output in &outputs {
            let words = words(output.text());
            let Some(help) = real.help(&words) else {
                continue;
            };
            let real = options(&help);
            names += real.len();
            let differences = differences(&real, &options(output.text())).into_iter();
            let command = if words.is_empty() {
                String::new()
            } else {
                format!("{words}: ")
            };
            found.extend(differences.map(|difference| format!("{command}{difference}")));
            ours.insert(words);
        }
        let listed = real.commands(&comparison);
        let missing = listed.iter().filter(|command| !ours.contains(*command));
        found.extend(missing.map(|command| format!("{command}: only in the program")));
        if std::env::var_os("UPDATE").is_some() {
            println!("{}", found.join("\n"));
        }
        assert_eq!(found, comparison.expected(), "{name}");
        let (commands, found) = (ours.len(), found.len());
        let version = comparison.get("version").expect("a version");
        let row = format!("| {version} | {commands} | {names} | {found} |");
        assert!(readme.contains(&row), "{name}: the README has no row {row}");
        assert!(names > 100, "{name}: only {names} names");
    }
}

/// The generated code of all examples compiles without a warning.
#[test]
fn examples_compile_without_warnings() {
    let directory = &target().join("tmp/examples");
    let mut modules = String::new();
    for (name, example) in examples() {
        let outputs = clapspec::generate(&example, &[Part::Rust]);
        let outputs = outputs.unwrap_or_else(|errors| panic!("{errors}"));
        support::write(&directory.join(format!("src/{name}.rs")), outputs[0].text());
        modules.push_str(&format!("pub mod {name};\n"));
    }
    // In a library, items that only a program would use are no warnings.
    support::write(&directory.join("src/lib.rs"), &modules);
    let manifest = format!(
        "[package]\nname = \"examples\"\nversion = \"1.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {:?}, features = [\"completions\"] }}\n\n[workspace]\n",
        root().join("runtime")
    );
    support::write(&directory.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let mut cargo = cargo();
    cargo.args(["check", "--offline", "--quiet", "--target-dir"]);
    cargo
        .arg(target().join("examples-of-specs"))
        .current_dir(directory);
    let output = cargo
        .env("RUSTFLAGS", "--deny warnings")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
