//! Every accepted spec works: all parts can be generated from it, clap accepts its definition, and the
//! values of every accepted command line can be taken as generated code takes them.
//!
//! `PROPTEST_CASES=50000 cargo test -p clapspec structured` tests more cases. `tests/structured.rs` of
//! the workspace tests that the generated code compiles and behaves the same.

#[cfg(feature = "cli")]
mod completions;
mod plain;
mod rules;

use std::cell::Cell;
use std::path::Path;

use clapspec_runtime::{Setup, Values};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRunner};

use crate::ir::{Arg, Command, Kind, Takes, Value};
use crate::structured::{self, Case};
use crate::{Checked, Part};

/// How many more specs are generated to find a part that none of the first ones has.
const MORE: usize = 5_000;

#[test]
fn structured_specs() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let (all, accepted, parsed) = (Cell::new(0), Cell::new(0), Cell::new(0));
    // Large parts of specs. If one is in no accepted spec, the generator of specs has a fault.
    let parts = [
        "\nconfig-files:",
        "\nexit-codes:",
        "groups:",
        "\nsets:",
        "\ntopics:",
        "\nhtml:",
        "confirm:",
        "output:",
        "role: yes",
    ];
    let seen = parts.map(|_| Cell::new(false));
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&structured::case(), |case| {
        all.set(all.get() + 1);
        if let Some(lines) = works(&path, &case) {
            accepted.set(accepted.get() + 1);
            parsed.set(parsed.get() + lines);
            for (part, seen) in parts.iter().zip(&seen) {
                seen.set(seen.get() || case.spec.contains(part));
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let (all, accepted, parsed) = (all.get(), accepted.get(), parsed.get());
    println!("{accepted} of {all} specs are accepted, and {parsed} command lines for them");
    assert!(accepted * 100 >= all * 25, "{accepted} of {all} accepted");
    // A rare part may be missing by chance: some are in one accepted spec of a hundred.
    for _ in 0..MORE {
        let mut missing = parts.iter().zip(&seen).filter(|(_, seen)| !seen.get());
        let Some((part, seen)) = missing.next() else {
            return;
        };
        let case = structured::case()
            .new_tree(&mut runner)
            .expect("a case")
            .current();
        seen.set(case.spec.contains(part) && works(&path, &case).is_some());
    }
    let missing = parts.iter().zip(&seen).filter(|(_, seen)| !seen.get());
    let missing: Vec<&&str> = missing.map(|(part, _)| part).collect();
    assert!(missing.is_empty(), "no accepted spec has {missing:?}");
}

/// Returns the number of accepted command lines, or `None` if the spec is rejected.
pub(crate) fn works(path: &Path, case: &Case) -> Option<usize> {
    std::fs::write(path, &case.spec).expect("written");
    let Checked {
        program, report, ..
    } = Checked::read(path);
    let Some(program) = program else {
        assert!(!report.is_ok());
        report.render(true, 80);
        return None;
    };
    let models = crate::model::Models::of(&program);
    for part in Part::ALL {
        part.generate(&program, &models);
    }
    let trial = models.program;
    let mut accepted = 0;
    for line in &case.lines {
        let compared = plain::compare(
            &trial,
            &Setup::new().isolated(),
            line,
            &plain::Counts::default(),
        );
        compared.unwrap_or_else(|different| panic!("{}\n{different}", case.spec));
        if let Ok(mut values) = Setup::new().isolated().words(line).parse(&trial) {
            dispatch(&program.root, &mut values);
            accepted += 1;
        }
    }
    Some(accepted)
}

/// Does the same as the generated `dispatch`.
fn dispatch(command: &Command, values: &mut Values) {
    if !command.is_group() {
        return take(command, values);
    }
    match values.subcommand() {
        "" => {
            assert!(command.runnable || command.external);
            if values.is_external() {
                values.external();
            }
            take(command, values);
        }
        name => {
            let mut commands = command.commands.iter();
            let subcommand = commands.find(|known| known.name() == name);
            dispatch(subcommand.expect("a known subcommand"), values);
        }
    }
}

/// Does the same as the generated `take`.
fn take(command: &Command, values: &mut Values) {
    for arg in command.args() {
        let id = arg.id.as_str();
        match &arg.takes {
            Takes::Switch => {
                values.switch(id);
            }
            Takes::Negatable { .. } => {
                values.negatable(id);
            }
            Takes::Count(max) => assert!(values.count(id, *max) <= *max),
            Takes::Value(value) => match &value.kind {
                Kind::Choice { .. } => take_choices(arg, value, values.strings(id)),
                // The generator doesn't have the program's own types.
                Kind::String | Kind::Url | Kind::Rust(_) => {
                    take_all::<String>(arg, value, values);
                }
                Kind::Secret => take_all::<clapspec_runtime::Secret>(arg, value, values),
                Kind::Path(..) => take_all::<std::path::PathBuf>(arg, value, values),
                Kind::Integer { .. } => take_all::<i64>(arg, value, values),
                Kind::Float { .. } => take_all::<f64>(arg, value, values),
                Kind::Boolean => take_all::<bool>(arg, value, values),
                Kind::Duration => take_all::<std::time::Duration>(arg, value, values),
                Kind::Size => take_all::<u64>(arg, value, values),
                Kind::KeyValue => take_all::<(String, String)>(arg, value, values),
            },
        }
    }
}

fn take_choices(arg: &Arg, value: &Value, names: Vec<String>) {
    for name in &names {
        let mut choices = arg.choices().into_iter().flatten();
        assert!(choices.any(|choice| *choice.name == *name), "{name}");
    }
    counts_fit(arg, value, names.len());
}

fn take_all<T: Clone + Send + Sync + 'static>(arg: &Arg, value: &Value, values: &mut Values) {
    counts_fit(arg, value, values.many::<T>(&arg.id).len());
}

/// Checks that the number of values fits the type of the field.
fn counts_fit(arg: &Arg, value: &Value, count: usize) {
    let at_once = value.array().unwrap_or(1);
    assert_eq!(count % at_once, 0, "`{}` lacks some values", *arg.id);
    if !value.is_list() {
        assert!(count <= at_once, "`{}` has {count} values", *arg.id);
        let always = arg.is_always_there();
        assert!(count > 0 || !always, "`{}` has no value", *arg.id);
    }
}
