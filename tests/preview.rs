//! `clapspec preview` serves the documentation of a spec on loopback, and only to its own pages.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{self, clapspec, root};

/// A running preview of a copy of a spec, which is killed on drop.
struct Preview {
    process: Child,
    port: u16,
    spec: TempDir,
}

impl Preview {
    fn of(files: &[(&str, &str)]) -> Self {
        let spec = tempfile::tempdir().expect("a directory");
        for (path, text) in files {
            let path = spec.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, text).expect("written");
        }
        let mut command = clapspec();
        command
            .arg("preview")
            .arg(spec.path())
            .stdout(Stdio::piped());
        let mut process = command.spawn().expect("clapspec runs");
        let mut url = String::new();
        let output = process.stdout.take().expect("standard output");
        BufReader::new(output).read_line(&mut url).expect("a line");
        let port = url.trim().strip_prefix("http://127.0.0.1:");
        let port = port.and_then(|rest| rest.strip_suffix('/')?.parse().ok());
        Self {
            process,
            port: port.unwrap_or_else(|| panic!("no port in {url:?}")),
            spec,
        }
    }

    /// Sends bytes, and returns the answer: its first line, the rest of its head, and its body.
    fn send(&self, request: &[u8]) -> (String, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("set");
        stream.write_all(request).expect("written");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let (first, head) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = first.strip_prefix("HTTP/1.1 ").unwrap_or(first);
        (status.to_owned(), head.to_owned(), body.to_owned())
    }

    fn get(&self, path: &str) -> (String, String, String) {
        let port = self.port;
        self.send(format!("GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").as_bytes())
    }

    fn body(&self, path: &str) -> String {
        let (status, _, body) = self.get(path);
        assert_eq!(status, "200 OK", "{path}: {body}");
        body
    }

    /// The state after this version.
    fn state(&self, seen: u64) -> Value {
        let body = self.body(&format!("state?seen={seen}"));
        serde_json::from_str(&body).expect("JSON")
    }

    fn write(&self, text: &str) {
        fs::write(self.spec.path().join("cli.yaml"), text).expect("written");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const SPEC: &str = "name: tool\nabout: Do something\ncommands:\n  run: { about: Run it }\n";

#[test]
fn the_documentation_is_served() {
    let preview = Preview::of(&[
        ("cli.yaml", SPEC),
        ("topics/words.md", "# Words of the tool\n\nSome words.\n"),
    ]);
    assert!(preview.body("").contains("<iframe src=\"site/index.html\""));
    let (_, head, body) = preview.get("site/tool-run.html");
    assert!(
        head.contains("Content-Type: text/html; charset=utf-8"),
        "{head}"
    );
    assert!(head.contains("X-Content-Type-Options: nosniff"), "{head}");
    assert!(body.contains("Run it"));
    for (path, kind) in [
        ("site/style.css", "text/css"),
        ("site/script.js", "text/javascript"),
    ] {
        let (_, head, _) = preview.get(path);
        assert!(head.contains(&format!("Content-Type: {kind}")), "{head}");
    }
    let help = preview.body("help/tool-run?width=40");
    assert!(help.starts_with("Run it\n\nUsage: tool run"), "{help}");
    assert!(help.lines().all(|line| line.len() <= 40), "{help}");
    assert!(preview.body("help/tool-words").contains("Some words."));
    assert!(preview.body("man/tool-run").contains("SYNOPSIS"));
    assert!(preview.body("man/tool-words").contains("Some words."));
    assert_eq!(preview.body("help/index"), "This page has no command.\n");
    assert_eq!(preview.body("man/index"), "This page has no command.\n");
    for missing in [
        "site/",
        "site/none.html",
        "help/none",
        "man/none",
        "none",
        "state/x",
        "cli.yaml",
    ] {
        assert_eq!(preview.get(missing).0, "404 Not Found", "{missing}");
    }
}

/// The state changes with the spec, also while the spec has errors.
#[test]
fn changes_are_reported() {
    let preview = Preview::of(&[("cli.yaml", "name: tool\nabuot: Do something\n")]);
    let state = preview.state(0);
    let first = state["version"].as_u64().expect("a version");
    assert!(
        state["report"]
            .as_str()
            .expect("a report")
            .contains("abuot")
    );
    assert_eq!(preview.get("site/index.html").0, "404 Not Found");
    preview.write(SPEC);
    let state = preview.state(first);
    assert_eq!(
        (&state["version"], &state["report"]),
        (&(first + 1).into(), &"".into())
    );
    assert!(preview.body("site/tool-run.html").contains("Run it"));
    // While it is edited, the spec has errors, is empty, and is not there.
    for (version, text) in [(first + 1, "name: tool\nabout: [\n"), (first + 2, "")] {
        preview.write(text);
        let state = preview.state(version);
        assert_eq!(state["version"], version + 1);
        assert!(
            state["summary"]
                .as_str()
                .expect("a summary")
                .contains("error"),
            "{state}"
        );
        assert!(preview.body("site/tool-run.html").contains("Run it"));
    }
    fs::remove_file(preview.spec.path().join("cli.yaml")).expect("removed");
    assert!(
        preview.state(first + 3)["summary"]
            .as_str()
            .expect("a summary")
            .contains("error")
    );
    preview.write(&SPEC.replace("Run it", "Walk"));
    assert_eq!(preview.state(first + 4)["summary"], "");
    assert!(preview.body("site/tool-run.html").contains("Walk"));
}

/// The preview stays usable after many changes.
#[test]
fn many_changes() {
    let preview = Preview::of(&[("cli.yaml", SPEC)]);
    let mut version = preview.state(0)["version"].as_u64().expect("a version");
    for number in 0..12 {
        preview.write(&SPEC.replace("Run it", &format!("Run it {number} times")));
        version = preview.state(version)["version"]
            .as_u64()
            .expect("a version");
    }
    assert!(
        preview
            .body("site/tool-run.html")
            .contains("Run it 11 times")
    );
}

/// Pages of other sites can't read the preview, and no file outside of the site is served.
#[test]
fn other_requests_are_refused() {
    let preview = Preview::of(&[("cli.yaml", SPEC)]);
    let port = preview.port;
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    let other = format!("Host: localhost:{port}\r\n");
    let long = format!("X: {}\r\n", "x".repeat(100_000));
    let many = "X: x\r\n".repeat(10_000);
    for (first, rest, status) in [
        ("GET / HTTP/1.1", own.as_str(), "200 OK"),
        ("HEAD / HTTP/1.1", other.as_str(), "200 OK"),
        ("GET / HTTP/1.1", "", "421 Misdirected Request"),
        (
            "GET / HTTP/1.1",
            "Host: 127.0.0.1\r\n",
            "421 Misdirected Request",
        ),
        (
            "GET / HTTP/1.1",
            "Host: evil.example\r\n",
            "421 Misdirected Request",
        ),
        (
            "GET / HTTP/1.1",
            &format!("Host: evil.example:{port}\r\n"),
            "421 Misdirected Request",
        ),
        (
            "GET / HTTP/1.1",
            &format!("{own}Host: evil.example\r\n"),
            "421 Misdirected Request",
        ),
        ("POST / HTTP/1.1", &own, "405 Method Not Allowed"),
        (
            "CONNECT 127.0.0.1:80 HTTP/1.1",
            &own,
            "405 Method Not Allowed",
        ),
        ("GET http://evil.example/ HTTP/1.1", &own, "400 Bad Request"),
        ("GET /site/../../etc/passwd HTTP/1.1", &own, "404 Not Found"),
        ("GET /site/%2e%2e/cli.yaml HTTP/1.1", &own, "404 Not Found"),
        ("GET /site//etc/passwd HTTP/1.1", &own, "404 Not Found"),
        ("GET /%00 HTTP/1.1", &own, "404 Not Found"),
        ("GET /%ff HTTP/1.1", &own, "400 Bad Request"),
        ("GET /%2 HTTP/1.1", &own, "400 Bad Request"),
        ("GET /", &own, "400 Bad Request"),
        ("GET  / HTTP/1.1", &own, "400 Bad Request"),
        ("\u{ff}", "x\r\n", "400 Bad Request"),
        ("GET / HTTP/1.1", &long, "400 Bad Request"),
        ("GET / HTTP/1.1", &many, "400 Bad Request"),
    ] {
        let request = format!("{first}\r\n{rest}\r\n");
        let (found, _, body) = preview.send(request.as_bytes());
        assert_eq!(found, status, "{first} {}", &rest[..rest.len().min(60)]);
        assert!(!first.starts_with("HEAD") || body.is_empty());
    }
    // Connections without a request don't keep others from being answered.
    let idle: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(("127.0.0.1", port)).expect("connected"))
        .collect();
    assert_eq!(preview.get("").0, "200 OK");
    drop(idle);
}

#[test]
fn a_port_in_use_is_an_error() {
    let preview = Preview::of(&[("cli.yaml", SPEC)]);
    let mut command = clapspec();
    let output = command
        .args(["preview", "--port", &preview.port.to_string()])
        .output();
    let output = output.expect("clapspec runs");
    assert_eq!(output.status.code(), Some(1));
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(
        messages.contains("can't be used") && messages.contains("without `--port`"),
        "{messages}"
    );
}

/// A browser shows errors, and loads pages again when the spec changes.
#[test]
fn browsers_follow_the_spec() {
    let (Some(mut node), true) = (support::node("playwright-core"), support::has("chromium"))
    else {
        return;
    };
    let mut files = Vec::new();
    collect(&root().join("spec"), "", &mut files);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let preview = Preview::of(&files);
    let output = node
        .arg(root().join("tests/checkers/preview.mjs"))
        .arg(support::node_modules())
        .arg(format!("http://127.0.0.1:{}/", preview.port))
        .arg(preview.spec.path())
        .output()
        .expect("node runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
}

/// Collects the files in a directory, with their paths in it.
fn collect(directory: &Path, before: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_str().expect("UTF-8");
        let name = format!("{before}{name}");
        match path.is_dir() {
            true => collect(&path, &format!("{name}/"), files),
            false => files.push((name, fs::read_to_string(&path).expect("text"))),
        }
    }
}
