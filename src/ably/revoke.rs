//! Tries to revoke tokens at the server that issued them (RFC 7009).
//!
//! A token is sent once, and only to the address that belongs to its account. Of the response, only the
//! status and the standard error codes are shown.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clapspec_runtime::Secret;
use serde_json::Value;
use ureq::Agent;
use ureq::tls::TlsConfig;

use super::host::Host;
use super::roots::roots;
use crate::report::Report;

/// The client ID of the Ably CLI. It is not a secret, and the Ably CLI sends it too.
const CLIENT: &str = "gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg";

/// The timeout of a request.
const LIMIT: Duration = Duration::from_secs(5);

/// How much longer to wait for a request that should have timed out.
const GRACE: Duration = Duration::from_millis(500);

/// The most requests that are sent at the same time.
const AT_ONCE: usize = 32;

/// The most bytes of a response that are read.
const BODY: u64 = 16 << 10;

/// The error codes of RFC 6749 and RFC 7009.
const ERRORS: [&str; 9] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_token_type",
    "server_error",
    "temporarily_unavailable",
];

/// A request to revoke a token.
#[derive(Clone, Debug)]
pub struct Request {
    /// The host to send it to.
    pub host: Host,
    /// The token.
    pub token: Secret,
}

/// Revokes tokens, all at the same time. The result for each is an error message if that failed.
pub fn revoke(requests: Vec<Request>, report: &Report) -> Vec<Result<(), String>> {
    for request in &requests {
        report.verbose(format_args!(
            "revoking a token at {}",
            request.host.revocation()
        ));
    }
    let count = requests.len();
    let waves = u32::try_from(count.div_ceil(AT_ONCE)).unwrap_or(u32::MAX);
    let deadline = Instant::now() + LIMIT.saturating_mul(waves) + GRACE;
    let queue: VecDeque<_> = requests.into_iter().enumerate().collect();
    let queue = Arc::new(Mutex::new(queue));
    let (sender, results) = channel();
    for _ in 0..count.min(AT_ONCE) {
        let (queue, sender) = (Arc::clone(&queue), sender.clone());
        // The thread is not joined. It ends with the program, if not before. If it can't be started, its
        // requests count as unanswered.
        let _ = thread::Builder::new().spawn(move || work(&queue, &sender));
    }
    drop(sender);
    let mut answers = BTreeMap::new();
    while answers.len() < count {
        let left = deadline.saturating_duration_since(Instant::now());
        match results.recv_timeout(left) {
            Ok((index, answer)) => answers.insert(index, answer),
            Err(_) => break,
        };
    }
    let answer = |index| answers.remove(&index).unwrap_or_else(|| Err(no_answer()));
    (0..count).map(answer).collect()
}

/// The requests that have not been sent yet.
type Queue = Mutex<VecDeque<(usize, Request)>>;

/// Sends requests one after another, until the queue is empty.
fn work(queue: &Queue, results: &Sender<(usize, Result<(), String>)>) {
    loop {
        let next = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let Some((index, request)) = next else {
            return;
        };
        if results.send((index, send(&request))).is_err() {
            return;
        }
    }
}

/// Sends a request.
fn send(request: &Request) -> Result<(), String> {
    let config = Agent::config_builder()
        .timeout_global(Some(LIMIT))
        // A token must not be sent to another address.
        .max_redirects(0)
        .http_status_as_error(false);
    let config = match request.host.is_loopback {
        true => config.proxy(None),
        false => config,
    };
    let config = match request.host.allows_http {
        true => config,
        false => {
            let roots = roots().ok_or_else(no_certificates)?;
            config.tls_config(TlsConfig::builder().root_certs(roots).build())
        }
    };
    let form = [("client_id", CLIENT), ("token", request.token.expose())];
    let mut answer = Agent::new_with_config(config.build())
        .post(request.host.revocation())
        .header("accept", "application/json")
        .send_form(form)
        .map_err(|error| reason(&error))?;
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        return Err(format!(
            "the server answered {}, a redirect, which is not followed",
            status.as_u16()
        ));
    }
    let body = answer.body_mut().with_config().limit(BODY).read_to_vec();
    let code = body.ok().and_then(|body| error_code(&body));
    Err(match code {
        Some(code) => format!("the server answered {}: {code}", status.as_u16()),
        None => format!("the server answered {}", status.as_u16()),
    })
}

/// The error code in a response, if it is a standard one.
fn error_code(body: &[u8]) -> Option<&'static str> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = body.get("error")?.as_str()?;
    ERRORS.into_iter().find(|known| *known == code)
}

/// The reason why there is no response. It has no part of the request or the response.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => no_answer(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => no_answer(),
        // The error of rustls for a response that is not TLS, and for an invalid certificate.
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => no_https(),
        ureq::Error::Io(error) => format!("the connection failed: {error}"),
        ureq::Error::HostNotFound => "the host doesn't exist".to_owned(),
        ureq::Error::ConnectionFailed => "the connection failed".to_owned(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => no_https(),
        ureq::Error::Protocol(_) => "the answer is not HTTP".to_owned(),
        _ => "the request failed".to_owned(),
    }
}

/// The reason if there is no response in time.
fn no_answer() -> String {
    format!("no answer within {} seconds", LIMIT.as_secs())
}

/// The reason if there is no HTTPS connection.
fn no_https() -> String {
    "no secure connection could be made".to_owned()
}

/// The reason if there are no certificates to trust a server with.
fn no_certificates() -> String {
    format!("{}: this machine has no trusted certificates", no_https())
}
