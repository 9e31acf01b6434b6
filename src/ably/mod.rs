//! `authctl ably accounts`: the accounts of the Ably CLI, on the file that it uses itself.

use clapspec_runtime::Ended;

use crate::cli::{
    AblyAccountsCurrentArgs, AblyAccountsCurrentExit, AblyAccountsCurrentOutput,
    AblyAccountsListArgs, AblyAccountsListExit, AblyAccountsListOutput, AblyAccountsLogoutArgs,
    AblyAccountsLogoutExit, AblyAccountsLogoutOutput, AblyAccountsLogoutQuestion,
    AblyAccountsSwitchArgs, AblyAccountsSwitchExit, AblyAccountsSwitchOutput,
};
use crate::error::Error;
use crate::report::Report;
use crate::session::{Found, SignedOut};

/// Lists the accounts.
pub fn list(_: &AblyAccountsListArgs) -> Ended<AblyAccountsListExit, AblyAccountsListOutput> {
    todo!()
}

/// Shows the current account.
pub fn current(
    _: &AblyAccountsCurrentArgs,
) -> Ended<AblyAccountsCurrentExit, AblyAccountsCurrentOutput> {
    todo!()
}

/// Makes another account the current one.
pub fn switch(
    _: &AblyAccountsSwitchArgs,
) -> Ended<AblyAccountsSwitchExit, AblyAccountsSwitchOutput> {
    todo!()
}

/// Logs out from an account.
pub fn logout(
    _: &AblyAccountsLogoutArgs,
    _: AblyAccountsLogoutQuestion,
) -> Ended<AblyAccountsLogoutExit, AblyAccountsLogoutOutput> {
    todo!()
}

/// All accounts, for `authctl status`.
pub fn sessions(_: &Report) -> Found {
    Found::default()
}

/// Logs out from all accounts.
pub fn sign_out(_oauth_host: &str, _: &Report) -> Result<SignedOut, Error> {
    todo!()
}
