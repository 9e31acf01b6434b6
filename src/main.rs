//! `authctl`: see and end the sessions that developer tools keep on this machine.

mod cargo;
mod confirm;
mod error;
mod report;

/// The command line, made from `spec/` by `build.rs`.
mod cli {
    include!(concat!(env!("OUT_DIR"), "/cli.rs"));
}

use std::process::ExitCode;

use cli::{CargoLoginArgs, CargoLogoutArgs, Handlers};

/// Carries out what the command line asks for.
struct Authctl;

impl Handlers for Authctl {
    type Output = ExitCode;

    fn cargo_login(&mut self, args: CargoLoginArgs) -> ExitCode {
        cargo::login(&args)
    }

    fn cargo_logout(&mut self, args: CargoLogoutArgs) -> ExitCode {
        cargo::logout(&args)
    }
}

fn main() -> ExitCode {
    cli::run(&mut Authctl)
}
