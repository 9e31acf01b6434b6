//! Revocation of Ably's tokens: the requests, and how all kinds of answers are handled.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::case::World;
use super::run::{Run, end};
use super::server::{Answer, Server, closed, never, text};

/// The path of Ably's file.
pub const FILE: &str = "user/.ably/config";

/// How long a logout may take when the server does not answer: the limit is five seconds.
pub const SLOW: Duration = Duration::from_secs(9);

/// The text of a file with an OAuth account `work` at this host, and an account `home` with a token.
pub fn file(host: &str) -> String {
    format!(
        "[current]\naccount = \"work\"\n\n{}\n{HOME}\n{}",
        account("work", host),
        session("SECRET-access", "SECRET-refresh")
    )
}

/// The account `home`, which has a token.
pub const HOME: &str = "[accounts.home] # at home\naccessToken = \"SECRET-home\"\n";

/// An OAuth account, as it is in the file.
pub fn account(alias: &str, host: &str) -> String {
    format!(
        "[accounts.{alias}]\nauthMethod = \"oauth\"\noauthHost = \"{host}\"\noauthSessionKey = \"me::x\"\n"
    )
}

/// The session of the OAuth accounts, as it is in the file.
pub fn session(access: &str, refresh: &str) -> String {
    format!("[oauthSessions.\"me::x\"]\naccessToken = \"{access}\"\nrefreshToken = \"{refresh}\"\n")
}

/// The text that the logout leaves of [`file`].
pub fn left() -> String {
    format!("[current]\n\n{HOME}")
}

/// A world in which Ably's file has this text.
pub fn world(text: &str) -> World {
    let world = World::new();
    world.write(FILE, text.as_bytes());
    world
}

/// The current content of the file.
pub fn now(world: &World) -> String {
    fs::read_to_string(world.path(FILE)).expect("the file")
}

/// Starts authctl with these arguments.
pub fn start(world: &World, args: &[&str]) -> Child {
    start_with(world, args, &BTreeMap::new())
}

/// Starts authctl with these arguments and environment variables.
pub fn start_with(world: &World, args: &[&str], env: &BTreeMap<String, Option<String>>) -> Child {
    world
        .command(world.program(), env)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// A logout from the current account that reports everything it does.
pub const LOGOUT: [&str; 5] = ["ably", "accounts", "logout", "--force", "-vv"];

/// Logs out from a host, and checks that the account is removed, with a warning that each token could
/// not be revoked.
fn unrevoked(name: &str, host: &str, reason: &str) {
    let world = world(&file(host));
    let before = Instant::now();
    let Run { code, said, .. } = end(start(&world, &LOGOUT));
    let took = before.elapsed();
    println!("{name}: {reason}: {} ms", took.as_millis());
    assert_eq!(code, Some(0), "{name}: {said}");
    assert_eq!(now(&world), left(), "{name}");
    assert!(took < SLOW, "{name}: {took:?}");
    for token in ["access", "refresh"] {
        let warning = format!(
            "warning: the {token} token could not be revoked ({reason}); it may be valid until it expires\n"
        );
        assert!(said.contains(&warning), "{name}: {said}");
    }
}

/// Each token is sent once, as the standard requires, whatever characters it contains.
#[test]
fn both_tokens_are_revoked() {
    let answers = ["200 OK", "204 No Content", "299 x"];
    for status in answers {
        let server = Server::always(status, "");
        let odd = file(&server.host).replace("SECRET-access", "SECRET+/=& %é");
        let world = world(&odd);
        let Run { code, said, .. } = end(start(&world, &LOGOUT));
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(now(&world), left());
        assert!(
            said.contains("revoked its access token and its refresh token\n"),
            "{said}"
        );
        assert!(!said.contains("warning"), "{said}");
        assert_eq!(
            server.tokens(),
            ["SECRET%2B%2F%3D%26+%25%C3%A9", "SECRET-refresh"]
        );
        for request in server.requests() {
            let (head, body) = request.split_once("\r\n\r\n").expect("a head");
            let head = head.to_ascii_lowercase();
            assert!(
                head.starts_with("post /oauth/revoke http/1.1\r\n"),
                "{head}"
            );
            assert!(
                head.contains("\r\ncontent-type: application/x-www-form-urlencoded"),
                "{head}"
            );
            assert!(!head.contains("authorization"), "{head}");
            let client = "client_id=gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg&token=";
            assert!(body.starts_with(client), "{body}");
        }
    }
    println!("both tokens revoked by a server that answers {answers:?}");
}

/// The host of the account wins over the option, and the option over the variable.
#[test]
fn the_host_of_the_account_wins() {
    let servers: Vec<Server> = (0..3).map(|_| Server::always("200 OK", "")).collect();
    let [account, option, variable] = &servers[..] else {
        unreachable!("there are three");
    };
    let env = BTreeMap::from([("ABLY_OAUTH_HOST".to_owned(), Some(variable.host.clone()))]);
    let without = file("").replace("oauthHost = \"\"\n", "");
    let with_option = [&LOGOUT[..], &["--oauth-host", &option.host]].concat();
    for (text, args, asked) in [
        (file(&account.host), &with_option[..], account),
        (without.clone(), &with_option[..], option),
        (without, &LOGOUT[..], variable),
    ] {
        let world = world(&text);
        let Run { code, said, .. } = end(start_with(&world, args, &env));
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(now(&world), left());
        assert_eq!(asked.tokens(), ["SECRET-access", "SECRET-refresh"]);
    }
    // No server was asked instead of another.
    let asked = servers.iter().map(|server| server.requests().len());
    assert_eq!(asked.collect::<Vec<_>>(), [2, 2, 2]);
    println!("3 logouts: at the host of the account, of the option and of the variable");
}

/// An answer with an error means that the token may still be valid.
#[test]
fn errors_do_not_revoke() {
    let echo = "{\"error\": \"SECRET-access\", \"error_description\": \"SECRET-access\"}";
    let large = format!(
        "{{\"error\": \"invalid_client\", \"x\": \"{}\"}}",
        "x".repeat(1 << 20)
    );
    let cases = [
        (
            "400",
            "{\"error\": \"invalid_request\"}",
            "the server answered 400: invalid_request",
        ),
        (
            "401",
            "{\"error\": \"invalid_client\"}",
            "the server answered 401: invalid_client",
        ),
        ("400", echo, "the server answered 400"),
        ("400", "SECRET-refresh", "the server answered 400"),
        ("400", "{\"error\": 5}", "the server answered 400"),
        ("401", &large, "the server answered 401"),
        ("404", "", "the server answered 404"),
        ("500", "<html>SECRET-access", "the server answered 500"),
        (
            "503",
            "{\"error\": \"temporarily_unavailable\"}",
            "the server answered 503: temporarily_unavailable",
        ),
    ];
    for (status, body, reason) in cases {
        let server = Server::always(&format!("{status} SECRET-access"), body);
        unrevoked(&format!("status {status}"), &server.host, reason);
        assert_eq!(server.tokens(), ["SECRET-access", "SECRET-refresh"]);
    }
    println!("{} answers with an error", cases.len());
}

/// Redirects are not followed, so that no other server gets a token.
#[test]
fn redirects_are_not_followed() {
    let redirects = [300, 301, 302, 303, 304, 307, 308];
    for status in redirects {
        let other = Server::always("200 OK", "");
        let head = format!("location: http://{}/oauth/revoke\r\n", other.host);
        let answer = text(&format!("{status} Moved"), &head, "");
        let server = Server::start(move |_| answer.clone());
        let reason = format!("the server answered {status}, a redirect, which is not followed");
        unrevoked(&format!("redirect {status}"), &server.host, &reason);
        assert_eq!(other.requests(), [""; 0]);
    }
    println!("{} redirects, none followed", redirects.len());
}

/// Servers that don't answer, or not with HTTP, and accounts with an invalid host.
#[test]
fn invalid_answers_and_hosts() {
    let bytes = |bytes: &[u8]| {
        let answer = Answer::Bytes(bytes.to_vec());
        Server::start(move |_| answer.clone()).host
    };
    let gone = "the connection failed: Peer disconnected";
    unrevoked("closed at once", &bytes(b""), gone);
    unrevoked(
        "half a head",
        &bytes(b"HTTP/1.1 200 OK\r\ncontent-le"),
        gone,
    );
    unrevoked(
        "garbage",
        &bytes(b"\x00\xff\x1b[2J SECRET\r\n\r\n"),
        "the answer is not HTTP",
    );
    unrevoked(
        "nothing listens",
        &closed(),
        "the connection failed: Connection refused (os error 111)",
    );
    let wrong = "the file has no valid host for it";
    let hosts = [
        "a/b",
        "me@a",
        "http://localhost",
        "a b",
        "localhost:0",
        "::1",
    ];
    for host in hosts {
        unrevoked(&format!("host {host}"), host, wrong);
    }
    println!("4 invalid answers, {} invalid hosts", hosts.len());
}

/// Slow servers. They are tested at the same time, because each logout waits as long as it may.
#[test]
fn answers_that_are_too_late() {
    let late = "no answer within 5 seconds";
    let (listener, silent) = never();
    let drip =
        |text, millis| Server::start(move |_| Answer::Drip(text, Duration::from_millis(millis)));
    let cases = [
        ("never takes it", silent),
        (
            "after 30 seconds",
            Server::start(|_| Answer::Late(Duration::from_secs(30))).host,
        ),
        ("drips a head", drip("HTTP/1.1 200 OK\r\nx: ", 700).host),
        (
            "drips lines of a head",
            drip("HTTP/1.1 100 Continue\r\n\r\n", 10).host,
        ),
    ];
    thread::scope(|scope| {
        for (name, host) in &cases {
            scope.spawn(move || unrevoked(name, host, late));
        }
        // The status is known before the limit; the body may not take longer than that.
        let body = drip("HTTP/1.1 400 x\r\ncontent-length: 999999\r\n\r\n", 1);
        scope.spawn(move || unrevoked("drips a body", &body.host, "the server answered 400"));
    });
    drop(listener);
    println!("{} slow servers", cases.len() + 1);
}

/// Without HTTPS, a token is only sent to the well-known names of this machine, and never to a proxy.
#[test]
fn no_token_is_sent_in_clear() {
    let server = Server::start_at("127.0.0.2", |_| text("200 OK", "", ""));
    let proxy = Server::always("200 OK", "");
    let url = Some(format!("http://{}", proxy.host));
    let names = [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ];
    let env = names.map(|name| (name.to_owned(), url.clone())).into();
    let world = world(&file(&server.host));
    let Run { code, said, .. } = end(start_with(&world, &LOGOUT, &env));
    println!("127.0.0.2: {said}");
    assert_eq!((code, now(&world)), (Some(0), left()), "{said}");
    assert!(
        said.contains("(no secure connection could be made)"),
        "{said}"
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert!(
            !request.contains("SECRET") && !request.contains("token"),
            "{request}"
        );
    }
    let local = Server::always("200 OK", "");
    let port = local.host.rsplit_once(':').expect("a port").1;
    let world = self::world(&file(&format!("localhost:{port}")));
    let Run { code, said, .. } = end(start_with(&world, &LOGOUT, &env));
    assert_eq!((code, now(&world)), (Some(0), left()), "{said}");
    assert_eq!(local.tokens(), ["SECRET-access", "SECRET-refresh"]);
    assert_eq!(proxy.requests(), [""; 0]);
    println!("no token sent to 127.0.0.2, both to localhost, nothing to the proxy in {names:?}");
}
