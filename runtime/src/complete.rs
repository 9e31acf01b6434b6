//! Completions: what a shell offers when a user presses Tab.
//!
//! A small script for each shell asks the program itself, through a protocol with a version. So a script
//! stays correct when the program changes, and never contains text from the spec.
//!
//! - `answer` answers the request of a shell.
//! - `engine` finds out what may be at the cursor, with the scanner that also parses command lines;
//!   `rules` and `values` are parts of it, and `offers` is its result.
//! - `ask` calls the program's own code for values that only the program knows, with a time limit.
//! - `system` lists files, programs, users and hosts.
//! - `shell` reads the request of each shell, and prints the answer as that shell needs it.
//! - `script` makes the scripts, also for the generator. It needs no feature.
//! - `command` implements the command `completions`; `place` is where each shell looks for a script.

#[cfg(feature = "completions")]
mod answer;
#[cfg(feature = "completions")]
mod ask;
#[cfg(feature = "completions")]
mod command;
#[cfg(feature = "completions")]
mod engine;
#[cfg(feature = "completions")]
mod offers;
#[cfg(feature = "completions")]
mod place;
#[cfg(feature = "completions")]
mod rules;
mod script;
#[cfg(all(feature = "completions", feature = "config"))]
mod settings;
#[cfg(feature = "completions")]
mod shell;
#[cfg(feature = "completions")]
mod system;
#[cfg(feature = "completions")]
mod values;

#[cfg(feature = "completions")]
pub use answer::{complete, tokens};
#[cfg(feature = "completions")]
pub use ask::Typed;
#[cfg(feature = "completions")]
pub use command::run;
#[cfg(feature = "completions")]
pub use offers::Candidate;
pub use script::Shell;
