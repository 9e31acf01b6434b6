//! The commands about a program's interface: `describe`, `diff` and `export`.

use std::io::{Write as _, stderr};

use clapspec::Checked;
use clapspec::diff::{self, Error, Side};
use clapspec::export::{self, Format};

use super::cli::{
    ClapspecExit, DescribeArgs, DiffArgs, DiffExit, DiffFormat, ExportArgs, ExportTo,
};
use super::{FAILURE, SUCCESS, colored, fail, print_to_readers, say, show, width};

/// Prints a program as JSON.
pub(super) fn describe(args: DescribeArgs) -> ClapspecExit {
    let checked = Checked::read(&args.spec);
    show(checked.report(), None);
    match checked.describe() {
        Some(description) => print_to_readers(&description.to_json()),
        None => FAILURE,
    }
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
    let found = diff::compare_sides(&old, &new);
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
