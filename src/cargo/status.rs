//! `authctl cargo status`: the registries that have a token.

use clapspec_runtime::Ended;

use crate::cli::{CargoStatusArgs, CargoStatusExit, CargoStatusOutput};
use crate::error::Error;
use crate::report::Report;
use crate::session::{Found, SignedOut};

/// Shows the registries that have a token.
pub fn status(_: &CargoStatusArgs) -> Ended<CargoStatusExit, CargoStatusOutput> {
    todo!()
}

/// All tokens, for `authctl status`.
pub fn sessions(_: &Report) -> Found {
    Found::default()
}

/// Removes all tokens from the credentials file.
pub fn sign_out(_: &Report) -> Result<SignedOut, Error> {
    todo!()
}
