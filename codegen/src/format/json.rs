//! clapspec's own format.

use serde::Serialize;

use super::{documentation, to_json};
use crate::{Finding, Report};

/// The version of the format. It changes with incompatible changes; new keys are compatible.
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

/// Formats a report as one JSON object, which `docs/src/formats.md` describes.
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
