//! The format of our own.

use serde::Serialize;

use super::{documentation, to_json};
use crate::{Finding, Report};

/// Changes when a reader of the last version would not understand the next. New keys do not count.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    finding: Finding,
    documentation: String,
}

/// A report as one JSON object. `docs/src/formats.md` describes it.
pub fn json(report: &Report) -> String {
    let findings = report.findings().into_iter();
    to_json(&Document {
        version: VERSION,
        errors: report.errors(),
        warnings: report.warnings(),
        diagnostics: findings
            .map(|finding| Entry {
                documentation: documentation(finding.code),
                finding,
            })
            .collect(),
    })
}
