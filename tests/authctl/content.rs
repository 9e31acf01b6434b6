//! Files with the wrong things in them, or with far too many: each run ends soon, in little memory, with
//! a message that names the file, and changes nothing.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use crate::case::World;
use crate::system::{CARGO, SYSTEMS, System, run};

/// How long a run may take, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(20);
/// The size of a large file.
const LARGE: usize = 100_000_000;
/// The depth of what is nested.
const DEEP: usize = 100_000;
/// Runs a command that may use 256 MiB of address space.
const IN_LITTLE_MEMORY: [&str; 4] = ["sh", "-c", "ulimit -v 262144; exec \"$@\"", "sh"];

/// Runs a logout that must be refused, and checks that nothing but a message comes of it.
fn refused(system: &System, world: &World, what: &str) {
    let before = World::new();
    let keep = before.path("kept");
    fs::copy(system.path(world), &keep).expect("a copy");
    let start = Instant::now();
    let out = run(system.logout_with(world, &IN_LITTLE_MEMORY));
    let time = start.elapsed();
    let what = format!("{}: {what}", system.name);
    let said: String = out.said.chars().take(2000).collect();
    assert_eq!(out.code, Some(1), "{what}: {said}");
    assert!(time < SOON, "{what}: {time:?}");
    let error = out.said.lines().find(|line| line.starts_with("error: "));
    let error = error.unwrap_or_else(|| panic!("{what}: {said}"));
    assert!(error.contains(system.file), "{what}: {error}");
    assert!(error.len() < 1000, "{what}: {error}");
    let same = fs::read(&keep).expect("a copy") == fs::read(system.path(world)).expect("a file");
    assert!(same, "{what}: the file changed");
    assert_eq!(system.names(world), [system.file], "{what}");
}

/// Texts that are not what they should be: what is wrong, and the text.
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
    texts.push(("nothing but a quote".to_owned(), b"\"".to_vec()));
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
    println!("{tried} malformed files");
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
    println!("{tried} files of 100 MB");
}

/// Keys that cargo has, in its configuration or its credentials, each with a value of the type that it
/// must have; a `+` stands for the value.
const KEYS: [(&str, &str, &str); 14] = [
    ("credentials.toml", "token = +", "'a'"),
    ("credentials.toml", "registry = +", "{}"),
    ("credentials.toml", "registry.token = +", "'a'"),
    ("credentials.toml", "registry.secret-key = +", "'a'"),
    ("credentials.toml", "registries = +", "{}"),
    ("credentials.toml", "registries.mine = +", "{}"),
    ("credentials.toml", "registries.mine.token = +", "'a'"),
    (
        "credentials.toml",
        "registries.mine.secret-key-subject = +",
        "'a'",
    ),
    ("config.toml", "registry = +", "{}"),
    ("config.toml", "registry.default = +", "'crates-io'"),
    (
        "config.toml",
        "registry.global-credential-providers = +",
        "[]",
    ),
    ("config.toml", "registry.credential-provider = +", "'a'"),
    ("config.toml", "registry.token = +", "'a'"),
    ("config.toml", "include = +", "[]"),
];

/// Values of all types.
const VALUES: [&str; 9] = [
    "'SECRET'",
    "5",
    "-1.5",
    "true",
    "1979-05-27",
    "[5]",
    "[]",
    "[['SECRET']]",
    "{ SECRET = 5 }",
];

/// Every key with a value of every type: an error names the file and the key, and nothing changes.
#[test]
fn wrong_types_change_nothing() {
    let (mut refused, mut taken) = (0, 0);
    for (file, key, right) in KEYS {
        let registry = if key.contains("mine") {
            "mine"
        } else {
            "crates-io"
        };
        for value in VALUES {
            let world = CARGO.world("");
            world.write(
                "user/mine.toml",
                b"registries.mine.index = 'https://mine.example/'",
            );
            // The names in the configuration are no secrets.
            let value = match file {
                "config.toml" => value.replace("'SECRET'", "'crates-io'"),
                _ => value.to_owned(),
            };
            let text = format!("{}\n", key.replace('+', &value));
            world.write(&format!("home/{file}"), text.as_bytes());
            let mut command = CARGO.logout(&world);
            command.args(["--config", "../user/mine.toml", "--registry", registry]);
            if key.contains("default") {
                command = CARGO.logout(&world);
            }
            let out = run(command);
            let what = format!("{text}{}", out.said);
            if out.code == Some(1) {
                let name = key.split(" = ").next().expect("a key");
                let named = out.said.contains(&format!("{file}: `{name}` must be "));
                assert!(named || key.contains("include"), "{what}");
                let now = fs::read_to_string(world.path(&format!("home/{file}")));
                assert_eq!(now.expect("the file"), text, "{what}");
                refused += 1;
            } else {
                assert!([Some(0), Some(3)].contains(&out.code), "{what}");
                taken += 1;
            }
        }
        let world = CARGO.world("");
        world.write(&format!("home/{file}"), key.replace('+', right).as_bytes());
        let out = run(CARGO.logout(&world));
        assert!(
            [Some(0), Some(3)].contains(&out.code),
            "{key}: {}",
            out.said
        );
    }
    println!("{refused} values of a wrong type refused, {taken} of a right one taken");
    assert!(refused > 7 * KEYS.len() - 10);
}
