//! The documentation is correct: every spec, every command line, every link.
//!
//! The specs in the book are checked, and its command lines are run and their output compared. If a
//! command line runs the program that is described by the spec of the page, it runs code generated from
//! this spec, with handlers that print their arguments.

mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use clapspec::Part;

use crate::support::book::{Block, Page, Shell};
use crate::support::{self, book, cargo, harness, root, target};

/// Whether the examples of a page have their own tests.
fn is_tested_elsewhere(page: &Page) -> bool {
    page.name.starts_with("diagnostics/")
}

/// Whether the program of a page is built with the handlers that the page shows.
fn is_a_program(page: &Page) -> bool {
    page.name.starts_with("contract/") || page.is_a_package()
}

/// The spec that a page has shown so far: files in `spec/`, or a single file.
#[derive(Clone, Default, PartialEq)]
struct Spec(BTreeMap<String, String>);

impl Spec {
    /// Adds a file. Returns whether it belongs to a spec.
    fn add(&mut self, name: &str, text: &str) -> bool {
        if name == "cli.yaml" {
            self.0.clear();
        } else if name.starts_with("spec/") && name.ends_with(".yaml") {
            self.0.remove("cli.yaml");
        } else {
            return false;
        }
        self.0.insert(name.to_owned(), text.to_owned());
        true
    }

    fn is_one_file(&self) -> bool {
        self.0.contains_key("cli.yaml")
    }

    /// The name of the program.
    fn program(&self) -> Option<&str> {
        let file = self.0.get("cli.yaml").or(self.0.get("spec/cli.yaml"))?;
        let mut names = file.lines().filter_map(|line| line.strip_prefix("name: "));
        names.next()
    }

    /// Writes the spec to a directory, and returns its path.
    fn write(&self, directory: &Path) -> PathBuf {
        for (name, text) in &self.0 {
            let path = directory.join(name);
            fs::create_dir_all(path.parent().expect("a directory")).expect("created");
            fs::write(path, text).expect("written");
        }
        directory.join(if self.is_one_file() {
            "cli.yaml"
        } else {
            "spec"
        })
    }

    /// The report, if there are errors or warnings.
    fn findings(&self) -> Option<String> {
        let directory = tempfile::tempdir().expect("a directory");
        let report = clapspec::check(&self.write(directory.path()));
        let clean = report.errors() + report.warnings() == 0;
        (!clean).then(|| report.to_string())
    }
}

/// Every spec in the book is valid and has no warnings. The files of a directory are checked together.
#[test]
fn specs_are_valid() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for page in book::pages() {
        if is_tested_elsewhere(&page) {
            continue;
        }
        let (mut spec, mut directories) = (Spec::default(), Spec::default());
        for block in book::blocks(&page.text) {
            let Block::File(name, text) = block else {
                continue;
            };
            if name == "cli.yaml" {
                spec.add(&name, &text);
                checked += 1;
                let findings = spec.findings();
                wrong.extend(findings.map(|found| format!("{}\n{text}\n{found}", page.name)));
            } else {
                directories.add(&name, &text);
            }
        }
        if !directories.0.is_empty() {
            checked += 1;
            let findings = directories.findings();
            wrong.extend(findings.map(|found| format!("{}\n{found}", page.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 40, "only {checked} specs in the book");
}

/// Every command line in the book prints what the book shows after it.
#[test]
fn command_lines_print_what_is_shown() {
    let mut pages = book::pages();
    pages.push(book::readme());
    let programs = Programs::of(&pages);
    let (mut run, mut wrong) = (0, Vec::new());
    for page in &pages {
        // The tour of authctl is tested in `tests/tour.rs`.
        let others = ["contract/", "authctl/"];
        // Packages are built and run in `tests/build.rs`.
        let is_elsewhere = is_tested_elsewhere(page) || page.is_a_package();
        if is_elsewhere || others.iter().any(|name| page.name.starts_with(name)) {
            continue;
        }
        let mut shell = Shell::new();
        let clapspec = support::clapspec();
        shell.program("clapspec", Path::new(clapspec.get_program()), "");
        let mut spec = Spec::default();
        for block in book::blocks(&page.text) {
            match block {
                Block::File(name, text) => {
                    spec.add(&name, &text);
                    shell.write(&name, &text);
                }
                Block::Console(lines) => {
                    let own = spec.program().filter(|_| !is_a_program(page));
                    if let (Some(name), Some(module)) = (own, programs.module(&spec)) {
                        shell.program(name, &programs.path, &format!("{module} {name}"));
                    }
                    let ours = |program: &str| match program {
                        "clapspec" | "cat" => true,
                        "man" => support::has("man"),
                        program => Some(program) == own,
                    };
                    let mut before = false;
                    for typed in lines {
                        let status = typed.line == "echo $?" && before;
                        before = ours(typed.program()) || status;
                        if before {
                            run += 1;
                            wrong.extend(shell.try_line(&page.name, &typed));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(run >= 40, "only {run} command lines in the book");
}

/// One executable with all programs that the book runs.
struct Programs {
    path: PathBuf,
    modules: Vec<(String, Spec)>,
}

impl Programs {
    /// Generates the programs that the pages run, and builds them.
    fn of(pages: &[Page]) -> Self {
        let mut modules: Vec<(String, Spec)> = Vec::new();
        for page in pages {
            if is_tested_elsewhere(page) || is_a_program(page) {
                continue;
            }
            let mut spec = Spec::default();
            for block in book::blocks(&page.text) {
                match block {
                    Block::File(name, text) => {
                        spec.add(&name, &text);
                    }
                    Block::Console(lines) => {
                        let called = lines.iter().any(|l| Some(l.program()) == spec.program());
                        if called && modules.iter().all(|(_, known)| *known != spec) {
                            modules.push((format!("program{}", modules.len()), spec.clone()));
                        }
                    }
                }
            }
        }
        let directory = target().join("tmp/book");
        let _ = fs::remove_dir_all(directory.join("src"));
        let code = |(name, spec): &(String, Spec)| {
            let directory = tempfile::tempdir().expect("a directory");
            let outputs = clapspec::generate(&spec.write(directory.path()), &[Part::Rust])
                .unwrap_or_else(|errors| panic!("{errors}"));
            (name.clone(), outputs[0].text().to_owned())
        };
        let programs: Vec<(String, String)> = modules.iter().map(code).collect();
        harness::write_programs(&directory, "book", "{args:?}", &programs);
        let output = cargo()
            .args(["build", "--offline", "--quiet", "--target-dir"])
            .arg(target().join("harness"))
            .current_dir(&directory)
            .output()
            .expect("cargo runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        Self {
            path: target().join("harness/debug/book"),
            modules,
        }
    }

    /// The module with the program of a spec.
    fn module(&self, spec: &Spec) -> Option<&str> {
        let mut modules = self.modules.iter();
        let found = modules.find(|(_, known)| known == spec);
        found.map(|(name, _)| name.as_str())
    }
}

/// Pages that are generated or tested separately, and that may be missing.
const MAY_BE_MISSING: &[&str] = &["keys.md", "clap-parity.md", "diagnostics"];

/// Whether a page may be missing, and is. Its path is relative to `docs/src/`.
fn is_allowed_to_be_missing(page: &Path) -> bool {
    let missing = |name: &&&str| !book::directory().join(name).exists();
    MAY_BE_MISSING
        .iter()
        .filter(missing)
        .any(|name| page.starts_with(name))
}

/// Every link between pages leads to an existing file and heading.
#[test]
fn links_resolve() {
    let root = root();
    let mut files: Vec<PathBuf> = ["README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG"]
        .map(|name| root.join(name).with_extension("md"))
        .into();
    files.extend(
        book::pages()
            .iter()
            .map(|page| book::directory().join(&page.name)),
    );
    let (mut followed, mut wrong) = (0, Vec::new());
    for file in &files {
        let text = fs::read_to_string(file).expect("a page");
        let prose = book::prose(&text);
        for rest in prose.split("](").skip(1) {
            let link = rest.split([')', ' ', '\n']).next().unwrap_or_default();
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let leads_to = match path {
                "" => file.clone(),
                _ => plain(&file.with_file_name("").join(path)),
            };
            let page = leads_to.strip_prefix(book::directory());
            if page.is_ok_and(is_allowed_to_be_missing) {
                continue;
            }
            let found = leads_to.exists() && {
                heading.is_empty() || {
                    let text = fs::read_to_string(&leads_to).unwrap_or_default();
                    headings(&text).contains(heading)
                }
            };
            if !found {
                wrong.push(format!("{}: {link}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 100, "only {followed} links");
}

/// A path without `..` and `.`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The anchors of the headings of a page, as GitHub and mdBook generate them.
fn headings(markdown: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let text = line.trim_start_matches('#');
        if fenced || text.len() == line.len() || !text.starts_with(' ') {
            continue;
        }
        let kept = text.trim().to_lowercase();
        let kept = kept.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        });
        let name: String = kept.collect();
        let mut numbered = name.clone();
        let mut number = 0;
        while !names.insert(numbered) {
            number += 1;
            numbered = format!("{name}-{number}");
        }
    }
    names
}

/// The summary lists every page once, and no page that doesn't exist.
#[test]
fn the_summary_lists_every_page_once() {
    let text = fs::read_to_string(book::directory().join("SUMMARY.md")).expect("the summary");
    let named = text.split("](").skip(1);
    let named: Vec<&str> = named.filter_map(|rest| rest.split(')').next()).collect();
    for page in book::pages() {
        if page.name != "SUMMARY.md" {
            let times = named.iter().filter(|name| **name == page.name).count();
            assert_eq!(times, 1, "{} in SUMMARY.md", page.name);
        }
    }
    for name in named {
        let exists = book::directory().join(name).exists();
        assert!(
            exists || is_allowed_to_be_missing(Path::new(name)),
            "{name} doesn't exist"
        );
    }
}

/// The code and the error that the README shows are what clapspec prints for its spec.
#[test]
fn the_readme_shows_generated_code() {
    let readme = book::readme().text;
    let after = |mark: &str| {
        let rest = readme.split_once(mark).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split("```").next()).expect(mark)
    };
    let mut spec = Spec::default();
    for block in book::blocks(&readme) {
        if let Block::File(name, text) = block {
            if name == "cli.yaml" {
                spec.add(&name, &text);
            }
        }
    }
    let directory = tempfile::tempdir().expect("a directory");
    let outputs = clapspec::generate(&spec.write(directory.path()), &[Part::Rust]);
    let outputs = outputs.unwrap_or_else(|errors| panic!("{errors}"));
    let shown: Vec<&str> = after("// generated from cli.yaml\n").lines().collect();
    assert!(shown.len() > 5);
    for line in shown {
        assert!(outputs[0].text().contains(&format!("{line}\n")), "{line}");
    }
    let text = spec.0.get_mut("cli.yaml").expect("a spec");
    *text = text.replace("{ conflicts: ", "{ confilcts: ");
    let error = spec.findings().expect("an error");
    for line in after("```text\n").lines() {
        // The directory of the file differs.
        let line = line.replace("--> ", "");
        assert!(error.contains(line.trim_start()), "{line}\n{error}");
    }
}

/// The tables of keys are current, and every key is in one of them.
#[test]
fn tables_of_keys_are_current() {
    tables::assert_tables_are_current();
}

/// The lines of the book are short, except in tables, where lines can't be broken.
#[test]
fn lines_are_short() {
    for page in book::pages() {
        if is_tested_elsewhere(&page) || MAY_BE_MISSING.contains(&&*page.name) {
            continue;
        }
        let mut console = false;
        for line in page
            .text
            .lines()
            .filter(|line| !line.starts_with(['|', '<']))
        {
            // The output of a program may have long lines.
            console = line == "```console" || console && line != "```";
            if console && !line.starts_with("$ ") {
                continue;
            }
            let columns = line.chars().count();
            assert!(columns <= 105, "{}: {columns} columns\n{line}", page.name);
        }
    }
}
