//! The output of each back-end. Each case is a file or directory in `tests/render/`.

use std::collections::BTreeSet;

use clapspec::{Checked, Part};

use crate::support;

/// Renders one part of every spec and compares each file with its snapshot.
fn render(part: Part) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (name, path) in support::specs() {
        if name == "authctl" || name == "clapspec" {
            continue; // Their generated files are committed.
        }
        let checked = Checked::read(&path);
        // The pages of a site resemble those in Markdown, so a few sites are enough.
        if !checked.usual_parts().contains(&part) {
            continue;
        }
        let outputs = checked.generate(&[part]);
        let outputs = outputs.unwrap_or_else(|| panic!("{name}:\n{}", checked.report()));
        for output in outputs {
            // The same for every site, and the other half of a page in Markdown.
            if part == Part::Html
                && [".css", "script.js", ".md"]
                    .iter()
                    .any(|it| output.path().ends_with(it))
            {
                continue;
            }
            let file = output.path().replace('/', "-");
            names.insert(format!("{name}@{file}"));
            insta::with_settings!({ snapshot_path => "snapshots/render", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("{name}@{file}"), output.text());
            });
        }
    }
    names
}

#[test]
fn rust_matches_its_snapshots() {
    render(Part::Rust);
}

#[test]
fn help_matches_its_snapshots() {
    render(Part::Help);
}

#[test]
fn man_pages_match_their_snapshots() {
    render(Part::Man);
}

#[test]
fn markdown_matches_its_snapshots() {
    render(Part::Markdown);
}

#[test]
fn sites_match_their_snapshots() {
    render(Part::Html);
}

#[test]
fn schemas_match_their_snapshots() {
    render(Part::Schema);
}

#[test]
fn scripts_match_their_snapshots() {
    render(Part::Completions);
}

#[test]
fn every_snapshot_has_a_case() {
    // `freshness.rs` is the same for every spec, and is committed in `generated/`.
    let parts = Part::ALL.iter().filter(|part| **part != Part::Freshness);
    let names = parts.flat_map(|part| render(*part)).collect();
    support::no_stale_snapshots("render", &names);
}

/// A spec in a directory and the same spec in a single file generate the same.
#[test]
fn a_directory_and_a_single_file_generate_the_same() {
    let generate = |path: &str| {
        let path = support::root().join("tests/render").join(path);
        let files = clapspec::generate(&path, Part::ALL).expect("the spec is right");
        let texts = files.iter().map(|file| {
            // The first line of the code has the path of the spec.
            let lines = file.text().lines();
            let lines = lines.filter(|line| !line.starts_with("// @generated"));
            (file.path().to_owned(), lines.collect::<Vec<_>>().join("\n"))
        });
        texts.collect::<Vec<_>>()
    };
    assert_eq!(generate("directory"), generate("directory-as-file.yaml"));
}

/// Two runs, and two locations of the spec, generate the same bytes.
#[test]
fn the_same_spec_gives_the_same_bytes() {
    for (name, path) in support::specs() {
        let first = clapspec::generate(&path, Part::ALL).expect("the spec is right");
        let second = clapspec::generate(&path, Part::ALL).expect("the spec is right");
        assert_eq!(first, second, "{name}");
        if path.is_file() {
            let elsewhere = tempfile::tempdir().expect("a directory");
            let copy = elsewhere.path().join(path.file_name().expect("a name"));
            std::fs::copy(&path, &copy).expect("a copy");
            let copied = clapspec::generate(&copy, Part::ALL).expect("the spec is right");
            assert_eq!(first, copied, "{name}");
        }
    }
}
