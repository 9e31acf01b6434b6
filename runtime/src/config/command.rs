//! The command `config`.

use std::process::ExitCode;

use super::edit;
use super::files::Level;
use super::load::load;
use super::show;
use super::{Config, Setting};
use crate::console::{Console, print};
use crate::line::{Values, unknown_command};
use crate::model::{Program, Role};

/// Carries out a command of `config`: `values` are what it was called with.
pub fn run(program: &Program, values: &mut Values) -> ExitCode {
    let config = &Config::new(program, None);
    let console = values.console(program);
    let dry_run = values.line.is_on(Role::DryRun);
    let result = match values.subcommand() {
        "list" => list(config, &console, values),
        "explain" => explain(config, &console, values),
        "set" => set(config, &console, values, dry_run),
        "unset" => unset(config, &console, values, dry_run),
        other => unknown_command(other),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let help = problem.help.as_deref();
            let failure = program.exits().failure;
            console.error(failure, &problem.message, help);
            ExitCode::from(failure.1)
        }
    }
}

struct Problem {
    message: String,
    help: Option<String>,
}

impl From<String> for Problem {
    fn from(message: String) -> Self {
        let help = None;
        Self { message, help }
    }
}

fn list(config: &Config<'_>, console: &Console, values: &Values) -> Result<(), Problem> {
    let loaded = load_gently(config, console);
    let settings = config.settings().iter();
    let settings = settings.map(|setting| (setting, show::ladder(setting, &loaded, values)));
    let settings: Vec<_> = settings.collect();
    let text = match console.is_json() {
        true => show::list_json(&settings).print(console.is_pretty()),
        false => show::list(&settings),
    };
    write(&text)
}

fn explain(config: &Config<'_>, console: &Console, values: &mut Values) -> Result<(), Problem> {
    let setting = asked_for(config, values)?;
    let loaded = load_gently(config, console);
    let steps = show::ladder(setting, &loaded, values);
    let text = match console.is_json() {
        true => show::explain_json(setting, &steps).print(console.is_pretty()),
        false => show::explain(setting, &steps),
    };
    write(&text)
}

fn set(
    config: &Config<'_>,
    console: &Console,
    values: &mut Values,
    dry_run: bool,
) -> Result<(), Problem> {
    let setting = asked_for(config, values)?;
    let words = values.strings("value");
    let path = edit::set(config, setting, words, level(config, values), dry_run)?;
    let is = if dry_run { "would be" } else { "is" };
    console.say(&format!("`{}` {is} set in {}", setting.key, path.display()));
    Ok(())
}

fn unset(
    config: &Config<'_>,
    console: &Console,
    values: &mut Values,
    dry_run: bool,
) -> Result<(), Problem> {
    let setting = asked_for(config, values)?;
    let (path, was_there) = edit::unset(config, setting, level(config, values), dry_run)?;
    let path = path.display();
    console.say(&match was_there {
        true if dry_run => format!("`{}` would be removed from {path}", setting.key),
        true => format!("`{}` is not set in {path} any more", setting.key),
        false => format!("`{}` was not set in {path}", setting.key),
    });
    Ok(())
}

/// The setting that the command line names.
fn asked_for<'a>(config: &'a Config<'_>, values: &mut Values) -> Result<&'a Setting, Problem> {
    let key = values.required_string("key");
    config.find(&key).ok_or_else(|| Problem {
        message: format!("there is no setting `{key}`"),
        help: Some(match config.nearest(&key) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`config list` shows all settings".to_owned(),
        }),
    })
}

/// The file that is meant. With one file only, there are no options to choose by.
fn level(config: &Config<'_>, values: &mut Values) -> Option<Level> {
    config.files.user.and(config.files.project)?;
    match (values.switch("user"), values.switch("project")) {
        (true, _) => Some(Level::User),
        (_, true) => Some(Level::Project),
        _ => None,
    }
}

/// What is wrong in a file is told, and stops nothing: these commands are there to find it.
fn load_gently(config: &Config<'_>, console: &Console) -> super::Loaded {
    let loaded = load(config);
    let wrong: Vec<_> = loaded.wrong().collect();
    for problem in loaded.errors.iter().chain(&wrong) {
        console.warning(&problem.message());
    }
    for warning in &loaded.warnings {
        console.warning(warning);
    }
    loaded
}

fn write(text: &str) -> Result<(), Problem> {
    let wrong = |error| format!("the result can't be written to standard output: {error}");
    print(text).map_err(|error| wrong(error).into())
}
