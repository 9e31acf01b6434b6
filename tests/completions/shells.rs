//! The shells, as a user starts them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use clapspec_runtime::complete::Shell;

use super::support::{has, node_modules, skip, target};
use super::terminal::{PROMPT, QUIET, Terminal};

/// The shells that the tests can start. There is no package of PowerShell for this system.
pub const SHELLS: [Shell; 5] = [
    Shell::Bash,
    Shell::Elvish,
    Shell::Fish,
    Shell::Nushell,
    Shell::Zsh,
];

/// A directory with a home and the program, for one shell.
pub struct Home {
    pub directory: tempfile::TempDir,
    pub shell: Shell,
    /// More lines for the start-up file.
    pub lines: String,
    pub variables: Vec<(String, OsString)>,
    /// How long the screen stays the same before it counts as finished.
    pub quiet: Duration,
}

impl Home {
    /// Creates a home. The script is where the shell looks for it, except for bash and zsh, whose
    /// start-up file reads it.
    pub fn new(shell: Shell) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let home = Self {
            directory,
            shell,
            lines: String::new(),
            variables: Vec::new(),
            quiet: QUIET,
        };
        for directory in ["bin", "work", ".config"] {
            fs::create_dir(home.path(directory)).expect("created");
        }
        home
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    }

    /// Puts a program into the `PATH`.
    pub fn add_program(&self, name: &str, program: &Path) {
        // A copy would take longer.
        std::os::unix::fs::symlink(program, self.path("bin").join(name)).expect("linked");
    }

    /// Puts the script of a program where the shell finds it.
    pub fn add_script(&mut self, program: &str, name: &str) {
        let script = self.shell.script(program, name);
        let file = self.shell.file_name(name);
        match self.shell {
            Shell::Elvish => {
                self.write(&format!(".config/elvish/lib/{file}"), &script);
                self.lines += &format!("use {name}-completions\n");
            }
            Shell::Fish => self.write(&format!(".config/fish/completions/{file}"), &script),
            Shell::Nushell => self.write(&format!(".config/nushell/autoload/{file}"), &script),
            _ => {
                self.write(&file, &script);
                self.lines += &format!(". ~/{file}\n");
            }
        }
    }

    /// Starts the shell, and waits for its prompt.
    pub fn start(&self) -> Terminal {
        let log = self.path("log");
        let mut terminal = Terminal::start(&mut self.command(), &log, self.quiet);
        terminal.wait_for(PROMPT.trim_end());
        terminal.settle();
        terminal
    }

    fn command(&self) -> Command {
        let home = self.directory.path();
        let (program, arguments) = self.program();
        // The shell gets the terminal as the one that controls it.
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(program).args(arguments);
        command.env_clear();
        let path = format!("{}:/usr/bin:/bin", home.join("bin").display());
        command
            .env("HOME", home)
            .env("ZDOTDIR", home)
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_RUNTIME_DIR", home)
            .env("XDG_STATE_HOME", home.join(".local/state"))
            .env("PATH", path)
            .env("TERM", "xterm")
            .env("LANG", "C.UTF-8")
            .env("DEMO_LOG", home.join("log"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(home.join("work"));
        command
    }

    /// Returns the shell's program with its arguments, and writes its start-up file.
    fn program(&self) -> (PathBuf, Vec<OsString>) {
        let lines = &self.lines;
        let path = |path: &str| OsString::from(self.path(path));
        match self.shell {
            Shell::Bash => {
                let text =
                    format!("PS1='{PROMPT}'\nbind 'set enable-bracketed-paste off'\n{lines}");
                self.write(".bashrc", &text);
                let arguments = [
                    "--noprofile".into(),
                    "--rcfile".into(),
                    path(".bashrc"),
                    "-i".into(),
                ];
                ("bash".into(), arguments.into())
            }
            Shell::Zsh => {
                let text = format!(
                    "PS1='{PROMPT}'\nunsetopt prompt_sp\nautoload -Uz compinit && compinit -u -C\n{lines}"
                );
                fs::copy(known_functions(), self.path(".zcompdump")).expect("copied");
                self.write(".zshrc", &text);
                ("zsh".into(), vec!["-d".into(), "-i".into()])
            }
            Shell::Fish => {
                let text = format!(
                    "set -g fish_greeting\nfunction fish_prompt\n    printf '{PROMPT}'\nend\n\
                     function fish_title\nend\nset -g fish_autosuggestion_enabled 0\n{lines}"
                );
                self.write(".config/fish/config.fish", &text);
                ("fish".into(), vec!["-i".into()])
            }
            Shell::Elvish => {
                let text = format!(
                    "set edit:prompt = {{ put '{PROMPT}' }}\nset edit:rprompt = {{ }}\n{lines}"
                );
                self.write(".config/elvish/rc.elv", &text);
                ("elvish".into(), Vec::new())
            }
            Shell::Nushell => {
                let text = format!(
                    "$env.config.show_banner = false\n$env.PROMPT_COMMAND = '@'\n\
                     $env.PROMPT_INDICATOR = '> '\n$env.PROMPT_COMMAND_RIGHT = ''\n{lines}"
                );
                self.write(".config/nushell/config.nu", &text);
                self.write(".config/nushell/env.nu", "");
                (nushell().expect("checked"), Vec::new())
            }
            Shell::PowerShell => unreachable!("it is not tested"),
        }
    }
}

/// Whether a shell is installed. If not, reports that its tests are skipped; with `CI=true`, fails.
pub fn is_installed(shell: Shell) -> bool {
    match shell {
        Shell::Nushell => {
            let found = nushell().is_some();
            if !found {
                skip("`nu` is not installed");
            }
            found
        }
        shell => has(shell.name()),
    }
}

/// A file with all functions that zsh has for completions, which it keeps in a home as `.zcompdump`. Made once:
/// without it, each zsh would look for them when it starts, for a quarter of a second.
fn known_functions() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let file = target().join("tmp/zcompdump");
        let make = "autoload -Uz compinit && compinit -u -d $1";
        let mut zsh = Command::new("zsh");
        let made = zsh.args(["-fc", make, "zsh"]).arg(&file).status();
        assert!(made.expect("zsh runs").success());
        file
    })
}

/// The program of Nushell, from its npm package.
fn nushell() -> Option<PathBuf> {
    let directory = node_modules().join("@nushell");
    let platforms = fs::read_dir(directory).ok()?.flatten();
    let mut programs = platforms.map(|platform| platform.path().join("bin/nu"));
    programs.find(|program| program.is_file())
}

/// The program that answers, built once.
pub fn demo() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| super::build("demo", &target().join("tmp/completions")))
}
