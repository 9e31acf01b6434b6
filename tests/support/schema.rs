//! Validates specs by their JSON Schema, with a YAML reader and a validator that are independent of
//! clapspec.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clapspec::schema::{self, File};
use jsonschema::Validator;
use serde_json::Value;

/// The validator of a kind of file.
fn validator(file: File) -> &'static Validator {
    static VALIDATORS: [OnceLock<Validator>; 3] = [const { OnceLock::new() }; 3];
    VALIDATORS[file as usize].get_or_init(|| {
        let schema = serde_json::from_str(&schema::json(file)).expect("JSON");
        jsonschema::draft202012::new(&schema).expect("a schema")
    })
}

/// The errors that the schema finds in a string. `None` if it is not YAML.
pub fn errors(file: File, text: &str) -> Option<Vec<String>> {
    let value = to_json(serde_yaml::from_str(text).ok()?)?;
    let errors = validator(file).iter_errors(&value);
    Some(
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
    )
}

/// Converts YAML to the JSON that editors validate, in which keys are strings.
fn to_json(value: serde_yaml::Value) -> Option<Value> {
    use serde_yaml::Value as Yaml;
    Some(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(yes) => yes.into(),
        Yaml::Number(number) => match serde_json::to_value(&number) {
            Ok(Value::Number(number)) => number.into(),
            // `.inf` and `.nan` don't exist in JSON.
            _ => number.to_string().into(),
        },
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(to_json).collect::<Option<_>>()?,
        Yaml::Mapping(entries) => {
            let entry = |(key, value)| {
                let key = match key {
                    Yaml::String(text) => text,
                    Yaml::Null => "null".to_owned(),
                    Yaml::Bool(yes) => yes.to_string(),
                    Yaml::Number(number) => number.to_string(),
                    _ => return None,
                };
                Some((key, to_json(value)?))
            };
            let entries = entries.into_iter().map(entry);
            Value::Object(entries.collect::<Option<_>>()?)
        }
        Yaml::Tagged(_) => return None,
    })
}

/// The files of a spec, each with its kind.
pub fn files(spec: &Path) -> Vec<(PathBuf, File)> {
    if spec.is_file() {
        return vec![(spec.to_owned(), File::Program)];
    }
    let mut files = Vec::new();
    let mut directories = vec![(spec.to_owned(), None)];
    while let Some((directory, kind)) = directories.pop() {
        for entry in std::fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let kind = kind.or(match name.as_str() {
                "cli.yaml" => Some(File::Program),
                "commands" => Some(File::Command),
                "sets" => Some(File::Set),
                _ => None,
            });
            if path.is_dir() {
                directories.push((path, kind));
            } else if let Some(kind) = kind {
                files.push((path, kind));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}
