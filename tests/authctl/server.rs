//! An HTTP server on loopback that answers as a test wants, and records the requests.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The server's answer to a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes one by one with this pause between them, over and over.
    Drip(&'static str, Duration),
    /// Waits for this time, and then sends an answer with status 200.
    Late(Duration),
}

/// A server that runs until the tests end.
#[derive(Clone)]
pub struct Server {
    /// Its host and port.
    pub host: String,
    /// The request of each connection.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server on 127.0.0.1 that answers each request with the result of this function.
    pub fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1", answer)
    }

    /// Starts a server on another address.
    pub fn start_at(ip: &str, answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((ip, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let server = Self {
            host: format!("{ip}:{port}"),
            requests: Arc::clone(&requests),
        };
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let (answer, requests) = (Arc::clone(&answer), Arc::clone(&requests));
                thread::spawn(move || {
                    let limit = Some(Duration::from_secs(2));
                    stream.set_read_timeout(limit).expect("a limit");
                    let request = read(&mut stream);
                    requests.lock().expect("no panic").push(request.clone());
                    // It is not an error if the client doesn't read the whole answer.
                    let _ = write(&mut stream, answer(&request));
                });
            }
        });
        server
    }

    /// Starts a server that always sends the same answer.
    pub fn always(status: &str, body: &str) -> Self {
        let answer = text(status, "", body);
        Self::start(move |_| answer.clone())
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }

    /// The tokens in the requests so far, still encoded, sorted.
    pub fn tokens(&self) -> Vec<String> {
        let token = |request: &String| {
            let (_, token) = request.split_once("&token=").expect("a token");
            token.to_owned()
        };
        let mut tokens: Vec<String> = self.requests().iter().map(token).collect();
        tokens.sort();
        tokens
    }
}

/// An answer with a status, more lines in its head, and a body.
pub fn text(status: &str, head: &str, body: &str) -> Answer {
    let length = body.len();
    Answer::Bytes(
        format!(
            "HTTP/1.1 {status}\r\n{head}content-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .into_bytes(),
    )
}

/// A host and port on which no server listens.
pub fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

/// A host and port that never accept a connection, as long as the listener lives.
pub fn never() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    (listener, host)
}

/// Reads a request, up to the length that its head declares or the end of the connection.
pub fn read(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    while !is_whole(&bytes) {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a request is complete.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length:"));
    length.is_none_or(|length| {
        length
            .trim()
            .parse()
            .is_ok_and(|length: usize| body.len() >= length)
    })
}

fn write(stream: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    match answer {
        Answer::Bytes(bytes) => stream.write_all(&bytes),
        Answer::Late(time) => {
            thread::sleep(time);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        }
        Answer::Drip(text, time) => {
            for byte in text.bytes().cycle() {
                stream.write_all(&[byte])?;
                thread::sleep(time);
            }
            Ok(())
        }
    }
}
