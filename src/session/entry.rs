//! Converts sessions for the results of commands. The spec describes them in the same way for each
//! command, but the generated code has a different type for each.

use super::{Location, Session, State, System};
use crate::cli;

/// Defines, for each command, a function that converts a session for its result.
macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident: $session:ident $system:ident $state:ident $source:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(system: System, session: &Session) -> cli::$session {
            cli::$session {
                system: match system {
                    System::Cargo => cli::$system::Cargo,
                    System::Ably => cli::$system::Ably,
                    System::Btp => cli::$system::Btp,
                },
                account: session.account.clone(),
                state: match session.state {
                    State::SignedIn => cli::$state::SignedIn,
                    State::Possible => cli::$state::Possible,
                    State::Ignored => cli::$state::Ignored,
                    State::LeftOver => cli::$state::LeftOver,
                },
                source: match session.location {
                    Location::File(_) => cli::$source::File,
                    Location::Variable(_) => cli::$source::Environment,
                    Location::Provider(_) => cli::$source::CredentialProvider,
                },
                place: session.location.name(),
                current: session.current,
                readable_by_others: session.readable_by_others,
                reason: session.reason.clone(),
                remedy: session.remedy.clone(),
                since: session.since.map(|time| time.to_string()),
                until: session.until.map(|time| time.to_string()),
                renews: session.renews,
            }
        }
    )*};
}

entries! {
    /// For `authctl status`.
    status: StatusOutputSession StatusOutputSessionSystem StatusOutputSessionState StatusOutputSessionSource;
    /// For `authctl logout`.
    logout: LogoutOutputSession LogoutOutputSessionSystem LogoutOutputSessionState LogoutOutputSessionSource;
    /// For `authctl cargo status`.
    cargo_status: CargoStatusOutputSession CargoStatusOutputSessionSystem CargoStatusOutputSessionState CargoStatusOutputSessionSource;
    /// For `authctl cargo logout`.
    cargo_logout: CargoLogoutOutputSession CargoLogoutOutputSessionSystem CargoLogoutOutputSessionState CargoLogoutOutputSessionSource;
    /// For `authctl ably accounts list`.
    ably_list: AblyAccountsListOutputSession AblyAccountsListOutputSessionSystem AblyAccountsListOutputSessionState AblyAccountsListOutputSessionSource;
    /// For `authctl btp status`.
    btp_status: BtpStatusOutputSession BtpStatusOutputSessionSystem BtpStatusOutputSessionState BtpStatusOutputSessionSource;
    /// For `authctl btp logout`.
    btp_logout: BtpLogoutOutputSession BtpLogoutOutputSessionSystem BtpLogoutOutputSessionState BtpLogoutOutputSessionSource;
}
