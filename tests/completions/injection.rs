//! Texts that would run a command or break a line if a shell evaluated them, in every place of a spec,
//! a program and a directory. Nothing runs, and what is inserted reaches the program as it was.

use std::fs;

use clapspec_runtime::complete::Shell;

use super::shells::{Home, demo};
use super::terminal::{PATIENT, Terminal};
use super::{in_parallel, installed};

/// The texts. Each would create the file `hit`, or change the line.
const PAYLOADS: [&str; 18] = [
    "$(touch hit)",
    "`touch hit`",
    "; touch hit #",
    "'; touch hit; '",
    "\"; touch hit; \"",
    "a|touch hit&",
    "(touch hit)",
    "x\\$(touch hit)\\",
    "$HOME ${PATH}",
    "~/x",
    "*",
    "[a]{b,c}?",
    "%F{red}%n$'\\x41'",
    "a  b",
    "#x",
    "=touch !touch !!",
    "<hit >hit",
    "日本 é e\u{301} 🦀",
];

/// The place of the text that a shell inserts.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A value that the program offers.
    Value,
    /// A value that the program offers, after an equals sign.
    AttachedValue,
    /// The name of a file.
    File,
    /// The name of a directory.
    Directory,
    /// A value that the user is typing within double quotes.
    InDoubleQuotes,
    /// A value that the user is typing within single quotes.
    InSingleQuotes,
}

const PLACES: [Place; 6] = [
    Place::Value,
    Place::AttachedValue,
    Place::File,
    Place::Directory,
    Place::InDoubleQuotes,
    Place::InSingleQuotes,
];

impl Place {
    /// Returns the text for this place.
    fn payload(self, payload: &str) -> String {
        match self {
            Self::File | Self::Directory => format!("z{}", payload.replace('/', "_")),
            _ => format!("z{payload}"),
        }
    }

    /// Prepares the place, and returns what is typed before Tab.
    fn prepare(self, home: &Home, payload: &str) -> &'static str {
        match self {
            Self::File => home.write(&format!("work/{payload}"), ""),
            Self::Directory => {
                fs::create_dir(home.path("work").join(payload)).expect("created");
            }
            _ => home.write("values", payload),
        }
        match self {
            Self::Value => "demo show z",
            Self::AttachedValue => "demo install --pkg=z",
            Self::File => "demo run -- cat z",
            Self::Directory => "demo install --out z",
            Self::InDoubleQuotes => "demo show \"z",
            Self::InSingleQuotes => "demo show 'z",
        }
    }

    /// Removes what was prepared.
    fn clean(self, home: &Home, payload: &str) {
        let path = home.path("work").join(payload);
        match self {
            Self::File => fs::remove_file(path).expect("removed"),
            Self::Directory => fs::remove_dir(path).expect("removed"),
            _ => {}
        }
    }

    /// Returns the last argument that the program must get.
    fn expected(self, payload: &str, shell: Shell) -> String {
        match self {
            // When Enter is pressed, zsh removes the slash that it added.
            Self::Directory if shell == Shell::Zsh => payload.to_owned(),
            Self::AttachedValue => format!("--pkg={payload}"),
            Self::Directory => format!("{payload}/"),
            _ => payload.to_owned(),
        }
    }

    /// Whether a shell can complete there.
    fn is_for(self, shell: Shell) -> bool {
        match self {
            // Nushell starts a string of its own.
            Self::InDoubleQuotes | Self::InSingleQuotes => shell != Shell::Nushell,
            _ => true,
        }
    }
}

fn home(shell: Shell) -> Home {
    let mut home = Home::new(shell);
    home.add_program("demo", demo());
    home.add_script("demo", "demo");
    let path = home.path("values").into();
    home.variables.push(("DEMO_VALUES".to_owned(), path));
    home
}

fn has_run(home: &Home) -> bool {
    let hits = ["work/hit", "hit"];
    hits.iter().any(|hit| home.path(hit).exists())
}

/// Inserts a payload and runs the line. Fails if the program gets anything else.
fn insert(home: &Home, terminal: &mut Terminal, place: Place, payload: &str) -> Result<(), String> {
    let shell = home.shell;
    let typed = place.prepare(home, payload);
    terminal.type_keys(typed);
    terminal.tab();
    terminal.close_menu();
    let screen = terminal.screen();
    let found = terminal.run_line().pop().unwrap_or_default();
    place.clean(home, payload);
    match found == place.expected(payload, shell) && !has_run(home) {
        true => Ok(()),
        false => {
            let shell = shell.name();
            Err(format!(
                "{place:?}, `{payload}`, {shell}: the program got `{found}`\n{screen}"
            ))
        }
    }
}

#[test]
fn inserted_texts_reach_the_program_and_run_nothing() {
    let jobs = installed()
        .iter()
        .flat_map(|shell| PLACES.map(|place| (*shell, place)));
    let jobs: Vec<_> = jobs.filter(|(shell, place)| place.is_for(*shell)).collect();
    let problems = in_parallel(&jobs, |&(shell, place)| {
        let mut home = home(shell);
        let mut terminal = home.start();
        let tries = PAYLOADS.map(|payload| {
            let payload = place.payload(payload);
            let first = insert(&home, &mut terminal, place, &payload).err()?;
            assert!(!has_run(&home), "a command was run: {first}");
            // The line may be incomplete, and the machine busy.
            home.quiet = PATIENT;
            terminal = home.start();
            insert(&home, &mut terminal, place, &payload).err()
        });
        tries.into_iter().flatten().collect()
    });
    let tries = jobs.len() * PAYLOADS.len();
    println!("{tries} tries, {} problems", problems.len());
    assert!(
        problems.is_empty(),
        "{} of {tries}:\n{}",
        problems.len(),
        problems.join("\n\n")
    );
}

/// Presses Tab where texts are listed, and looks for them on the screen.
fn list(terminal: &mut Terminal, typed: &str, shell: Shell) -> String {
    terminal.type_keys(typed);
    terminal.tab();
    if shell == Shell::Bash {
        terminal.tab();
    }
    terminal.screen()
}

#[test]
fn listed_texts_run_nothing() {
    // What is typed, for descriptions of each kind of text in a spec, and of a program's own values.
    let places = [
        "demo texts ",
        "demo texts options --o",
        "demo texts choices --choice=",
        "demo texts choices --suggested ",
        "demo show ",
    ];
    let jobs = installed()
        .iter()
        .flat_map(|shell| places.map(|place| (*shell, place)));
    let jobs: Vec<_> = jobs.collect();
    let problems = in_parallel(&jobs, |&(shell, typed)| {
        let home = home(shell);
        let values = PAYLOADS.iter().zip('a'..);
        let values: Vec<String> = values
            .map(|(text, name)| format!("{name}\t{text}"))
            .collect();
        home.write("values", &values.join("\n"));
        let mut terminal = home.start();
        let screen = list(&mut terminal, typed, shell);
        let what = match (has_run(&home), screen.contains("touch hit")) {
            (true, _) => Some("a command was run"),
            (false, false) => Some("no text is listed"),
            (false, true) => None,
        };
        let place = format!("`{typed}`, {}", shell.name());
        what.map(|what| format!("{place}: {what}\n{screen}"))
            .into_iter()
            .collect()
    });
    println!("{} lists, {} problems", jobs.len(), problems.len());
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// What a user types is not run either, wherever the cursor is in it.
#[test]
fn typed_texts_run_nothing() {
    let shells = installed().iter().filter(|shell| **shell != Shell::Nushell);
    let jobs = shells.flat_map(|shell| PAYLOADS.map(|payload| (*shell, payload)));
    let jobs: Vec<_> = jobs.collect();
    let problems = in_parallel(&jobs, |&(shell, payload)| {
        let home = home(shell);
        // At the cursor, zsh expands a substitution itself, without a script.
        let end = if shell == Shell::Zsh { " " } else { "" };
        let tries = [
            format!("demo show {payload}{end}"),
            format!("demo --config={payload} show "),
        ];
        let run = tries.into_iter().filter(|typed| {
            let mut terminal = home.start();
            terminal.type_keys(typed);
            terminal.settle();
            terminal.tab();
            let has_run = has_run(&home);
            let _ = fs::remove_file(home.path("work/hit"));
            has_run
        });
        run.map(|typed| format!("`{typed}`, {}: a command was run", shell.name()))
            .collect()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Values with control characters are never offered, since no shell inserts them safely.
#[test]
fn control_characters_are_never_offered() {
    let jobs: Vec<Shell> = installed().to_vec();
    let problems = in_parallel(&jobs, |&shell| {
        let home = home(shell);
        home.write(
            "values",
            "z\u{1b}[2Jq\nz\rq\nz\u{7}q\nz\u{202e}q\nz\u{9b}q\nz\u{2028}q",
        );
        let mut terminal = home.start();
        terminal.type_keys("demo show z");
        terminal.tab();
        terminal.close_menu();
        let line = terminal.line();
        let is_same = line.trim_end() == "demo show z";
        (!is_same)
            .then(|| format!("{}: `{line}`", shell.name()))
            .into_iter()
            .collect()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// The test above can fail: the scripts of clap_complete run a value on Tab.
#[test]
fn clap_complete_would_be_caught() {
    let value = "$(touch${IFS}hit)";
    let argument = clap::Arg::new("value")
        .long("value")
        .value_parser([value, "other"]);
    let command = clap::Command::new("demo").arg(argument);
    let jobs = [
        (Shell::Bash, clap_complete::Shell::Bash),
        (Shell::Zsh, clap_complete::Shell::Zsh),
        (Shell::Fish, clap_complete::Shell::Fish),
    ];
    let caught = in_parallel(&jobs, |&(shell, its)| {
        if !installed().contains(&shell) {
            return Vec::new();
        }
        let mut script = Vec::new();
        clap_complete::generate(its, &mut command.clone(), "demo", &mut script);
        let mut home = Home::new(shell);
        home.add_program("demo", demo());
        home.write("script", &String::from_utf8(script).expect("text"));
        home.lines += "source ~/script\n";
        let mut terminal = home.start();
        terminal.type_keys("demo --value ");
        terminal.tab();
        terminal.tab();
        let caught = has_run(&home).then(|| shell.name().to_owned());
        caught.into_iter().collect()
    });
    println!("clap_complete's scripts run a value in: {caught:?}");
    let installed = installed().contains(&Shell::Bash);
    let has_bash = caught.iter().any(|name| name == "bash");
    assert!(!installed || has_bash, "{caught:?}");
}

/// Returns the commands of the program with these texts in all places.
pub fn commands() -> String {
    // In Markdown, a backslash makes a sign text.
    let sign = |c: char| {
        if c.is_ascii_punctuation() {
            format!("\\{c}")
        } else {
            c.to_string()
        }
    };
    let markdown = |text: &str| text.chars().map(sign).collect::<String>();
    let quoted = |text: &str| format!("'{}'", markdown(text).replace('\'', "''"));
    let mut out = String::from("  texts:\n    about: Texts\n    hidden: true\n    commands:\n");
    for (at, payload) in PAYLOADS.iter().enumerate() {
        out += &format!("      c{at}: {{ about: {} }}\n", quoted(payload));
    }
    out += "      options:\n        about: Texts of options\n        options:\n";
    for (at, payload) in PAYLOADS.iter().enumerate() {
        out += &format!("          o{at}: {{ help: {} }}\n", quoted(payload));
    }
    out += "      choices:\n        about: Texts of values\n        options:\n          choice:\n            value: V\n            equals: true\n            help: A choice\n            choices:\n";
    for (payload, name) in PAYLOADS.iter().zip('a'..) {
        out += &format!("              {name}: {}\n", quoted(payload));
    }
    out += "          suggested:\n            value: V\n            help: A suggestion\n            suggest:\n";
    for (payload, name) in PAYLOADS.iter().zip('a'..) {
        out += &format!("              {name}: {}\n", quoted(payload));
    }
    out
}
