//! Checks `authctl` with other programs: a real authorization server, which must have revoked Ably's
//! tokens, and the TOML library of the Ably CLI, which reads its file. Both run in Node.js; `.ci/run`
//! installs them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use super::case::{Case, World};
use super::run::{Run, output, run};
use crate::support;

/// The client ID of the Ably CLI.
const CLIENT: &str = "gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg";

/// A command that runs a script with an npm package, or `None` if the package is not installed.
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
    /// Takes tokens, one on each line.
    stdin: ChildStdin,
    /// Prints the result of introspection for each token.
    stdout: BufReader<ChildStdout>,
    /// Its host and port.
    host: String,
    /// The access token and the refresh token of each session.
    sessions: [[String; 2]; 2],
}

impl Authority {
    /// Starts the server. Returns `None` if it is not installed.
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
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
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

    /// Whether the server accepts each of the tokens.
    fn active(&mut self, tokens: &[String; 2]) -> [bool; 2] {
        tokens.each_ref().map(|token| {
            writeln!(self.stdin, "{token}").expect("a line");
            line(&mut self.stdout)["active"].as_bool().expect("a bool")
        })
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads a line of JSON.
fn line(stdout: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// A real server accepts both tokens before the logout, and neither of them after it. It still accepts
/// the tokens of an account that is not logged out.
#[test]
fn a_real_server_revokes_the_tokens() {
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

/// Parses each text with smol-toml, which returns null for an invalid one. Returns `None` if smol-toml
/// is not installed.
fn meanings(texts: &[String]) -> Option<Vec<Value>> {
    let command = checker("toml.mjs", "smol-toml")?;
    let texts = serde_json::to_string(texts).expect("JSON");
    let Output { status, stdout, .. } = output(command, &texts);
    assert!(status.success(), "{status}");
    Some(serde_json::from_slice(&stdout).expect("JSON"))
}

/// Removes empty tables: the Ably CLI treats an empty table like a missing one.
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

/// Runs a case, and returns what it changes, or `None` if it fails.
fn run_case(mut case: Case) -> Option<Change> {
    let mut files = case.files.clone().into_iter();
    let (path, before) = files.find(|(path, _)| path.contains("ably"))?;
    let world = case.build();
    // The JSON result names the account.
    let formats = ["-q", "-v", "-vv", "--json", "--pretty-json"];
    case.args.retain(|arg| !formats.contains(&arg.as_str()));
    let Output { status, stdout, .. } = world.run(&case, &["--json"]);
    if !status.success() {
        return None;
    }
    let result: Value = serde_json::from_slice(&stdout).expect("JSON");
    let alias = result["account"].as_str().expect("an alias").to_owned();
    let after = fs::read_to_string(world.path(&path)).expect("the file");
    Some((case.name, alias, before, after))
}

/// Runs the cases of a command of `ably accounts`. Checks that smol-toml can parse each file, and that
/// it finds the same values in the new file as `change` makes of those in the old one.
fn smol_toml_agrees(command: &str, change: fn(&mut Value, &str)) {
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

/// smol-toml finds that a logout removes only the account, and its session unless another account
/// shares it.
#[test]
fn smol_toml_finds_only_the_account_removed() {
    smol_toml_agrees("logout", forget);
}

/// smol-toml finds that a switch changes only the current account, and removes the app that an old
/// version of the Ably CLI stores with it.
#[test]
fn smol_toml_finds_only_the_account_switched() {
    smol_toml_agrees("switch", |file, alias| {
        let current = &mut file["current"];
        current["account"] = alias.into();
        current.as_object_mut().expect("a table").remove("app");
    });
}

/// Removes an account from the values of a file, as the Ably CLI does.
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
