//! The command `completions`: prints the script for a shell, installs it, or removes it.

use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::script::{Shell, is_usable, mark};
use super::system::home;
use crate::console::{Console, print};
use crate::line::Values;
use crate::model::{Program, Role};
use crate::text::printable;

/// Runs the command with the values of its command line. Returns the exit code.
pub fn run(program: &Program, values: &mut Values) -> u8 {
    let console = values.console(program);
    match try_run(program, values, &console) {
        Ok(()) => 0,
        Err(problem) => {
            let failure = program.exits().failure;
            console.error(failure, &problem.message, problem.help.as_deref());
            failure.1
        }
    }
}

struct Problem {
    message: String,
    help: Option<String>,
}

impl Problem {
    fn new(message: impl Into<String>, help: Option<&str>) -> Self {
        Self {
            message: message.into(),
            help: help.map(str::to_owned),
        }
    }
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
        return Err(Problem::new(message, Some(help)));
    }
    let dry_run = values.line.is_on(Role::DryRun);
    let script = shell.script(program.name, &name);
    let place = || {
        place(shell, program.name, &name)
            .ok_or_else(|| Problem::new("there is no home directory", None))
    };
    match (values.switch("install"), values.switch("uninstall")) {
        (true, _) => install(&place()?, &script, dry_run, console),
        (_, true) => uninstall(&place()?, dry_run, console),
        (false, false) => {
            let message = |error| format!("can't write the script to standard output: {error}");
            print(&script).map_err(|error| Problem::new(message(error), None))
        }
    }
}

/// Where a shell looks for a script.
struct Place {
    /// The directory of the user, which is never removed.
    base: PathBuf,
    file: PathBuf,
    /// The words by which the file is recognized.
    mark: String,
    /// What a user must add to a file of the shell, if the shell doesn't find the script itself: the
    /// file, the line, and when it is needed.
    line: Option<(&'static str, String, &'static str)>,
}

/// Returns where to install the script. The directories are those of the shells' manuals; none of them
/// needs more rights than those of the user.
fn place(shell: Shell, program: &str, name: &str) -> Option<Place> {
    let home = home()?;
    let directory = |variable: &str, default: &str| {
        let chosen = env::var_os(variable).map(PathBuf::from);
        // The XDG Base Directory Specification ignores relative paths.
        chosen
            .filter(|path| path.is_absolute())
            .unwrap_or_else(|| home.join(default))
    };
    let data = || directory("XDG_DATA_HOME", ".local/share");
    let config = || directory("XDG_CONFIG_HOME", ".config");
    // Some shells follow Windows there, unless XDG's variable is set.
    let system_config = || match cfg!(windows) && env::var_os("XDG_CONFIG_HOME").is_none() {
        true => directory("APPDATA", "AppData/Roaming"),
        false => config(),
    };
    // bash-completion looks in all of these, and writes nothing.
    let own_directory = || {
        let own = env::var_os("BASH_COMPLETION_USER_DIR")?;
        let mut directories = env::split_paths(&own);
        directories.find(|directory| directory.is_absolute())
    };
    let (base, below) = match shell {
        Shell::Bash => match own_directory() {
            Some(own) => (own, "completions"),
            None => (data(), "bash-completion/completions"),
        },
        Shell::Elvish => (system_config(), "elvish/lib"),
        Shell::Fish => (config(), "fish/completions"),
        Shell::Nushell if cfg!(target_os = "macos") => (
            directory("XDG_CONFIG_HOME", "Library/Application Support"),
            "nushell/autoload",
        ),
        Shell::Nushell => (system_config(), "nushell/autoload"),
        Shell::PowerShell if cfg!(windows) => (home.join("Documents"), "PowerShell"),
        Shell::PowerShell => (config(), "powershell"),
        Shell::Zsh => (data(), "zsh/site-functions"),
    };
    let file = base.join(below).join(shell.file_name(name));
    let path = quoted(&file);
    let line = match shell {
        Shell::Bash => Some((
            "~/.bashrc",
            format!("[ -f {path} ] && . {path}"),
            "unless it uses bash-completion",
        )),
        Shell::Elvish => Some(("rc.elv", format!("use {name}-completions"), "")),
        Shell::Fish | Shell::Nushell => None,
        Shell::PowerShell => Some(("$PROFILE", format!(". {}", doubled(&file)), "")),
        Shell::Zsh => Some((
            "~/.zshrc",
            format!("[ -f {path} ] && . {path}"),
            "unless $fpath has that directory",
        )),
    };
    Some(Place {
        base,
        file,
        mark: mark(program),
        line,
    })
}

/// Quotes a path for bash and zsh.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    match path
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
    {
        true => path.into_owned(),
        false => format!("'{}'", path.replace('\'', r"'\''")),
    }
}

/// Quotes a path for PowerShell.
fn doubled(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', "''"))
}

fn install(place: &Place, script: &str, dry_run: bool, console: &Console) -> Result<(), Problem> {
    let shown = shown(&place.file);
    let is_plain = |path: &str| printable(path) == path;
    if place.line.is_some() && !place.file.to_str().is_some_and(is_plain) {
        let message = format!("{shown} can't be written in a file of the shell");
        let help = "choose a directory without control characters";
        return Err(Problem::new(message, Some(help)));
    }
    let is_current = own_script(place)?.is_some_and(|old| old == script.as_bytes());
    if !dry_run && !is_current {
        write(&place.file, script)
            .map_err(|error| Problem::new(format!("can't write {shown}: {error}"), None))?;
    }
    console.say(&match (is_current, dry_run) {
        (true, _) => format!("the completions in {shown} are up to date"),
        (false, true) => format!("the completions would be installed in {shown}"),
        (false, false) => format!("the completions are installed in {shown}"),
    });
    if let Some((file, line, when)) = &place.line {
        let comma = if when.is_empty() { "" } else { ", " };
        console.say(&format!(
            "add this line to {file}{comma}{when}:\n\n    {}\n",
            printable(line)
        ));
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
        .map_err(|error| Problem::new(format!("can't remove {shown}: {error}"), None))?;
    // Directories that are empty now are removed too.
    let directories = place.file.ancestors().skip(1);
    for directory in directories.take_while(|directory| *directory != place.base) {
        if fs::remove_dir(directory).is_err() {
            break;
        }
    }
    console.say(&format!("{shown} is removed"));
    if let Some((file, line, _)) = &place.line {
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
            return Err(Problem::new(message, None));
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
            Some("move it away, and try again"),
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
