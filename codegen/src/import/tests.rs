//! Programs that are generated from specs come back as the same specs.

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::{analyze_files, read};

/// The specs of the repository: of real programs, and of tests.
fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut specs = vec![root.join("spec"), root.join("codegen/spec")];
    for directory in ["examples", "tests/render", "tests/programs"] {
        let entries = std::fs::read_dir(root.join(directory)).expect("a directory");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        specs.extend(paths.filter(|path| path.join("cli.yaml").is_file()));
        let entries = std::fs::read_dir(root.join(directory)).expect("a directory");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        specs.extend(paths.filter(|path| path.extension().is_some_and(|it| it == "yaml")));
    }
    specs.sort();
    specs
}

#[test]
fn specs_come_back() {
    for path in specs() {
        let mut problems = Diagnostics::default();
        let files = read::read(&path, &mut problems);
        let (program, _) = analyze_files(&files, problems);
        let Some(program) = program else {
            eprintln!("== {} has errors", path.display());
            continue;
        };
        match super::rebuilt::read(&program).map(|it| super::Import::of(&it)) {
            Err(error) => eprintln!("== {}: {error}", path.display()),
            Ok(import) => eprintln!("== {}\n{import}", path.display()),
        }
    }
}
