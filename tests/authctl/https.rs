//! Revocation over HTTPS: only servers with a trusted certificate get a token.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

use super::ably::{LOGOUT, SLOW, file, left, now, start_with, world};
use super::run::{Run, end};
use super::server::{self, Server};

/// The versions of TLS that a server may use.
const VERSIONS: [&SupportedProtocolVersion; 2] = [&TLS12, &TLS13];
/// The reason that is given for a server that is not trusted.
const INSECURE: &str = "no secure connection could be made";
/// The reason that is given if there are no trusted certificates.
const NO_ROOTS: &str =
    "no secure connection could be made: this machine has no trusted certificates";

/// The server's error if a connection is closed during the handshake.
const CLOSED: &str = "unexpected end of file";

/// A file in `tests/authctl/tls/`.
fn tls(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/authctl/tls")
        .join(name)
}

/// A connection that has ended.
#[derive(Debug)]
struct Connection {
    /// The decrypted request, or the reason why there is none.
    request: Result<String, String>,
    /// All bytes as they were received from the network.
    raw: Vec<u8>,
}

/// A stream that records what is read.
struct Recorder<'k> {
    /// The stream.
    stream: TcpStream,
    /// What has been read.
    raw: &'k mut Vec<u8>,
}

impl Read for Recorder<'_> {
    fn read(&mut self, part: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(part)?;
        self.raw.extend_from_slice(&part[..count]);
        Ok(count)
    }
}

impl Write for Recorder<'_> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.stream.write(part)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A server on 127.0.0.2 that answers each request with status 200, and runs until the tests end.
struct TlsServer {
    /// Its host and port.
    host: String,
    /// Its connections that have ended.
    connections: Arc<Mutex<Vec<Connection>>>,
}

impl TlsServer {
    /// Starts a server with this certificate and this version of TLS.
    fn start(certificate: &str, version: &'static SupportedProtocolVersion) -> Self {
        let chain = CertificateDer::from_pem_file(tls(certificate)).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(tls("server.key")).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[version])
            .expect("a version")
            .with_no_client_auth()
            .with_single_cert(vec![chain], key)
            .expect("a certificate and its key");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.2:0").expect("a port");
        let server = Self {
            host: listener.local_addr().expect("an address").to_string(),
            connections: Arc::default(),
        };
        let connections = Arc::clone(&server.connections);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, connections) = (Arc::clone(&config), Arc::clone(&connections));
                thread::spawn(move || {
                    let connection = serve(config, stream);
                    connections.lock().expect("no panic").push(connection);
                });
            }
        });
        server
    }

    /// Waits until this many connections have ended, and returns them.
    fn connections(&self, count: usize) -> Vec<Connection> {
        let before = Instant::now();
        loop {
            let mut connections = self.connections.lock().expect("no panic");
            if connections.len() >= count || before.elapsed() > SLOW {
                assert_eq!(connections.len(), count, "{connections:?}");
                return connections.drain(..).collect();
            }
            drop(connections);
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Handles one connection.
fn serve(config: Arc<ServerConfig>, stream: TcpStream) -> Connection {
    let limit = Some(Duration::from_secs(5));
    stream.set_read_timeout(limit).expect("a limit");
    let mut raw = Vec::new();
    let recorder = Recorder {
        stream,
        raw: &mut raw,
    };
    let connection = ServerConnection::new(config).expect("a connection");
    let mut stream = StreamOwned::new(connection, recorder);
    let request = answer(&mut stream).map_err(|error| error.to_string());
    Connection { request, raw }
}

/// Completes the handshake, reads the request and answers it.
fn answer(stream: &mut StreamOwned<ServerConnection, Recorder>) -> io::Result<String> {
    stream.conn.complete_io(&mut stream.sock)?;
    let request = server::read(stream);
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(request)
}

/// Environment variables.
type Env = BTreeMap<String, Option<String>>;

/// An environment with a path in this variable.
fn names(variable: &str, path: &Path) -> Env {
    let path = path.to_str().expect("a path of text").to_owned();
    BTreeMap::from([(variable.to_owned(), Some(path))])
}

/// Logs out with these variables, checks that the account is removed, and returns the output.
fn logout(host: &str, env: &Env) -> String {
    let world = world(&file(host));
    let before = Instant::now();
    let Run { code, said, .. } = end(start_with(&world, &LOGOUT, env));
    assert_eq!((code, now(&world)), (Some(0), left()), "{said}");
    assert!(before.elapsed() < SLOW, "{said}");
    said
}

/// Checks that neither token was revoked, for this reason.
fn assert_unrevoked(said: &str, reason: &str) {
    for token in ["access", "refresh"] {
        let warning = format!(
            "warning: the {token} token could not be revoked ({reason}); it may be valid until it expires\n"
        );
        assert!(said.contains(&warning), "{reason}: {said}");
    }
}

/// Whether these bytes contain a part of a token or of a request.
fn leaks(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    ["SECRET", "token", "POST", "oauth", "gb-I8"]
        .iter()
        .any(|part| text.contains(part))
}

/// A server with a certificate of a trusted CA gets each token once, encrypted.
#[test]
fn a_trusted_server_revokes_both_tokens() {
    let directory = tempfile::tempdir().expect("a directory");
    fs::copy(tls("ca.pem"), directory.path().join("ours.pem")).expect("a copy");
    let file = names("SSL_CERT_FILE", &tls("ca.pem"));
    let directory = names("SSL_CERT_DIR", directory.path());
    let mut tried = 0;
    for version in VERSIONS {
        for env in [&file, &directory] {
            let server = TlsServer::start("trusted.pem", version);
            let said = logout(&server.host, env);
            assert!(
                said.contains("revoked its access token and its refresh token\n"),
                "{said}"
            );
            assert!(!said.contains("warning"), "{said}");
            let connections = server.connections(2);
            let mut tokens = Vec::new();
            for Connection { request, raw } in connections {
                assert!(!leaks(&raw), "a request in clear");
                let request = request.expect("a request");
                tokens.push(token(&request, &server.host));
            }
            tokens.sort();
            assert_eq!(tokens, ["SECRET-access", "SECRET-refresh"]);
            tried += 1;
        }
    }
    println!(
        "{tried} logouts at a trusted server: {} tokens revoked",
        2 * tried
    );
}

/// Checks a request, and returns its token.
fn token(request: &str, host: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let head = head.to_ascii_lowercase();
    for part in [
        "post /oauth/revoke http/1.1\r\n",
        &format!("\r\nhost: {host}\r\n"),
        "\r\ncontent-type: application/x-www-form-urlencoded",
    ] {
        assert!(format!("{head}\r\n").contains(part), "{part}: {head}");
    }
    let client = "client_id=gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg&token=";
    let token = body.strip_prefix(client);
    token.unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// A server that is not trusted gets the reason as a TLS alert, and nothing else.
#[test]
fn untrusted_servers_get_no_token() {
    let garbage = tempfile::NamedTempFile::new().expect("a file");
    let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    fs::write(garbage.path(), pem).expect("a file");
    let ca = tls("ca.pem");
    let other = tls("self-signed.pem");
    let cases = [
        ("another CA is trusted", "trusted.pem", &*other, "UnknownCA"),
        (
            "a broken CA is trusted",
            "trusted.pem",
            garbage.path(),
            "UnknownCA",
        ),
        ("expired", "expired.pem", &ca, "CertificateExpired"),
        ("for another name", "other-name.pem", &ca, "BadCertificate"),
        ("self-signed", "self-signed.pem", &ca, "UnknownCA"),
    ];
    let mut refused = 0;
    for version in VERSIONS {
        for (what, certificate, trusted, alert) in &cases {
            let server = TlsServer::start(certificate, version);
            let said = logout(&server.host, &names("SSL_CERT_FILE", trusted));
            assert_unrevoked(&said, INSECURE);
            for Connection { request, raw } in server.connections(2) {
                let error = request.expect_err(what);
                // With TLS 1.3, ureq may close the connection before it has sent the alert.
                let is_closed = version.version == TLS13.version && error == CLOSED;
                assert!(error.contains(alert) || is_closed, "{what}: {error}");
                assert!(!leaks(&raw), "{what}: something in clear");
                refused += 1;
            }
        }
    }
    println!(
        "{} servers that are not trusted, {refused} connections refused, no token sent",
        VERSIONS.len() * cases.len()
    );
}

/// The system doesn't trust the certificates of these tests. It may have no trusted certificates at all.
#[test]
fn the_system_does_not_trust_the_tests() {
    let server = TlsServer::start("trusted.pem", &TLS13);
    let said = logout(&server.host, &Env::new());
    let has_roots = !said.contains(NO_ROOTS);
    assert_unrevoked(&said, if has_roots { INSECURE } else { NO_ROOTS });
    let connections = server.connections(if has_roots { 2 } else { 0 });
    let none = connections.iter().all(|each| each.request.is_err());
    assert!(none, "{connections:?}");
    println!("1 logout with the certificates of the system (has any: {has_roots}), no token sent");
}

/// Without trusted certificates, no server is asked, and the warning gives this reason.
#[test]
fn without_certificates_no_server_is_asked() {
    let directory = tempfile::tempdir().expect("a directory");
    let text = directory.path().join("text");
    fs::write(&text, "no certificate\n").expect("a file");
    let empty = directory.path().join("empty");
    fs::create_dir(&empty).expect("a directory");
    let cases = [
        names("SSL_CERT_FILE", &directory.path().join("missing")),
        names("SSL_CERT_FILE", &text),
        names("SSL_CERT_FILE", &empty),
        names("SSL_CERT_FILE", Path::new("")),
        names("SSL_CERT_DIR", &empty),
        names("SSL_CERT_DIR", &directory.path().join("missing")),
    ];
    let server = TlsServer::start("trusted.pem", &TLS13);
    for env in &cases {
        assert_unrevoked(&logout(&server.host, env), NO_ROOTS);
    }
    assert!(server.connections(0).is_empty());
    println!("{} logouts without certificates", cases.len());
}

/// If the certificates can't be loaded in time, the tokens are not revoked. Without HTTPS, a logout does
/// not wait for them.
#[test]
fn certificates_are_waited_for_only_if_needed() {
    let directory = tempfile::tempdir().expect("a directory");
    let pipe = directory.path().join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    let env = names("SSL_CERT_FILE", &pipe);
    let secure = TlsServer::start("trusted.pem", &TLS13);
    let said = logout(&secure.host, &env);
    assert_unrevoked(&said, "no answer within 5 seconds");
    assert!(secure.connections(0).is_empty());

    let plain = Server::always("200 OK", "");
    let said = logout(&plain.host, &env);
    assert!(!said.contains("warning"), "{said}");
    assert_eq!(plain.tokens(), ["SECRET-access", "SECRET-refresh"]);
    println!("1 logout that waited for certificates in vain, 1 that needed none");
}
