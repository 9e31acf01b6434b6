//! Runs one example in a directory of its own.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::compare::{matches, with_wildcards};
use super::directory::{Directory, MAX_BYTES, temporary};
use super::{Problem, Test, picture};
use crate::source::display;

/// Runs examples with one program.
pub(super) struct Runner {
    /// A directory that contains only the program.
    programs: TempDir,
    timeout: Duration,
}

impl Runner {
    /// A runner of the examples that call this program by its name in the spec.
    pub(super) fn new(program: &Path, name: &str, timeout: Duration) -> io::Result<Self> {
        let program = fs::canonicalize(program)?;
        let data = program.metadata()?;
        if !data.is_file() {
            return Err(io::Error::other("not a file"));
        }
        #[cfg(unix)]
        if std::os::unix::fs::PermissionsExt::mode(&data.permissions()) & 0o111 == 0 {
            return Err(io::Error::other("not executable"));
        }
        let programs = temporary()?;
        let link = programs.path().join(name);
        #[cfg(unix)]
        std::os::unix::fs::symlink(&program, link)?;
        #[cfg(not(unix))]
        fs::copy(&program, link.with_extension("exe"))?;
        Ok(Self { programs, timeout })
    }

    /// Runs an example and returns how it differs from the spec, and from its picture in this directory.
    pub(super) fn run(&self, test: &Test<'_>, pictures: Option<&Path>) -> Vec<Problem> {
        self.compare(test, pictures)
            .unwrap_or_else(|error| vec![Problem::NotTested(error.to_string())])
    }

    fn compare(&self, test: &Test<'_>, pictures: Option<&Path>) -> io::Result<Vec<Problem>> {
        let mut output = test.expected.output.as_ref().map(|text| text.value.clone());
        let mut problems = match &output {
            Some(output) => self.compare_text(test, output)?,
            None => Vec::new(),
        };
        let Some((directory, name)) = pictures.zip(test.expected.picture.as_ref()) else {
            return Ok(problems);
        };
        if problems.iter().all(Problem::is_updatable) {
            // The picture shows the output that the spec has, or will have.
            for problem in &problems {
                if let Problem::Output { actual, .. } = problem {
                    output = Some(actual.clone());
                }
            }
            let path = picture::path(directory, name);
            problems.extend(self.compare_picture(test, output.as_deref(), path)?);
        }
        Ok(problems)
    }

    fn compare_text(&self, test: &Test<'_>, expected: &str) -> io::Result<Vec<Problem>> {
        let place = Directory::with_files(test)?;
        let status = match self.wait(&test.example.run, &place, false)? {
            Ended::Itself(status) => status,
            Ended::Killed(problem) => return Ok(vec![problem]),
        };
        let mut problems = Vec::new();
        problems.extend(wrong_status(status, test));
        let printed = place.printed()?;
        if !matches(expected, &printed) {
            problems.push(Problem::Output {
                expected: expected.to_owned(),
                actual: with_wildcards(expected, &printed),
            });
        }
        for (path, expected) in &test.expected.files_after {
            let actual = place.read(path)?;
            if !actual
                .as_ref()
                .is_some_and(|actual| matches(expected, actual))
            {
                problems.push(Problem::File {
                    path: path.value.clone(),
                    expected: expected.value.clone(),
                    actual: actual.map(|actual| with_wildcards(expected, &actual)),
                });
            }
        }
        for path in &test.expected.files_removed {
            if place.exists(path) {
                problems.push(Problem::FileLeft(path.value.clone()));
            }
        }
        Ok(problems)
    }

    /// Runs an example in color, and compares its picture.
    fn compare_picture(
        &self,
        test: &Test<'_>,
        expected: Option<&str>,
        path: PathBuf,
    ) -> io::Result<Option<Problem>> {
        let place = Directory::with_files(test)?;
        let status = match self.wait(&test.example.run, &place, true)? {
            Ended::Itself(status) => status,
            Ended::Killed(problem) => return Ok(Some(problem)),
        };
        if let Some(problem) = wrong_status(status, test) {
            return Ok(Some(problem));
        }
        let mut printed = place.printed()?;
        if let Some(expected) = expected {
            let text = picture::without_colors(&printed);
            if !matches(expected, &text) {
                return Err(io::Error::other(
                    "it prints different text when it prints colors",
                ));
            }
            printed = picture::as_expected(expected, &printed);
        }
        let svg = picture::svg(&test.example.run, &printed);
        let is_missing = fs::symlink_metadata(&path).is_err();
        if !is_missing && !picture::is_ours(&path) {
            let text = format!("`{}` was not generated by clapspec", display(&path));
            return Err(io::Error::other(text));
        }
        let is_right = fs::read_to_string(&path).is_ok_and(|old| old == svg);
        Ok((!is_right).then_some(Problem::Picture {
            path,
            svg,
            is_missing,
        }))
    }

    /// Runs a command line until it ends, or until one of the limits is reached.
    fn wait(&self, line: &str, place: &Directory, color: bool) -> io::Result<Ended> {
        let output = File::create(&place.output)?;
        let mut child = self.command(line, place, color, &output)?.spawn()?;
        #[cfg(unix)]
        let _guard = Guard::of(&child, &[place.root.path(), self.programs.path()])
            .inspect_err(|_| kill(&mut child))?;
        let start = Instant::now();
        let mut pause = Duration::from_millis(1);
        let problem = loop {
            if let Some(status) = child.try_wait()? {
                // It may have left other processes.
                kill(&mut child);
                break match output.metadata()?.len() > MAX_BYTES {
                    true => Problem::TooLong(MAX_BYTES),
                    false => return Ok(Ended::Itself(status)),
                };
            }
            if start.elapsed() >= self.timeout {
                break Problem::Timeout(self.timeout);
            }
            if output.metadata()?.len() > MAX_BYTES {
                break Problem::TooLong(MAX_BYTES);
            }
            sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        };
        kill(&mut child);
        child.wait()?;
        Ok(Ended::Killed(problem))
    }

    /// A shell with the command line. Both outputs are one file, in the order in which they are written, as
    /// in a terminal.
    fn command(
        &self,
        line: &str,
        place: &Directory,
        color: bool,
        output: &File,
    ) -> io::Result<Command> {
        let mut command = Command::new("sh");
        command
            // The usual rights of new files, on every machine.
            .args(["-c", &format!("umask 022; {line}")])
            .current_dir(place.current())
            .env_clear()
            .env("PATH", self.path()?)
            .env("HOME", &place.home)
            .env("TMPDIR", place.temporary())
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env("COLUMNS", "80")
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?);
        match color {
            true => command
                .env("TERM", "xterm-256color")
                .env("CLICOLOR_FORCE", "1")
                .env("FORCE_COLOR", "1"),
            false => command.env("TERM", "dumb").env("NO_COLOR", "1"),
        };
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        #[cfg(windows)]
        for name in ["SystemRoot", "PATHEXT"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        #[cfg(windows)]
        command.env("USERPROFILE", &place.home);
        Ok(command)
    }

    /// The search path, which begins with the program.
    fn path(&self) -> io::Result<OsString> {
        let others = std::env::var_os("PATH").unwrap_or_default();
        let own = self.programs.path().to_owned();
        let all = std::iter::once(own).chain(std::env::split_paths(&others));
        std::env::join_paths(all).map_err(io::Error::other)
    }
}

/// Returns the problem if an example ended with another exit status than expected.
fn wrong_status(status: ExitStatus, test: &Test<'_>) -> Option<Problem> {
    let actual = status.code();
    (actual != Some(i32::from(test.status))).then_some(Problem::Status {
        expected: test.status,
        actual,
    })
}

/// How the run of a command line ended.
enum Ended {
    Itself(ExitStatus),
    Killed(Problem),
}

/// A process that kills an example and removes its directories if clapspec itself is ended.
#[cfg(unix)]
struct Guard(Child);

#[cfg(unix)]
impl Guard {
    fn of(example: &Child, directories: &[&Path]) -> io::Result<Self> {
        // Its standard input is closed when clapspec ends, for whatever reason.
        let script = "read -r line; kill -9 \"-$1\"; shift; rm -rf -- \"$@\"";
        let mut command = Command::new("sh");
        command
            .args(["-c", script, "sh", &example.id().to_string()])
            .args(directories)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Ctrl-C doesn't end it.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn().map(Self)
    }
}

#[cfg(unix)]
impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Kills a process and all processes of its group.
#[cfg(unix)]
fn kill(child: &mut Child) {
    let id = i32::try_from(child.id()).ok();
    if let Some(group) = id.and_then(rustix::process::Pid::from_raw) {
        // It is an error if no process is left.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// Kills a process.
#[cfg(not(unix))]
fn kill(child: &mut Child) {
    let _ = child.kill();
}
