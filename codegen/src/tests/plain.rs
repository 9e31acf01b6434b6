//! Command lines that are parsed without clap have the values that clap finds.
//!
//! `LINES=100000 cargo test --release -p clapspec --all-features plain_lines` tries more of them.

#[path = "../../../tests/support/lines.rs"]
#[allow(dead_code)] // The same lines are also compared with handwritten programs.
mod lines;

use std::cell::Cell;
use std::ffi::OsString;
use std::fmt::{Debug, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use clapspec_runtime::clap::error::{ContextKind, ContextValue, ErrorKind};
use clapspec_runtime::model::{Kind, Program};
use clapspec_runtime::{Secret, Setup, Stop, UsageError, Values};
use lines::{Leaf, Piece, leaves};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

use crate::Checked;

/// How many command lines are tried on each program.
fn lines() -> u32 {
    let lines = std::env::var("LINES").ok();
    lines.and_then(|lines| lines.parse().ok()).unwrap_or(200)
}

/// How many command lines clap accepts, and how many of these were parsed without it.
#[derive(Default)]
pub(super) struct Counts {
    accepted: Cell<u64>,
    plain: Cell<u64>,
}

impl Counts {
    fn add(&self, is_plain: bool) {
        self.accepted.set(self.accepted.get() + 1);
        self.plain.set(self.plain.get() + u64::from(is_plain));
    }

    pub(super) fn percent(&self) -> u64 {
        self.plain.get() * 100 / self.accepted.get().max(1)
    }
}

#[test]
fn plain_lines_have_the_values_of_clap() {
    let (specs, next) = (specs(), AtomicUsize::new(0));
    let all = Mutex::new(Counts::default());
    let work = || {
        while let Some(spec) = specs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let program = Checked::read(spec).program.expect("a valid spec");
            let program = crate::model::program(&program);
            let counts = Counts::default();
            try_lines(&program, &counts);
            let (percent, accepted) = (counts.percent(), counts.accepted.get());
            println!("{}: {percent} % of {accepted}", program.name);
            let all = all.lock().expect("no panic");
            all.accepted.set(all.accepted.get() + accepted);
            all.plain.set(all.plain.get() + counts.plain.get());
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let all = all.into_inner().expect("no panic");
    println!("all: {} % of {}", all.percent(), all.accepted.get());
    assert!(all.percent() >= 80, "only {} %", all.percent());
}

/// The specs of the repository.
fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut specs = vec![root.join("spec"), root.join("codegen/spec")];
    for directory in ["tests/render", "tests/programs", "examples"] {
        let entries = std::fs::read_dir(root.join(directory)).expect("a directory");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let is_spec = |path: &PathBuf| {
            path.join("cli.yaml").exists() || path.extension().is_some_and(|it| it == "yaml")
        };
        specs.extend(paths.filter(is_spec));
    }
    specs.sort();
    specs
}

fn try_lines(program: &Program, counts: &Counts) {
    // `build` also adds the global options to each command.
    let mut definition = program.clap();
    definition.build();
    let mut all: Vec<Leaf> = Vec::new();
    leaves(&[&definition], &mut all);
    let config = Config {
        cases: lines(),
        failure_persistence: None,
        ..Config::default()
    };
    let pieces = prop::collection::vec(Piece::any(), 0..5);
    let variables = prop::collection::vec(Piece::any(), 0..3);
    let strategy = (any::<[Index; 3]>(), Piece::any(), pieces, variables);
    let result = TestRunner::new(config).run(&strategy, |(indexes, extra, pieces, variables)| {
        let [leaf, alias, near] = indexes;
        let leaf = leaf.get(&all);
        let variables = variables.iter().filter_map(|it| leaf.variable(*it));
        let setup = variables.fold(Setup::new().isolated(), |setup, (name, value)| {
            setup.variable(name, value)
        });
        let missing = |line: &lines::Line| missing(program, &setup, &line.spec);
        let line = leaf.line([alias, near], extra, &pieces, missing);
        compare(program, &setup, &line.spec, counts).map_err(TestCaseError::fail)
    });
    if let Err(error) = result {
        let message = error.to_string();
        let end = message.find("\nminimal failing input");
        panic!(
            "{}: {}",
            program.name,
            &message[..end.unwrap_or(message.len())]
        );
    }
}

/// The arguments that clap reports as missing on a command line.
fn missing(program: &Program, setup: &Setup, words: &[OsString]) -> Vec<String> {
    let Err(stop) = parse(program, setup, words, true) else {
        return Vec::new();
    };
    let error = stop.usage_error().map(UsageError::error);
    let error = error.filter(|error| error.kind() == ErrorKind::MissingRequiredArgument);
    match error.and_then(|error| error.get(ContextKind::InvalidArg)) {
        Some(ContextValue::Strings(list)) => list.clone(),
        _ => Vec::new(),
    }
}

fn parse(
    program: &Program,
    setup: &Setup,
    words: &[OsString],
    only_clap: bool,
) -> Result<Values, Stop> {
    let setup = setup.clone().words(words);
    match only_clap {
        true => setup.only_clap().parse(program),
        false => setup.parse(program),
    }
}

/// Checks that a command line has the same values with and without clap.
pub(super) fn compare<T>(
    program: &Program,
    setup: &Setup,
    words: &[T],
    counts: &Counts,
) -> Result<(), String>
where
    T: Into<OsString> + Clone,
{
    let words: Vec<OsString> = words.iter().cloned().map(Into::into).collect();
    let plain = parse(program, setup, &words, false);
    let clap = parse(program, setup, &words, true);
    if let (Ok(plain), Ok(clap)) = (&plain, &clap) {
        assert!(!clap.is_plain());
        counts.add(plain.is_plain());
    }
    let text =
        |parsed: Result<Values, Stop>| parsed.map_or_else(|_| "an error".to_owned(), text_of);
    let (plain, clap) = (text(plain), text(clap));
    match plain == clap {
        true => Ok(()),
        false => Err(format!("{setup:?}\n{words:?}\n{plain}\nwith clap:\n{clap}")),
    }
}

/// Takes all values.
fn text_of(mut values: Values) -> String {
    let called = values.called().clone();
    let mut text = format!("{}\n", called.command().title());
    for arg in called.args() {
        let id = arg.id;
        let (given, origin) = (values.is_given(id), values.origin(id));
        let value = match arg.kind {
            Kind::Switch if arg.negation.is_some() => format!("{:?}", values.negatable(id)),
            Kind::Switch => values.switch(id).to_string(),
            Kind::Count(max) => values.count(id, max).to_string(),
            // The generator doesn't have the program's own types.
            Kind::Text | Kind::Choice { .. } | Kind::Url | Kind::Custom(_) => {
                all::<String>(&mut values, id)
            }
            Kind::Secret => {
                let secrets = values.many::<Secret>(id);
                let secrets: Vec<&str> = secrets.iter().map(Secret::expose).collect();
                format!("{secrets:?}")
            }
            Kind::Boolean => all::<bool>(&mut values, id),
            Kind::Integer { .. } => all::<i64>(&mut values, id),
            Kind::Float { .. } => all::<f64>(&mut values, id),
            Kind::Path(..) => all::<PathBuf>(&mut values, id),
            Kind::Duration => all::<Duration>(&mut values, id),
            Kind::Size => all::<u64>(&mut values, id),
            Kind::KeyValue => all::<(String, String)>(&mut values, id),
        };
        let _ = writeln!(text, "{id}: {value} {given} {origin:?}");
    }
    text
}

fn all<T: Clone + Debug + Send + Sync + 'static>(values: &mut Values, id: &str) -> String {
    format!("{:?}", values.many::<T>(id))
}
