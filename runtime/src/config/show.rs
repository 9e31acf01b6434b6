//! Showing settings: `list` and `explain`.

use super::Setting;
use super::files::Level;
use super::json::Json;
use super::loaded::Loaded;
use crate::line::{Values, variable_words};
use crate::model::Kind;
use crate::origin::Origin;
use crate::text::printable;

/// The maximum width of a line, in columns.
const WIDTH: usize = 80;

/// A source that the value of a setting may come from.
#[derive(Debug)]
pub(crate) struct Step {
    name: &'static str,
    /// The option, variable or file. A file that has a value is shown with its line.
    place: String,
    /// The value, or the reason why there is none.
    value: Result<Vec<String>, &'static str>,
}

/// Returns all sources that the value of a setting may come from, in the order of their precedence.
pub(crate) fn steps(setting: &Setting, loaded: &Loaded, values: &Values) -> Vec<Step> {
    let mut steps = vec![Step {
        name: "command line",
        place: setting.arg.written(),
        value: on_command_line(setting, values).ok_or("not given"),
    }];
    let variables = setting.arg.env.iter();
    steps.extend(variables.map(|variable| Step {
        name: "variable",
        place: (*variable).to_owned(),
        value: in_variable(setting, variable, values),
    }));
    let layers = loaded.layers.iter();
    let layers = layers.filter(|layer| setting.may_be_in(layer.level));
    steps.extend(layers.map(|layer| {
        let path = printable(&layer.path.display().to_string());
        let entry = layer.values.get(setting.key);
        let value = match entry.map(|entry| &entry.words) {
            Some(Ok(words)) => Ok(words.clone()),
            Some(Err(_)) => Err("not accepted"),
            None if layer.problem.is_some() => Err(layer.problem.unwrap_or_default()),
            None if layer.exists => Err("not set"),
            None => Err("no file"),
        };
        let entry = entry.filter(|entry| entry.words.is_ok());
        Step {
            name: match layer.level {
                Level::Project => "project file",
                Level::User => "user file",
                Level::System => "system file",
            },
            place: entry.map_or(path.clone(), |entry| format!("{path}:{}", entry.line)),
            value,
        }
    }));
    steps.push(Step {
        name: "default",
        place: String::new(),
        value: default(setting, values).ok_or("none"),
    });
    steps
}

/// Returns the default: the one that the program computed, or else the one of the spec.
fn default(setting: &Setting, values: &Values) -> Option<Vec<String>> {
    let mut computed = values.line.defaults.iter().rev();
    if let Some((_, value)) = computed.find(|(id, _)| *id == setting.arg.id) {
        return Some(vec![value.clone()]);
    }
    let defaults = setting.arg.defaults.iter();
    (defaults.len() > 0).then(|| defaults.map(|word| (*word).to_owned()).collect())
}

/// Returns the value that was given to this command, if it accepts the option.
fn on_command_line(setting: &Setting, values: &Values) -> Option<Vec<String>> {
    let given = values.line.given.iter();
    let given = given.filter(|given| {
        let own = setting.is_global && values.line.arg(given).id == setting.arg.id;
        own && matches!(given.origin, Origin::Argument(_))
    });
    let given: Vec<_> = given.collect();
    let last = given.last()?;
    Some(match setting.arg.kind {
        Kind::Switch => vec![(!last.off).to_string()],
        Kind::Count(max) => vec![given.len().min(max.into()).to_string()],
        _ => {
            let all = if setting.is_list() {
                &given[..]
            } else {
                &given[given.len() - 1..]
            };
            let words = all.iter().flat_map(|given| &given.values);
            words
                .map(|word| word.to_string_lossy().into_owned())
                .collect()
        }
    })
}

fn in_variable(
    setting: &Setting,
    variable: &str,
    values: &Values,
) -> Result<Vec<String>, &'static str> {
    let word = values.line.variables.get(variable).ok_or("not set")?;
    if word.to_str().is_none() && !setting.is_path() {
        return Err("not Unicode");
    }
    let words = variable_words(&setting.arg, word, values.line.is_isolated())
        .map_err(|_| "not accepted")?;
    let words = words.iter().map(|word| word.to_string_lossy().into_owned());
    Ok(words.collect())
}

/// Returns the index of the source whose value is used.
fn winner(steps: &[Step]) -> Option<usize> {
    steps.iter().position(|step| step.value.is_ok())
}

/// Formats one line for each setting, or two if one would be too long.
pub(crate) fn list(settings: &[(&Setting, Vec<Step>)]) -> String {
    let rows: Vec<[String; 3]> = settings
        .iter()
        .map(|(setting, steps)| row(setting, steps))
        .collect();
    let widest = |column: usize, most: usize| {
        let widths = rows.iter().map(|row| width(&row[column]));
        widths.filter(|width| *width <= most).max().unwrap_or(0)
    };
    let (keys, values) = (widest(0, WIDTH / 2), widest(1, WIDTH / 4));
    let mut text = String::new();
    for [key, value, origin] in &rows {
        let line = format!("{}  {}  {origin}", padded(key, keys), padded(value, values));
        if width(&line) <= WIDTH {
            text += line.trim_end();
        } else {
            let value = format!("{}  {value}", padded(key, keys));
            text += &format!(
                "{}\n    {}",
                cut(&value, WIDTH),
                cut_front(origin, WIDTH - 4)
            );
        }
        text.push('\n');
    }
    text
}

fn row(setting: &Setting, steps: &[Step]) -> [String; 3] {
    let (value, origin) = match winner(steps) {
        Some(at) => (shown(setting, &steps[at]), steps[at].origin()),
        None => ("-".to_owned(), "not set"),
    };
    [setting.key.to_owned(), value, origin.to_owned()]
}

/// Formats all sources of one setting.
pub(crate) fn explain(setting: &Setting, steps: &[Step]) -> String {
    let wins = winner(steps);
    let mut text = match wins {
        Some(at) => format!("{} is {}\n\n", setting.key, shown(setting, &steps[at])),
        None => format!("{} has no value\n\n", setting.key),
    };
    let texts: Vec<String> = steps.iter().map(|step| shown(setting, step)).collect();
    let widths = texts.iter().map(|text| width(text));
    let widest = widths
        .filter(|width| *width <= WIDTH / 4)
        .max()
        .unwrap_or(0);
    for (at, (step, value)) in steps.iter().zip(&texts).enumerate() {
        let mark = if wins == Some(at) { '>' } else { ' ' };
        let (name, place) = (padded(step.name, 12), &step.place);
        let line = format!("{mark} {name}  {}  {place}", padded(value, widest));
        text += line.trim_end();
        text.push('\n');
    }
    text += &format!("\n{}: {}\n", setting.arg.written(), setting.arg.help);
    text += &format!("Accepted: {}\n", setting.wanted());
    text
}

fn shown(setting: &Setting, step: &Step) -> String {
    match &step.value {
        Ok(words) => setting.shown(words),
        Err(why) => (*why).to_owned(),
    }
}

impl Step {
    /// Returns the place, or the name if there is no place.
    fn origin(&self) -> &str {
        match self.place.is_empty() {
            true => self.name,
            false => &self.place,
        }
    }
}

/// Does the same as [`list`], as JSON.
pub(crate) fn list_json(settings: &[(&Setting, Vec<Step>)]) -> Json {
    let one = |(setting, steps): &(&Setting, Vec<Step>)| Json::Object(summary(setting, steps));
    Json::List(settings.iter().map(one).collect())
}

/// Does the same as [`explain`], as JSON.
pub(crate) fn explain_json(setting: &Setting, steps: &[Step]) -> Json {
    let wins = winner(steps);
    let layers = steps.iter().enumerate().map(|(at, step)| {
        Json::Object(vec![
            ("layer", Json::Text(step.name.to_owned())),
            ("place", place_json(step)),
            ("value", value_json(setting, step)),
            ("state", state_json(step)),
            ("wins", Json::Boolean(wins == Some(at))),
        ])
    });
    let mut fields = summary(setting, steps);
    fields.push(("help", Json::Text(setting.arg.help.to_owned())));
    fields.push(("accepted", Json::Text(setting.wanted())));
    fields.push(("layers", Json::List(layers.collect())));
    Json::Object(fields)
}

fn summary(setting: &Setting, steps: &[Step]) -> Vec<(&'static str, Json)> {
    let step = winner(steps).map(|at| &steps[at]);
    let layer = step.map(|step| Json::Text(step.name.to_owned()));
    vec![
        ("key", Json::Text(setting.key.to_owned())),
        (
            "value",
            step.map_or(Json::Null, |step| value_json(setting, step)),
        ),
        ("secret", Json::Boolean(setting.is_secret())),
        ("layer", layer.unwrap_or(Json::Null)),
        ("place", step.map_or(Json::Null, place_json)),
    ]
}

fn place_json(step: &Step) -> Json {
    match step.place.is_empty() {
        true => Json::Null,
        false => Json::Text(step.place.clone()),
    }
}

fn state_json(step: &Step) -> Json {
    let state = step.value.as_ref().map_or_else(|why| *why, |_| "set");
    Json::Text(state.to_owned())
}

/// Converts a value to JSON; the value of a secret becomes `null`.
fn value_json(setting: &Setting, step: &Step) -> Json {
    let Ok(words) = &step.value else {
        return Json::Null;
    };
    if setting.is_secret() {
        return Json::Null;
    }
    let one = |word: &String| match setting.arg.kind {
        Kind::Switch | Kind::Boolean => Json::Boolean(word == "true"),
        Kind::Count(_) | Kind::Integer { .. } => match word.parse::<i64>() {
            Ok(number) => Json::Number(number.to_string()),
            Err(_) => Json::Text(word.clone()),
        },
        _ => Json::Text(word.clone()),
    };
    match (setting.is_list(), &words[..]) {
        (false, [word]) => one(word),
        (_, words) => Json::List(words.iter().map(one).collect()),
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Shortens a string that is too long, and keeps its beginning.
fn cut(text: &str, columns: usize) -> String {
    match width(text) > columns {
        true => text.chars().take(columns - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// Shortens a string that is too long, and keeps its end, which is the most useful part of a path.
fn cut_front(text: &str, columns: usize) -> String {
    let too_many = width(text).saturating_sub(columns);
    match too_many {
        0 => text.to_owned(),
        more => ['…']
            .into_iter()
            .chain(text.chars().skip(more + 1))
            .collect(),
    }
}
