//! A terminal for `authctl`, on which a test types.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::process::Child;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::case::World;
use crate::support::pty::open;

/// How long a program may show nothing. After that, it waits for something that doesn't come.
const LONGEST: Timespec = Timespec {
    tv_sec: 120,
    tv_nsec: 0,
};

/// A program on a terminal of its own.
pub struct Session {
    /// The test's end of the terminal.
    terminal: File,
    /// The program.
    child: Child,
    /// What the terminal has shown so far.
    pub shown: String,
}

impl Session {
    /// Starts `authctl` on a terminal of 80 columns.
    pub fn start(world: &World, args: &[&str]) -> Self {
        Self::start_on(world, args, 80, &[])
    }

    /// Starts `authctl` on a terminal with this many columns, with these variables.
    pub fn start_on(world: &World, args: &[&str], columns: u16, env: &[(&str, &str)]) -> Self {
        let (terminal, other) = open(25, columns);
        let copy = || other.try_clone().expect("a copy");
        let child = world
            .authctl(args)
            .envs(env.iter().copied())
            .stdin(copy())
            .stdout(copy())
            .stderr(copy())
            .spawn()
            .expect("the program starts");
        Self {
            terminal,
            child,
            shown: String::new(),
        }
    }

    /// Reads until the terminal shows `what`.
    pub fn wait_for(&mut self, what: &str) {
        while !self.shown.contains(what) {
            assert!(self.read(), "no `{what}` in: {}", self.shown);
        }
    }

    /// Types a string, with `\n` for Enter.
    pub fn type_in(&mut self, text: &str) {
        self.terminal
            .write_all(text.as_bytes())
            .expect("a terminal");
    }

    /// Reads to the end, and returns the exit code.
    pub fn end(&mut self) -> i32 {
        while self.read() {}
        let status = self.child.wait().expect("the program ends");
        status.code().expect("no signal")
    }

    /// Closes the terminal, and waits for the program, which must exit by itself.
    pub fn hang_up(mut self) {
        drop(self.terminal);
        let status = self.child.wait().expect("the program ends");
        assert_eq!(status.code(), Some(0));
    }

    /// Reads what the terminal shows next. Returns false if the program has ended.
    fn read(&mut self) -> bool {
        let mut waiting = [PollFd::new(&self.terminal, PollFlags::IN)];
        if poll(&mut waiting, Some(&LONGEST)).is_ok_and(|ready| ready == 0) {
            let _ = self.child.kill();
            panic!("nothing more was shown after: {}", self.shown);
        }
        let mut bytes = [0; 1024];
        match self.terminal.read(&mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                self.shown += &String::from_utf8_lossy(&bytes[..count]);
                true
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => true,
            // The other end is closed: the program has ended.
            Err(_) => false,
        }
    }
}
