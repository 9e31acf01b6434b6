//! Tests build scripts that use the generator, and the checks of committed code.

use std::fs;

use super::{HANDLERS, Package, root, stderr, stdout, support};

/// A build script may generate two programs, but they must be written to different files.
pub fn builders_must_write_different_files() {
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
    let errors = stderr(&built);
    assert!(built.status.success(), "{errors}");
    assert_eq!(stdout(&package.tool(&["first", "x"])), "first: x other\n");
    let warning =
        "warning: tool@3.2.1: other.yaml:2:8: this line of help ends with a period [full-stop]";
    assert!(errors.contains(warning), "{errors}");

    script("");
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(!built.status.success());
    assert!(
        errors.contains("two builders of this build script write `"),
        "{errors}"
    );
    assert!(errors.contains("Builder::file_name"), "{errors}");

    package.write(
        "build.rs",
        "fn main() {\n    clapspec::Builder::new(\"spec\").out_dir(\"spec/made\").build();\n}\n",
    );
    let errors = stderr(&package.cargo(&["build"]));
    assert!(
        errors.contains("overlap; choose another output directory"),
        "{errors}"
    );
    assert!(!package.path().join("spec/made").exists());
}

/// A build script can inspect the findings.
pub fn build_scripts_can_inspect_findings() {
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
    let errors = stderr(&built);
    assert!(built.status.success(), "{errors}");
    assert!(
        errors.contains("error unknown-key spec/commands/first.yaml 1:1 about"),
        "{errors}"
    );
}

/// rustc warns about an option that no handler reads, but not about one that the runtime reads.
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
         options: { unread: { help: Not read by the handler }, loud: { help: Shout } }\n",
    );
    package.main(
        "struct Tool;\nimpl cli::Handlers for Tool {\n    \
         fn first(&mut self, args: cli::FirstArgs) -> clapspec_runtime::Ended<cli::ToolExit> {\n        \
         println!(\"{} {}\", args.name, args.loud);\n        Ok(cli::ToolExit::Success.into())\n    }\n}\n\
         fn main() -> std::process::ExitCode {\n    cli::run(&mut Tool)\n}\n",
    );
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(built.status.success(), "{errors}");
    assert!(errors.contains("field `unread` is never read"), "{errors}");
    assert_eq!(errors.matches("is never read").count(), 1, "{errors}");
    assert!(!errors.contains("are never read"), "{errors}");
}

/// For committed code, a build script without dependencies detects that the spec has changed. Code of
/// another version is reported as one error.
pub fn committed_code_is_checked() {
    let package = Package::new();
    package.manifest("");
    // Add notes, which are not part of the spec.
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
        let status = clapspec.current_dir(package.path()).status();
        assert!(status.expect("clapspec runs").success());
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
    // git may change line endings, which makes no difference.
    fs::write(&command, text.replace('\n', "\r\n")).expect("written");
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    fs::write(&command, text.replace("A name", "A title")).expect("written");
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(!built.status.success());
    let advice = "help: run `clapspec generate spec --out generated`";
    assert!(
        errors.contains(advice) && !errors.contains("panicked"),
        "{errors}"
    );
    generate();
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));

    // A set outside of the spec belongs to it, too.
    let program = package.path().join("spec/cli.yaml");
    let text = fs::read_to_string(&program).expect("the program");
    fs::write(&program, format!("{text}sets-from: ../shared\n")).expect("written");
    let set = "options: { unused: { help: Unused } }\n";
    package.write("shared/unused.yaml", set);
    generate();
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    package.write("shared/unused.yaml", &set.replace("Unused", "Unused here"));
    let built = package.cargo(&["build"]);
    assert!(!built.status.success() && stderr(&built).contains(advice));
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
    let version = format!("generated_by!(\"{}\";", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    fs::write(&code, text.replace(&version, "generated_by!(\"0.0.7\";")).expect("written");
    let errors = stderr(&package.cargo(&["build"]));
    assert!(
        errors.contains("generated by clapspec 0.0.7, which is incompatible with clapspec-runtime"),
        "{errors}"
    );
    assert_eq!(
        errors.matches("\nerror").count() + usize::from(errors.starts_with("error")),
        2,
        "{errors}"
    );

    // The spec needs a feature of the runtime that the package doesn't enable.
    let asks = version.clone() + " needs_confirm";
    fs::write(&code, text.replace(&version, &asks)).expect("written");
    let errors = stderr(&package.cargo(&["build"]));
    let advice = "run `cargo add clapspec-runtime --features confirm`";
    assert!(errors.contains(advice), "{errors}");
    assert!(root().join("generated/freshness.rs").is_file());
}
