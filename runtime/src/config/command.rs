//! The command `config`.

use super::edit;
use super::files::Level;
use super::load::load;
use super::show;
use super::{Config, Setting};
use crate::built_in::{self, Problem};
use crate::console::{Console, print};
use crate::line::{Values, unknown_command};
use crate::model::{Program, Role};

/// Runs a subcommand of `config` with the values of its command line. Returns the exit code.
pub fn run(program: &Program, values: &mut Values) -> u8 {
    let config = &Config::new(program, &values.line);
    let console = values.console(program);
    let dry_run = values.line.is_on(Role::DryRun);
    let result = match values.subcommand() {
        "list" => list(config, &console, values),
        "explain" => explain(config, &console, values),
        "set" => set(config, &console, values, dry_run),
        "unset" => unset(config, &console, values, dry_run),
        other => unknown_command(other),
    };
    built_in::end(program, &console, result)
}

fn list(config: &Config<'_>, console: &Console, values: &Values) -> Result<(), Problem> {
    let loaded = load_with_warnings(config, console);
    let settings = config.settings().iter();
    let settings = settings.map(|setting| (setting, show::steps(setting, &loaded, values)));
    let settings: Vec<_> = settings.collect();
    let text = match console.is_json() {
        true => show::list_json(&settings).print(console.is_pretty()),
        false => show::list(&settings),
    };
    write(&text)
}

fn explain(config: &Config<'_>, console: &Console, values: &mut Values) -> Result<(), Problem> {
    let setting = named_setting(config, console, values)?;
    let loaded = load_with_warnings(config, console);
    let steps = show::steps(setting, &loaded, values);
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
    let setting = named_setting(config, console, values)?;
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
    let setting = named_setting(config, console, values)?;
    let (path, was_there) = edit::unset(config, setting, level(config, values), dry_run)?;
    let path = path.display();
    console.say(&match was_there {
        true if dry_run => format!("`{}` would be removed from {path}", setting.key),
        true => format!("`{}` is no longer set in {path}", setting.key),
        false => format!("`{}` was not set in {path}", setting.key),
    });
    Ok(())
}

/// Finds the setting that the command line names. Warns if that is an earlier name.
fn named_setting<'a>(
    config: &'a Config<'_>,
    console: &Console,
    values: &mut Values,
) -> Result<&'a Setting, Problem> {
    let key = values.required_string("key");
    if let Some(setting) = config.find(&key) {
        setting
            .deprecation(&key)
            .iter()
            .for_each(|text| console.warning(text));
        return Ok(setting);
    }
    let help = match config.nearest(&key) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use `config list` to list all settings".to_owned(),
    };
    Err(Problem::new(format!("unknown setting `{key}`"), help))
}

/// Returns the level of the file to change. If the program has only one such file, there are no options
/// to choose it with.
fn level(config: &Config<'_>, values: &mut Values) -> Option<Level> {
    let files = config.program.files?;
    files.user.and(files.project)?;
    match (values.switch("user"), values.switch("project")) {
        (true, _) => Some(Level::User),
        (_, true) => Some(Level::Project),
        _ => None,
    }
}

/// Loads all files, and reports errors in them as warnings: users run these commands to find such
/// errors.
fn load_with_warnings(config: &Config<'_>, console: &Console) -> super::Loaded {
    let loaded = load(config);
    let invalid: Vec<_> = loaded.invalid_values().collect();
    for problem in loaded.errors.iter().chain(&invalid) {
        console.warning(&problem.message());
    }
    for warning in &loaded.warnings {
        console.warning(warning);
    }
    loaded
}

fn write(text: &str) -> Result<(), Problem> {
    let message = |error| format!("can't write the result to standard output: {error}");
    print(text).map_err(|error| message(error).into())
}
