//! Code for clap alone: it is compiled, and gets the same command lines as the code generated from the spec. Both
//! must produce the same values and errors.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clapspec::Part;
use clapspec::export::Format;

use super::{all, export, harness};
use crate::support::comparison::{self, Program};
use crate::support::{self, root, target};

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
         use super::cli;\n#[path = \"plain.rs\"]\nmod plain;\n#[path = \"../fields.rs\"]\nmod fields;\n\n\
         /// The arguments of a handler, without the fields that differ.\n\
         #[derive(PartialEq)]\npub struct Called(String);\n\n\
         impl std::fmt::Debug for Called {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        f.write_str(&self.0)\n    }}\n}}\n\n\
         impl Called {{\n    fn of(args: &dyn std::fmt::Debug) -> Self {{\n        Self(fields::same(&format!(\"{{args:#?}}\"), &{different:?}))\n    }}\n}}\n\n\
         #[derive(Default)]\npub struct Recorder(pub Option<Called>);\n\n\
         impl cli::Handlers for Recorder {{\n{output}{methods}}}\n\n{completers}\n\
         struct Plain;\n\nimpl plain::Handlers for Plain {{\n    type Output = Called;\n\n{}}}\n\n\
         pub fn command() -> Command {{\n    plain::{root}::command()\n}}\n\n\
         pub fn called(matches: &ArgMatches) -> Called {{\n    plain::{root}::from_arg_matches(matches).expect(\"valid\").handle(&mut Plain)\n}}\n\n\
         pub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {{\n    words\n}}\n",
        list.join("\n")
    )
}

/// Builds all programs.
fn built() -> PathBuf {
    let programs: Vec<Program> = programs().iter().map(compared).collect();
    let runtime = root().join("runtime");
    let dependencies = format!(
        "clapspec-runtime = {{ path = {runtime:?}, features = [\"completions\", \"config\", \"confirm\", \"output\"] }}\n\
         clap = {{ version = \"4\", features = [\"derive\", \"env\"] }}\n"
    );
    comparison::build("exports", &dependencies, &programs)
}

/// The two definitions of a program: the code generated from its spec, and the exported code.
fn compared((name, spec): &(String, PathBuf)) -> Program {
    let outputs =
        clapspec::generate(spec, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
    let code = outputs[0].text().to_owned();
    let plain = export(spec, Format::Clap).text;
    let hand = hand(
        &code,
        &plain,
        root_struct(&plain),
        &different(&code, &plain),
    );
    // Both use the same clap.
    let plain = plain.replace(
        "use clap::",
        "use clapspec_runtime::clap;\nuse clapspec_runtime::clap::",
    );
    Program {
        name: name.clone(),
        files: vec![("cli.rs", code), ("hand.rs", hand), ("plain.rs", plain)],
    }
}

/// The name of the struct of the whole program.
fn root_struct(plain: &str) -> &str {
    let after = plain.split("#[derive(Parser").nth(1);
    let after = after.and_then(|after| after.split("pub struct ").nth(1));
    let name = after.and_then(|after| after.split(' ').next());
    name.expect("a struct")
}

#[test]
fn code_for_clap_parses_like_generated_code() {
    let program = built();
    // The programs of the other tests need fewer lines here.
    let lines = |name: &str| match name {
        "authctl" => comparison::lines(),
        _ => comparison::lines() / 5,
    };
    let programs = programs().into_iter();
    comparison::compare(
        &program,
        programs.map(|(name, _)| (name.clone(), lines(&name))),
    );
}

/// The code of all specs compiles, and clap accepts it. This takes more than a minute, and is run by hand:
/// `cargo test --test all export:: -- --ignored`.
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
        let root = root_struct(&code);
        modules += &format!("mod m{at}; // {name}\n");
        calls +=
            &format!("    <m{at}::{root} as clap::CommandFactory>::command().debug_assert();\n");
        fs::write(source.join(format!("m{at}.rs")), &code).expect("written");
    }
    let main = format!("#![allow(dead_code)]\n\n{modules}\nfn main() {{\n{calls}}}\n");
    fs::write(source.join("main.rs"), main).expect("written");
    let manifest = "[package]\nname = \"all-exports\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
                    [dependencies]\nclap = { version = \"4\", features = [\"derive\", \"env\"] }\n\n[workspace]\n";
    fs::write(directory.join("Cargo.toml"), manifest).expect("written");
    support::run_cargo("run", &directory);
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
