//! The root certificates that this machine trusts: those of the system, or those in the files that
//! `SSL_CERT_FILE` and `SSL_CERT_DIR` name.

use std::sync::OnceLock;

use ureq::tls::{Certificate, RootCerts};

/// The certificates. They are read when they are first needed, which takes some milliseconds.
static ROOTS: OnceLock<Option<RootCerts>> = OnceLock::new();

/// Returns the certificates, unless there are none. Certificates that can't be read are left out, which
/// can only make fewer servers trusted.
pub fn roots() -> Option<RootCerts> {
    ROOTS.get_or_init(read).clone()
}

/// Reads the certificates.
fn read() -> Option<RootCerts> {
    let found = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<_> = found
        .iter()
        .map(|der| Certificate::from_der(der).to_owned())
        .collect();
    (!roots.is_empty()).then(|| roots.into())
}
