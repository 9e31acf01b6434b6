//! A small HTTP/1.1 server for loopback (RFC 9112), which answers GET requests from memory.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How long a browser may take to send a request, or to read an answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest size of a request's head in bytes.
const MAX_HEAD: u64 = 16 << 10;
/// The largest number of connections at a time. Each open page waits on one of them.
const MAX_CONNECTIONS: usize = 64;

/// What browsers must know about all answers: only our own pages may use them.
const SECURITY: &str = "\
X-Content-Type-Options: nosniff\r\n\
X-Frame-Options: SAMEORIGIN\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
Referrer-Policy: no-referrer\r\n";

/// A request that is allowed.
pub(super) struct Request {
    /// The path, decoded, without the slash at its beginning.
    pub(super) path: String,
    /// The part after the `?`.
    pub(super) query: String,
}

impl Request {
    /// Returns a number in the query.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name)?.1.parse().ok()
    }
}

/// An answer with the status 200.
pub(super) struct Answer {
    pub(super) kind: &'static str,
    pub(super) body: Arc<[u8]>,
}

/// A listener on loopback.
pub(super) struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Listens on a port of 127.0.0.1. The system chooses a free one for port 0.
    pub(super) fn new(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers requests, each in a thread, until the process ends. `None` is an answer with the status 404.
    pub(super) fn serve(&self, answer: impl Fn(&Request) -> Option<Answer> + Sync) {
        let open = AtomicUsize::new(0);
        thread::scope(|scope| {
            for stream in self.listener.incoming() {
                let Ok(stream) = stream else {
                    // There may be too many open files.
                    thread::sleep(Duration::from_millis(50));
                    continue;
                };
                if open.fetch_add(1, Ordering::Relaxed) >= MAX_CONNECTIONS {
                    open.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let (open, answer) = (&open, &answer);
                let work = move || {
                    // A browser may close the connection at any time.
                    let _ = self.handle(stream, answer);
                    open.fetch_sub(1, Ordering::Relaxed);
                };
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    open.fetch_sub(1, Ordering::Relaxed);
                }
            }
        });
    }

    fn handle(
        &self,
        mut stream: TcpStream,
        answer: impl Fn(&Request) -> Option<Answer>,
    ) -> io::Result<()> {
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        let (status, kind, body, has_body) = match self.read(&stream)? {
            Err(status) => (status, TEXT, status.as_bytes().into(), true),
            Ok((request, has_body)) => match answer(&request) {
                Some(answer) => ("200 OK", answer.kind, answer.body, has_body),
                None => (
                    "404 Not Found",
                    TEXT,
                    "not found\n".as_bytes().into(),
                    has_body,
                ),
            },
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Connection: close\r\n{SECURITY}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        if has_body {
            stream.write_all(&body)?;
        }
        stream.flush()?;
        stream.shutdown(Shutdown::Write)
    }

    /// Reads the head of a request, and returns the request and whether the answer has a body, or the status
    /// of an error.
    fn read(&self, stream: &TcpStream) -> io::Result<Result<(Request, bool), &'static str>> {
        const WRONG: &str = "400 Bad Request";
        let mut lines = BufReader::new(stream.take(MAX_HEAD)).split(b'\n');
        let mut line = || -> io::Result<Option<String>> {
            let Some(line) = lines.next().transpose()? else {
                return Ok(None);
            };
            let line = String::from_utf8(line).ok();
            Ok(line.map(|line| line.trim_end_matches('\r').to_owned()))
        };
        let Some(first) = line()? else {
            return Ok(Err(WRONG));
        };
        let mut hosts = Vec::new();
        loop {
            match line()? {
                None => return Ok(Err(WRONG)),
                Some(line) if line.is_empty() => break,
                Some(line) => match line.split_once(':') {
                    Some((name, value)) if name.eq_ignore_ascii_case("host") => {
                        hosts.push(value.trim().to_owned());
                    }
                    Some(_) => {}
                    None => return Ok(Err(WRONG)),
                },
            }
        }
        let mut words = first.split(' ');
        let (method, target) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        if !words
            .next()
            .is_some_and(|version| version.starts_with("HTTP/1."))
            || words.next().is_some()
        {
            return Ok(Err(WRONG));
        }
        // Another name can lead to 127.0.0.1, so that the pages of its site could read ours (DNS rebinding).
        let own = [
            format!("127.0.0.1:{}", self.port),
            format!("localhost:{}", self.port),
        ];
        if hosts.len() != 1 || !own.contains(&hosts[0].to_ascii_lowercase()) {
            return Ok(Err("421 Misdirected Request"));
        }
        if !["GET", "HEAD"].contains(&method) {
            return Ok(Err("405 Method Not Allowed"));
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.strip_prefix('/').and_then(decoded);
        let Some(path) = path else {
            return Ok(Err(WRONG));
        };
        let query = query.to_owned();
        Ok(Ok((Request { path, query }, method == "GET")))
    }
}

/// The type of plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// Decodes `%XX` (RFC 3986, section 2.1). Returns `None` if it is wrong.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?;
                u8::from_str_radix(digits, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
