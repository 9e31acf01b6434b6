//! Where the values of settings come from, on the real program.

use std::process::Output;

use crate::case::World;

/// The settings of the project.
const PROJECT: &str = "# of the project\n\n[term]\ncolor = \"always\"\n";
/// The settings of the user.
const USER: &str = "[term]\nverbose = 1\ncolor = \"never\"\n";

/// A world in which settings are added, layer by layer.
struct Ladder(World);

impl Ladder {
    /// Runs `authctl` with a value of the variable for color.
    fn run(&self, variable: Option<&str>, args: &[&str]) -> Output {
        let mut command = self.0.authctl(args);
        for name in ["AUTHCTL_COLOR", "XDG_CONFIG_HOME", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_DIRS", self.0.path("system"));
        command.envs(variable.map(|value| ("AUTHCTL_COLOR", value)));
        command.output().expect("a run")
    }

    /// What `config explain` says, with the directory's name taken out.
    fn explain(&self, variable: Option<&str>, args: &[&str]) -> String {
        let words = [&["config", "explain", "term.color"], args].concat();
        let output = self.run(variable, &words);
        let directory = self.0.directory.path().to_string_lossy().into_owned();
        assert!(output.status.success());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let text = String::from_utf8(output.stdout).expect("text");
        text.replace(&directory, "[TMP]")
    }

    /// Whether the program's own messages are colored: this needs the value, not a report of it.
    fn is_colored(&self, variable: Option<&str>, args: &[&str]) -> bool {
        let words = [&["cargo", "logout", "--force"], args].concat();
        let output = self.run(variable, &words);
        String::from_utf8_lossy(&output.stderr).contains('\u{1b}')
    }
}

/// The default, the system's file, the user's, the project's, the variable and the option: each wins
/// over those before it, and the ladder shows all of them with their places.
#[test]
fn each_layer_wins_in_its_turn() {
    let ladder = Ladder(World::new());
    // Something to say: a variable holds a token.
    let warned = |ladder: &Ladder| {
        ladder
            .0
            .write("home/credentials", b"[registry]\ntoken = \"SECRET-a\"\n");
        ladder.0.write(
            "home/credentials.toml",
            b"[registry]\ntoken = \"SECRET-a\"\n",
        );
    };
    let winner = |text: &str| {
        let line = text.lines().find(|line| line.starts_with('>'));
        line.expect("one wins")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(winner(&ladder.explain(None, &[])), "> default auto");
    ladder
        .0
        .write("system/authctl/config.toml", b"term.color = \"always\"\n");
    assert_eq!(
        winner(&ladder.explain(None, &[])),
        "> system file always [TMP]/system/authctl/config.toml:1"
    );
    warned(&ladder);
    assert!(ladder.is_colored(None, &[]));
    ladder
        .0
        .write("user/.config/authctl/config.toml", USER.as_bytes());
    assert_eq!(
        winner(&ladder.explain(None, &[])),
        "> user file never [TMP]/user/.config/authctl/config.toml:3"
    );
    warned(&ladder);
    assert!(!ladder.is_colored(None, &[]));
    ladder.0.write("project/.authctl.toml", PROJECT.as_bytes());
    assert_eq!(
        winner(&ladder.explain(None, &[])),
        "> project file always [TMP]/project/.authctl.toml:4"
    );
    warned(&ladder);
    assert!(ladder.is_colored(None, &[]));
    assert_eq!(
        winner(&ladder.explain(Some("never"), &[])),
        "> variable never AUTHCTL_COLOR"
    );
    warned(&ladder);
    assert!(!ladder.is_colored(Some("never"), &[]));
    let whole = ladder.explain(Some("never"), &["--color", "always"]);
    assert_eq!(winner(&whole), "> command line always --color");
    warned(&ladder);
    assert!(ladder.is_colored(Some("never"), &["--color", "always"]));
    insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true }, {
        insta::assert_snapshot!("ladder", whole);
    });
}
