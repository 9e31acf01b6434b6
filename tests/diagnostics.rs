//! Every kind of error has a page, and the examples on the pages are correct.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use clapspec::{Code, Severity};
use tempfile::TempDir;

use crate::support::{blocks, clapspec, root};

fn directory() -> PathBuf {
    root().join("docs/src/diagnostics")
}

fn page(code: Code) -> String {
    let path = directory().join(format!("{code}.md"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a spec of several files, and returns its path.
fn write(files: &[(String, String)], into: &Path) -> PathBuf {
    for (name, text) in files {
        let path = into.join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("written");
    }
    let spec = into.join("spec");
    if spec.is_dir() {
        spec
    } else {
        into.join("cli.yaml")
    }
}

/// The codes of the errors and warnings in a spec.
fn codes(spec: &Path) -> Vec<Code> {
    clapspec::check(spec).codes().collect()
}

/// The two specs of a page: the wrong one and the right one. `None` if the page shows no spec, since
/// some errors are not in the text of a file.
fn specs(page: &str) -> Option<[Vec<(String, String)>; 2]> {
    let (wrong, right) = page.split_once("\n## Right\n").expect("a right spec");
    assert!(wrong.contains("\n## Wrong\n"), "a wrong spec");
    page.contains("```yaml")
        .then(|| [wrong, right].map(blocks))
        .inspect(|specs| assert!(specs.iter().all(|files| !files.is_empty())))
}

/// Creates a spec with an error that a page can't show as text, and returns its path.
fn spec_with_error(code: Code, directory: &Path) -> Option<PathBuf> {
    let spec = directory.join("spec.yaml");
    match code {
        // The file doesn't exist.
        Code::Unreadable => {}
        Code::NotUtf8 => fs::write(&spec, b"name: cafe\nabout: Find a caf\xe9\n").expect("written"),
        Code::TooLarge => {
            let file = fs::File::create(&spec).expect("a file");
            file.set_len((8 << 20) + 1).expect("a large file");
        }
        #[cfg(unix)]
        Code::OddLink => {
            fs::write(directory.join("cli.yaml"), "name: cafe\nabout: Find one\n")
                .expect("written");
            std::os::unix::fs::symlink(".", directory.join("commands")).expect("a link");
            return Some(directory.to_owned());
        }
        #[cfg(target_os = "linux")]
        Code::PathNotUnicode => {
            use std::os::unix::ffi::OsStrExt;
            let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
            fs::write(directory.join("cli.yaml"), "name: cafe\nabout: Find one\n")
                .expect("written");
            fs::create_dir(directory.join(name)).expect("a directory");
            return Some(directory.to_owned());
        }
        _ => return None,
    }
    Some(spec)
}

/// The wrong spec of a page has the error of the page and no other. The right spec has no error.
#[test]
fn every_page_shows_its_own_error() {
    for &code in Code::ALL {
        let directory = tempfile::tempdir().expect("a directory");
        let page = page(code);
        let Some([wrong, right]) = specs(&page) else {
            match spec_with_error(code, directory.path()) {
                Some(spec) => assert_eq!(codes(&spec), [code], "{}", clapspec::check(&spec)),
                None => assert!(
                    code == Code::PathNotUnicode,
                    "{code}: its page shows no spec, and this test creates none"
                ),
            }
            continue;
        };
        let (before, after) = (
            directory.path().join("wrong"),
            directory.path().join("right"),
        );
        let wrong = write(&wrong, &before);
        let report = clapspec::check(&wrong);
        assert_eq!(codes(&wrong), [code], "{code}, wrong:\n{report}");
        let right = write(&right, &after);
        let report = clapspec::check(&right);
        assert_eq!(codes(&right), [], "{code}, right:\n{report}");
    }
}

#[test]
fn pages_have_the_same_form() {
    for &code in Code::ALL {
        let page = page(code);
        let mut lines = page.lines();
        assert_eq!(lines.next(), Some(format!("# {code}").as_str()));
        let text = page.split("\n\n").nth(1).expect("a paragraph");
        let text = text.replace('\n', " ");
        let title = format!("{}.", code.title());
        assert!(text.starts_with(&title), "{code} must begin with “{title}”");
        assert!(
            text.len() > title.len(),
            "{code} has nothing after its title"
        );
        // Pages are shown in terminals, where code blocks are indented by four columns.
        let mut within = false;
        for line in page.lines() {
            within ^= line.starts_with("```");
            let columns = line.chars().count() + if within { 4 } else { 0 };
            assert!(columns <= 80, "{code}: {line}");
        }
    }
}

/// Every page has a code. That every code has a page is checked by the compiler.
#[test]
fn every_page_has_a_code() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    for entry in fs::read_dir(directory()).expect("pages") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        assert!(
            name == "README.md" || known.contains(&*name),
            "remove docs/src/diagnostics/{name}: this code doesn't exist"
        );
    }
}

/// The index of all pages, in Markdown.
fn index() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         Each problem in a spec is reported with its code in brackets, as in `error[unknown-key]`. If a \
         spec has\nan error, nothing can be generated from it. A spec with a warning works, but may \
         not do what you meant.\n`clapspec explain CODE` prints the page of a code.\n",
    );
    for (family, codes) in Code::FAMILIES {
        text += &format!("\n## {family}\n\n| Code | | What it means |\n|---|---|---|\n");
        for code in *codes {
            let severity = code.severity();
            text += &format!("| [{code}]({code}.md) | {severity} | {} |\n", code.title());
        }
    }
    text
}

#[test]
fn the_index_is_current() {
    let path = directory().join("README.md");
    let wanted = index();
    if fs::read_to_string(&path).is_ok_and(|found| found == wanted) {
        return;
    }
    assert!(
        std::env::var_os("UPDATE").is_some(),
        "docs/src/diagnostics/README.md is not current; run `UPDATE=1 cargo test --test all diagnostics::`"
    );
    fs::write(path, wanted).expect("written");
}

fn run(arguments: &[&str]) -> Output {
    clapspec().args(arguments).output().expect("clapspec runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text")
}

#[test]
fn explain_prints_the_page() {
    let output = run(&["explain", "unknown-key"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let printed = text(output.stdout);
    assert!(
        printed.starts_with("# unknown-key\n\nThis key doesn't exist. "),
        "{printed}"
    );
    assert!(
        printed.contains("\n    # cli.yaml\n    name: "),
        "{printed}"
    );
    assert!(!printed.contains("```"), "{printed}");
    for &code in Code::ALL {
        let page = clapspec::explain::page(code);
        assert!(
            page.lines().all(|line| line.chars().count() <= 80),
            "{page}"
        );
    }
}

#[test]
fn explain_lists_all_codes() {
    let output = run(&["explain"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let printed = text(output.stdout);
    for code in Code::ALL {
        let name = format!("  {code} ");
        let line = printed.lines().find(|line| line.starts_with(&name));
        let line = line.unwrap_or_else(|| panic!("{code} is not listed:\n{printed}"));
        assert!(line.contains(code.title()), "{line}");
        let warns = line.ends_with("(warning)");
        assert_eq!(warns, code.severity() == Severity::Warning, "{line}");
    }
    assert!(printed.starts_with("Files:\n  unreadable "), "{printed}");
}

#[test]
fn explain_accepts_former_names() {
    let output = run(&["explain", "alternatives-alike"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(output.stdout).starts_with("# ambiguous-alternatives\n"));
}

#[test]
fn explain_rejects_unknown_codes() {
    let message_for = |word: &str| {
        let output = run(&["explain", word]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        text(output.stderr)
    };
    let near = message_for("unkown-key");
    assert_eq!(
        near,
        "error: unknown code `unkown-key`\nhelp: a similar name exists: `unknown-key`\n"
    );
    let far = message_for("weather\u{1b}");
    assert_eq!(
        far,
        "error: unknown code `weather\u{fffd}`\nhelp: `clapspec explain` lists all codes\n"
    );
}

/// The report in a terminal names the command that explains the error. Machine-readable reports and
/// those of build scripts don't.
#[test]
fn only_reports_in_the_terminal_suggest_explain() {
    let directory = TempDir::new().expect("a directory");
    let spec = directory.path().join("cli.yaml");
    fs::write(&spec, "name: notes\nabuot: Keep notes\naliases: n\n").expect("written");
    let path = spec.to_str().expect("a path");
    let report = text(run(&["check", path]).stderr);
    let end = "2 errors\nfor more information, run `clapspec explain unknown-key`\n";
    assert!(report.ends_with(end), "{report}");
    assert!(!clapspec::check(&spec).to_string().contains("for more"));
    let output = run(&["check", path, "--format", "json"]);
    assert!(output.stderr.is_empty());
    assert!(!text(output.stdout).contains("for more"));
}
