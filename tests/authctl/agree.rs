//! `status`, the status of each system and `logout` agree on the sessions that exist.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::case::{Case, World};
use super::run::output;

/// Sessions: the system, account, source and place of each, with its state.
type Sessions = BTreeMap<[String; 4], String>;

/// Runs a command in the world of a case, with its environment, and reads its result.
fn result(world: &World, case: &Case, args: &[&str]) -> Option<Value> {
    let mut command: Command = world.command(world.program(), &case.env);
    if let Some(cwd) = &case.cwd {
        command.current_dir(world.path(cwd));
    }
    command.args(args);
    let output = output(command, "");
    serde_json::from_slice(&output.stdout).ok()
}

/// The sessions in this member of a result.
fn sessions(result: &Value, member: &str) -> Sessions {
    let all = result[member].as_array().expect("a list").iter();
    all.map(|session| {
        let text = |key: &str| session[key].as_str().expect("a string").to_owned();
        let key = ["system", "account", "source", "place"].map(text);
        (key, text("state"))
    })
    .collect()
}

/// The sessions of one system.
fn of(sessions: &Sessions, system: &str) -> Sessions {
    let of_system = |(key, _): &(&[String; 4], &String)| key[0] == system;
    let found = sessions.iter().filter(of_system);
    found
        .map(|(key, state)| (key.clone(), state.clone()))
        .collect()
}

/// How many times each kind of comparison was made.
#[derive(Debug, Default)]
struct Counts {
    homes: usize,
    sessions: usize,
    systems: usize,
    clean: usize,
}

/// Checks that the status of each system shows the same sessions as `authctl status`. The status of a
/// system with a problem may fail instead.
fn compare_systems(world: &World, case: &Case, status: &Value, counts: &mut Counts) {
    let all = sessions(status, "sessions");
    for (system, args) in [
        ("cargo", &["cargo", "status", "--json"][..]),
        ("ably", &["ably", "accounts", "list", "--json"]),
        ("btp", &["btp", "status", "--json"]),
    ] {
        let has_problem = |problem: &Value| problem["system"] == system;
        let mut problems = status["problems"].as_array().expect("a list").iter();
        let Some(own) = result(world, case, args) else {
            assert!(
                problems.any(has_problem),
                "{}: {args:?} has no result",
                case.name
            );
            continue;
        };
        let own = sessions(&own, "sessions");
        assert_eq!(own, of(&all, system), "{}: {args:?}", case.name);
        counts.systems += 1;
    }
}

/// Checks that `logout --all` removes or reports each session that `status` shows, and no others, and
/// that `status` then shows the reported ones.
fn compare_logout(world: &World, case: &Case, status: &Value, counts: &mut Counts) {
    let name = &case.name;
    let before = sessions(status, "sessions");
    let logout = result(world, case, &["logout", "--all", "--force", "--json"]);
    let logout = logout.unwrap_or_else(|| panic!("{name}: logout has no result"));
    let (removed, left) = (sessions(&logout, "removed"), sessions(&logout, "left"));
    for (session, state) in &before {
        let there = removed.get(session).or_else(|| left.get(session));
        assert!(
            there.is_some(),
            "{name}: {session:?}, {state}: neither removed nor left"
        );
        counts.sessions += 1;
    }
    for session in removed.keys().chain(left.keys()) {
        assert!(
            before.contains_key(session),
            "{name}: {session:?}: unknown to status"
        );
    }
    let after = result(world, case, &["status", "--json"]).expect("a status");
    assert_eq!(
        sessions(&after, "sessions"),
        left,
        "{name}: after the logout"
    );
}

/// In every case, `status`, the status of each system and `logout` agree, and `status` reports `clean`
/// only if it found nothing and could read everything.
#[test]
fn status_and_logout_agree() {
    let mut counts = Counts::default();
    for case in Case::all() {
        let world = case.build();
        let Some(status) = result(&world, &case, &["status", "--json"]) else {
            panic!("{}: status has no result", case.name);
        };
        let is_empty = |member: &str| status[member].as_array().expect("a list").is_empty();
        let is_clean = is_empty("sessions") && is_empty("problems");
        assert_eq!(status["verdict"] == "clean", is_clean, "{}", case.name);
        compare_systems(&world, &case, &status, &mut counts);
        compare_logout(&world, &case, &status, &mut counts);
        counts.homes += 1;
        counts.clean += usize::from(is_clean);
    }
    println!("{counts:?}: no difference");
    assert!(counts.homes > 400 && counts.sessions > 400 && counts.clean > 10);
}
