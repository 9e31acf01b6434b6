//! The modules of the generator are layers: each imports only from lower layers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex_lite::Regex;

use crate::support::root;

/// The modules of the generator, from the lowest layer up. Modules in one layer don't import each other.
const GENERATOR: &[&[&str]] = &[
    &["parallel", "source", "description"],
    &["diagnostic"],
    &["read", "text", "yaml"],
    &["spec"],
    &["ir"],
    &["lower", "model"],
    &["page", "check"],
    &["generated"],
    &["backend"],
    &["report", "replace", "sync"],
    // The main functions of the crate, which read, check and generate.
    &["lib"],
    &[
        "build", "diff", "examples", "explain", "export", "fix", "format", "graph", "import",
        "new", "preview", "schema",
    ],
    &["main"],
];

#[test]
fn modules_import_only_from_lower_layers() {
    let rank: BTreeMap<&str, usize> = GENERATOR
        .iter()
        .enumerate()
        .flat_map(|(rank, names)| names.iter().map(move |name| (*name, rank)))
        .collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, text) in sources(&root().join("codegen/src")) {
        let module = top(&file);
        if ["tests", "structured"].contains(&module) {
            continue;
        }
        let Some(own) = rank.get(module) else {
            wrong.push(format!(
                "{file}: `{module}` is not in a layer; add it to `GENERATOR` in this test"
            ));
            continue;
        };
        for name in imports(&text) {
            // The crate's own items are in `lib`, such as `crate::Report`.
            let is_item = name.starts_with(char::is_uppercase) || name == "analyze_files";
            let target = if is_item { item(&name) } else { &*name };
            seen += 1;
            let allowed = target == module || rank.get(target).is_some_and(|rank| rank < own);
            // `lib` declares the public modules above it, and re-exports from them.
            if !allowed && module != "lib" {
                wrong.push(format!(
                    "{file}: `{module}` imports `{target}`, which is not in a lower layer"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 200, "only {seen} imports");
}

/// The module of an item that the crate re-exports.
fn item(name: &str) -> &'static str {
    match name {
        "Code" | "Severity" | "NoSuchCode" => "diagnostic",
        "Finding" | "Report" | "Suggestion" => "report",
        "GeneratedFile" => "generated",
        "Part" => "backend",
        _ => "lib",
    }
}

/// The names that a file imports from its crate: the first part of each path after `crate::`.
fn imports(text: &str) -> Vec<String> {
    let path = Regex::new(r"crate::(\w+|\{[^;]*?\})").expect("a pattern");
    let first = Regex::new(r"[{,]\s*(\w+)").expect("a pattern");
    let code: String = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n");
    let mut found = Vec::new();
    for import in path.captures_iter(&code) {
        let import = &import[1];
        match import.starts_with('{') {
            true => {
                // Inner braces contain items of one module.
                let inner = Regex::new(r"::\{[^}]*\}").expect("a pattern");
                let flat = inner.replace_all(import, "");
                found.extend(first.captures_iter(&flat).map(|name| name[1].to_owned()));
            }
            false => found.push(import.to_owned()),
        }
    }
    found
}

/// The top-level module of a file.
fn top(file: &str) -> &str {
    file.split('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs")
}

/// The Rust files in a directory, each with its relative path and its text.
fn sources(directory: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(directory).expect("inside");
                let text = fs::read_to_string(&path).expect("a file");
                found.push((name.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    found
}
