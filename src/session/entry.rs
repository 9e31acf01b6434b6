//! Sessions as the results of commands have them. The spec describes them alike for each command, and the
//! code generated from it has a type for each.

use super::{Place, Session, State, System};
use crate::cli;

/// Defines a function that makes the entry of one command's result.
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
                source: match session.place {
                    Place::File(_) => cli::$source::File,
                    Place::Variable(_) => cli::$source::Environment,
                    Place::Provider(_) => cli::$source::CredentialProvider,
                },
                place: session.place.name(),
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
