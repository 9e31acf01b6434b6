//! What a build script can ask for, and committed code without a build script's generator.

use std::fs;

use crate::{HANDLERS, Package, root, stderr, stdout, support};

/// Two programs of one package, in one build script: each in a file of its own, or it is an error.
pub fn two_builders() {
    const MAIN: &str = "\
mod cli {
    include!(concat!(env!(\"OUT_DIR\"), \"/cli.rs\"));
}
#[allow(dead_code)]
mod other {
    include!(concat!(env!(\"OUT_DIR\"), \"/other.rs\"));
}
struct Tool;
impl cli::Handlers for Tool {
    type Output = ();
    fn first(&mut self, args: cli::FirstArgs) {
        println!(\"first: {} {}\", args.name, other::PROGRAM.name);
    }
}
fn main() {
    cli::run(&mut Tool);
}
";
    let package = Package::with_build_script();
    package.write("other.yaml", "name: other\nabout: Another tool.\n");
    let script = |second: &str| {
        package.write(
            "build.rs",
            &format!(
                "fn main() {{\n    clapspec::Builder::new(\"spec\").build();\n    \
                 clapspec::Builder::new(\"other.yaml\"){second}.build();\n}}\n"
            ),
        );
    };
    script(".file_name(\"other.rs\").warnings(true)");
    package.write("src/main.rs", MAIN);
    let built = package.cargo(&["build"]);
    let said = stderr(&built);
    assert!(built.status.success(), "{said}");
    assert_eq!(stdout(&package.tool(&["first", "x"])), "first: x other\n");
    let warning =
        "warning: tool@3.2.1: other.yaml:2:8: a line of help has no full stop [full-stop]";
    assert!(said.contains(warning), "{said}");

    script("");
    let built = package.cargo(&["build"]);
    let said = stderr(&built);
    assert!(!built.status.success());
    assert!(
        said.contains("two builders of this build script write `"),
        "{said}"
    );
    assert!(said.contains("Builder::file_name"), "{said}");

    package.write(
        "build.rs",
        "fn main() {\n    clapspec::Builder::new(\"spec\").out_dir(\"spec/made\").build();\n}\n",
    );
    let said = stderr(&package.cargo(&["build"]));
    assert!(said.contains("are inside each other"), "{said}");
    assert!(!package.path().join("spec/made").exists());
}

/// A build script can look at what was found.
pub fn findings_are_data() {
    let package = Package::with_build_script();
    package.write("spec/commands/first.yaml", "abuot: The first command\n");
    package.write(
        "build.rs",
        r#"fn main() {
    let error = clapspec::Builder::new("spec").try_build().expect_err("the spec is wrong");
    let clapspec::Error::Spec(report) = &error else { panic!("{error}") };
    let finding = &report.findings()[0];
    let suggestion = finding.suggestion.as_ref().expect("a suggestion");
    let start = finding.start.expect("a place");
    println!(
        "cargo::warning={} {} {} {}:{} {}",
        finding.severity, finding.code, finding.path, start.line, start.column, suggestion.text
    );
    let none = clapspec::Builder::new("missing").try_build().expect_err("there is no spec");
    println!("cargo::warning={}", none.to_string().lines().last().unwrap_or_default());
}
"#,
    );
    package.write("src/main.rs", "fn main() {}\n");
    let built = package.cargo(&["build"]);
    let said = stderr(&built);
    assert!(built.status.success(), "{said}");
    assert!(
        said.contains("error unknown-key spec/commands/first.yaml 1:1 about"),
        "{said}"
    );
}

/// rustc warns of an option that no handler reads, and not of one that the runtime reads.
pub fn an_unread_option_is_a_warning() {
    let package = Package::with_build_script();
    package.write(
        "spec/cli.yaml",
        "name: tool\nversion: cargo\nabout: A tool\n\
         exit-codes: { success: { code: 0, help: Done }, failure: { code: 1, help: Not done } }\n",
    );
    package.write(
        "spec/sets/messages.yaml",
        "options: { json: { role: json, help: Print JSON } }\n",
    );
    package.write(
        "spec/commands/first.yaml",
        "about: The first command\nuse: [messages]\n\
         arguments: { name: { required: true, help: A name } }\n\
         options: { unread: { help: Nobody looks at this }, loud: { help: Shout } }\n",
    );
    package.main(
        "struct Tool;\nimpl cli::Handlers for Tool {\n    \
         fn first(&mut self, args: cli::FirstArgs) -> clapspec_runtime::Ended<cli::ToolExit> {\n        \
         println!(\"{} {}\", args.name, args.loud);\n        Ok(cli::ToolExit::Success.into())\n    }\n}\n\
         fn main() -> std::process::ExitCode {\n    cli::run(&mut Tool)\n}\n",
    );
    let built = package.cargo(&["build"]);
    let said = stderr(&built);
    assert!(built.status.success(), "{said}");
    assert!(said.contains("field `unread` is never read"), "{said}");
    assert_eq!(said.matches("is never read").count(), 1, "{said}");
    assert!(!said.contains("are never read"), "{said}");
}

/// Committed code: a build script without any dependency sees that the spec has changed, and code of
/// another version is one error.
pub fn committed_code_is_checked() {
    let package = Package::new();
    package.manifest("");
    // Notes, which are not read.
    for notes in [
        "topics/old/notes.md",
        "commands/notes.txt",
        "sets/.hidden.yaml",
        "commands/.x/a.yaml",
    ] {
        package.write(&format!("spec/{notes}"), "notes\n");
    }
    package.write("spec/topics/more.md", "# More to know\n\nSome words.\n");
    package.write("spec/commands/deep.yaml", "about: More commands\n");
    package.write("spec/commands/deep/er.yaml", "about: More commands\n");
    package.write(
        "spec/commands/deep/er/est.yaml",
        "about: The deepest command\n",
    );
    let generate = || {
        let mut clapspec = support::clapspec();
        clapspec.args(["generate", "spec", "--out", "generated"]);
        let made = clapspec.current_dir(package.path()).status();
        assert!(made.expect("clapspec runs").success());
    };
    generate();
    package.write(
        "build.rs",
        "#[path = \"generated/freshness.rs\"]\nmod freshness;\n\nfn main() {\n    \
         freshness::check(\"spec\", \"generated/cli.rs\");\n}\n",
    );
    let deepest = "    fn deep_er_est(&mut self, _: cli::DeepErEstArgs) -> ExitCode {\n        \
                   ExitCode::SUCCESS\n    }\n\n    fn first";
    let handlers = HANDLERS.replacen("    fn first", deepest, 1);
    package.write(
        "src/main.rs",
        &format!("#[path = \"../generated/cli.rs\"]\nmod cli;\n\n{handlers}"),
    );
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    let command = package.path().join("spec/commands/first.yaml");
    let text = fs::read_to_string(&command).expect("the command");
    // git may change the ends of lines, which changes nothing.
    fs::write(&command, text.replace('\n', "\r\n")).expect("written");
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    fs::write(&command, text.replace("A name", "A title")).expect("written");
    let built = package.cargo(&["build"]);
    let said = stderr(&built);
    assert!(!built.status.success());
    let advice = "help: run `clapspec generate spec --out generated`";
    assert!(
        said.contains(advice) && !said.contains("panicked"),
        "{said}"
    );
    generate();
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    // A published package has no spec.
    fs::rename(
        package.path().join("spec"),
        package.path().join("elsewhere"),
    )
    .expect("moved");
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    let code = package.path().join("generated/cli.rs");
    let text = fs::read_to_string(&code).expect("the code");
    let version = format!("generated_by!(\"{}\")", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    fs::write(&code, text.replace(&version, "generated_by!(\"0.0.7\")")).expect("written");
    let said = stderr(&package.cargo(&["build"]));
    assert!(
        said.contains("generated by clapspec 0.0.7, which doesn't fit clapspec-runtime"),
        "{said}"
    );
    assert_eq!(
        said.matches("\nerror").count() + usize::from(said.starts_with("error")),
        2,
        "{said}"
    );
    assert!(root().join("generated/freshness.rs").is_file());
}
