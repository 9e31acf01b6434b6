//! Ably's tokens and file before programs that are not ours: a real authorization server, and the TOML
//! library of the Ably CLI. Both run in node, on loopback; `.ci/run` installs them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use crate::case::{Case, World, output};

/// The Ably CLI, as its server knows it.
const CLIENT: &str = "gb-I8-bZRnXs-gF83jOWKQrUxPPWp_ldTfQtgGP0EFg";

/// The folder that `.ci/run` installs into.
fn modules() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    target.expect("a folder").join("judges/node_modules")
}

/// A command that runs a script with a package; nothing where that is not installed.
fn judge(script: &str, package: &str) -> Option<Command> {
    let modules = modules();
    if !modules.join(package).exists() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "`{package}` is missing, and CI must have it"
        );
        // Not by `eprintln!`, which a passing test keeps to itself.
        let _ = writeln!(std::io::stderr(), "SKIPPED: `{package}` is not installed");
        return None;
    }
    let installed = modules.join(".bin/node");
    let node = if installed.exists() {
        installed
    } else {
        "node".into()
    };
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges");
    let mut command = Command::new(node);
    command.arg(scripts.join(script)).arg(modules);
    Some(command)
}

/// The authorization server, with two sessions in it.
struct Authority {
    process: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    host: String,
    /// Access token and refresh token of each session.
    sessions: [[String; 2]; 2],
}

impl Authority {
    fn start() -> Option<Self> {
        let mut process = judge("oidc.mjs", "oidc-provider")?
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
        let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &Default::default());
        command.args(args);
        let Output {
            status,
            stdout,
            stderr,
        } = output(command, "");
        let said = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        assert!(status.success(), "{said}");
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

/// What smol-toml makes of a file; nothing for a file that it does not take.
fn meaning(text: &str) -> Option<Value> {
    let command = judge("toml.mjs", "smol-toml")?;
    let Output { status, stdout, .. } = output(command, text);
    status
        .success()
        .then(|| serde_json::from_slice(&stdout).expect("JSON"))
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

/// For every case in which an account is logged out, another reader of TOML sees the file without that
/// account and, if no other has it, its session; and nothing else is changed.
#[test]
fn another_reader_sees_the_account_gone_and_nothing_else() {
    let mut seen = 0;
    for mut case in Case::all() {
        let is_logout = case
            .args
            .starts_with(&["ably".into(), "accounts".into(), "logout".into()]);
        let mut files = case.files.clone().into_iter();
        let file = files.find(|(path, _)| path.contains("ably"));
        let (true, Some((path, before))) = (is_logout, file) else {
            continue;
        };
        let world = case.build();
        // The result says which account was meant.
        let form = ["-q", "-v", "-vv", "--json", "--pretty-json"];
        case.args.retain(|arg| !form.contains(&arg.as_str()));
        let Output { status, stdout, .. } = world.run(&case, &["--json"]);
        if !status.success() {
            continue;
        }
        if judge("toml.mjs", "smol-toml").is_none() {
            return;
        }
        let result: Value = serde_json::from_slice(&stdout).expect("JSON");
        let alias = result["account"].as_str().expect("an alias");
        let after = fs::read_to_string(world.path(&path)).expect("the file");
        let Some(mut expected) = meaning(&before) else {
            println!("{}: smol-toml does not take the file", case.name);
            continue;
        };
        let after = meaning(&after).unwrap_or_else(|| panic!("{}: {after}", case.name));
        forget(&mut expected, alias);
        assert_eq!(pruned(&after), pruned(&expected), "{}", case.name);
        seen += 1;
    }
    println!("{seen} files read by smol-toml after a logout");
    assert!(seen > 20, "only {seen}");
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
