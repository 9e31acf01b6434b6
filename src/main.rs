//! `authctl`: see and end the sessions that developer tools keep on this machine.

mod cargo;
mod error;
mod report;

/// The command line, made from `spec/` by `build.rs`.
mod cli {
    include!(concat!(env!("OUT_DIR"), "/cli.rs"));
}

use std::process::ExitCode;

use clapspec_runtime::Ended;
use cli::{
    CargoLoginArgs, CargoLoginExit, CargoLogoutArgs, CargoLogoutExit, CargoLogoutOutput,
    CargoLogoutQuestion, Handlers,
};

/// Carries out what the command line asks for.
struct Authctl;

impl Handlers for Authctl {
    fn cargo_login(&mut self, args: CargoLoginArgs) -> Ended<CargoLoginExit> {
        cargo::login(&args)
    }

    fn cargo_logout(
        &mut self,
        args: CargoLogoutArgs,
        question: CargoLogoutQuestion,
    ) -> Ended<CargoLogoutExit, CargoLogoutOutput> {
        cargo::logout(&args, question)
    }
}

fn main() -> ExitCode {
    cli::run(&mut Authctl)
}
