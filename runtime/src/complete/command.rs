//! The command `completions`: prints the script for a shell, installs it, or removes it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::place::{Place, StartUpLine};
use super::script::{Shell, is_usable};
use crate::built_in::{self, Problem};
use crate::console::{Console, print};
use crate::line::Values;
use crate::model::{Program, Role};
use crate::text::printable;

/// Runs the command with the values of its command line. Returns the exit code.
pub fn run(program: &Program, values: &mut Values) -> u8 {
    let console = values.console(program);
    built_in::end(program, &console, try_run(program, values, &console))
}

fn try_run(program: &Program, values: &mut Values, console: &Console) -> Result<(), Problem> {
    let shell = values.required_string("shell");
    // The spec of this command lists the same names.
    let shell = Shell::from_name(&shell).unwrap_or(Shell::Bash);
    let name = values
        .string("name")
        .unwrap_or_else(|| program.name.to_owned());
    if !is_usable(&name) {
        let message = format!("`{}` can't be the name of a command", printable(&name));
        let help = "use letters, digits, `-`, `_`, `.` and `+`";
        return Err(Problem::new(message, help));
    }
    let dry_run = values.line.is_on(Role::DryRun);
    let is_isolated = values.line.is_isolated();
    let script = shell.script(program.name, &name);
    let place = || {
        let place = Place::of(shell, program.name, &name).filter(|_| !is_isolated);
        place.ok_or_else(|| Problem::from("there is no home directory".to_owned()))
    };
    match (values.switch("install"), values.switch("uninstall")) {
        (true, _) => install(&place()?, &script, dry_run, console),
        (_, true) => uninstall(&place()?, dry_run, console),
        (false, false) => {
            let message = |error| format!("can't write the script to standard output: {error}");
            print(&script).map_err(|error| Problem::from(message(error)))
        }
    }
}

fn install(place: &Place, script: &str, dry_run: bool, console: &Console) -> Result<(), Problem> {
    let shown = shown(&place.file);
    let is_plain = |path: &str| printable(path) == path;
    if place.line.is_some() && !place.file.to_str().is_some_and(is_plain) {
        let message = format!("{shown} can't be written in a file of the shell");
        let help = "choose a directory without control characters";
        return Err(Problem::new(message, help));
    }
    let is_current = own_script(place)?.is_some_and(|old| old == script.as_bytes());
    if !dry_run && !is_current {
        write(&place.file, script)
            .map_err(|error| Problem::from(format!("can't write {shown}: {error}")))?;
    }
    console.say(&match (is_current, dry_run) {
        (true, _) => format!("the completions in {shown} are up to date"),
        (false, true) => format!("the completions would be installed in {shown}"),
        (false, false) => format!("the completions are installed in {shown}"),
    });
    if dry_run && !is_current {
        // There is nothing yet that a shell could use.
        return Ok(());
    }
    if let Some(StartUpLine { file, line, unless }) = &place.line {
        let unless = match unless.is_empty() {
            true => String::new(),
            false => format!(", unless {unless}"),
        };
        console.say(&format!("add this line to {file}{unless}:\n\n    {line}\n"));
    }
    console.say("new shells will use them");
    Ok(())
}

fn uninstall(place: &Place, dry_run: bool, console: &Console) -> Result<(), Problem> {
    let shown = shown(&place.file);
    if own_script(place)?.is_none() {
        console.say(&format!("there are no completions in {shown}"));
        return Ok(());
    }
    if dry_run {
        console.say(&format!("{shown} would be removed"));
        return Ok(());
    }
    fs::remove_file(&place.file)
        .map_err(|error| Problem::from(format!("can't remove {shown}: {error}")))?;
    // Directories that are empty now are removed too.
    let directories = place.file.ancestors().skip(1);
    for directory in directories.take_while(|directory| *directory != place.base) {
        if fs::remove_dir(directory).is_err() {
            break;
        }
    }
    console.say(&format!("{shown} is removed"));
    if let Some(StartUpLine { file, line, .. }) = &place.line {
        let line = printable(line);
        console.say(&format!(
            "if {file} has this line, remove it:\n\n    {line}\n"
        ));
    }
    Ok(())
}

/// Returns the content of the file, if there is one.
///
/// # Errors
///
/// Returns an error if it was not made for this program, or if it can't be read.
fn own_script(place: &Place) -> Result<Option<Vec<u8>>, Problem> {
    let file = &place.file;
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("can't read {}: {error}", shown(file));
            return Err(message.into());
        }
    };
    let head = String::from_utf8_lossy(&text[..text.len().min(500)]);
    match head.contains(&place.mark) {
        true => Ok(Some(text)),
        false => Err(Problem::new(
            format!(
                "{} was not made by this command, so it is kept",
                shown(file)
            ),
            "move it away, and try again",
        )),
    }
}

/// Writes a file next to the old one and renames it, so that a shell never reads half of it. A symbolic
/// link stays, and its target is replaced.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path);
    let path = target.as_deref().unwrap_or(path);
    let directory = path.parent().unwrap_or(path);
    fs::create_dir_all(directory)?;
    let temporary = path.with_extension(format!("clapspec-{}", std::process::id()));
    let written = File::create_new(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn shown(path: &Path) -> String {
    format!("`{}`", printable(&path.to_string_lossy()))
}
