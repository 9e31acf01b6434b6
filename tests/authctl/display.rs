//! Output on a terminal: lines that fit, and color only where it is wanted.

use unicode_width::UnicodeWidthStr;

use super::case::World;
use super::pty::Session;
use super::run::run;
use super::system::SYSTEMS;

/// The widths of the terminals, in columns.
const COLUMNS: [u16; 4] = [40, 60, 80, 120];

/// A terminal that shows color.
const TERM: (&str, &str) = ("TERM", "xterm-256color");

/// Variables and their values.
type Variables = &'static [(&'static str, &'static str)];

/// A world with sessions of all systems, with long names and wide characters.
fn world() -> World {
    let world = World::new();
    let long = "a-registry-with-a-name-that-is-longer-than-any-column-for-it";
    let text =
        format!("[registry]\ntoken = \"SECRET-a\"\n[registries.{long}]\ntoken = \"SECRET-b\"\n");
    world.write("home/credentials.toml", text.as_bytes());
    let text = "[current]\naccount = \"仕事のアカウント\"\n\
        [accounts.\"仕事のアカウント\"]\naccessToken = \"SECRET-c\"\naccountId = \"VgQpOZ\"\n\
        accountName = \"株式会社\"\nuserEmail = \"ann@example.com\"\n\
        [accounts.two]\nauthMethod = \"oauth\"\noauthSessionKey = \"s\"\n\
        [oauthSessions.s]\naccessToken = \"SECRET-d\"\naccessTokenExpiresAt = 1999999999999\n\
        refreshToken = \"SECRET-e\"\n";
    world.write("user/.ably/config", text.as_bytes());
    let config = "user/.config/.btp/config.json";
    let text =
        "{\"ServerURL\":\"https://cli.example\",\"UserName\":\"ann.with.a.long.name@example.com\"}";
    world.write(config, text.as_bytes());
    world.write(&world.session(config), b"SECRET-f");
    world
}

/// The smallest width for lists, which are not shortened.
const LIST: u16 = 60;

/// No line is longer than the terminal is wide. Tables are shortened; lists are not, and show complete
/// paths.
#[test]
fn no_line_is_longer_than_the_terminal() {
    let world = world();
    let directory = world.directory.path().to_string_lossy().into_owned();
    let commands: [(&[&str], bool); 4] = [
        (&["status"], true),
        (&["cargo", "status"], true),
        (&["ably", "accounts", "list"], false),
        (&["btp", "status"], false),
    ];
    for (args, is_table) in commands {
        for columns in COLUMNS {
            let mut session = Session::start_on(&world, args, columns, &[]);
            assert_eq!(session.end(), 0, "{}", session.shown);
            let lines: Vec<&str> = session.shown.lines().collect();
            assert!(lines.len() > 2, "{}", session.shown);
            // A single word, such as a path or the name of a registry, is not wrapped.
            let is_word = |line: &str| !line.trim().contains(' ');
            let counts = |line: &&&str| !is_word(line) && (is_table || !line.contains(&directory));
            let widest = lines.iter().filter(counts).map(|line| line.width()).max();
            let widest = widest.expect("a line");
            let fits = widest <= usize::from(columns);
            let may_not = !is_table && columns < LIST;
            assert!(fits || may_not, "{columns}: {}", session.shown);
            println!("{args:?} on {columns} columns: {widest} columns are used");
        }
    }
}

/// Options and variables control color. Each command reports a file that it can't read.
#[test]
fn color_is_where_it_is_wanted() {
    let cases: [(Variables, &[&str], bool); 8] = [
        (&[TERM], &[], true),
        (&[TERM, ("NO_COLOR", "1")], &[], false),
        (&[("TERM", "dumb")], &[], false),
        (&[TERM], &["--color", "never"], false),
        (&[TERM, ("AUTHCTL_COLOR", "never")], &[], false),
        (
            &[("TERM", "dumb"), ("NO_COLOR", "1")],
            &["--color=always"],
            true,
        ),
        (&[("TERM", "dumb"), ("AUTHCTL_COLOR", "always")], &[], true),
        (&[TERM, ("CLICOLOR_FORCE", "1")], &["--color=never"], false),
    ];
    let mut tried = 0;
    for system in &SYSTEMS {
        let world = system.world("\"");
        for command in [
            system.logout,
            system.status,
            &["status"],
            &["logout", "--all", "--force"],
        ] {
            for (env, option, colored) in cases {
                let args = [command, option].concat();
                let mut session = Session::start_on(&world, &args, 80, env);
                assert_ne!(session.end(), 0, "{}", session.shown);
                let found = session.shown.contains('\u{1b}');
                assert_eq!(found, colored, "{args:?} {env:?}: {}", session.shown);
                tried += 1;
            }
            // In a pipe, there is color only on request.
            for (option, colored) in [("--color=auto", false), ("--color=always", true)] {
                let args = [command, &[option]].concat();
                let said = run(world.authctl(&args)).said;
                assert_eq!(said.contains('\u{1b}'), colored, "{args:?}: {said}");
                tried += 1;
            }
        }
    }
    println!("{tried} runs, with color and without");
}
