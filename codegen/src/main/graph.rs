//! Which files a run of `generate` read and wrote, for other build systems.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

use clapspec::{Checked, graph, sync};

use super::cli::GenerateArgs;
use super::display;

/// Writes which files were read, and that these files were written, for other build systems.
pub(super) fn write(
    args: &GenerateArgs,
    checked: &Checked,
    mut paths: Vec<String>,
) -> Result<(), Box<dyn Error>> {
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
    paths.push(sync::MARK.to_owned());
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
) -> Result<(), Box<dyn Error>> {
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
