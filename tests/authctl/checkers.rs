//! Ably's tokens and file before programs that are not ours: a real authorization server, and the TOML
//! library of the Ably CLI. Both run in node, on loopback; `.ci/run` installs them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use crate::case::{Case, World};
use crate::run::{Run, output, run};
use crate::support;

/// The Ably CLI, as its server knows it.
const CLIENT: &str = "gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg";

/// A command that runs a script with a package; nothing where that is not installed.
fn checker(script: &str, package: &str) -> Option<Command> {
    let mut command = support::node(package)?;
    let scripts = support::root().join("tests/checkers");
    command
        .arg(scripts.join(script))
        .arg(support::node_modules());
    Some(command)
}

/// The authorization server, with two sessions in it.
struct Authority {
    /// The server.
    process: Child,
    /// Takes tokens, one in each line.
    stdin: ChildStdin,
    /// Gives what introspection says of them.
    stdout: BufReader<ChildStdout>,
    /// Its host with its port.
    host: String,
    /// Access token and refresh token of each session.
    sessions: [[String; 2]; 2],
}

impl Authority {
    /// Starts it; nothing where it is not installed.
    fn start() -> Option<Self> {
        let mut process = checker("oidc.mjs", "oidc-provider")?
            .arg(CLIENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let stdin = process.stdin.take().expect("a pipe");
        let mut stdout = BufReader::new(process.stdout.take().expect("a pipe"));
        let ready = line(&mut stdout);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let session = |at: usize| {
            let session = &ready["sessions"][at];
            [text(&session["access"]), text(&session["refresh"])]
        };
        Some(Self {
            host: text(&ready["host"]),
            sessions: [session(0), session(1)],
            process,
            stdin,
            stdout,
        })
    }

    /// Whether the server takes each of the tokens.
    fn active(&mut self, tokens: &[String; 2]) -> [bool; 2] {
        tokens.each_ref().map(|token| {
            writeln!(self.stdin, "{token}").expect("a line");
            line(&mut self.stdout)["active"].as_bool().expect("a truth")
        })
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A line of JSON.
fn line(stdout: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// After a logout a real server takes neither token; it took both before, and still takes those of
/// another account.
#[test]
fn a_real_server_takes_the_tokens_back() {
    let mut tried = 0;
    let all: &[&str] = &["logout", "ably", "--force", "-vv"];
    let one: &[&str] = &["ably", "accounts", "logout", "one", "--force", "-vv"];
    for (args, other_stays) in [(one, true), (all, false)] {
        let Some(mut authority) = Authority::start() else {
            return;
        };
        let sessions = authority.sessions.clone();
        let world = World::new();
        let mut text = String::new();
        for (alias, [access, refresh]) in ["one", "two"].into_iter().zip(&sessions) {
            let host = &authority.host;
            text.push_str(&format!(
                "[accounts.{alias}]\noauthHost = \"{host}\"\noauthSessionKey = \"{alias}::x\"\n\
                 [oauthSessions.\"{alias}::x\"]\naccessToken = \"{access}\"\nrefreshToken = \"{refresh}\"\n"
            ));
        }
        world.write("user/.ably/config", text.as_bytes());
        assert_eq!(authority.active(&sessions[0]), [true, true]);
        let Run { code, said, .. } = run(world.authctl(args));
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains("could not be revoked"), "{said}");
        assert_eq!(authority.active(&sessions[0]), [false, false], "{said}");
        assert_eq!(authority.active(&sessions[1]), [other_stays; 2], "{said}");
        let left = fs::read_to_string(world.path("user/.ably/config")).expect("the file");
        for token in sessions.as_flattened() {
            assert!(!said.contains(token), "{said}");
            assert_eq!(
                left.contains(token),
                other_stays && sessions[1].contains(token)
            );
        }
        tried += 1;
    }
    println!("{tried} logouts at oidc-provider, each with two sessions");
}

/// What smol-toml makes of each of these texts, null of one that it does not take; nothing where it is
/// not installed.
fn meanings(texts: &[String]) -> Option<Vec<Value>> {
    let command = checker("toml.mjs", "smol-toml")?;
    let texts = serde_json::to_string(texts).expect("JSON");
    let Output { status, stdout, .. } = output(command, &texts);
    assert!(status.success(), "{status}");
    Some(serde_json::from_slice(&stdout).expect("JSON"))
}

/// Takes away what is empty: a table that is not there means the same to the Ably CLI.
fn pruned(value: &Value) -> Value {
    let Value::Object(object) = value else {
        return value.clone();
    };
    let members = object
        .iter()
        .map(|(key, value)| (key.clone(), pruned(value)));
    let is_empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    members.filter(|(_, value)| !is_empty(value)).collect()
}

/// A case that changes Ably's file: its name, the alias of the account, the file before and after.
type Change = (String, String, String, String);

/// Runs a case, and tells what it changes; nothing of a case that fails.
fn run_case(mut case: Case) -> Option<Change> {
    let mut files = case.files.clone().into_iter();
    let (path, before) = files.find(|(path, _)| path.contains("ably"))?;
    let world = case.build();
    // The result says which account was meant.
    let form = ["-q", "-v", "-vv", "--json", "--pretty-json"];
    case.args.retain(|arg| !form.contains(&arg.as_str()));
    let Output { status, stdout, .. } = world.run(&case, &["--json"]);
    if !status.success() {
        return None;
    }
    let result: Value = serde_json::from_slice(&stdout).expect("JSON");
    let alias = result["account"].as_str().expect("an alias").to_owned();
    let after = fs::read_to_string(world.path(&path)).expect("the file");
    Some((case.name, alias, before, after))
}

/// Runs the cases of a command on Ably's accounts, and compares what another reader of TOML makes of each
/// file afterwards with what `change` makes of the old one. It must take all files.
fn another_reader_agrees(command: &str, change: fn(&mut Value, &str)) {
    let words = ["ably", "accounts", command].map(str::to_owned);
    let cases = Case::all().into_iter();
    let cases = cases.filter(|case| case.args.starts_with(&words));
    let changes: Vec<Change> = cases.filter_map(run_case).collect();
    assert!(!changes.is_empty(), "no case of {command}");
    let texts =
        |text: fn(&Change) -> &String| changes.iter().map(text).cloned().collect::<Vec<_>>();
    let before = meanings(&texts(|(_, _, before, _)| before));
    let after = meanings(&texts(|(_, _, _, after)| after));
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    for ((case, mut expected), now) in changes.iter().zip(before).zip(after) {
        let (name, alias, ..) = case;
        assert!(
            expected.is_object() && now.is_object(),
            "{name} is not TOML"
        );
        change(&mut expected, alias);
        assert_eq!(pruned(&now), pruned(&expected), "{name}");
    }
    println!(
        "{} files read by smol-toml before and after {command}",
        changes.len()
    );
}

/// After a logout another reader of TOML sees the file without that account and, if no other has it, its
/// session; and nothing else is changed.
#[test]
fn another_reader_sees_the_account_gone_and_nothing_else() {
    another_reader_agrees("logout", forget);
}

/// After a switch it sees another current account, without the app that an old version keeps beside it,
/// and nothing else is changed.
#[test]
fn another_reader_sees_the_account_chosen_and_nothing_else() {
    another_reader_agrees("switch", |file, alias| {
        let current = &mut file["current"];
        current["account"] = alias.into();
        current.as_object_mut().expect("a table").remove("app");
    });
}

/// Takes an account out of the meaning of a file, as the Ably CLI does it.
fn forget(file: &mut Value, alias: &str) {
    let accounts = file["accounts"].as_object_mut().expect("accounts");
    let account = accounts.remove(alias).expect("the account");
    let key = &account["oauthSessionKey"];
    let is_shared = accounts
        .values()
        .any(|other| other["oauthSessionKey"] == *key);
    if let (Some(key), false) = (key.as_str(), is_shared) {
        if let Some(sessions) = file.get_mut("oauthSessions").and_then(Value::as_object_mut) {
            sessions.remove(key);
        }
    }
    if let Some(current) = file.get_mut("current").and_then(Value::as_object_mut) {
        if current
            .get("account")
            .is_some_and(|current| current == alias)
        {
            current.clear();
        }
    }
}
