//! What shells offer on incomplete command lines. Each file in `tests/completions/` is a spec beside a
//! file with lines: what is typed, with `▮` at the cursor, and after `⇒` what is offered.
//!
//! `UPDATE=1 cargo test -p clapspec offers` writes what is offered now, to be read before it is committed.

use std::fs;
use std::path::Path;

use clapspec_runtime::complete::tokens;

use crate::Checked;

#[test]
fn offers_are_as_written() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/completions");
    let specs = fs::read_dir(directory)
        .expect("a directory")
        .map(|entry| entry.expect("one").path());
    for spec in specs.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let Checked {
            program, report, ..
        } = Checked::read(&spec);
        let program = program.unwrap_or_else(|| panic!("{}", report.render(false, 100)));
        let program = crate::model::program(&program);
        let lines = spec.with_extension("offers");
        let written = fs::read_to_string(&lines).expect("lines");
        let found: String = written
            .lines()
            .map(|line| offered(&program, line) + "\n")
            .collect();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&lines, &found).expect("written");
        }
        for (written, found) in written.lines().zip(found.lines()) {
            assert_eq!(written, found);
        }
        assert!(written.lines().count() > 20);
    }
}

/// Returns a line with what is offered. Comments and empty lines stay as they are.
fn offered(program: &clapspec_runtime::Program, line: &str) -> String {
    let Some((typed, _)) = line.split_once('▮') else {
        return line.to_owned();
    };
    let mut words: Vec<&str> = typed.split(' ').skip(1).collect();
    let token = words.pop().unwrap_or_default();
    let words: Vec<_> = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(Into::into)
        .collect();
    let offers = tokens(program, &words, token);
    format!("{typed}▮ ⇒ {}", offers.join(" "))
        .trim_end()
        .to_owned()
}
