//! What the documentation shows is right: every spec, every command line, every link.
//!
//! Specs in the book are checked, its command lines are run and what they print is compared. Lines
//! that call a program of the page's spec are run with code that is made from it, whose handlers
//! print what they get.

#[path = "support/book.rs"]
mod book;
#[path = "support/harness.rs"]
mod harness;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use book::{Block, Page, Shell};
use clapspec::Part;
use support::{cargo, root, target};

/// Pages whose examples have tests of their own.
fn is_tested_elsewhere(page: &Page) -> bool {
    page.name.starts_with("diagnostics/")
}

/// Pages whose programs are built with the handlers that they show.
fn is_a_program(page: &Page) -> bool {
    page.name == "tutorial.md" || page.name.starts_with("contract/")
}

/// A spec as a page shows it so far: files below `spec/`, or one file.
#[derive(Clone, Default, PartialEq)]
struct Spec(BTreeMap<String, String>);

impl Spec {
    /// Takes in a file; says whether it belongs to a spec.
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

    /// Writes it into a directory, and says where it is.
    fn write(&self, directory: &Path) -> PathBuf {
        for (name, text) in &self.0 {
            let path = directory.join(name);
            fs::create_dir_all(path.parent().expect("a directory")).expect("made");
            fs::write(path, text).expect("written");
        }
        directory.join(if self.is_one_file() {
            "cli.yaml"
        } else {
            "spec"
        })
    }

    /// What is wrong with it, or may be.
    fn findings(&self) -> Option<String> {
        let directory = tempfile::tempdir().expect("a directory");
        let report = clapspec::check(&self.write(directory.path()));
        let clean = report.errors() + report.warnings() == 0;
        (!clean).then(|| report.to_string())
    }
}

/// Every spec of the book passes, without a warning: one file at once, a directory with all of its
/// files that the page shows.
#[test]
fn specs_of_the_book() {
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

/// What the book shows below a command line is what it prints.
#[test]
fn command_lines_of_the_book() {
    let pages = book::pages();
    let programs = Programs::of(&pages);
    let (mut run, mut wrong) = (0, Vec::new());
    for page in &pages {
        // The tour through authctl is tried in `tests/tour.rs`.
        let others = ["contract/", "authctl/"];
        if is_tested_elsewhere(page) || others.iter().any(|name| page.name.starts_with(name)) {
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

/// The programs that the book runs, in one.
struct Programs {
    path: PathBuf,
    modules: Vec<(String, Spec)>,
}

impl Programs {
    /// Makes the programs that pages call, and builds them.
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
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        Self {
            path: target().join("harness/debug/book"),
            modules,
        }
    }

    /// The name by which the program of a spec is called.
    fn module(&self, spec: &Spec) -> Option<&str> {
        let mut modules = self.modules.iter();
        let found = modules.find(|(_, known)| known == spec);
        found.map(|(name, _)| name.as_str())
    }
}

/// Pages that are made elsewhere and put here.
const TO_COME: &[&str] = &["keys.md", "clap-parity.md", "diagnostics"];

/// Whether a page, by its path below `docs/src/`, may be missing so far.
fn is_to_come(page: &Path) -> bool {
    let missing = |name: &&&str| !book::directory().join(name).exists();
    TO_COME
        .iter()
        .filter(missing)
        .any(|name| page.starts_with(name))
}

/// Every link between pages leads to a file, and to a heading in it.
#[test]
fn links() {
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
            if page.is_ok_and(is_to_come) {
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

/// The names by which links reach the headings of a page, as GitHub and mdBook make them.
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

/// The summary names every page, and no other.
#[test]
fn summary() {
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
        assert!(exists || is_to_come(Path::new(name)), "there is no {name}");
    }
}

/// Every key of the language, every type and every word that a key takes stands in a chapter.
#[test]
fn every_key_is_described() {
    let pages = book::pages();
    let chapters = pages
        .iter()
        .filter(|page| page.name.starts_with("language/") || page.name.starts_with("contract/"));
    let text: String = chapters.map(|page| page.text.as_str()).collect();
    // The keys of `output` are those of JSON Schema.
    let files = ["spec.rs", "spec/parts.rs", "spec/contract.rs"];
    let files = files.map(|name| root().join("codegen/src").join(name));
    let spec = files
        .map(|path| fs::read_to_string(path).expect("the types"))
        .concat();
    let (mut keys, mut missing) = (0, Vec::new());
    let mut described = false;
    let mut renamed: Option<String> = None;
    for line in spec.lines().map(str::trim) {
        if let Some(attribute) = line.strip_prefix("#[") {
            let name = attribute.split("rename = \"").nth(1);
            renamed = name
                .and_then(|rest| rest.split('"').next())
                .map(str::to_owned);
            continue;
        }
        if line.starts_with("///") {
            described = true;
            continue;
        }
        let field = line.strip_prefix("pub(crate) ").unwrap_or(line);
        let is_name = |name: &&str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let field = field.split_once(": ").map(|(name, _)| name);
        let variant = line.strip_suffix(',').filter(|name| !name.contains(' '));
        let kind = line
            .strip_prefix("(\"")
            .and_then(|rest| rest.split('"').next());
        let documented = field.or(variant).filter(is_name).filter(|_| described);
        if let Some(name) = documented.or(kind) {
            let key = renamed.take().unwrap_or_else(|| kebab(name));
            keys += 1;
            if !text.contains(&format!("`{key}`")) {
                missing.push(key);
            }
        }
        renamed = None;
        described = false;
    }
    assert!(missing.is_empty(), "{missing:?} are in no chapter");
    assert!(keys > 100, "only {keys} keys were found");
}

/// A name of Rust as the language spells it.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(if c == '_' {
            '-'
        } else {
            c.to_ascii_lowercase()
        });
    }
    out
}

/// Lines of the book are short. Those of tables can't be broken.
#[test]
fn lines_are_short() {
    for page in book::pages() {
        if is_tested_elsewhere(&page) || TO_COME.contains(&&*page.name) {
            continue;
        }
        let mut console = false;
        for line in page.text.lines().filter(|line| !line.starts_with('|')) {
            // What is printed is as long as it is.
            console = line == "```console" || console && line != "```";
            if console && !line.starts_with("$ ") {
                continue;
            }
            let columns = line.chars().count();
            assert!(columns <= 105, "{}: {columns} columns\n{line}", page.name);
        }
    }
}
