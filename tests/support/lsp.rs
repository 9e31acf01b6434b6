//! A small client of the Language Server Protocol, for servers that use standard input and output.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a server may take for one response. It is generous, since the machine may be busy.
const LIMIT: Duration = Duration::from_secs(60);

/// A running server. Dropping it ends the server.
pub struct Server {
    child: Child,
    messages: Receiver<Value>,
    /// Messages from the server that are not handled yet.
    notices: Vec<Value>,
    requests: u64,
    /// Its settings, by section, which it requests.
    settings: Value,
}

impl Server {
    /// Starts a server for a root directory.
    pub fn start(command: &mut Command, root: &str, settings: Value) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let output = child.stdout.take().expect("standard output");
        let (sender, messages) = channel();
        std::thread::spawn(move || read(output, &sender));
        let mut server = Self {
            child,
            messages,
            notices: Vec::new(),
            requests: 0,
            settings,
        };
        let capabilities = json!({
            "workspace": { "configuration": true },
            "textDocument": {
                "completion": { "completionItem": { "documentationFormat": ["markdown"] } },
                "hover": { "contentFormat": ["markdown"] },
                "publishDiagnostics": {},
            },
        });
        let parameters = json!({
            "processId": std::process::id(),
            "rootUri": root,
            "capabilities": capabilities,
        });
        server.request("initialize", parameters);
        server.notify("initialized", json!({}));
        server
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Waits for the diagnostics of an open document.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let found = self.notice("textDocument/publishDiagnostics", |found| {
            found["uri"] == uri
        });
        found["diagnostics"].as_array().expect("a list").clone()
    }

    /// The completions at a position.
    pub fn completion(&mut self, uri: &str, line: usize, character: usize) -> Vec<Value> {
        let answer = self.request("textDocument/completion", position(uri, line, character));
        let items = answer.get("items").unwrap_or(&answer);
        items.as_array().expect("a list").clone()
    }

    /// The hover text at a position, in Markdown.
    pub fn hover(&mut self, uri: &str, line: usize, character: usize) -> String {
        let answer = self.request("textDocument/hover", position(uri, line, character));
        let text = answer["contents"]["value"].as_str();
        text.unwrap_or_default().to_owned()
    }

    fn request(&mut self, method: &str, parameters: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        let start = Instant::now();
        loop {
            let message = self.next(start, method);
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            self.notices.push(message);
        }
    }

    fn notify(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Waits for a notification of the server.
    fn notice(&mut self, method: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let is_it = |m: &Value| m["method"] == method && wanted(&m["params"]);
            if let Some(at) = self.notices.iter().position(is_it) {
                return self.notices.remove(at)["params"].take();
            }
            let message = self.next(start, method);
            self.notices.push(message);
        }
    }

    /// Waits for the next message, and answers requests of the server.
    fn next(&mut self, start: Instant, awaited: &str) -> Value {
        loop {
            let rest = LIMIT.saturating_sub(start.elapsed());
            let message = match self.messages.recv_timeout(rest) {
                Ok(message) => message,
                Err(error) => panic!("no {awaited} from the server: {error}"),
            };
            let (Some(id), Some(method)) = (message.get("id"), message.get("method")) else {
                return message;
            };
            let answer = match method.as_str() {
                Some("workspace/configuration") => {
                    let items = message["params"]["items"].as_array();
                    let items = items.into_iter().flatten();
                    let section = |item: &Value| match item["section"].as_str() {
                        Some(section) => self.settings[section].clone(),
                        None => self.settings.clone(),
                    };
                    items.map(section).collect()
                }
                _ => Value::Null,
            };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": answer }));
        }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.child.stdin.as_mut().expect("standard input");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| input.flush())
            .expect("the server reads");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server has nothing to save, and after a failed test it may not respond to `shutdown`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads messages until the server ends.
fn read(output: ChildStdout, sender: &Sender<Value>) -> Option<()> {
    let mut output = BufReader::new(output);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().ok()?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut text = vec![0; length];
        output.read_exact(&mut text).ok()?;
        sender.send(serde_json::from_slice(&text).ok()?).ok()?;
    }
}

fn position(uri: &str, line: usize, character: usize) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
    })
}
