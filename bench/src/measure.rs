//! Building programs and measuring them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nix::sys::resource::{UsageWho, getrusage};

/// A program that was built, with what that took.
pub struct Program {
    pub path: PathBuf,
    /// The user and system time for compiling its own crate.
    pub seconds: f64,
    /// The largest amount of memory that the compiler used, in MB.
    pub megabytes: u64,
    /// The size of the program without symbols.
    pub kilobytes: u64,
}

impl Program {
    /// Builds the dependencies of a package, and then the package. Only the second build is measured.
    pub fn build(directory: &Path, write: impl Fn(&Path)) -> Self {
        let _ = fs::remove_dir_all(directory.join("src"));
        fs::create_dir_all(directory.join("src")).expect("a directory");
        write(directory);
        let main = directory.join("src/main.rs");
        let text = fs::read_to_string(&main).expect("the program");
        fs::write(&main, "fn main() {}\n").expect("written");
        run(cargo(directory).args(["build", "--release", "--quiet"]));
        fs::write(&main, text).expect("written");
        // The memory of a process's children is known only for all of them, so this build gets its own parent.
        let this = std::env::current_exe().expect("its path");
        let output = run(Command::new(this).arg("build").arg(directory));
        let text = String::from_utf8_lossy(&output.stdout);
        let mut numbers = text.split_whitespace();
        let path = directory.join("target/release/bench");
        Self {
            seconds: numbers
                .next()
                .and_then(|it| it.parse().ok())
                .expect("a time"),
            megabytes: numbers
                .next()
                .and_then(|it| it.parse().ok())
                .expect("a size"),
            kilobytes: fs::metadata(&path).expect("built").len() / 1024,
            path,
        }
    }

    /// Creates a program that is not built here.
    pub fn installed(path: PathBuf) -> Self {
        Self {
            path,
            seconds: 0.0,
            megabytes: 0,
            kilobytes: 0,
        }
    }

    /// Returns the number of instructions of one run, as counted by callgrind.
    ///
    /// At the start, Rust asks the C library for the stack, and that reads `/proc/self/maps` line by line. How many
    /// lines there are depends on the layout of the program, so these instructions are not counted.
    pub fn instructions(&self, args: &[String], variables: &[(&str, &str)]) -> u64 {
        let tool = [
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=pthread_getattr_np*",
            // After the option above, which stops counting at the start.
            "--collect-atstart=yes",
        ];
        self.counted(&tool, args, variables, "Collected :")
    }

    /// Returns the number of allocations of one run, as counted by memcheck.
    pub fn allocations(&self, args: &[String]) -> u64 {
        self.counted(&["--tool=memcheck"], args, &[], "total heap usage:")
    }

    fn counted(
        &self,
        tool: &[&str],
        args: &[String],
        variables: &[(&str, &str)],
        label: &str,
    ) -> u64 {
        let mut valgrind = Command::new("valgrind");
        // Cargo sets it for the programs that it runs, and the dynamic linker looks in each of its directories.
        valgrind.args(tool).env_remove("LD_LIBRARY_PATH");
        valgrind
            .envs(variables.iter().copied())
            .arg(&self.path)
            .args(args);
        // The exit status is that of the program, which may be an error that is measured.
        let output = valgrind.output().expect("valgrind is installed");
        let messages = String::from_utf8_lossy(&output.stderr);
        let found = messages.lines().find_map(|line| line.split(label).nth(1));
        let count = found.and_then(|rest| rest.split_whitespace().next());
        let count = count.map(|count| count.replace(',', ""));
        count
            .and_then(|count| count.parse().ok())
            .unwrap_or_else(|| panic!("valgrind doesn't print `{label}`:\n{messages}"))
    }
}

/// Builds a package and prints the CPU seconds and the memory in MB that it took.
pub fn build(directory: &Path) {
    run(cargo(directory).args(["build", "--release", "--quiet"]));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("Linux has it");
    println!("{} {}", children_seconds(), usage.max_rss() / 1024);
}

/// Returns the user and system time of all child processes that have ended.
pub fn children_seconds() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("Linux has it");
    let times = [usage.user_time(), usage.system_time()];
    times
        .iter()
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
        .sum()
}

/// Runs cargo in a package. Its target directory is in the package.
pub fn cargo(directory: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(directory);
    cargo.env("CARGO_TARGET_DIR", directory.join("target"));
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

/// Runs a command that has to succeed.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{messages}");
    output
}
