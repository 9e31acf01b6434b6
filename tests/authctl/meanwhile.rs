//! Changes to Ably's file while a logout waits for the server, and logouts from many accounts at once.

use std::collections::BTreeMap;
use std::fs;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::ably::{
    FILE, HOME, LOGOUT, SLOW, account, file, now, session, start, start_with, world,
};
use super::case::World;
use super::run::{Run, end};
use super::server::{Answer, Server};

/// Starts a logout, calls `meanwhile` when both tokens have reached the server, and then lets the server
/// answer.
fn during(text: &str, meanwhile: impl FnOnce(&World)) -> (World, Option<i32>, String) {
    let (arrived, arrivals) = channel();
    let (release, released) = channel::<()>();
    let (arrived, released) = (Mutex::new(arrived), Arc::new(Mutex::new(released)));
    let server = Server::start(move |_| {
        let _ = arrived.lock().expect("no panic").send(());
        // Returns when the sender is dropped.
        let _ = released.lock().expect("no panic").recv();
        super::server::text("200 OK", "", "")
    });
    let world = world(&text.replace("HOST", &server.host));
    let child = start(&world, &LOGOUT);
    for _ in 0..2 {
        arrivals.recv_timeout(SLOW).expect("a request");
    }
    meanwhile(&world);
    drop(release);
    let Run { code, said, .. } = end(child);
    (world, code, said)
}

/// Changes that are made to the file while the server is asked are kept.
#[test]
fn changes_made_meanwhile_stay() {
    let (before, mut tried) = (file("HOST"), 0);
    // Another account is logged out.
    let (world, code, said) = during(&before, |world| {
        let args = ["ably", "accounts", "logout", "home", "--force"];
        assert_eq!(end(start(world, &args)).code, Some(0));
    });
    assert_eq!((code, &*now(&world)), (Some(0), "[current]\n"), "{said}");
    tried += 1;
    // Another account is added and selected.
    let added = "[accounts.new]\naccessToken = \"SECRET-new\"\n\n# the end\n";
    let (world, code, said) = during(&before, |world| {
        let text = now(world).replace("account = \"work\"", "account = \"new\"");
        world.write(FILE, format!("{text}\n{added}").as_bytes());
    });
    let expected = format!("[current]\naccount = \"new\"\n\n{HOME}\n{added}");
    assert_eq!((code, now(&world)), (Some(0), expected), "{said}");
    tried += 1;
    // The account is removed, or the whole file.
    let gone = format!("[current]\n\n{HOME}");
    let (world, code, said) = during(&before, |world| world.write(FILE, gone.as_bytes()));
    assert_eq!((code, now(&world)), (Some(0), gone), "{said}");
    assert!(
        said.contains("the Ably account `work` is already gone from"),
        "{said}"
    );
    tried += 1;
    let (world, code, said) = during(&before, |world| {
        fs::remove_file(world.path(FILE)).expect("removed");
    });
    assert_eq!(
        (code, world.path(FILE).exists()),
        (Some(0), false),
        "{said}"
    );
    tried += 1;
    // The file becomes invalid.
    let (world, code, said) = during(&before, |world| world.write(FILE, b"accounts = 'SECRET'\n"));
    assert_eq!(
        (code, &*now(&world)),
        (Some(1), "accounts = 'SECRET'\n"),
        "{said}"
    );
    assert!(
        said.contains("the server has already revoked tokens"),
        "{said}"
    );
    println!("{} changes while the server was asked", tried + 1);
}

/// An account that is signed in again while the server is asked is kept.
#[test]
fn a_new_login_meanwhile_stays() {
    let before = file("HOST");
    for (old, new) in [
        ("SECRET-access", "SECRET-newer"),
        ("SECRET-refresh", "SECRET-newer"),
        ("oauthSessionKey = \"me::x\"", "oauthSessionKey = \"other\""),
    ] {
        let (world, code, said) = during(&before, |world| {
            world.write(FILE, now(world).replace(old, new).as_bytes());
        });
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains(
                "error: the Ably account `work` was signed in again since this command started"
            ),
            "{said}"
        );
        assert!(now(&world).contains("[accounts.work]") && now(&world).contains(new));
        println!("{old} became {new}");
    }
    // If another account starts to share the session, the session is kept, although it has been revoked.
    let joined = account("joined", "HOST");
    let (world, code, said) = during(&before, |world| {
        world.write(FILE, format!("{}\n{joined}", now(world)).as_bytes());
    });
    let session = session("SECRET-access", "SECRET-refresh");
    let expected = format!("[current]\n\n{HOME}\n{session}\n{joined}");
    assert_eq!((code, now(&world)), (Some(0), expected), "{said}");
    assert!(
        said.contains("warning: its session is now shared with `joined`"),
        "{said}"
    );
}

/// `authctl logout` asks the server once for each session, and for all sessions at the same time.
#[test]
fn all_accounts_at_once() {
    let count = 20;
    let server = Server::start(|_| Answer::Late(Duration::from_secs(1)));
    let mut text = String::from("# mine\n\n[current]\naccount = \"a1\"\n\n");
    for n in 0..count {
        for alias in [format!("a{n}"), format!("b{n}")] {
            let account = account(&alias, &server.host).replace("me::x", &format!("s{n}"));
            text.push_str(&account);
        }
        let session = session(&format!("SECRET-a{n}"), &format!("SECRET-r{n}"));
        text.push_str(&session.replace("me::x", &format!("s{n}")));
    }
    text.push_str(HOME);
    text.push_str(&account("odd", "a/b").replace("me::x", "odd"));
    text.push_str(&session("SECRET-oa", "SECRET-or").replace("me::x", "odd"));
    let world = world(&text);
    let args = ["logout", "ably", "--force", "-v"];
    let Run { code, said, .. } = end(start(&world, &args));
    assert_eq!(code, Some(0), "{said}");
    let warning = "the refresh token of `odd` could not be revoked";
    assert!(said.contains(warning), "{said}");
    let note = "the access tokens of `home` stay valid on the server";
    assert!(said.contains(note), "{said}");
    let world = self::world(&text);
    let args = ["logout", "ably", "--force", "--json"];
    let before = Instant::now();
    let Run { code, said, .. } = end(start(&world, &args));
    let took = before.elapsed();
    println!(
        "2 logouts from {count} sessions of {} accounts, the second in {} ms",
        2 * count,
        took.as_millis()
    );
    assert_eq!(
        (code, &*now(&world)),
        (Some(0), "# mine\n\n[current]\n"),
        "{said}"
    );
    assert_eq!(server.tokens().len(), 2 * 2 * count);
    assert_eq!(
        said.matches("\"system\":\"ably\"").count(),
        2 * count + 2,
        "{said}"
    );
    assert_eq!(said.matches("no valid host").count(), 2, "{said}");
    assert!(took < SLOW, "{took:?}");
    let env = BTreeMap::from([("ABLY_API_KEY".to_owned(), Some("SECRET".to_owned()))]);
    let Run { code, said, .. } = end(start_with(&world, &args, &env));
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("\"place\":\"ABLY_API_KEY\""), "{said}");
}
