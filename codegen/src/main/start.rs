//! The commands with which a spec begins: `new`, `add` and `import`.

use std::path::{Path, PathBuf};

use clapspec::import::Format;
use clapspec::new::NewProgram;

use super::cli::{AddArgs, ClapspecExit, ImportArgs, ImportFrom, NewArgs};
use super::{FAILURE, SUCCESS, display, fail, print_to_readers, quoted, say, show};

/// Adds a command to a spec, and prints the method that handles it.
pub(super) fn add(args: AddArgs) -> ClapspecExit {
    let path: Vec<&str> = args.command.split('/').collect();
    match clapspec::new::add_command(&args.spec, &path) {
        Ok(added) => {
            say(format_args!("created `{}`", display(&added.file)));
            for removed in &added.removed {
                let name = removed.split('(').next().unwrap_or_default();
                say(format_args!(
                    "help: remove `{name}` from `impl Handlers`, because it is a command group now"
                ));
            }
            say("help: add this method to `impl Handlers`:");
            print_to_readers(&format!("{} {{\n    todo!()\n}}\n", added.method))
        }
        Err(clapspec::new::Error::Spec(report)) => {
            show(&report, None);
            FAILURE
        }
        Err(error) => fail(&error),
    }
}

/// Converts a description to a spec, and prints what was lost.
pub(super) fn import(args: ImportArgs) -> ClapspecExit {
    let format = match args.from {
        ImportFrom::Usage => Format::Usage,
        ImportFrom::Oclif => Format::Oclif,
        ImportFrom::Cobra => Format::Cobra,
        ImportFrom::Opencli => Format::OpenCli,
        ImportFrom::Fig => Format::Fig,
        ImportFrom::Help => Format::Help,
    };
    let import = match clapspec::import::file(format, &args.path) {
        Ok(import) => import,
        Err(error) => return fail(&error),
    };
    if let Err(error) = import.write(&args.out) {
        say(format_args!(
            "error: can't create `{}`: {error}",
            display(&args.out)
        ));
        return FAILURE;
    }
    print_to_readers(&import.to_string())
}

/// Creates a program.
pub(super) fn new(args: NewArgs) -> ClapspecExit {
    let Some(clone) = args.clapspec.or_else(own_clone) else {
        say("error: there is no clone of clapspec's repository around this program");
        say("help: name it with `--clapspec DIR`: the new program depends on it");
        return FAILURE;
    };
    let program = NewProgram::new(&args.directory, clone);
    match program.and_then(|program| program.committed(args.committed).create()) {
        Ok(()) => {
            let directory = quoted(args.directory.into());
            say(format_args!("created `{directory}`"));
            say(format_args!(
                "help: to build and test it, run `cd {directory} && cargo test`"
            ));
            SUCCESS
        }
        Err(error) => fail(&error),
    }
}

/// The clone of clapspec's repository in which this program was built.
fn own_clone() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let directories = program.ancestors().skip(1);
    let mut clones = directories.filter(|it| it.join("codegen/Cargo.toml").is_file());
    clones.next().map(Path::to_owned)
}
