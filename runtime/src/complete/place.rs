//! Where each shell looks for the script of a program.

use std::env;
use std::path::{Path, PathBuf};

use super::script::{Shell, mark};
use super::system::home;

/// Where a shell looks for a script.
pub(super) struct Place {
    /// The directory that is never removed, even if it is empty: the home directory, or another one that the
    /// user has chosen.
    pub(super) base: PathBuf,
    pub(super) file: PathBuf,
    /// The words by which the file is recognized.
    pub(super) mark: String,
    /// What a user must add if the shell doesn't find the script itself.
    pub(super) line: Option<StartUpLine>,
}

/// A line that a user must add to a file of the shell.
pub(super) struct StartUpLine {
    pub(super) file: &'static str,
    pub(super) line: String,
    /// When it is not needed, or an empty string.
    pub(super) unless: &'static str,
}

impl Place {
    /// Returns where to install the script of `program` for the command `name`. `None` if there is no home
    /// directory.
    pub(super) fn of(shell: Shell, program: &str, name: &str) -> Option<Self> {
        let home = home()?;
        let (base, below) = directory(shell, &home);
        let file = base.join(below).join(shell.file_name(name));
        Some(Self {
            base: if base.starts_with(&home) { home } else { base },
            mark: mark(program),
            line: start_up_line(shell, name, &file),
            file,
        })
    }
}

/// Returns the directory for scripts, as the user's directory and a path below it. The directories are
/// those of the shells' manuals; none of them needs more rights than those of the user.
fn directory(shell: Shell, home: &Path) -> (PathBuf, &'static str) {
    let chosen = |variable: &str, default: &str| {
        let chosen = env::var_os(variable).map(PathBuf::from);
        // The XDG Base Directory Specification ignores relative paths.
        let chosen = chosen.filter(|path| path.is_absolute());
        chosen.unwrap_or_else(|| home.join(default))
    };
    let data = || chosen("XDG_DATA_HOME", ".local/share");
    let config = || chosen("XDG_CONFIG_HOME", ".config");
    // Some shells follow Windows there, unless XDG's variable is set.
    let system_config = || match cfg!(windows) && env::var_os("XDG_CONFIG_HOME").is_none() {
        true => chosen("APPDATA", "AppData/Roaming"),
        false => config(),
    };
    match shell {
        Shell::Bash => match user_directory_of_bash() {
            Some(own) => (own, "completions"),
            None => (data(), "bash-completion/completions"),
        },
        Shell::Elvish => (system_config(), "elvish/lib"),
        Shell::Fish => (config(), "fish/completions"),
        Shell::Nushell if cfg!(target_os = "macos") => {
            let base = chosen("XDG_CONFIG_HOME", "Library/Application Support");
            (base, "nushell/autoload")
        }
        Shell::Nushell => (system_config(), "nushell/autoload"),
        Shell::PowerShell if cfg!(windows) => (home.join("Documents"), "PowerShell"),
        Shell::PowerShell => (config(), "powershell"),
        Shell::Zsh => (data(), "zsh/site-functions"),
    }
}

/// Returns the first of the directories that the user has chosen for bash-completion.
fn user_directory_of_bash() -> Option<PathBuf> {
    let own = env::var_os("BASH_COMPLETION_USER_DIR")?;
    let mut directories = env::split_paths(&own);
    directories.find(|directory| directory.is_absolute())
}

fn start_up_line(shell: Shell, name: &str, file: &Path) -> Option<StartUpLine> {
    let path = quoted(file);
    let sourced = format!("[ -f {path} ] && . {path}");
    let (file, line, unless) = match shell {
        Shell::Bash => ("~/.bashrc", sourced, "it uses bash-completion"),
        Shell::Elvish => ("rc.elv", format!("use {name}-completions"), ""),
        Shell::Fish | Shell::Nushell => return None,
        Shell::PowerShell => ("$PROFILE", format!(". {}", doubled(file)), ""),
        Shell::Zsh => ("~/.zshrc", sourced, "$fpath has that directory"),
    };
    Some(StartUpLine { file, line, unless })
}

/// Quotes a path for bash and zsh.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    match path.chars().all(is_plain) {
        true => path.into_owned(),
        false => format!("'{}'", path.replace('\'', r"'\''")),
    }
}

/// Quotes a path for PowerShell.
fn doubled(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', "''"))
}
