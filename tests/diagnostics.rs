//! Every kind of error has a page, and what the pages show is so.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use clapspec::{Code, Severity};
use support::{blocks, clapspec, root};
use tempfile::TempDir;

fn directory() -> PathBuf {
    root().join("docs/src/diagnostics")
}

fn page(code: Code) -> String {
    let path = directory().join(format!("{code}.md"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a spec of several files, and says where it is.
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

/// The codes of what is wrong with a spec.
fn codes(spec: &Path) -> Vec<Code> {
    clapspec::check(spec).codes().collect()
}

/// The two specs of a page: the wrong one and the right one. Some errors are none of a text.
fn specs(page: &str) -> Option<[Vec<(String, String)>; 2]> {
    let (wrong, right) = page.split_once("\n## Right\n").expect("a right spec");
    assert!(wrong.contains("\n## Wrong\n"), "a wrong spec");
    page.contains("```yaml")
        .then(|| [wrong, right].map(blocks))
        .inspect(|specs| assert!(specs.iter().all(|files| !files.is_empty())))
}

/// The errors that no text can show. Each is made here: what is written is where the spec is.
fn made(code: Code, directory: &Path) -> Option<PathBuf> {
    let spec = directory.join("spec.yaml");
    match code {
        // Nothing is there.
        Code::Unreadable => {}
        Code::NotUtf8 => fs::write(&spec, b"name: cafe\nabout: Find a caf\xe9\n").expect("written"),
        Code::TooLarge => {
            let file = fs::File::create(&spec).expect("a file");
            file.set_len((8 << 20) + 1).expect("a large file");
        }
        #[cfg(unix)]
        Code::OddLink => {
            fs::write(directory.join("cli.yaml"), "name: cafe\nabout: Find one\n").expect("written");
            std::os::unix::fs::symlink(".", directory.join("commands")).expect("a link");
            return Some(directory.to_owned());
        }
        #[cfg(target_os = "linux")]
        Code::PathNotUnicode => {
            use std::os::unix::ffi::OsStrExt;
            let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
            fs::write(directory.join("cli.yaml"), "name: cafe\nabout: Find one\n").expect("written");
            fs::create_dir(directory.join(name)).expect("a directory");
            return Some(directory.to_owned());
        }
        _ => return None,
    }
    Some(spec)
}

/// What is wrong on a page has the error and no other; what is right has none at all.
#[test]
fn every_page_shows_its_usage_error() {
    for &code in Code::ALL {
        let directory = tempfile::tempdir().expect("a directory");
        let page = page(code);
        let Some([wrong, right]) = specs(&page) else {
            match made(code, directory.path()) {
                Some(spec) => assert_eq!(codes(&spec), [code], "{}", clapspec::check(&spec)),
                None => assert!(
                    code == Code::PathNotUnicode,
                    "{code}: its page shows no spec, and none is made here"
                ),
            }
            continue;
        };
        let (before, after) = (directory.path().join("wrong"), directory.path().join("right"));
        let wrong = write(&wrong, &before);
        let report = clapspec::check(&wrong);
        assert_eq!(codes(&wrong), [code], "{code}, wrong:\n{report}");
        let right = write(&right, &after);
        let report = clapspec::check(&right);
        assert_eq!(codes(&right), [], "{code}, right:\n{report}");
    }
}

#[test]
fn pages_have_one_form() {
    for &code in Code::ALL {
        let page = page(code);
        let mut lines = page.lines();
        assert_eq!(lines.next(), Some(format!("# {code}").as_str()));
        let text = page.split("\n\n").nth(1).expect("a paragraph");
        let text = text.replace('\n', " ");
        let title = format!("{}.", code.title());
        assert!(text.starts_with(&title), "{code} begins with “{title}”");
        assert!(text.len() > title.len(), "{code} says no more");
        // They are shown in terminals, where blocks of code are indented by four columns.
        let mut within = false;
        for line in page.lines() {
            within ^= line.starts_with("```");
            let columns = line.chars().count() + if within { 4 } else { 0 };
            assert!(columns <= 80, "{code}: {line}");
        }
    }
}

/// Every code has a page, by its compilation; here, every page has a code.
#[test]
fn no_page_is_stale() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    for entry in fs::read_dir(directory()).expect("pages") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        assert!(
            name == "README.md" || known.contains(&*name),
            "remove docs/src/diagnostics/{name}: there is no such code"
        );
    }
}

/// The index of all pages, as Markdown.
fn index() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         Each error in a spec is reported with its code in brackets, as in `error[unknown-key]`. An \
         error is a\nspec of which nothing can be made; a warning is one that works, but was probably \
         not meant.\n`clapspec explain CODE` prints the page of a code.\n",
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
        "docs/src/diagnostics/README.md is not current: run UPDATE=1 cargo test --test diagnostics"
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
fn a_code_is_explained() {
    let output = run(&["explain", "unknown-key"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let said = text(output.stdout);
    assert!(
        said.starts_with("# unknown-key\n\nA key that is none. "),
        "{said}"
    );
    assert!(said.contains("\n    # cli.yaml\n    name: "), "{said}");
    assert!(!said.contains("```"), "{said}");
    for &code in Code::ALL {
        let said = clapspec::explain::page(code);
        assert!(
            said.lines().all(|line| line.chars().count() <= 80),
            "{said}"
        );
    }
}

#[test]
fn all_codes_are_listed() {
    let output = run(&["explain"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let said = text(output.stdout);
    for code in Code::ALL {
        let name = format!("  {code} ");
        let line = said.lines().find(|line| line.starts_with(&name));
        let line = line.unwrap_or_else(|| panic!("{code} is not listed:\n{said}"));
        assert!(line.contains(code.title()), "{line}");
        let warns = line.ends_with("(warning)");
        assert_eq!(warns, code.severity() == Severity::Warning, "{line}");
    }
    assert!(said.starts_with("Files:\n  unreadable "), "{said}");
}

#[test]
fn an_unknown_code_is_refused() {
    let said = |word: &str| {
        let output = run(&["explain", word]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        text(output.stderr)
    };
    let near = said("unkown-key");
    assert_eq!(
        near,
        "error: there is no code `unkown-key`\nhelp: a similar name exists: `unknown-key`\n"
    );
    let far = said("weather\u{1b}");
    assert_eq!(
        far,
        "error: there is no code `weather\u{fffd}`\nhelp: `clapspec explain` lists all codes\n"
    );
}

/// A report for people names the command that says more; those for programs, and those of build
/// scripts, do not.
#[test]
fn reports_lead_to_the_pages() {
    let directory = TempDir::new().expect("a directory");
    let spec = directory.path().join("cli.yaml");
    fs::write(&spec, "name: notes\nabuot: Keep notes\naliases: n\n").expect("written");
    let path = spec.to_str().expect("a path");
    let said = text(run(&["check", path]).stderr);
    let end = "2 errors\nfor more: clapspec explain unknown-key\n";
    assert!(said.ends_with(end), "{said}");
    assert!(!clapspec::check(&spec).to_string().contains("for more"));
    let output = run(&["check", path, "--format", "json"]);
    assert!(output.stderr.is_empty());
    assert!(!text(output.stdout).contains("for more"));
}
