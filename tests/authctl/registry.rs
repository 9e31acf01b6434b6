//! The real cargo with a registry on loopback: which tokens it sends, and that it sends none after a
//! logout.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use serde_json::Value;

use super::case::{Case, World};
use super::run::{Run, run, run_with};

/// A request that came to the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Request {
    /// Its path.
    path: String,
    /// The value of its header `Authorization`.
    token: Option<String>,
}

/// A registry with one crate, whose owners are shown only to requests with a token.
pub struct Registry {
    /// Its port on loopback.
    pub port: u16,
    /// All requests so far.
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Registry {
    /// Starts a registry, which runs until the tests end.
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

    /// The tokens of all requests since the last call of this function.
    fn tokens(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.requests.lock().expect("the list"));
        requests.into_iter().filter_map(|r| r.token).collect()
    }
}

/// The registry of all cases.
static SHARED: OnceLock<Registry> = OnceLock::new();

/// The registry of all cases, which is started when it is first needed.
pub fn shared() -> &'static Registry {
    SHARED.get_or_init(|| Registry::start(false))
}

/// Replaces the port of that registry in a string.
pub fn hide_port(text: &str, placeholder: &str) -> String {
    match SHARED.get() {
        Some(registry) => {
            text.replace(&format!(":{}/", registry.port), &format!(":{placeholder}/"))
        }
        None => text.to_owned(),
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
        (path, _) if path.ends_with("/config.json") => (
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

/// The real cargo in a world.
fn real_cargo(world: &World, env: &BTreeMap<String, Option<String>>) -> Command {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    world.command(cargo, env)
}

/// Runs cargo in a world.
fn cargo(world: &World, args: &[&str], stdin: &str) -> Run {
    let mut command = real_cargo(world, &BTreeMap::new());
    command.args(args);
    run_with(command, stdin)
}

/// The registries that `authctl cargo status` shows.
fn signed_in(world: &World) -> Vec<String> {
    let args = ["cargo", "status", "--json"];
    let result: Value = serde_json::from_str(&run(world.authctl(&args)).stdout).expect("JSON");
    let sessions = result["sessions"].as_array().expect("a list");
    let name = |session: &Value| session["account"].as_str().expect("a name").to_owned();
    sessions.iter().map(name).collect()
}

/// Signs in, has cargo call the registry, signs out, and has cargo try again.
fn round(registry: &Registry, login: &str, logout: &[&str]) {
    let world = World::new();
    // Cargo needs this setting for a registry that requires a token for all requests.
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

/// Whether cargo or `authctl` saved the token, cargo uses it, and has none to send after the logout.
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
         no output contained the token"
    );
}

/// The token that the real cargo sends to a registry in the world of a case, and its messages.
fn sent(world: &World, case: &Case, registry: &str) -> (Option<String>, String) {
    let mut command = real_cargo(world, &case.env);
    // Cargo's own tests replace crates.io with another registry in this way.
    let crates_io = world.fill("sparse+http://127.0.0.1:[PORT]/crates-io/");
    command.env("__CARGO_TEST_CRATES_IO_URL_DO_NOT_USE_THIS", crates_io);
    command.env("PATH", env::var_os("PATH").unwrap_or_default());
    if let Some(cwd) = case.cargo_cwd.as_ref().or(case.cwd.as_ref()) {
        command.current_dir(world.path(cwd));
    }
    command.args(["owner", "--list", "thing", "--registry", registry]);
    shared().tokens();
    let said = run_with_tokens(command);
    let mut tokens = shared().tokens();
    tokens.dedup();
    assert!(tokens.len() < 2, "{}: {tokens:?}", case.name);
    (tokens.pop(), said)
}

/// Runs cargo without a check for tokens: its messages may show what a credential provider printed.
fn run_with_tokens(mut command: Command) -> String {
    let output = command.output().expect("cargo runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The states of a registry's sessions in `authctl status`.
fn states(world: &World, case: &Case, registry: &str) -> Vec<String> {
    let mut command = world.command(world.program(), &case.env);
    if let Some(cwd) = &case.cwd {
        command.current_dir(world.path(cwd));
    }
    command.args(["status", "--json"]);
    let result: Value = serde_json::from_str(&run_with(command, "").stdout).expect("JSON");
    let sessions = result["sessions"].as_array().expect("a list").iter();
    let sessions = sessions.filter(|each| each["system"] == "cargo" && each["account"] == registry);
    sessions
        .map(|each| each["state"].as_str().expect("a state").to_owned())
        .collect()
}

/// If cargo sends a token, `authctl status` reports that the registry is signed in, or may be through a
/// credential provider. If cargo sends none, it doesn't report that the registry is signed in. After a
/// `logout --all` that leaves no session, cargo sends no token.
#[test]
fn cargo_sends_what_the_status_says() {
    let (mut sending, mut silent, mut ended) = (0, 0, 0);
    for case in Case::all() {
        for (registry, token) in &case.sends {
            let world = case.build();
            let name = format!("{}: {registry}", case.name);
            let (tokens, said) = sent(&world, &case, registry);
            assert_eq!(tokens, *token, "{name}: {said}");
            let states = states(&world, &case, registry);
            let has = |state: &str| states.iter().any(|each| each == state);
            match token {
                Some(_) => assert!(has("signed-in") || has("possible"), "{name}: {states:?}"),
                None => assert!(!has("signed-in"), "{name}: {states:?}"),
            }
            sending += usize::from(token.is_some());
            silent += usize::from(token.is_none());
            let mut command = world.command(world.program(), &case.env);
            if let Some(cwd) = &case.cwd {
                command.current_dir(world.path(cwd));
            }
            command.args(["logout", "--all", "--force"]);
            let run = run_with(command, "");
            if [Some(0), Some(7)].contains(&run.code) {
                let (tokens, said) = sent(&world, &case, registry);
                assert_eq!(tokens, None, "{name}: {said}");
                ended += usize::from(token.is_some());
            }
        }
    }
    println!(
        "the real cargo sends a token in {sending} cases and none in {silent}, as the status says; \
         {ended} of the tokens are not sent after a logout"
    );
    assert!(sending > 10 && silent > 5 && ended > 5);
}
