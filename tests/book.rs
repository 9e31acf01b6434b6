//! The book as a site: mdbook builds it, and its links lead to existing pages and places.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use regex_lite::Regex;

use crate::support::{self, decoded, root};

#[test]
fn links_in_the_built_book_resolve() {
    if !support::has("mdbook") {
        return;
    }
    let directory = tempfile::tempdir().expect("a directory");
    let built = Command::new(root().join(".ci/book"))
        .arg(directory.path())
        .output();
    let built = built.expect("the script runs");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let mut pages = Vec::new();
    collect(directory.path(), &mut pages);
    let link = Regex::new(r#"(?:href|src)="([^"]*)""#).expect("a pattern");
    let id = Regex::new(r#" id="([^"]*)""#).expect("a pattern");
    let mut places: HashMap<PathBuf, Option<HashSet<String>>> = HashMap::new();
    let (mut followed, mut wrong) = (0, BTreeSet::new());
    for page in &pages {
        // The links of authctl's site are tested in `tests/html.rs`. The error page is for the root of a host.
        let name = page.strip_prefix(directory.path()).expect("inside");
        if name.starts_with("authctl/site") || name == Path::new("404.html") {
            continue;
        }
        let text = fs::read_to_string(page).expect("a page");
        for found in link.captures_iter(&text) {
            let target = decoded(&found[1]);
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (path, place) = target.split_once('#').unwrap_or((&target, ""));
            let mut file = match path {
                "" => page.clone(),
                path => plain(&page.with_file_name("").join(path)),
            };
            if file.is_dir() {
                file.push("index.html");
            }
            let leads = match file.extension().is_some_and(|it| it == "html") {
                true => {
                    let known = places.entry(file).or_insert_with_key(|file| {
                        let text = fs::read_to_string(file).ok()?;
                        let ids = id.captures_iter(&text).map(|id| id[1].to_owned());
                        Some(ids.collect())
                    });
                    let ids = known.as_ref();
                    ids.is_some_and(|ids| place.is_empty() || ids.contains(place))
                }
                false => file.exists(),
            };
            if !leads {
                wrong.insert(format!("{}: {target}", name.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(followed > 5000, "only {followed} links");
    let about = fs::read_to_string(directory.path().join("authctl/index.html")).expect("a page");
    assert!(about.contains("href=\"site/index.html\""));
}

/// Collects the pages in a directory.
fn collect(directory: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|it| it == "html") {
            pages.push(path);
        }
    }
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
