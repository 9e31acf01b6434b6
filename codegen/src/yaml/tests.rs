//! Compares our reader with an independent one (libyaml, through `yaml_serde`).

use std::fs;
use std::path::Path;

use serde_yaml::Value as Oracle;

use super::{Node, Value, parse};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// Asserts that two readers read the same value.
fn same(node: &Node, oracle: &Oracle) {
    match (&node.value, oracle) {
        (Value::List(items), Oracle::Sequence(others)) => {
            assert_eq!(items.len(), others.len());
            items.iter().zip(others).for_each(|(a, b)| same(a, b));
        }
        (Value::Map(entries), Oracle::Mapping(others)) => {
            assert_eq!(entries.len(), others.len());
            for ((key, value), (other_key, other)) in entries.iter().zip(others) {
                // Our reader keeps every key as a string.
                if let Some(text) = other_key.as_str() {
                    assert_eq!(key.text(), Some(text));
                }
                same(value, other);
            }
        }
        (Value::Scalar { text, .. }, Oracle::String(other)) => assert_eq!(text, other),
        (Value::Scalar { text, plain: true }, Oracle::Bool(other)) => {
            assert_eq!(text.to_lowercase(), other.to_string());
        }
        (Value::Scalar { text, plain: true }, Oracle::Number(other)) => {
            assert!(!text.is_empty() && other.to_string() != "", "{text}");
        }
        (Value::Scalar { .. }, Oracle::Null) => assert!(node.is_null()),
        (ours, other) => panic!("{ours:?} and {other:?}"),
    }
}

/// Compares the readers on one text. Returns whether our reader accepts it.
fn compare(name: &str, text: &str) -> bool {
    let mut problems = Diagnostics::default();
    let file = Sources::default().add(Path::new(name), text.to_owned());
    let Some(node) = parse(file, text, &mut problems) else {
        return false;
    };
    if problems.len() > 0 {
        return false;
    }
    match serde_yaml::from_str::<Oracle>(text) {
        Ok(oracle) => same(&node, &oracle),
        Err(error) => panic!("{name}: only our reader accepts it: {error}"),
    }
    true
}

#[test]
fn test_specs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let mut accepted = 0;
    for directory in [
        "tests/render",
        "tests/invalid",
        "spec/sets",
        "spec/commands",
        "codegen/spec",
    ] {
        for entry in fs::read_dir(root.join(directory)).expect("cases") {
            let path = entry.expect("an entry").path();
            if let Ok(text) = fs::read_to_string(&path) {
                accepted += usize::from(compare(&path.to_string_lossy(), &text));
            }
        }
    }
    assert!(accepted > 100, "only {accepted} were compared");
}

#[test]
fn corner_cases_of_yaml() {
    let texts = [
        "a: no\nb: on\nc: y\nd: 0o17\ne: 1_000\nf: 1e3\ng: .5\nh: 12:30:45\n",
        "a: |\n  one\n\n   two\n\nb: >\n  one\n  two\n\n  three\n",
        "a: |-\n  x\nb: |+\n  x\n\nc: >2\n   x\n",
        "a: 'it''s'\nb: \"\\x41\\u00e9\\n\\t\\\\\"\n",
        "a: one\n  two\n\n  three\nb: [one\n  two, three]\n",
        "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
        "? a\n: b\n? c\n",
        "- a\n- - b\n  - c\n-\n  d: e\n",
        "a: # nothing\nb: ~\nc: null\nd: ''\n",
        "\"a b\": c # comment\n'd': e#f\n",
        "%YAML 1.2\n---\na: b\n...\n",
        "{a: [b, {c: d}], e: \"f\", 'g': h}\n",
        "a:\n- b\n- c\n",
        "a: https://example.org:80/#x\nb: -1\nc: - d\n",
    ];
    let accepted = texts.iter().filter(|text| compare("text", text)).count();
    assert!(accepted >= 12, "{accepted}");
}
