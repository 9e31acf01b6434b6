//! The documentation of each kind of error, for a terminal.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Severity};

/// Returns the page of a code. Code blocks are indented instead of fenced.
pub fn page(code: Code) -> String {
    let mut text = String::new();
    let mut within = false;
    for line in code.page().lines() {
        if line.starts_with("```") {
            within = !within;
        } else if within && !line.is_empty() {
            text.extend(["    ", line, "\n"]);
        } else {
            text.extend([line, "\n"]);
        }
    }
    text
}

/// Returns the list of all codes, by family, each with its title.
pub fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for (family, codes) in Code::FAMILIES {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{family}:");
        for code in *codes {
            let _ = write!(text, "  {:width$}  {}", code.name(), code.title());
            text.push_str(match code.severity() {
                Severity::Error => "\n",
                Severity::Warning => " (warning)\n",
            });
        }
    }
    text
}
