//! Malformed and very large files: each run ends soon, uses little memory, reports an error that names
//! the file, and changes nothing.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use super::case::World;
use super::run::run;
use super::system::{CARGO, SYSTEMS, System, wrapped};

/// How long a run may take, with a margin for busy machines.
const SOON: Duration = Duration::from_secs(20);
/// The size of a large file.
const LARGE: usize = 100_000_000;
/// The depth of nested values.
const DEEP: usize = 100_000;
/// Runs a command with at most 256 MiB of address space.
const IN_LITTLE_MEMORY: [&str; 4] = ["sh", "-c", "ulimit -v 262144; exec \"$@\"", "sh"];

/// Runs the commands that read the file of a system, and checks that each reports an error and changes
/// nothing.
fn refused(system: &System, world: &World, what: &str) {
    let before = World::new();
    let keep = before.path("kept");
    fs::copy(system.path(world), &keep).expect("a copy");
    for (args, code, start) in [
        (&[system.logout, &["-vv"]].concat()[..], 1, "error: "),
        (system.status, 1, "error: "),
        (&["status"], 4, "warning: "),
    ] {
        let begin = Instant::now();
        let out = run(wrapped(world, &IN_LITTLE_MEMORY, args));
        let time = begin.elapsed();
        let what = format!("{args:?}: {what}");
        let said: String = out.said.chars().take(2000).collect();
        assert_eq!(out.code, Some(code), "{what}: {said}");
        assert!(time < SOON, "{what}: {time:?}");
        let error = out.said.lines().find(|line| line.starts_with(start));
        let error = error.unwrap_or_else(|| panic!("{what}: {said}"));
        assert!(error.contains(system.file), "{what}: {error}");
        assert!(error.len() < 1000, "{what}: {error}");
    }
    let same = fs::read(&keep).expect("a copy") == fs::read(system.path(world)).expect("a file");
    assert!(same, "{}: {what}: the file changed", system.name);
    assert_eq!(system.names(world), [system.file], "{what}");
}

/// Malformed files: what is wrong, and the content.
fn malformed(system: &System) -> Vec<(String, Vec<u8>)> {
    let good = (system.text)(20);
    let mut texts = Vec::new();
    // Cut within the first table, where no system's format can end.
    let header = good.find("SECRET").expect("a token") + 3;
    texts.push(("cut within a token".to_owned(), good[..header].into()));
    for byte in [0x00, 0x01, 0xff, 0xc3] {
        let mut bytes = good.clone().into_bytes();
        bytes[header] = byte;
        texts.push((format!("a byte {byte:#04x} in a token"), bytes));
    }
    texts.push(("only a quote".to_owned(), b"\"".to_vec()));
    texts.push(("a page of zeros".to_owned(), vec![0; 4096]));
    for (open, what) in [
        ("[", "lists"),
        ("{\"a\":", "objects"),
        ("a = [", "a list"),
        ("a = {b=", "tables"),
    ] {
        texts.push((format!("deep {what}"), open.repeat(DEEP).into_bytes()));
    }
    texts.push((
        "deep list of a key".to_owned(),
        format!("a = {}", "[".repeat(DEEP)).into_bytes(),
    ));
    texts.push((
        "deep dotted key".to_owned(),
        format!("a{} = SECRET", ".a".repeat(DEEP)).into_bytes(),
    ));
    texts
}

#[test]
fn malformed_files_change_nothing() {
    let mut tried = 0;
    for system in &SYSTEMS {
        for (what, bytes) in malformed(system) {
            let world = system.world("");
            system.write(&world, &bytes);
            refused(system, &world, &what);
            tried += 1;
        }
    }
    println!(
        "{tried} malformed files, each with a logout, a status, and the status of all systems"
    );
}

#[test]
fn large_files_change_nothing() {
    let mut tried = 0;
    for system in &SYSTEMS {
        let text = (system.text)(1000);
        let world = system.world(&text);
        let file = File::options()
            .write(true)
            .open(system.path(&world))
            .expect("the file");
        file.set_len(LARGE as u64).expect("a length");
        refused(system, &world, "100 MB of zeros");
        let world = system.world(&text.repeat(LARGE / text.len() + 1));
        refused(system, &world, "100 MB of text");
        tried += 2;
    }
    println!("{tried} files of 100 MB, each with the same commands");
}

/// A key of cargo's configuration or credentials.
struct Key {
    /// The file that contains the key.
    file: &'static str,
    /// The text of the file, with a `+` for the value; the first line begins with the key.
    text: &'static str,
    /// The registry to log out from, or `None` for cargo's default.
    registry: Option<&'static str>,
    /// The names of the [`VALUES`] that the key accepts.
    accepts: &'static [&'static str],
}

/// A key of credentials.
const fn secret(
    text: &'static str,
    registry: &'static str,
    accepts: &'static [&'static str],
) -> Key {
    Key {
        file: "credentials.toml",
        text,
        registry: Some(registry),
        accepts,
    }
}

/// A key of the configuration.
const fn setting(
    text: &'static str,
    registry: Option<&'static str>,
    accepts: &'static [&'static str],
) -> Key {
    Key {
        file: "config.toml",
        text,
        registry,
        accepts,
    }
}

/// Values of all types, with their names.
const VALUES: [(&str, &str); 10] = [
    ("string", "'SECRET'"),
    ("integer", "5"),
    ("float", "-1.5"),
    ("boolean", "true"),
    ("date", "1979-05-27"),
    ("integers", "[5]"),
    ("empty list", "[]"),
    ("strings", "['SECRET']"),
    ("lists", "[['SECRET']]"),
    ("table", "{ 'SECRET' = 5 }"),
];

/// The types of a credential provider: a string, or a list with a program and its arguments.
const COMMAND: &[&str] = &["string", "empty list", "strings"];

/// All keys that a logout reads.
const KEYS: [Key; 23] = [
    setting("include = +", None, &["empty list", "strings"]),
    secret("token = +", "crates-io", &["string"]),
    secret("registry = +", "crates-io", &["table"]),
    secret("registry.token = +", "crates-io", &["string"]),
    secret("registry.secret-key = +", "crates-io", &["string"]),
    secret("registry.secret-key-subject = +", "crates-io", &["string"]),
    secret("registries = +", "mine", &["table"]),
    secret("registries.mine = +", "mine", &["table"]),
    secret("registries.mine.token = +", "mine", &["string"]),
    secret("registries.mine.secret-key = +", "mine", &["string"]),
    secret(
        "registries.mine.secret-key-subject = +",
        "mine",
        &["string"],
    ),
    setting("registry = +", None, &["table"]),
    setting("registry.default = +", None, &["string"]),
    setting("registry.token = +", Some("crates-io"), &["string"]),
    setting(
        "registry.credential-provider = +",
        Some("crates-io"),
        COMMAND,
    ),
    setting(
        "registry.global-credential-providers = +",
        Some("crates-io"),
        &["empty list", "strings"],
    ),
    setting("registries = +", Some("mine"), &["table"]),
    setting("registries.mine = +", Some("mine"), &["table"]),
    setting("registries.other.index = +", Some("other"), &["string"]),
    setting("registries.mine.token = +", Some("mine"), &["string"]),
    setting(
        "registries.mine.credential-provider = +",
        Some("mine"),
        COMMAND,
    ),
    setting(
        "credential-alias = +\nregistry.credential-provider = 'a'",
        None,
        &["table"],
    ),
    setting(
        "credential-alias.a = +\nregistry.credential-provider = 'a'",
        None,
        COMMAND,
    ),
];

/// Whether a logout accepts this value of a key. If not, checks that the error names the file and the
/// key, and that nothing has changed.
fn is_accepted(key: &Key, value: &str) -> bool {
    let world = CARGO.world("");
    let mine = "registries.mine.index = 'https://mine.example/'";
    world.write("user/mine.toml", mine.as_bytes());
    let (name, _) = key.text.split_once(" = ").expect("a key");
    // The strings in the configuration are not secret.
    let string = match (key.file, name) {
        ("credentials.toml", _) => "SECRET",
        (_, "include") => "../user/mine.toml",
        (_, "registries.other.index") => "https://other.example/",
        _ => "crates-io",
    };
    let value = value.replace("SECRET", string);
    let text = format!("{}\n", key.text.replace('+', &value));
    let path = format!("home/{}", key.file);
    world.write(&path, text.as_bytes());
    let mut command = CARGO.logout(&world);
    command.args(["--config", "../user/mine.toml"]);
    let registry = key.registry.map(|name| format!("--registry={name}"));
    command.args(registry);
    let out = run(command);
    let what = format!("{text}{}", out.said);
    if out.code != Some(1) {
        assert!([0, 3, 6, 7].map(Some).contains(&out.code), "{what}");
        return true;
    }
    let said = format!("{}: `{name}` must be ", key.file);
    assert!(out.said.contains(&said), "{what}");
    let now = fs::read_to_string(world.path(&path));
    assert_eq!(now.expect("the file"), text, "{what}");
    false
}

/// Each key accepts values of its own types, and no others.
#[test]
fn wrong_types_change_nothing() {
    let mut accepted = 0;
    for key in &KEYS {
        let values = VALUES.iter().filter(|(_, value)| is_accepted(key, value));
        let names: Vec<&str> = values.map(|(name, _)| *name).collect();
        assert_eq!(names, key.accepts, "{}: {}", key.file, key.text);
        accepted += names.len();
    }
    println!(
        "{} keys, each with {} types: {accepted} values accepted, all others refused",
        KEYS.len(),
        VALUES.len()
    );
}
