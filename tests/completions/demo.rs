//! The program whose completions are tested.

use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clapspec_runtime::{Candidate, Done, Ended, Typed};
use cli::DemoExit;

mod cli {
    include!("cli.rs");
}

struct Demo;

/// Handlers that do nothing.
macro_rules! handlers {
    ($($name:ident $args:ident),*) => {
        $(fn $name(&mut self, _: cli::$args) -> Ended<DemoExit> {
            Ok(Done::from(DemoExit::Success))
        })*
    };
}

/// Returns the content of the file `DEMO_VALUES`.
fn values() -> Option<String> {
    std::fs::read_to_string(env::var_os("DEMO_VALUES")?).ok()
}


impl cli::Handlers for Demo {
    fn install(&mut self, _: cli::InstallArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }

    fn show(&mut self, _: cli::ShowArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }

    fn run(&mut self, _: cli::RunArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }

    fn tag_add(&mut self, _: cli::TagAddArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }

    fn tag_remove(&mut self, _: cli::TagRemoveArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }

    handlers! {
        texts_c0 TextsC0Args, texts_c1 TextsC1Args, texts_c2 TextsC2Args, texts_c3 TextsC3Args,
        texts_c4 TextsC4Args, texts_c5 TextsC5Args, texts_c6 TextsC6Args, texts_c7 TextsC7Args,
        texts_c8 TextsC8Args, texts_c9 TextsC9Args, texts_c10 TextsC10Args, texts_c11 TextsC11Args,
        texts_c12 TextsC12Args, texts_c13 TextsC13Args, texts_c14 TextsC14Args, texts_c15 TextsC15Args,
        texts_c16 TextsC16Args, texts_c17 TextsC17Args, texts_options TextsOptionsArgs,
        texts_choices TextsChoicesArgs
    }

    fn secret(&mut self, _: cli::SecretArgs) -> Ended<DemoExit> {
        Ok(Done::from(DemoExit::Success))
    }
}

impl cli::Completers for Demo {
    /// Offers the lines of `DEMO_VALUES`, each with a value, a tab and a description, or usual ones.
    fn complete_values(&mut self, typed: &Typed<'_>) -> Vec<Candidate> {
        match env::var("DEMO_FAULT").as_deref() {
            Ok("hang") => std::thread::sleep(Duration::from_secs(3600)),
            Ok("panic") => panic!("a fault"),
            Ok("print") => {
                println!("{}", "noise\n".repeat(100_000));
                eprintln!("more noise");
            }
            _ => {}
        }
        if let Some(values) = values() {
            let lines = values.lines().map(|line| line.split_once('\t').unwrap_or((line, "")));
            return lines.map(|(value, help)| Candidate::new(value).help(help)).collect();
        }
        let out = typed.get("out").map(|out| format!("into {}", out.display()));
        let about = out.unwrap_or_else(|| "see [1]: a $x `y` %B\\n".to_owned());
        let usual = ["main", "my branch", "a:b", "x*", "$(touch hit)", "it's", "--odd"];
        usual.map(|value| Candidate::new(value).help(&about)).into()
    }
}

fn json(word: &str) -> String {
    let mut out = String::from("\"");
    for c in word.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Writes each request of a shell to the file `DEMO_LOG`, when it begins and when it ends.
fn log(what: &str) {
    let file = env::var_os("DEMO_LOG").map(|path| OpenOptions::new().append(true).create(true).open(path));
    if let Some(Ok(mut file)) = file {
        let words: Vec<String> = env::args_os().map(|word| json(&word.to_string_lossy())).collect();
        writeln!(file, "{what} [{}]", words.join(",")).expect("written");
    }
}

fn main() -> ExitCode {
    log("begin");
    let exit = cli::run(&mut Demo);
    log("end");
    exit
}
