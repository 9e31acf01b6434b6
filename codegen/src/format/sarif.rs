//! SARIF 2.1.0, which code hosts and editors read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::places::{Places, Region};
use super::{documentation, to_json, whole_message};
use crate::Report;
use crate::diagnostic::{Code, Diagnostic, Suggestion};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A report as a SARIF log of one run.
pub fn sarif(report: &Report) -> String {
    let places = Places::new(&report.sources);
    let codes: BTreeSet<Code> = report.codes().collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let list = report.diagnostics.iter();
    let results: Vec<Value> = list
        .map(|diagnostic| result(diagnostic, &codes, report, &places))
        .collect();
    to_json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "clapspec",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.title() },
        "help": { "text": documentation(*code) },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code], report: &Report, places: &Places<'_>) -> Value {
    let location = match diagnostic.span() {
        Some(span) => physical(places.region(span)),
        None => json!({ "artifactLocation": artifact(diagnostic.path(&report.sources)) }),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).ok(),
        "level": diagnostic.severity().name(),
        "message": { "text": whole_message(diagnostic) },
        "locations": [{ "physicalLocation": location }],
    });
    let related = diagnostic.related.iter().enumerate();
    let related: Vec<Value> = related
        .map(|(id, (span, label))| {
            json!({
                "id": id,
                "physicalLocation": physical(places.region(*span)),
                "message": { "text": label },
            })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    // What is not certain to be right is in the message alone: tools apply fixes unasked.
    let suggestion = diagnostic.suggestion.as_ref();
    if let Some(suggestion) = suggestion.filter(|suggestion| suggestion.certain) {
        result["fixes"] = json!([fix(suggestion, places)]);
    }
    result
}

fn fix(suggestion: &Suggestion, places: &Places<'_>) -> Value {
    let place = places.region(suggestion.span);
    json!({
        "description": { "text": suggestion.help },
        "artifactChanges": [{
            "artifactLocation": artifact(place.path),
            "replacements": [{
                "deletedRegion": region(place),
                "insertedContent": { "text": suggestion.text },
            }],
        }],
    })
}

fn physical(place: Region<'_>) -> Value {
    json!({ "artifactLocation": artifact(place.path), "region": region(place) })
}

fn region(place: Region<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

/// A path as a URI reference. One from the root on is a whole address.
fn artifact(path: &str) -> Value {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.get(1..3) == Some(":/") {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if plain {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    json!({ "uri": uri })
}

#[cfg(test)]
mod tests {
    use super::artifact;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(
            artifact("spec/a b#é.yaml")["uri"],
            "spec/a%20b%23%C3%A9.yaml"
        );
        assert_eq!(artifact("/tmp/cli.yaml")["uri"], "file:///tmp/cli.yaml");
        assert_eq!(artifact("C:/cli.yaml")["uri"], "file:///C%3A/cli.yaml");
    }
}
