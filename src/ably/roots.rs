//! The certificates that this machine trusts: those of the system, or what `SSL_CERT_FILE` and
//! `SSL_CERT_DIR` name.

use std::sync::OnceLock;

use ureq::tls::{Certificate, RootCerts};

/// What was found when it was first needed; reading it takes some milliseconds.
static ROOTS: OnceLock<Option<RootCerts>> = OnceLock::new();

/// The certificates, unless there are none. Those that can't be read are left out: they can only make
/// fewer servers trusted.
pub fn roots() -> Option<RootCerts> {
    ROOTS.get_or_init(read).clone()
}

/// Reads them.
fn read() -> Option<RootCerts> {
    let found = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<_> = found
        .iter()
        .map(|der| Certificate::from_der(der).to_owned())
        .collect();
    (!roots.is_empty()).then(|| roots.into())
}
