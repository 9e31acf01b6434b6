//! The table of all libraries, and the section of the book that contains it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{Program, run};
use crate::peers::{self, PEERS};
use crate::{picture, root, shape};

/// The measured programs: their numbers of commands, and one of the shape of mise.
const PROGRAMS: [&str; 3] = ["10", "100", "mise"];

/// A program that takes most of an hour. It is in the book if it was measured before.
const LARGE: &str = "1000";

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

/// Returns the table of a program that was measured before, or measures it. What was measured is in
/// `target/bench`, because that takes long.
fn measured(target: &Path, what: &str) -> Table {
    let known = fs::read_to_string(file_of(target, what)).ok();
    known
        .and_then(|text| Table::parse(&text))
        .unwrap_or_else(|| measure(target, what))
}

fn file_of(target: &Path, what: &str) -> PathBuf {
    target.join(format!("table-{what}.md"))
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
    let empty = Program::build(target, "empty", peers::write_empty);
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
        let program = Program::build(target, &format!("peer-{at}-{what}"), |directory| {
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
    let table = Table { title, rows };
    fs::write(file_of(target, what), table.markdown()).expect("written");
    table
}

impl Table {
    /// Reads a table that [`markdown`](Self::markdown) wrote.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
        let title = (*lines.next()?.get(1)?).to_owned();
        let rows: Vec<Row> = lines
            .skip(1)
            .filter_map(|cells| Row::parse(&cells))
            .collect();
        (rows.len() == PEERS.len()).then_some(Self { title, rows })
    }

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

impl Row {
    fn parse(cells: &[&str]) -> Option<Self> {
        let number = |at: usize| cells.get(at)?.replace(',', "").parse().ok();
        Some(Self {
            name: PEERS
                .iter()
                .find(|peer| Some(&peer.name) == cells.get(1))?
                .name,
            leaf: number(2)?,
            allocations: number(3)?,
            help: number(4),
            error: number(5)?,
            root_help: number(6),
            seconds: cells.get(7)?.parse().ok()?,
            megabytes: number(8)?,
            kilobytes: number(9)?,
        })
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

/// Measures all programs that were not measured before, and writes the tables into the chapter of the book, with a picture.
pub fn write(target: &Path) {
    let large = file_of(target, LARGE).exists().then_some(LARGE);
    let programs = PROGRAMS.into_iter().chain(large);
    let tables: Vec<Table> = programs.map(|what| measured(target, what)).collect();
    let mut section = String::new();
    for table in &tables {
        writeln!(section, "{}", table.markdown()).expect("text");
    }
    writeln!(section, "{}", surroundings(target)).expect("text");
    let chapter = root().join("docs/src/performance.md");
    let text = fs::read_to_string(&chapter).expect("the chapter");
    let (before, rest) = text.split_once(BEGIN).expect("the chapter has the mark");
    let (_, after) = rest
        .split_once(END)
        .expect("the chapter has the second mark");
    fs::write(
        &chapter,
        [
            before,
            BEGIN,
            "\n\n",
            section.trim_end(),
            "\n\n",
            END,
            after,
        ]
        .concat(),
    )
    .expect("written");
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
fn surroundings(target: &Path) -> String {
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
    let mut versions = Vec::new();
    for (at, name) in [
        (1, "clap"),
        (3, "usage-rs"),
        (4, "argh"),
        (5, "bpaf"),
        (6, "lexopt"),
    ] {
        let lock = target.join(format!("peer-{at}-10/Cargo.lock"));
        let lock = fs::read_to_string(lock).unwrap_or_default();
        let package = format!("name = \"{name}\"\nversion = \"");
        let version = lock
            .split_once(&package)
            .and_then(|(_, rest)| rest.split('"').next());
        versions.push(format!("{name} {}", version.unwrap_or("?")));
    }
    format!(
        "Measured on {date} with {}, {}, on {cores} cores of {processor} (Linux, {}).",
        rustc.join(" "),
        versions.join(", "),
        std::env::consts::ARCH
    )
}
