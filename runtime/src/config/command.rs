//! The command `config`.

use std::process::ExitCode;

use super::edit;
use super::files::Level;
use super::load::load;
use super::show;
use super::{Config, Setting};
use crate::console::{Console, print};
use crate::{Contract, Roles, Values, unknown_command};

/// Carries out a command of `config`: `values` are what it was called with.
pub fn run(
    config: &'static Config,
    contract: &Contract,
    roles: &Roles,
    values: &mut Values,
) -> ExitCode {
    let (name, mut values) = values.subcommand();
    let console = contract.console(&values, roles);
    let dry_run = roles.dry_run.is_some_and(|id| values.is_on(id));
    let result = match name.as_str() {
        "list" => list(config, &console, &values),
        "explain" => explain(config, &console, &mut values),
        "set" => set(config, &console, &mut values, dry_run),
        "unset" => unset(config, &console, &mut values, dry_run),
        other => unknown_command(other),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let help = problem.help.as_deref();
            console.error(config.failure, &problem.message, help);
            ExitCode::from(config.failure.1)
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

fn list(config: &'static Config, console: &Console, values: &Values) -> Result<(), Problem> {
    let loaded = load_gently(config, console);
    let settings = config.settings.iter();
    let settings = settings.map(|setting| (setting, show::ladder(setting, &loaded, values)));
    let settings: Vec<_> = settings.collect();
    let text = match console.is_json() {
        true => show::list_json(&settings).print(console.is_pretty()),
        false => show::list(&settings),
    };
    write(&text)
}

fn explain(config: &'static Config, console: &Console, values: &mut Values) -> Result<(), Problem> {
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
    config: &'static Config,
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
    config: &'static Config,
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
fn asked_for(config: &'static Config, values: &mut Values) -> Result<&'static Setting, Problem> {
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
fn level(config: &Config, values: &mut Values) -> Option<Level> {
    config.user.and(config.project)?;
    match (values.switch("user"), values.switch("project")) {
        (true, _) => Some(Level::User),
        (_, true) => Some(Level::Project),
        _ => None,
    }
}

/// What is wrong in a file is told, and stops nothing: these commands are there to find it.
fn load_gently(config: &'static Config, console: &Console) -> super::layers::Loaded {
    let loaded = load(config);
    for problem in loaded.errors.iter().chain(&loaded.warnings) {
        console.warning(problem);
    }
    loaded
}

fn write(text: &str) -> Result<(), Problem> {
    let wrong = |error| format!("the result can't be written to standard output: {error}");
    print(text).map_err(|error| wrong(error).into())
}
