//! SARIF 2.1.0, which code hosts and editors can read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{documentation, to_json, whole_message};
use crate::report::{Place, Position};
use crate::{Code, Finding, Report, Suggestion};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Formats a report as a SARIF log of one run.
pub fn sarif(report: &Report) -> String {
    let codes: BTreeSet<Code> = report.codes().collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let findings = report.findings();
    let results: Vec<Value> = findings.iter().map(|it| result(it, &codes)).collect();
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

fn result(finding: &Finding, codes: &[Code]) -> Value {
    let location = match finding.start.zip(finding.end) {
        Some((start, end)) => physical(&finding.path, start, end),
        None => json!({ "artifactLocation": artifact(&finding.path) }),
    };
    let mut result = json!({
        "ruleId": finding.code.name(),
        "ruleIndex": codes.binary_search(&finding.code).ok(),
        "level": finding.severity.name(),
        "message": { "text": whole_message(finding) },
        "locations": [{ "physicalLocation": location }],
    });
    let related = finding.related.iter().enumerate();
    let related: Vec<Value> = related
        .map(|(id, related)| {
            let Place { path, start, end } = &related.place;
            json!({
                "id": id,
                "physicalLocation": physical(path, *start, *end),
                "message": { "text": related.label },
            })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    // A suggestion that is not certain is only part of the message, since tools may apply fixes
    // automatically.
    let suggestion = finding.suggestion.as_ref();
    if let Some(suggestion) = suggestion.filter(|suggestion| suggestion.certain) {
        result["fixes"] = json!([fix(suggestion)]);
    }
    result
}

fn fix(suggestion: &Suggestion) -> Value {
    let Place { path, start, end } = &suggestion.place;
    json!({
        "description": { "text": suggestion.message },
        "artifactChanges": [{
            "artifactLocation": artifact(path),
            "replacements": [{
                "deletedRegion": region(*start, *end),
                "insertedContent": { "text": suggestion.text },
            }],
        }],
    })
}

fn physical(path: &str, start: Position, end: Position) -> Value {
    json!({ "artifactLocation": artifact(path), "region": region(start, end) })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// Converts a path to a URI reference. An absolute path becomes a full URI.
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
    fn paths_are_uris() {
        assert_eq!(
            artifact("spec/a b#é.yaml")["uri"],
            "spec/a%20b%23%C3%A9.yaml"
        );
        assert_eq!(artifact("/tmp/cli.yaml")["uri"], "file:///tmp/cli.yaml");
        assert_eq!(artifact("C:/cli.yaml")["uri"], "file:///C%3A/cli.yaml");
    }
}
