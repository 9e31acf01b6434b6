//! Where the values of `authctl`'s settings come from.

use std::process::Output;

use super::case::World;

/// The project's settings.
const PROJECT: &str = "# of the project\n\n[term]\ncolor = \"always\"\n";
/// The user's settings.
const USER: &str = "[term]\nverbose = 1\ncolor = \"never\"\n";

/// A world in which settings are added, layer by layer.
struct Ladder(World);

impl Ladder {
    /// Runs `authctl` with this value of the variable `AUTHCTL_COLOR`.
    fn run(&self, variable: Option<&str>, args: &[&str]) -> Output {
        let mut command = self.0.authctl(args);
        for name in ["AUTHCTL_COLOR", "XDG_CONFIG_HOME", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_DIRS", self.0.path("system"));
        command.envs(variable.map(|value| ("AUTHCTL_COLOR", value)));
        command.output().expect("a run")
    }

    /// The output of `config explain`, with a placeholder for the temporary directory.
    fn explain(&self, variable: Option<&str>, args: &[&str]) -> String {
        let words = [&["config", "explain", "term.color"], args].concat();
        let output = self.run(variable, &words);
        let directory = self.0.directory.path().to_string_lossy().into_owned();
        assert!(output.status.success());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let text = String::from_utf8(output.stdout).expect("text");
        text.replace(&directory, "[TMP]")
    }

    /// Whether the program's messages are colored, which shows the value that is in effect.
    fn is_colored(&self, variable: Option<&str>, args: &[&str]) -> bool {
        let words = [&["cargo", "logout", "--force"], args].concat();
        let output = self.run(variable, &words);
        String::from_utf8_lossy(&output.stderr).contains('\u{1b}')
    }
}

/// The default, the files of the system, the user and the project, the variable and the option: each
/// overrides those before it. `config explain` shows all of them with their locations.
#[test]
fn each_layer_overrides_those_before_it() {
    let ladder = Ladder(World::new());
    // Makes the logout print a warning: there are two files with credentials.
    let add_credentials = |ladder: &Ladder| {
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
    add_credentials(&ladder);
    assert!(ladder.is_colored(None, &[]));
    ladder
        .0
        .write("user/.config/authctl/config.toml", USER.as_bytes());
    assert_eq!(
        winner(&ladder.explain(None, &[])),
        "> user file never [TMP]/user/.config/authctl/config.toml:3"
    );
    add_credentials(&ladder);
    assert!(!ladder.is_colored(None, &[]));
    ladder.0.write("project/.authctl.toml", PROJECT.as_bytes());
    assert_eq!(
        winner(&ladder.explain(None, &[])),
        "> project file always [TMP]/project/.authctl.toml:4"
    );
    add_credentials(&ladder);
    assert!(ladder.is_colored(None, &[]));
    assert_eq!(
        winner(&ladder.explain(Some("never"), &[])),
        "> variable never AUTHCTL_COLOR"
    );
    add_credentials(&ladder);
    assert!(!ladder.is_colored(Some("never"), &[]));
    let whole = ladder.explain(Some("never"), &["--color", "always"]);
    assert_eq!(winner(&whole), "> command line always --color");
    add_credentials(&ladder);
    assert!(ladder.is_colored(Some("never"), &["--color", "always"]));
    insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true }, {
        insta::assert_snapshot!("ladder", whole);
    });
}
