//! Reports for programs to read. Each is whole: a reader needs nothing else.

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

use serde::Serialize;

use crate::source::is_obeyed;
use crate::{Code, Finding};

/// A value as JSON, which a terminal can show: what it would obey is escaped, as JSON allows.
fn to_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("plain data is JSON");
    let mut shown = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_obeyed(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown.push('\n');
    shown
}

/// The message and all that it says about fixing, for formats that have one text for it.
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

/// What to run to read on about a code.
fn documentation(code: Code) -> String {
    format!("clapspec explain {code}")
}
