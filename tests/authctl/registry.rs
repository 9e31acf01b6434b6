//! Round trips of the real cargo with a registry on loopback: what signs cargo in, and that it is signed
//! out afterwards.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use crate::case::{World, output};

/// A request that came to the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Request {
    /// Its path.
    path: String,
    /// What its header `Authorization` says.
    token: Option<String>,
}

/// A registry with one crate, whose owners it tells to whoever has a token.
struct Registry {
    /// Its port on loopback.
    port: u16,
    /// All requests so far.
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Registry {
    /// Starts one. It ends with the tests.
    fn start(auth_required: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let Some(request) = read(&stream) else {
                    continue;
                };
                let answer = answer(&request, port, auth_required);
                seen.lock().expect("the list").push(request);
                stream.write_all(answer.as_bytes()).expect("an answer");
            }
        });
        Self { port, requests }
    }

    /// The tokens that came with the calls since the last time this was asked.
    fn tokens(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.requests.lock().expect("the list"));
        requests.into_iter().filter_map(|r| r.token).collect()
    }
}

/// Reads the head of a request.
fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let mut token = None;
    for line in lines.take_while(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(": ") {
            if name.eq_ignore_ascii_case("authorization") {
                token = Some(value.to_owned());
            }
        }
    }
    Some(Request { path, token })
}

/// The answer to a request.
fn answer(request: &Request, port: u16, auth_required: bool) -> String {
    let (status, body) = match (request.path.as_str(), &request.token) {
        ("/index/config.json", _) => (
            "200 OK",
            format!(
                r#"{{"dl":"http://127.0.0.1:{port}/dl","api":"http://127.0.0.1:{port}","auth-required":{auth_required}}}"#
            ),
        ),
        ("/api/v1/crates/thing/owners", Some(_)) => (
            "200 OK",
            r#"{"users":[{"id":1,"login":"ann","name":"Ann"}]}"#.to_owned(),
        ),
        ("/api/v1/crates/thing/owners", None) => ("403 Forbidden", String::new()),
        _ => ("404 Not Found", String::new()),
    };
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// Runs a program in a world whose cargo knows the registry as `mine`.
fn run(world: &World, program: &str, args: &[&str], stdin: &str) -> Output {
    let mut command = world.command(program, &BTreeMap::new());
    command.args(args);
    output(command, stdin)
}

/// Both outputs of a run as one text.
fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// The registries that `authctl cargo status` shows.
fn signed_in(world: &World) -> Vec<String> {
    let args = ["cargo", "status", "--json"];
    let output = run(world, env!("CARGO_BIN_EXE_authctl"), &args, "");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let sessions = result["sessions"].as_array().expect("a list");
    let name = |session: &Value| session["registry"].as_str().expect("a name").to_owned();
    sessions.iter().map(name).collect()
}

/// One round: sign in, have cargo make a call, sign out, have cargo try again.
fn round(registry: &Registry, login: &str, logout: &[&str]) {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let world = World::new();
    // Cargo asks for this setting when a registry wants a token for everything.
    let config = format!(
        "[registry]\nglobal-credential-providers = [\"cargo:token\"]\n\
         [registries.mine]\nindex = \"sparse+http://127.0.0.1:{}/index/\"\n\
         [registries.other]\nindex = \"sparse+http://127.0.0.1:{}/other/\"\n",
        registry.port, registry.port
    );
    world.write("home/config.toml", config.as_bytes());
    let owners = ["owner", "--list", "thing", "--registry", "mine"];
    let call = || run(&world, &cargo, &owners, "");
    let (program, args) = match login {
        "cargo login" => (cargo.as_str(), &["login", "--registry", "mine"][..]),
        _ => (
            env!("CARGO_BIN_EXE_authctl"),
            &["cargo", "login", "--registry", "mine"][..],
        ),
    };
    let refused = call();
    assert!(!refused.status.success(), "{}", said(&refused));
    assert_eq!(registry.tokens(), [""; 0]);

    let output = run(&world, program, args, "SECRET-token\n");
    assert!(output.status.success(), "{login}: {}", said(&output));
    assert_eq!(signed_in(&world), ["mine"]);
    registry.tokens();
    let output = call();
    assert!(said(&output).contains("ann (Ann)"), "{}", said(&output));
    assert!(registry.tokens().contains(&"SECRET-token".to_owned()));

    let output = run(&world, env!("CARGO_BIN_EXE_authctl"), logout, "");
    assert!(output.status.success(), "{logout:?}: {}", said(&output));
    assert_eq!(signed_in(&world), [""; 0]);
    let output = call();
    assert_eq!(output.status.code(), Some(101));
    assert!(
        said(&output).contains("no token found for `mine`"),
        "{}",
        said(&output)
    );
    assert_eq!(registry.tokens(), [""; 0]);
}

/// Whoever saved the token: cargo uses it, and after the logout it has none to send.
#[test]
fn cargo_sends_the_token_until_the_logout() {
    let mut rounds = 0;
    for auth_required in [false, true] {
        let registry = Registry::start(auth_required);
        for login in ["cargo login", "authctl cargo login"] {
            for logout in [
                &["cargo", "logout", "--registry", "mine", "--force"][..],
                &["logout", "cargo", "--force"],
                &["logout", "--all", "--force"],
            ] {
                round(&registry, login, logout);
                rounds += 1;
            }
        }
    }
    println!("{rounds} rounds of login, call, logout and refused call with the real cargo");
}
