//! The site: its links lead somewhere, it contains no elements but clapspec's, and browsers and checkers accept
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clapspec::{Checked, GeneratedFile, Part};
use regex_lite::{Captures, Regex};
use sha2::{Digest, Sha256};

use crate::support::{self, decoded};

/// The largest size of a page in bytes.
const MAX_PAGE: usize = 200_000;

/// The site of every spec, by the name of the spec.
fn sites() -> &'static [(String, Vec<GeneratedFile>)] {
    static SITES: LazyLock<Vec<(String, Vec<GeneratedFile>)>> = LazyLock::new(|| {
        let site = |(name, spec): (String, PathBuf)| {
            let files = clapspec::generate(&spec, &[Part::Html]);
            (name, files.unwrap_or_else(|errors| panic!("{errors}")))
        };
        let specs = support::specs_and_examples().into_iter();
        specs.map(site).collect()
    });
    &SITES
}

fn pages(files: &[GeneratedFile]) -> impl Iterator<Item = (&str, &str)> {
    let files = files.iter().filter(|file| file.path().ends_with(".html"));
    files.map(|file| (file.path().trim_start_matches("html/"), file.text()))
}

/// The values of an attribute in a page, as a browser reads them.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let pattern = Regex::new(&format!("<[a-z][^<>]* {name}=\"([^\"]*)\"")).expect("a pattern");
    let values = pattern.captures_iter(page);
    values.map(|found| unescaped(&found[1])).collect()
}

fn unescaped(text: &str) -> String {
    let entity = Regex::new("&(amp|lt|gt|quot|#x?[0-9a-f]+);").expect("a pattern");
    let replaced = entity.replace_all(text, |found: &Captures<'_>| match &found[1] {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "#39" | "#x27" => "'",
        "#x2f" => "/",
        other => panic!("the entity {other}"),
    });
    replaced.into_owned()
}

#[test]
fn links_lead_to_pages_and_items() {
    let mut count = 0;
    for (name, files) in sites() {
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (path, page) in pages(files) {
            let own = attributes(page, "id");
            let set: BTreeSet<String> = own.iter().cloned().collect();
            assert_eq!(own.len(), set.len(), "{name}, {path}: an anchor twice");
            ids.insert(path, set);
        }
        let paths: BTreeSet<&str> = files.iter().map(|it| &it.path()["html/".len()..]).collect();
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        for (path, page) in pages(files) {
            assert!(
                page.len() < MAX_PAGE || path.starts_with("single/"),
                "{name}, {path}"
            );
            let sources = attributes(page, "src").into_iter();
            for link in attributes(page, "href").into_iter().chain(sources) {
                if ["http:", "https:", "mailto:"]
                    .iter()
                    .any(|it| link.starts_with(it))
                {
                    continue;
                }
                let (to, anchor) = link.split_once('#').unwrap_or((&link, ""));
                let to = if to.is_empty() {
                    path.to_owned()
                } else {
                    decoded(to)
                };
                assert!(
                    paths.contains(to.as_str()),
                    "{name}, {path}: no file {link}"
                );
                let anchor = decoded(anchor);
                let is_known = |ids: &BTreeSet<String>| anchor.is_empty() || ids.contains(&anchor);
                assert!(
                    ids.get(to.as_str()).is_none_or(is_known),
                    "{name}, {path}: no item {link}"
                );
                count += 1;
                reached.insert(to);
            }
        }
        let all = paths
            .iter()
            .filter(|it| !["search.js", "llms.txt"].contains(*it));
        let lost: Vec<_> = all.filter(|path| !reached.contains(**path)).collect();
        assert!(lost.is_empty(), "{name}: nothing links to {lost:?}");
    }
    assert!(count > 10_000, "only {count} links");
}

/// Every element and attribute that a page may contain. Text is not among them, so an element from a spec is
/// found.
#[test]
fn pages_contain_only_elements_of_clapspec() {
    let element =
        Regex::new(r#"<(/?[a-z0-9]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>"#).expect("a pattern");
    let attribute = Regex::new(r#" ([a-z-]+)(?:="([^"]*)")?"#).expect("a pattern");
    let elements = "a article blockquote body br button code dd div dl dt em footer h1 h2 h3 h4 h5 head header \
        html input kbd li link main meta nav ol p pre samp script span strong style title ul";
    let elements: BTreeSet<&str> = elements.split_whitespace().collect();
    let known = "aria-current aria-label aria-pressed autocomplete charset class content data-label hidden href \
        http-equiv id lang name placeholder rel role spellcheck src start tabindex type";
    let known: BTreeSet<&str> = known.split_whitespace().collect();
    for (name, files) in sites() {
        for (path, page) in pages(files) {
            // The style and the script are ours.
            let inline = Regex::new("(?s)<(style|script)>.*?</(style|script)>").expect("a pattern");
            let page = inline.replace_all(page, "");
            let page = page.strip_prefix("<!doctype html>").expect("the type");
            let mut rest = 0;
            for found in element.captures_iter(page) {
                let whole = found.get(0).expect("the element");
                let between = &page[rest..whole.start()];
                assert!(!between.contains(['<', '>']), "{name}, {path}: {between}");
                rest = whole.end();
                let tag = found[1].trim_start_matches('/');
                assert!(elements.contains(tag), "{name}, {path}: <{tag}>");
                for attribute in attribute.captures_iter(&found[2]) {
                    assert!(
                        known.contains(&attribute[1]),
                        "{name}, {path}: {}",
                        &attribute[0]
                    );
                }
            }
            assert!(!page[rest..].contains(['<', '>']), "{name}, {path}");
        }
    }
}

#[test]
fn search_and_llms_name_every_page() {
    for (name, files) in sites() {
        let file = |path: &str| {
            files
                .iter()
                .find(|it| it.path() == path)
                .expect("a file")
                .text()
        };
        let index = file("html/search.js").strip_prefix("globalThis.searchEntries = [\n");
        let lines = index
            .and_then(|index| index.strip_suffix("];\n"))
            .expect("a list");
        let llms = file("html/llms.txt");
        let mut entries = BTreeSet::new();
        for line in lines.lines() {
            let entry: [String; 4] =
                serde_json::from_str(line.trim_end_matches(',')).expect("JSON");
            entries.insert(decoded(&entry[0]));
        }
        let single = |path: &str| path.starts_with("single/");
        let all = pages(files)
            .map(|(path, _)| path)
            .filter(|path| !single(path));
        for path in all.filter(|path| *path != "index.html") {
            assert!(entries.remove(path), "{name}: {path} can't be found");
            let twin = path.trim_end_matches("html").to_owned() + "md";
            let listed = llms.contains(&format!("]({twin})"));
            assert!(
                listed || twin.contains(|c: char| !c.is_ascii()),
                "{name}: {twin}"
            );
        }
        assert_eq!(entries, BTreeSet::new(), "{name}");
    }
}

#[test]
fn the_single_file_allows_its_script_alone() {
    let files = clapspec::generate(&support::root().join("spec"), &[Part::Html]).expect("a spec");
    let (_, page) = pages(&files)
        .find(|(path, _)| *path == "single/authctl.html")
        .expect("the file");
    let script = page.split("<script>").nth(1).expect("a script");
    let script = script.split("</script>").next().unwrap_or_default();
    let hash = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        Sha256::digest(script),
    );
    let policy = attributes(page, "content");
    assert!(
        policy
            .iter()
            .any(|it| it.contains(&format!("script-src 'sha256-{hash}';"))),
        "set `SCRIPT_HASH` in codegen/src/backend/html.rs to `sha256-{hash}`"
    );
    assert_eq!(page.matches("<script").count(), 1);
    let mut links = attributes(page, "href")
        .into_iter()
        .chain(attributes(page, "src"));
    let is_own = |link: &String| link.starts_with('#') || link.starts_with("http");
    assert!(links.all(|link| is_own(&link)), "it needs another file");
}

/// The chapter lists what templates get, and nothing else.
#[test]
fn the_book_lists_the_data_of_templates() {
    let directory = tempfile::tempdir().expect("a directory");
    let site = directory.path().join("site");
    fs::create_dir(&site).expect("created");
    let spec = "name: tool\nversion: 1.0.0\nabout: Do something\n\
        html: { single-file: true, source-url: https://example.org/spec }\n\
        commands:\n  a: { about: Do this }\n  b: { about: Do that }\n";
    fs::write(directory.path().join("cli.yaml"), spec).expect("written");
    let template = "{% for name in program %}program.{{ name }}\n{% endfor %}\
        {% for name in page %}page.{{ name }}\n{% endfor %}";
    fs::write(site.join("page.html"), template).expect("written");
    let files = clapspec::generate(directory.path(), &[Part::Html]);
    let files = files.unwrap_or_else(|errors| panic!("{errors}"));
    let (_, names) = pages(&files)
        .find(|(path, _)| *path == "tool-a.html")
        .expect("a page");
    let names: BTreeSet<&str> = names.lines().filter(|name| !name.is_empty()).collect();
    let chapter = support::root().join("docs/src/language/documents.md");
    let chapter = fs::read_to_string(chapter).expect("a chapter");
    let row = Regex::new(r"(?m)^\| ((?:`(?:program|page)\.\w+`(?:, )?)+) \|").expect("a pattern");
    let rows = row
        .captures_iter(&chapter)
        .map(|row| row.get(1).expect("names").as_str());
    let listed = rows
        .flat_map(|row| row.split(", "))
        .map(|name| name.trim_matches('`'));
    assert_eq!(listed.collect::<BTreeSet<_>>(), names);
}

#[test]
fn the_site_is_a_usual_part_only_with_its_key() {
    let usual = |spec: &str| Checked::read(&support::root().join(spec)).usual_parts();
    assert!(usual("spec").contains(&Part::Html));
    assert!(!usual("codegen/spec").contains(&Part::Html));
}

/// Templates of deep expressions, or that never end, are errors or pages, and no crash.
#[test]
fn templates_of_any_shape_end() {
    let repeated = |start: &str, part: &str, end: &str| {
        let count = (25_000 - start.len() - end.len()) / part.len();
        start.to_owned() + &part.repeat(count) + end
    };
    let templates = [
        repeated("{% if 1 %}", "{% elif 1 %}", "{% endif %}"),
        repeated("{{ 1 ", "+1", " }}"),
        repeated("{{ ", "-", "1 }}"),
        repeated("{{ \"a\"", "~\"b\"", " }}"),
        repeated("{{ 1", "|abs", " }}"),
        repeated("{{ 1 ", "if 1 else 1 ", " }}"),
        repeated("{{ page", ".x", " }}"),
        repeated("{{ ", "(", "1 }}"),
        repeated("{% if 1 %}", "{% if 1 %}", ""),
        repeated("{{ ", "[", "1 }}"),
        "{% block a %}{{ self.a() }}{% endblock %}".to_owned(),
        "{% extends \"clapspec/page.html\" %}{% block top %}{{ \"}}\" ~ self.top() }}{% endblock %}".to_owned(),
        "{% include \"page.html\" %}".to_owned(),
        "{% extends \"page.html\" %}".to_owned(),
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}".to_owned(),
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}".to_owned(),
    ];
    // So many commands that their pages are rendered on several threads.
    let mut spec = "name: tool\nabout: Do something\ncommands:\n".to_owned();
    for number in 0..120 {
        spec += &format!("  c{number}: {{ about: Do it }}\n");
    }
    let mut errors = 0;
    for template in templates {
        let directory = tempfile::tempdir().expect("a directory");
        let site = directory.path().join("site");
        fs::create_dir(&site).expect("created");
        fs::write(directory.path().join("cli.yaml"), &spec).expect("written");
        fs::write(site.join("page.html"), template).expect("written");
        errors += usize::from(clapspec::check(directory.path()).errors() > 0);
    }
    assert!(errors >= 8, "only {errors} errors");
}

fn write(directory: &Path, files: &[GeneratedFile]) {
    for file in files {
        let path = directory.join(&file.path()["html/".len()..]);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, file.text()).expect("written");
    }
}

/// Opens the sites in Chromium: search, keys, light and dark, narrow and wide, with and without scripts. axe-core
/// and html-validate check the pages.
#[test]
fn browsers_and_checkers_accept_the_sites() {
    let (Some(mut node), true) = (support::node("playwright-core"), support::has("chromium"))
    else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    let chosen = ["authctl", "hostile", "html", "unicode"];
    for (name, files) in sites() {
        if chosen.contains(&name.as_str()) {
            write(&directory.path().join(name), files);
        }
    }
    let output = node
        .arg(support::root().join("tests/checkers/site.mjs"))
        .arg(support::node_modules())
        .arg(directory.path())
        .output()
        .expect("node runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
    println!("{printed}");
}
