//! Programs in other formats.
//!
//! The code for clap alone is compiled and gets the same command lines as the code generated from the spec; both must
//! produce the same values and errors. `LINES=1000000 cargo test --test export` tries more command lines.

#[path = "support/harness.rs"]
mod harness;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clapspec::description::Description;
use clapspec::export::{self, Export, Format};
use clapspec::import;
use clapspec::{Checked, Part};
use serde_json::Value;
use support::{cargo, root, target};

fn export(spec: &Path, format: Format) -> Export {
    let checked = Checked::read(spec);
    export::export(&checked, format).unwrap_or_else(|| panic!("{}", checked.report()))
}

/// The programs, each with its spec.
fn programs() -> Vec<(String, PathBuf)> {
    let specs = fs::read_dir(root().join("tests/programs")).expect("tests/programs");
    let specs = specs.map(|entry| entry.expect("an entry").path());
    let specs = specs.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    // In these, what is lost changes which lines are valid: options that a single command requires, options that
    // require a group, options of the default command, and values directly after short names.
    let is_other = |path: &PathBuf| {
        ["pkg", "git", "services", "shrink"]
            .iter()
            .any(|name| path.ends_with(format!("{name}.yaml")))
    };
    let specs = specs.filter(|path| !is_other(path));
    let named = specs.map(|path| {
        (
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
            path,
        )
    });
    named
        .chain([("authctl".to_owned(), without_questions())])
        .collect()
}

/// authctl's spec without questions, in which handlers would not be called.
fn without_questions() -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let path = entry.expect("an entry").path();
            let target = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                copy(&path, &target);
            } else {
                let text = fs::read_to_string(&path).expect("a file");
                let lines = text
                    .split_inclusive('\n')
                    .filter(|line| !line.starts_with("confirm: "));
                fs::write(target, lines.collect::<String>()).expect("written");
            }
        }
    }
    let directory = target().join("tmp/authctl-without-questions");
    let _ = fs::remove_dir_all(&directory);
    copy(&root().join("spec"), &directory);
    directory
}

/// The fields that differ, those that count, which clap doesn't limit, and those of switches with an opposite.
fn different(code: &str, plain: &str) -> Vec<String> {
    let fields = |text: &str| -> BTreeSet<[String; 3]> {
        let kind = |kind: &str| {
            let kind = kind.replace("std::path::", "");
            let inner = kind
                .strip_prefix("Configured<")
                .and_then(|kind| kind.strip_suffix('>'));
            inner.map_or(kind.clone(), str::to_owned)
        };
        let mut owner = "";
        let mut fields = BTreeSet::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("pub struct ") {
                owner = name.split(' ').next().unwrap_or_default();
            }
            let field = line
                .strip_prefix("    pub ")
                .and_then(|line| line.strip_suffix(','));
            if let Some((name, it)) = field.and_then(|field| field.split_once(": ")) {
                fields.insert([owner.to_owned(), name.replace("r#", ""), kind(it)]);
            }
        }
        fields
    };
    let (ours, theirs) = (fields(code), fields(plain));
    let differ = ours
        .symmetric_difference(&theirs)
        .map(|[_, name, _]| name.clone());
    let calls = ["values.count(\"", "values.negatable_or(\""].into_iter();
    let calls = calls.flat_map(|call| code.split(call).skip(1));
    let others = calls.filter_map(|rest| rest.split('"').next());
    differ
        .chain(others.map(|name| name.replace('-', "_")))
        .collect()
}

/// The module with which the comparison calls the exported code.
fn hand(code: &str, plain_code: &str, root: &str, different: &[String]) -> String {
    let printed = "println!(\"{args:?}\");";
    let recorded = "self.0 = Some(Called::of(&args));";
    // Of another subcommand, the arguments are not compared.
    let other = "println!(\"{command:?}\");";
    let methods = harness::methods("cli", code, "{args:?}")
        .replace(printed, recorded)
        .replace(
            other,
            "let _ = command;\n        self.0 = Some(Called(\"External\".into()));",
        );
    let plain = code.contains("    type Output;\n");
    let output = if plain { "    type Output = ();\n" } else { "" };
    let completers = match code.contains("pub trait Completers {") {
        true => format!(
            "impl cli::Completers for Recorder {{\n{}}}\n",
            harness::completers(code)
        ),
        false => String::new(),
    };
    let heads = plain_code.lines().filter_map(|line| {
        let line = line.trim().strip_prefix("fn ")?;
        line.strip_suffix(" -> Self::Output;")
    });
    let list: Vec<String> = heads
        .map(|head| {
            let head = head.replace("args: ", "args: plain::");
            let value = match head.contains("words: ") {
                true => "Called(\"External\".into())",
                false => "Called::of(&args)",
            };
            let head = head.replace("words: Vec<OsString>", "_: Vec<std::ffi::OsString>");
            format!("    fn {head} -> Called {{\n        {value}\n    }}\n")
        })
        .collect();
    format!(
        "use clapspec_runtime::clap::{{ArgMatches, Command, CommandFactory, FromArgMatches}};\n\n\
         use super::cli;\n#[path = \"plain.rs\"]\nmod plain;\n\n\
         /// The arguments of a handler, without the fields that differ.\n\
         #[derive(PartialEq)]\npub struct Called(String);\n\n\
         impl std::fmt::Debug for Called {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        f.write_str(&self.0)\n    }}\n}}\n\n\
         impl Called {{\n    fn of(args: &dyn std::fmt::Debug) -> Self {{\n        Self(crate::fields::same(&format!(\"{{args:#?}}\"), &{different:?}))\n    }}\n}}\n\n\
         #[derive(Default)]\npub struct Recorder(pub Option<Called>);\n\n\
         impl cli::Handlers for Recorder {{\n{output}{methods}}}\n\n{completers}\n\
         struct Plain;\n\nimpl plain::Handlers for Plain {{\n    type Output = Called;\n\n{}}}\n\n\
         pub fn command() -> Command {{\n    plain::{root}::command()\n}}\n\n\
         pub fn called(matches: &ArgMatches) -> Called {{\n    plain::{root}::from_arg_matches(matches).expect(\"valid\").handle(&mut Plain)\n}}\n\n\
         pub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {{\n    words\n}}\n",
        list.join("\n")
    )
}

/// Writes a package with all programs, and builds it.
fn built() -> PathBuf {
    let directory = target().join("tmp/exports");
    let source = directory.join("src");
    let _ = fs::remove_dir_all(&source);
    let mut names = Vec::new();
    for (name, spec) in programs() {
        let module = source.join(&name);
        fs::create_dir_all(&module).expect("a directory");
        let outputs =
            clapspec::generate(&spec, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
        let code = outputs[0].text();
        let plain = export(&spec, Format::Clap).text;
        let root = plain
            .split("#[derive(Parser")
            .nth(1)
            .and_then(|after| after.split("pub struct ").nth(1));
        let root = root
            .and_then(|after| after.split(' ').next())
            .expect("a struct");
        fs::write(
            module.join("hand.rs"),
            hand(code, &plain, root, &different(code, &plain)),
        )
        .expect("written");
        fs::write(module.join("cli.rs"), code).expect("written");
        // Both use the same clap.
        let plain = plain.replace(
            "use clap::",
            "use clapspec_runtime::clap;\nuse clapspec_runtime::clap::",
        );
        fs::write(module.join("plain.rs"), plain).expect("written");
        names.push(name);
    }
    let compare = fs::read_to_string(root().join("tests/support/compare.rs")).expect("a file");
    let main = compare.replace("mod lines;", "mod fields;\nmod lines;");
    fs::write(
        source.join("main.rs"),
        format!("{main}\nmain! {{ {} }}\n", names.join(" ")),
    )
    .expect("written");
    for module in ["fields.rs", "lines.rs", "values.rs"] {
        fs::copy(
            root().join("tests/support").join(module),
            source.join(module),
        )
        .expect("copied");
    }
    let manifest = format!(
        "[package]\nname = \"exports\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {:?}, features = [\"completions\", \"config\", \"confirm\", \"output\"] }}\n\
         clap = {{ version = \"4\", features = [\"derive\", \"env\"] }}\n\
         proptest = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\n\
         [profile.dev]\nopt-level = 1\ndebug = false\n\n[workspace]\n",
        root().join("runtime")
    );
    fs::write(directory.join("Cargo.toml"), manifest).expect("written");
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let output = cargo()
        .args(["build", "--offline", "--quiet", "--target-dir"])
        .arg(target().join("programs"))
        .current_dir(&directory)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    target().join("programs/debug/exports")
}

#[test]
fn code_for_clap_parses_like_generated_code() {
    let program = built();
    let start = |(name, _): (String, PathBuf)| {
        let mut command = Command::new(&program);
        // The programs of the other tests need fewer lines here.
        let lines = if name == "authctl" {
            lines()
        } else {
            lines() / 5
        };
        command.env_clear().args([name.clone(), lines.to_string()]);
        let running = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        (name, running.spawn().expect("it runs"))
    };
    let running: Vec<_> = programs().into_iter().map(start).collect();
    let mut wrong = Vec::new();
    for (name, program) in running {
        let output = program.wait_with_output().expect("it runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        match output.status.success() {
            true => println!("{name}: {}", printed.trim()),
            false => {
                // Handlers print errors; a panic is at the end.
                let errors = String::from_utf8_lossy(&output.stderr);
                let last: Vec<&str> = errors.lines().rev().take(20).collect();
                let last: Vec<&str> = last.into_iter().rev().collect();
                wrong.push(format!("{name}: {printed}\n{}", last.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many command lines are tried on authctl.
fn lines() -> u32 {
    let lines = std::env::var("LINES").ok();
    lines.and_then(|lines| lines.parse().ok()).unwrap_or(10_000)
}

/// The code of all specs compiles, and clap accepts it. This takes more than a minute, and is run by hand:
/// `cargo test --test export -- --ignored`.
#[test]
#[ignore = "it compiles the code of all specs"]
fn clap_accepts_the_code_of_all_specs() {
    let directory = target().join("tmp/all-exports");
    let source = directory.join("src");
    let _ = fs::remove_dir_all(&source);
    fs::create_dir_all(&source).expect("a directory");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (at, (name, spec)) in all().into_iter().enumerate() {
        let code = export(&spec, Format::Clap).text;
        let (_, after) = code.split_once("#[derive(Parser").expect("a program");
        let root = after
            .split("pub struct ")
            .nth(1)
            .and_then(|after| after.split(' ').next());
        let root = root.expect("a struct");
        modules += &format!("mod m{at}; // {name}\n");
        calls +=
            &format!("    <m{at}::{root} as clap::CommandFactory>::command().debug_assert();\n");
        fs::write(source.join(format!("m{at}.rs")), code).expect("written");
    }
    let main = format!("#![allow(dead_code)]\n\n{modules}\nfn main() {{\n{calls}}}\n");
    fs::write(source.join("main.rs"), main).expect("written");
    let manifest = "[package]\nname = \"all-exports\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
                    [dependencies]\nclap = { version = \"4\", features = [\"derive\", \"env\"] }\n\n[workspace]\n";
    fs::write(directory.join("Cargo.toml"), manifest).expect("written");
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let mut run = cargo();
    run.args(["run", "--offline", "--quiet", "--target-dir"])
        .arg(target().join("programs"));
    let output = run.current_dir(&directory).output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// The parsers of values are those of the runtime.
#[test]
fn parsers_are_those_of_the_runtime() {
    let types = fs::read_to_string(root().join("runtime/src/types.rs")).expect("a file");
    let same = |text: &str| {
        let text = text.replace("pub fn", "fn").replace("std::time::", "");
        text.split_whitespace().collect::<String>()
    };
    let runtime = same(&types);
    for name in ["duration", "size", "url", "key_value", "decimal"] {
        let path = root()
            .join("codegen/src/export/derive/values")
            .join(name)
            .with_extension("rs");
        let text = fs::read_to_string(path).expect("a file");
        for block in text.split("\n\n") {
            assert!(
                runtime.contains(&same(block)),
                "{name} differs from runtime/src/types.rs:\n{block}"
            );
        }
    }
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
    let directory = tempfile::tempdir().expect("a directory");
    let mut names = 0;
    for (name, spec) in all() {
        let original = Checked::read(&spec).describe().expect("a valid spec");
        let path = directory.path().join("tool.usage.kdl");
        fs::write(&path, export(&spec, Format::Usage).text).expect("written");
        let import = clapspec::import::file(import::Format::Usage, &path);
        let import = import.unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = directory.path().join("again");
        let _ = fs::remove_dir_all(&again);
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
            let commands = description.command.walk().into_iter();
            let commands = commands.filter(|(_, command)| !command.built_in);
            let names = commands.flat_map(|(path, command)| {
                let options = command.options.iter().filter(|arg| !arg.names.is_empty());
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
        let lost: Vec<_> = before
            .difference(&after)
            .filter(|name| !own(name))
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
        names += before.len();
    }
    assert!(names > 3000, "only {names} names");
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
