//! `authctl btp`: the session of SAP's command line btp, on the files that it uses itself.

use clapspec_runtime::Ended;

use crate::cli::{
    BtpLogoutArgs, BtpLogoutExit, BtpLogoutOutput, BtpLogoutQuestion, BtpStatusArgs, BtpStatusExit,
    BtpStatusOutput,
};
use crate::error::Error;
use crate::report::Report;
use crate::session::{Found, SignedOut};

/// Shows who is signed in.
pub fn status(_: &BtpStatusArgs) -> Ended<BtpStatusExit, BtpStatusOutput> {
    todo!()
}

/// Logs out.
pub fn logout(_: &BtpLogoutArgs, _: BtpLogoutQuestion) -> Ended<BtpLogoutExit, BtpLogoutOutput> {
    todo!()
}

/// The session, for `authctl status`.
pub fn sessions(_: &Report) -> Found {
    Found::default()
}

/// Logs out, for `authctl logout`.
pub fn sign_out(_: &[String], _: &Report) -> Result<SignedOut, Error> {
    todo!()
}
