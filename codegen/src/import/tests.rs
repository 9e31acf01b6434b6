//! Programs that are generated from specs come back as specs that say the same.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Import, rebuilt};
use crate::diagnostic::Diagnostics;
use crate::{analyze_files, read};

/// The specs of the repository: of real programs, and of tests.
fn specs(root: &Path) -> Vec<PathBuf> {
    let mut specs = vec!["spec".into(), "codegen/spec".into()];
    for directory in ["examples", "tests/render", "tests/programs"] {
        for entry in fs::read_dir(root.join(directory)).expect("a directory") {
            let entry = entry.expect("an entry");
            let path = Path::new(directory).join(entry.file_name());
            let is_file = path.extension().is_some_and(|it| it == "yaml");
            if is_file || root.join(&path).join("cli.yaml").is_file() {
                specs.push(path);
            }
        }
    }
    specs.sort();
    specs
}

/// The differences are those in the file. Write it again with `UPDATE=1`.
#[test]
fn specs_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = String::new();
    for path in specs(&root) {
        let mut problems = Diagnostics::default();
        let files = read::read(&root.join(&path), &mut problems);
        let (program, _) = analyze_files(&files, problems);
        let program = program.expect("a spec without errors");
        let import = Import::of(&rebuilt::read(&program).expect("clap accepts the program"));
        let path = path.to_string_lossy().replace('\\', "/");
        writeln!(found, "{path}: {} facts", import.facts()).expect("a string");
        for loss in import
            .losses()
            .iter()
            .filter(|loss| loss.before != loss.after)
        {
            writeln!(found, "    {loss}").expect("a string");
        }
        for code in import.report().codes() {
            writeln!(found, "    {code}").expect("a string");
        }
    }
    let file = root.join("codegen/tests/import/specs.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &found).expect("written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "{} differs: {found}", file.display());
}
