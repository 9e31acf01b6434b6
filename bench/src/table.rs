//! The table of all libraries, and the section of the book that contains it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{Program, run};
use crate::peers::{self, PEERS, Peer};
use crate::{picture, root, shape};

/// The measurements of one program, built with each library.
pub struct Table {
    /// What the program is.
    pub title: String,
    pub rows: Vec<Row>,
}

/// The measurements of a program that is built with one library.
pub struct Row {
    pub name: &'static str,
    /// The instructions for calling a command, above those of an empty `main`.
    pub leaf: u64,
    /// The allocations for calling a command, above those of an empty `main`.
    allocations: u64,
    /// The instructions for the help of the command.
    help: Option<u64>,
    /// The instructions for an unknown option.
    error: u64,
    /// The instructions for the help of the program.
    root_help: Option<u64>,
    seconds: f64,
    megabytes: u64,
    kilobytes: u64,
}

/// Measures a program of this many commands, or of the shape of mise.
pub fn measure(target: &Path, what: &str) -> Table {
    let (title, shape) = match what.parse() {
        Ok(count) => (format!("{what} commands"), shape::equal(count)),
        Err(_) => {
            let shape = shape::of_spec(&root().join("examples/mise"));
            let leaves = shape
                .all()
                .iter()
                .filter(|(_, it)| it.commands.is_empty())
                .count();
            (format!("the shape of mise, {leaves} commands"), shape)
        }
    };
    let empty = Program::build(&target.join("empty"), peers::write_empty);
    let (base, base_allocations) = (empty.instructions(&[], &[]), empty.allocations(&[]));
    let leaf = shape.leaf();
    let path: Vec<String> = leaf
        .iter()
        .take_while(|word| !word.starts_with("--"))
        .cloned()
        .collect();
    let with = |option: &str| [&path[..], &[option.to_owned()]].concat();
    let mut rows = Vec::new();
    for (at, peer) in PEERS.iter().enumerate() {
        eprintln!("{title}: {}", peer.name);
        let program = Program::build(&directory(target, at, what), |directory| {
            (peer.write)(directory, &shape)
        });
        run(Command::new(&program.path).args(&leaf));
        let count = |args: &[String]| program.instructions(args, &[]) - base;
        let help = |args: &[String]| peer.has_help.then(|| count(args));
        rows.push(Row {
            name: peer.name,
            leaf: count(&leaf),
            allocations: program.allocations(&leaf) - base_allocations,
            help: help(&with("--help")),
            error: count(&with("--flog")),
            root_help: help(&["--help".to_owned()]),
            seconds: program.seconds,
            megabytes: program.megabytes,
            kilobytes: program.kilobytes,
        });
    }
    Table { title, rows }
}

/// Returns the directory of the program with a library.
fn directory(target: &Path, peer: usize, what: &str) -> PathBuf {
    target.join(format!("peer-{peer}-{what}"))
}

impl Table {
    /// Writes it as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "| {} | command | allocations | its `--help` | unknown option | `--help` | compile, CPU s | memory, MB | size, KB |\n\
             |---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
            self.title
        );
        for row in &self.rows {
            let optional = |count: Option<u64>| count.map(grouped).unwrap_or_default();
            writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {:.2} | {} | {} |",
                row.name,
                grouped(row.leaf),
                grouped(row.allocations),
                optional(row.help),
                grouped(row.error),
                optional(row.root_help),
                row.seconds,
                grouped(row.megabytes),
                grouped(row.kilobytes)
            )
            .expect("text");
        }
        text
    }
}

/// Writes a number with commas: 1,234,567.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Measures these programs, and writes the tables into the chapter of the book, with a picture.
pub fn write(target: &Path, programs: &[&str]) {
    let tables: Vec<Table> = programs.iter().map(|what| measure(target, what)).collect();
    let mut section = String::new();
    for table in &tables {
        writeln!(section, "{}", table.markdown()).expect("text");
    }
    writeln!(section, "{}", surroundings(target, programs)).expect("text");
    let chapter = root().join("docs/src/performance.md");
    let text = fs::read_to_string(&chapter).expect("the chapter");
    let (before, rest) = text.split_once(BEGIN).expect("the chapter has the mark");
    let (_, after) = rest
        .split_once(END)
        .expect("the chapter has the second mark");
    let text = [
        before,
        BEGIN,
        "\n\n",
        section.trim_end(),
        "\n\n",
        END,
        after,
    ]
    .concat();
    fs::write(&chapter, text).expect("written");
    fs::write(
        root().join("docs/src/performance.svg"),
        picture::draw(&tables),
    )
    .expect("written");
}

/// The marks before and after what is written into the chapter.
const BEGIN: &str = "<!-- begin of the measurements -->";
const END: &str = "<!-- end of the measurements -->";

/// Describes the date, the versions and the machine.
fn surroundings(target: &Path, programs: &[&str]) -> String {
    let output = |program: &str, args: &[&str]| {
        let output = run(Command::new(program).args(args));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let rustc = output("rustc", &["--version"]);
    let rustc: Vec<&str> = rustc.split_whitespace().take(2).collect();
    let date = output("date", &["--utc", "+%Y-%m-%d"]);
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let processor = processor.map_or("an unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let version_of = |(at, peer): (usize, &Peer)| {
        let lock = directory(target, at, programs.first()?).join("Cargo.lock");
        let lock = fs::read_to_string(lock).expect("the program was built");
        let name = peer.package?;
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", rest.split('"').next()?))
    };
    let versions: Vec<String> = PEERS.iter().enumerate().filter_map(version_of).collect();
    let text = format!(
        "Measured on {date} with {}, {}, on {cores} cores of {processor} (Linux, {}).",
        rustc.join(" "),
        versions.join(", "),
        std::env::consts::ARCH
    );
    wrapped(&text)
}

/// How many columns a line of the book has.
const COLUMNS: usize = 100;

/// Breaks text into lines of the book.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("at least one line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.len() + 1 + word.len() <= COLUMNS {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}
