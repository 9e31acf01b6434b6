//! Tests which parts of the contract the compiler enforces.

use std::fs;

use clapspec::Part;

use super::{Package, stderr, stdout};
use crate::support::root;

/// A result or an exit code that is not in the spec doesn't compile. A change of the result in the spec
/// changes the help, the man page and the schema.
pub fn the_compiler_enforces_the_contract() {
    const PROGRAM: &str = "\
name: tool
about: A tool
date: 2026-01-31
exit-codes:
  success: { code: 0, help: Done }
  failure: { code: 1, help: Not done }
commands:
  count:
    about: Count notes
    exit-codes: { full: { code: 3, help: There is no room for more } }
    options: { json: { role: json, help: Print JSON } }
    output:
      type: object
      required: [notes]
      properties:
        notes: { type: integer, minimum: 0, description: How many there are }
";
    const MAIN: &str = "\
use clapspec_runtime::{Done, Ended};

struct Tool;

impl cli::Handlers for Tool {
    fn count(&mut self, _: cli::CountArgs) -> Ended<cli::CountExit, cli::CountOutput> {
        Ok(Done::new(cli::CountExit::Full, cli::CountOutput { notes: 7 }).text(\"7 notes\"))
    }
}

fn main() -> std::process::ExitCode {
    cli::run(&mut Tool)
}
";
    let package = Package::with_build_script();
    let manifest = package.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let runtime = root().join("runtime");
    let plain = format!("clapspec-runtime = {{ path = {runtime:?} }}");
    assert!(text.contains(&plain), "{text}");
    let output = format!("clapspec-runtime = {{ path = {runtime:?}, features = [\"output\"] }}");
    package.write("Cargo.toml", &text.replace(&plain, &output));
    fs::remove_dir_all(package.path().join("spec/commands")).expect("removed");
    package.write("spec/cli.yaml", PROGRAM);
    package.main(MAIN);
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    for (words, shown) in [
        (&["count"][..], "7 notes\n"),
        (&["count", "--json"], "{\"notes\":7}\n"),
    ] {
        let run = package.tool(words);
        assert_eq!(
            (stdout(&run).as_str(), run.status.code()),
            (shown, Some(3)),
            "{}",
            stderr(&run)
        );
    }

    let documents = |package: &Package| {
        let parts = [Part::Help, Part::Man, Part::Schema];
        let outputs = clapspec::generate(&package.path().join("spec"), &parts).expect("files");
        let of_command = |output: &clapspec::GeneratedFile| output.path().contains("tool-count");
        let outputs = outputs.into_iter().filter(of_command);
        outputs
            .map(|output| output.text().to_owned())
            .collect::<Vec<_>>()
    };
    let before = documents(&package);
    package.write(
        "spec/cli.yaml",
        &PROGRAM
            .replace("notes]", "lines]")
            .replace("notes:", "lines:"),
    );
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(errors.contains("has no field named `notes`"), "{errors}");
    let after = documents(&package);
    assert_eq!((before.len(), after.len()), (3, 3));
    for (before, after) in before.iter().zip(&after) {
        assert!(before != after && after.contains("lines"), "{after}");
    }

    let spec = PROGRAM.replace(
        "    exit-codes: { full: { code: 3, help: There is no room for more } }\n",
        "",
    );
    package.write("spec/cli.yaml", &spec);
    package.main(&MAIN.replace("CountExit", "ToolExit"));
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(
        errors.contains(
            "no variant, associated function, or constant named `Full` found for enum `ToolExit`"
        ) || errors
            .contains("no variant or associated item named `Full` found for enum `ToolExit`"),
        "{errors}"
    );
}
