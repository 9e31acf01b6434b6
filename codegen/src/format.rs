//! Reports in machine-readable formats. Each report is self-contained.

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

use serde::Serialize;

use crate::source::is_unsafe;
use crate::{Code, Finding};

/// Formats a value as JSON that is safe to show on a terminal: control characters and the like are
/// escaped.
fn to_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("plain data is JSON");
    let mut shown = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_unsafe(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown.push('\n');
    shown
}

/// Returns the message with its help and suggestion, for formats with a single text field.
fn whole_message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if let Some(label) = &finding.label {
        text.push_str(&format!(" ({label})"));
    }
    for help in &finding.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    if let Some(suggestion) = &finding.suggestion {
        text.push_str(&format!(
            "\nhelp: {}: `{}`",
            suggestion.message, suggestion.text
        ));
    }
    text
}

/// Returns the command that shows the documentation of a code.
fn documentation(code: Code) -> String {
    format!("clapspec explain {code}")
}
