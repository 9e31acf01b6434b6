//! `authctl`: see and end the sessions that developer tools keep on this machine.

mod ably;
mod btp;
mod cargo;
mod document;
mod error;
mod file;
mod logout;
mod memory;
mod report;
mod session;
mod status;
mod table;
mod user;

/// The command line, generated from `spec/` by `build.rs`.
mod cli {
    include!(concat!(env!("OUT_DIR"), "/cli.rs"));
}

use std::process::ExitCode;

use clapspec_runtime::{Candidate, Ended, Typed};
use cli::*;

/// Implements the commands.
struct Authctl;

impl Handlers for Authctl {
    fn ably_accounts_current(
        &mut self,
        args: AblyAccountsCurrentArgs,
    ) -> Ended<AblyAccountsCurrentExit, AblyAccountsCurrentOutput> {
        ably::current(&args)
    }

    fn ably_accounts_list(
        &mut self,
        args: AblyAccountsListArgs,
    ) -> Ended<AblyAccountsListExit, AblyAccountsListOutput> {
        ably::list(&args)
    }

    fn ably_accounts_logout(
        &mut self,
        args: AblyAccountsLogoutArgs,
        question: AblyAccountsLogoutQuestion,
    ) -> Ended<AblyAccountsLogoutExit, AblyAccountsLogoutOutput> {
        ably::logout(&args, question)
    }

    fn ably_accounts_switch(
        &mut self,
        args: AblyAccountsSwitchArgs,
    ) -> Ended<AblyAccountsSwitchExit, AblyAccountsSwitchOutput> {
        ably::switch(&args)
    }

    fn btp_logout(
        &mut self,
        args: BtpLogoutArgs,
        question: BtpLogoutQuestion,
    ) -> Ended<BtpLogoutExit, BtpLogoutOutput> {
        btp::logout(&args, question)
    }

    fn btp_status(&mut self, args: BtpStatusArgs) -> Ended<BtpStatusExit, BtpStatusOutput> {
        btp::status(&args)
    }

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

    fn cargo_status(&mut self, args: CargoStatusArgs) -> Ended<CargoStatusExit, CargoStatusOutput> {
        cargo::status(&args)
    }

    fn logout(
        &mut self,
        args: LogoutArgs,
        question: LogoutQuestion,
    ) -> Ended<LogoutExit, LogoutOutput> {
        logout::logout(&args, question)
    }

    fn status(&mut self, args: StatusArgs) -> Ended<StatusExit, StatusOutput> {
        status::status(&args)
    }
}

impl Completers for Authctl {
    fn complete_ably_accounts(&mut self, _: &Typed<'_>) -> Vec<Candidate> {
        ably::known()
    }

    fn complete_cargo_registries(&mut self, typed: &Typed<'_>) -> Vec<Candidate> {
        cargo::known(typed)
    }
}

fn main() -> ExitCode {
    memory::protect();
    cli::run(&mut Authctl)
}
