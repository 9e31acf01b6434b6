//! The scripts that connect shells with the program, for packages.

use clapspec_runtime::complete::Shell;

use crate::generated::GeneratedFile;
use crate::ir::Program;

/// Generates `completions/`, with a script for each shell. Without the key `completions`, the program
/// doesn't answer shells, so there is nothing to generate.
pub(super) fn generate(program: &Program) -> Vec<GeneratedFile> {
    let name = program.root.name();
    let shells = Shell::ALL.into_iter().filter(|_| program.completions);
    let file = |shell: Shell| {
        let path = format!("completions/{}", shell.file_name(name));
        GeneratedFile::new(path, shell.script(name, name))
    };
    shells.map(file).collect()
}
