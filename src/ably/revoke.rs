//! Revoking tokens at the server that issued them (RFC 7009), as far as that works.
//!
//! A token is sent to the one address that its account names, once, and nothing of what comes back is
//! shown but the status and the codes that the standards have for errors.

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

/// The Ably CLI, as the server knows it. It is no secret, and its own requests have it too.
const CLIENT: &str = "gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg";

/// How long one request may take in all.
const LIMIT: Duration = Duration::from_secs(5);

/// How long after that an answer is waited for that should have been given up.
const GRACE: Duration = Duration::from_millis(500);

/// How many requests are on their way at the same time.
const AT_ONCE: usize = 32;

/// The most that is read of an answer, in bytes.
const BODY: u64 = 16 << 10;

/// What RFC 6749 and RFC 7009 call the errors of a request.
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

/// A token to revoke.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where.
    pub host: Host,
    /// The token.
    pub token: Secret,
}

/// Revokes tokens, at the same time, and says of each why that did not work.
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
        // Nobody waits for the thread: it ends with the program at the latest. If there can be
        // none, what is in the queue counts as unanswered.
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
    let answer = |index| answers.remove(&index).unwrap_or_else(|| Err(unanswered()));
    (0..count).map(answer).collect()
}

/// The requests that nobody has begun with.
type Queue = Mutex<VecDeque<(usize, Request)>>;

/// Sends one request after another until there are none.
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

/// Sends one request.
fn send(request: &Request) -> Result<(), String> {
    let config = Agent::config_builder()
        .timeout_global(Some(LIMIT))
        // A token goes nowhere else.
        .max_redirects(0)
        .http_status_as_error(false);
    let config = match request.host.is_loopback {
        true => config.proxy(None),
        false => config,
    };
    let config = match request.host.is_plain {
        true => config,
        false => {
            let roots = roots().ok_or_else(untrusting)?;
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

/// The error that an answer names, if it is one of the known.
fn error_code(body: &[u8]) -> Option<&'static str> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = body.get("error")?.as_str()?;
    ERRORS.into_iter().find(|known| *known == code)
}

/// Why there is no answer, in words that hold nothing of the request or the answer.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => unanswered(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => unanswered(),
        // What rustls says of an answer that is not TLS, or of a certificate.
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => insecure(),
        ureq::Error::Io(error) => format!("the connection failed: {error}"),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "the connection failed".to_owned(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => insecure(),
        ureq::Error::Protocol(_) => "the answer is not HTTP".to_owned(),
        _ => "the request failed".to_owned(),
    }
}

/// No answer in time.
fn unanswered() -> String {
    format!("no answer within {} seconds", LIMIT.as_secs())
}

/// No HTTPS.
fn insecure() -> String {
    "no secure connection could be made".to_owned()
}

/// No HTTPS, since no server could be trusted.
fn untrusting() -> String {
    format!("{}: this machine has no trusted certificates", insecure())
}
