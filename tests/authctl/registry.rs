//! Round trips of the real cargo with a registry on loopback: what signs cargo in, and that it is signed
//! out afterwards.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use crate::case::World;
use crate::run::{Run, run, run_with};

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

/// Runs cargo in a world.
fn cargo(world: &World, args: &[&str], stdin: &str) -> Run {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = world.command(cargo, &BTreeMap::new());
    command.args(args);
    run_with(command, stdin)
}

/// The registries that `authctl cargo status` shows.
fn signed_in(world: &World) -> Vec<String> {
    let args = ["cargo", "status", "--json"];
    let result: Value = serde_json::from_str(&run(world.authctl(&args)).stdout).expect("JSON");
    let sessions = result["sessions"].as_array().expect("a list");
    let name = |session: &Value| session["registry"].as_str().expect("a name").to_owned();
    sessions.iter().map(name).collect()
}

/// One round: sign in, have cargo make a call, sign out, have cargo try again.
fn round(registry: &Registry, login: &str, logout: &[&str]) {
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
    let call = || cargo(&world, &owners, "");
    let refused = call();
    assert_ne!(refused.code, Some(0), "{}", refused.said);
    assert_eq!(registry.tokens(), [""; 0]);

    let token = "SECRET-token\n";
    let out = match login {
        "cargo login" => cargo(&world, &["login", "--registry", "mine"], token),
        _ => {
            let command = world.authctl(&["cargo", "login", "--registry", "mine"]);
            run_with(command, token)
        }
    };
    assert_eq!(out.code, Some(0), "{login}: {}", out.said);
    assert_eq!(signed_in(&world), ["mine"]);
    registry.tokens();
    let out = call();
    assert!(out.said.contains("ann (Ann)"), "{}", out.said);
    assert!(registry.tokens().contains(&"SECRET-token".to_owned()));

    let out = run(world.authctl(&[logout, &["-vv"]].concat()));
    assert_eq!(out.code, Some(0), "{logout:?}: {}", out.said);
    assert_eq!(signed_in(&world), [""; 0]);
    let out = call();
    assert_eq!(out.code, Some(101));
    let said = "no token found for `mine`";
    assert!(out.said.contains(said), "{}", out.said);
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
    println!(
        "{rounds} rounds of login, call, logout and refused call with the real cargo; \
         no output had the token in it"
    );
}
