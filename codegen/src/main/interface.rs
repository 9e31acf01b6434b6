//! The commands about a program's interface: `describe` and `diff`.

use std::fs;
use std::io::{self, Write as _, stderr};
use std::path::Path;

use clapspec::diff::{self, Side};
use clapspec::export::{self, Format};
use clapspec::{Checked, GeneratedFile, diff::Error, graph, sync};

use super::cli::{
    ClapspecExit, DescribeArgs, DiffArgs, DiffExit, DiffFormat, ExportArgs, ExportTo, GenerateArgs,
};
use super::{FAILURE, SUCCESS, colored, display, fail, print_to_readers, say, show, width};

/// Prints a program as JSON.
pub(super) fn describe(args: DescribeArgs) -> ClapspecExit {
    let checked = Checked::read(&args.spec);
    show(checked.report(), None);
    match checked.describe() {
        Some(description) => print_to_readers(&description.to_json()),
        None => FAILURE,
    }
}

/// Writes which files were read and written, for other build systems.
pub(super) fn graph(
    args: &GenerateArgs,
    checked: &Checked,
    outputs: &[GeneratedFile],
) -> Result<(), Box<dyn std::error::Error>> {
    let Some(list) = &args.outputs else {
        return Ok(());
    };
    if let Some(depfile) = &args.depfile {
        let text = graph::depfile(list, &checked.inputs())?;
        let is_depfile = |earlier: &str| {
            earlier
                .lines()
                .next()
                .is_some_and(|line| line.ends_with(": \\"))
        };
        replace(depfile, &text, args, is_depfile)?;
    }
    let mut paths: Vec<&str> = outputs.iter().map(GeneratedFile::path).collect();
    paths.push(sync::MARK);
    paths.sort_unstable();
    let lines: String = paths
        .iter()
        .map(|path| format!("{}\n", args.out.join(path).display()))
        .collect();
    let is_list = |earlier: &str| {
        earlier
            .lines()
            .all(|line| Path::new(line).starts_with(&args.out))
    };
    // It is the last file, so that it is only newer than the spec if everything was written.
    replace(list, &lines, args, is_list)
}

/// Writes a file. An existing file is only replaced if an earlier run wrote it.
fn replace(
    path: &Path,
    text: &str,
    args: &GenerateArgs,
    is_ours: impl Fn(&str) -> bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let name = display(path);
    if path.starts_with(&args.out) {
        return Err(format!(
            "`{name}` is in the output directory, which is only for generated files"
        )
        .into());
    }
    match fs::read_to_string(path) {
        Ok(earlier) if is_ours(&earlier) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Ok(_) => {
            return Err(
                format!("`{name}` was not written by clapspec; choose another file").into(),
            );
        }
        Err(error) => return Err(format!("can't read `{name}`: {error}").into()),
    }
    fs::write(path, text).map_err(|error| format!("can't write `{name}`: {error}").into())
}

/// Prints a program in another format, and reports what is lost.
pub(super) fn export(args: ExportArgs) -> ClapspecExit {
    let format = match args.to {
        ExportTo::Clap => Format::Clap,
        ExportTo::Usage => Format::Usage,
        ExportTo::Opencli => Format::OpenCli,
        ExportTo::Carapace => Format::Carapace,
        ExportTo::Fig => Format::Fig,
    };
    let checked = Checked::read(&args.spec);
    show(checked.report(), None);
    let Some(export) = export::export(&checked, format) else {
        return FAILURE;
    };
    if !export.losses.is_empty() {
        say("note: the format can't say this:");
    }
    for loss in &export.losses {
        say(format_args!("  {loss}"));
    }
    print_to_readers(&export.text)
}

/// Compares two versions of a program.
pub(super) fn diff(args: DiffArgs) -> DiffExit {
    let (old, new) = (Side::read(&args.old), Side::read(&args.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            for error in [old.err(), new.err()].into_iter().flatten() {
                report(&error);
            }
            return DiffExit::Failure;
        }
    };
    let mut found = diff::compare(&old.description, &new.description);
    found.extend(diff::examples(&old, &new));
    let document = match args.format {
        DiffFormat::Text => found.text(),
        DiffFormat::Json => found.json(),
        DiffFormat::Markdown => found.markdown(),
    };
    if print_to_readers(&document) != SUCCESS {
        return DiffExit::Failure;
    }
    match found.is_breaking() {
        true => DiffExit::Breaking,
        false => DiffExit::Success,
    }
}

/// Reports why a version can't be read.
fn report(error: &Error) {
    match error {
        Error::Spec(spec) => {
            let _ = stderr().write_all(spec.render(colored(), width()).as_bytes());
            say(spec.summary());
        }
        error => {
            fail(error);
        }
    }
}
