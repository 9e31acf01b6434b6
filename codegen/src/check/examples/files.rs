//! Checks the files of examples: those that they begin and end with, and their pictures.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Expected, Program};
use crate::source::Span;

/// The largest number of characters in the name of a picture.
const MAX_NAME: usize = 100;

/// Checks that the files of examples are in their own directories.
pub(in crate::check) fn files(program: &Program, problems: &mut Diagnostics) {
    for expected in expected(program) {
        let maps = [&expected.files, &expected.files_after];
        let names = maps.into_iter().flatten().map(|(path, _)| path);
        for path in names.chain(&expected.files_removed) {
            let below = path.strip_prefix("~/").unwrap_or(path);
            let is_name = |name: &str| !["", ".", "..", "~"].contains(&name);
            // On Windows, `\` separates names, and `C:` is a drive.
            if below.split('/').all(is_name) && !below.contains(['\\', ':']) {
                continue;
            }
            problems
                .error(
                    Code::ExampleFile,
                    path.span,
                    format!("`{}` is not a path of an example's file", **path),
                )
                .help("write `~/` and a path in the home directory, or a path in the current directory");
        }
    }
}

/// Checks that each picture has a file of its own.
pub(in crate::check) fn pictures(program: &Program, problems: &mut Diagnostics) {
    // Some file systems ignore case.
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for name in expected(program).filter_map(|expected| expected.picture.as_ref()) {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(is_letter) {
            problems
                .error(
                    Code::PictureName,
                    name.span,
                    format!("`{}` can't be the name of a picture", **name),
                )
                .help(format!(
                    "use at most {MAX_NAME} ASCII letters, digits, `-` and `_`"
                ));
        } else if let Some(first) = seen.insert(name.to_lowercase(), name.span) {
            problems
                .error(
                    Code::PictureName,
                    name.span,
                    format!("the name `{}` of this picture is used twice", **name),
                )
                .label("names that differ only in case are the same")
                .related(first, "the first one")
                .help("choose another name");
        }
    }
}

/// What is expected of the examples that are run.
fn expected(program: &Program) -> impl Iterator<Item = &Expected> {
    let commands = program.root.walk().into_iter();
    let examples = commands.flat_map(|command| &command.examples);
    examples.filter_map(|example| example.expected.as_ref())
}
