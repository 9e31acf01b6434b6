//! Programs in other formats.
//!
//! `LINES=1000000 cargo test --test all export::` tries more command lines on the code for clap.

mod code;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clapspec::description::Description;
use clapspec::export::{self, Export, Format};
use clapspec::import;
use clapspec::{Checked, Part};
use serde_json::Value;

use crate::support::{self, harness, root, target};

fn export(spec: &Path, format: Format) -> Export {
    let checked = Checked::read(spec);
    export::export(&checked, format).unwrap_or_else(|| panic!("{}", checked.report()))
}

/// The specs that are exported to all formats.
fn all() -> Vec<(String, PathBuf)> {
    let specs = support::specs_and_examples();
    assert!(specs.len() > 20, "only {} specs", specs.len());
    specs
}

/// What is exported as KDL can be imported: it has the same commands and options.
#[test]
fn usage_can_be_read_back() {
    let written = |spec: &Path, directory: &Path| {
        let path = directory.join("tool.usage.kdl");
        fs::write(&path, export(spec, Format::Usage).text).expect("written");
        path
    };
    let names = can_be_read_back(import::Format::Usage, &written, &[]);
    assert!(names > 3000, "only {names} names");
}

/// The same for Fig. Its TypeScript has the JSON that is imported.
#[test]
fn fig_can_be_read_back() {
    let written = |spec: &Path, directory: &Path| {
        let text = export(spec, Format::Fig).text;
        let (start, end) = (text.find('{'), text.rfind('}'));
        let json = &text[start.expect("an object")..=end.expect("an object")];
        let path = directory.join("tool.json");
        fs::write(&path, json).expect("written");
        path
    };
    let names = can_be_read_back(import::Format::Fig, &written, &[]);
    assert!(names > 2000, "only {names} names");
}

/// The help of a program can be imported: it has the same commands and options, except what it hides.
#[test]
fn help_can_be_read_back() {
    let written = |spec: &Path, directory: &Path| {
        let checked = Checked::read(spec);
        let files = checked.generate(&[Part::Help]).expect("help");
        let description = checked.describe().expect("a valid spec");
        for (place, _) in description.command.walk() {
            let name = format!("help/{}.txt", place.replace([' ', ':'], "-"));
            let file = files.iter().find(|file| file.path() == name);
            if let Some(file) = file {
                fs::write(directory.join(format!("{place}.txt")), file.text()).expect("written");
            }
        }
        directory.to_owned()
    };
    let names = can_be_read_back(import::Format::Help, &written, &[]);
    assert!(names > 3000, "only {names} names");
}

/// Imports what a function writes for each spec. Returns how many commands and options there are. All of them have to
/// come back, but for the `lost` ones.
fn can_be_read_back(
    format: import::Format,
    written: &dyn Fn(&Path, &Path) -> PathBuf,
    lost: &[&str],
) -> usize {
    let is_help = format == import::Format::Help;
    let mut names = 0;
    for (name, spec) in all() {
        let directory = tempfile::tempdir().expect("a directory");
        let original = Checked::read(&spec).describe().expect("a valid spec");
        let path = written(&spec, directory.path());
        let import = import::file(format, &path);
        let import = import.unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = directory.path().join("again");
        import.write(&again).expect("written");
        let checked = Checked::read(&again);
        // Not every valid program can be said in both languages.
        let Some(read) = checked.describe() else {
            assert!(
                checked.report().errors() < 5,
                "{name}: {}",
                checked.report()
            );
            continue;
        };
        let listed = |description: &Description| -> BTreeSet<String> {
            let commands = description.command.walk();
            let hidden = commands.iter().filter(|(_, it)| is_help && it.hidden);
            let hidden: Vec<String> = hidden.map(|(path, _)| format!("{path} ")).collect();
            let is_hidden = |path: &str| {
                let path = format!("{path} ");
                hidden.iter().any(|group| path.starts_with(group))
            };
            let commands = commands.into_iter();
            let commands = commands.filter(|(path, it)| !it.built_in && !is_hidden(path));
            let names = commands.flat_map(|(path, command)| {
                let options = command.options.iter().filter(|arg| !arg.names.is_empty());
                let options = options.filter(|arg| !(is_help && arg.hidden));
                let options: Vec<String> = options
                    .map(|arg| format!("{path} {}", arg.written()))
                    .collect();
                options.into_iter().chain([path])
            });
            names.collect()
        };
        let (before, after) = (listed(&original), listed(&read));
        // An import leaves these to clap.
        let own = |name: &&String| name.ends_with(" --version") || name.ends_with(" --help");
        let missing: Vec<_> = before
            .difference(&after)
            .filter(|name| !own(name) && !lost.contains(&name.as_str()))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}\n{import}");
        names += before.len();
    }
    names
}

/// Each command, option and exit code of a program is in its OpenCLI document.
#[test]
fn opencli_has_all_names() {
    fn count(command: &Value) -> usize {
        let len = |key: &str| command[key].as_array().map_or(0, Vec::len);
        let below = command["commands"].as_array().into_iter().flatten();
        1 + len("options") + len("arguments") + len("exitCodes") + below.map(count).sum::<usize>()
    }
    for (name, spec) in all() {
        let description = Checked::read(&spec).describe().expect("a valid spec");
        let document: Value =
            serde_json::from_str(&export(&spec, Format::OpenCli).text).expect("JSON");
        assert_eq!(document["opencli"], "0.1", "{name}");
        assert_eq!(document["info"]["title"], description.name, "{name}");
        let commands = description.command.walk().into_iter();
        let expected: usize = commands
            .map(|(_, it)| {
                let named = it.options.iter().filter(|arg| !arg.names.is_empty());
                1 + named.count() + it.arguments.len() + it.exit_codes.len()
            })
            .sum();
        assert_eq!(count(&document), expected, "{name}");
    }
}

/// The YAML for carapace can be read, and runs nothing: no value that a spec lists is a macro.
#[test]
fn carapace_runs_nothing() {
    fn values(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| values(item, found)),
            Value::Object(members) => members.values().for_each(|item| values(item, found)),
            _ => {}
        }
    }
    fn completions(command: &Value, found: &mut Vec<String>) {
        values(&command["completion"], found);
        let below = command["commands"].as_array().into_iter().flatten();
        below.for_each(|below| completions(below, found));
    }
    let hostile = "name: tool\nabout: Work\noptions:\n  mode: { value: M, choices: ['$(touch x)', '$files', 'a${HOME}b', 'x ||| $files', plain, 'yes'], help: 'Mode: # x' }\n";
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    fs::write(&path, hostile).expect("written");
    for (name, spec) in all().into_iter().chain([("macros".to_owned(), path)]) {
        let export = export(&spec, Format::Carapace);
        let document: Value = serde_yaml::from_str(&export.text)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{}", export.text));
        let mut found = Vec::new();
        completions(&document, &mut found);
        let macros = found.iter().filter(|word| word.starts_with('$'));
        for word in macros {
            let known = ["$files", "$directories", "$executables"];
            assert!(
                known.iter().any(|known| word.starts_with(known)),
                "{name}: {word}"
            );
        }
        if name == "macros" {
            assert_eq!(found, ["plain", "yes"]);
            let lost = export.losses.iter().any(|loss| loss.fact.contains("macro"));
            assert!(lost, "{:?}", export.losses);
            assert_eq!(document["flags"]["--mode="], "Mode: # x");
        }
    }
}

/// The TypeScript compiler accepts what is exported for Fig.
#[test]
fn fig_has_the_right_types() {
    let Some(mut compiler) = support::node("typescript") else {
        return;
    };
    let directory = target().join("tmp/fig");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a directory");
    for (at, (_, spec)) in all().into_iter().enumerate() {
        fs::write(
            directory.join(format!("{at}.ts")),
            export(&spec, Format::Fig).text,
        )
        .expect("written");
    }
    let types = support::node_modules().join("@withfig/autocomplete-types/index.d.ts");
    let config = serde_json::json!({
        "compilerOptions": { "strict": true, "noEmit": true, "types": [], "target": "es2022", "module": "esnext", "moduleResolution": "bundler" },
        "include": ["*.ts"],
        "files": [types],
    });
    fs::write(directory.join("tsconfig.json"), config.to_string()).expect("written");
    let output = compiler
        .arg(support::node_modules().join("typescript/bin/tsc"))
        .arg("--project")
        .arg(&directory)
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{errors}");
}

/// The exports of authctl, and what each format can't say.
#[test]
fn losses_of_each_format() {
    for format in Format::ALL {
        let losses = export(&root().join("spec"), *format).losses;
        let lines: Vec<String> = losses.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(format!("losses-{format:?}"), lines.join("\n"));
    }
}
