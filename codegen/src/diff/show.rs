//! The differences as text, JSON and Markdown.

use std::fmt::Write as _;

use clapspec_runtime::text::printable;
use serde_json::json;

use super::{Change, Class, Diff};

impl Diff {
    /// The changes with their reasons, the worst first, and the verdict.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for class in [Class::Breaking, Class::Compatible] {
            for change in self.of(class) {
                let (place, message) = (printable(&change.place), printable(&change.message));
                let _ = writeln!(text, "{}: {place}: {message}", class.name());
                let (rule, reason) = (change.rule.name(), change.rule.reason());
                let _ = writeln!(text, "    {rule}: {reason}");
            }
        }
        for (place, message) in self.documentation() {
            let (place, message) = (printable(place), printable(&message));
            let _ = writeln!(text, "documentation: {place}: changed {message}");
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text + &self.verdict() + "\n"
    }

    /// What changed in the documentation of each command.
    fn documentation(&self) -> Vec<(&str, String)> {
        let mut places: Vec<(&str, String)> = Vec::new();
        for change in self.of(Class::Documentation) {
            match places.iter_mut().find(|(place, _)| *place == change.place) {
                Some((_, message)) => message.extend([", ", &change.message]),
                None => places.push((&change.place, change.message.clone())),
            }
        }
        places
    }

    /// How many changes there are, and which version they need.
    pub fn verdict(&self) -> String {
        let counts = Class::ALL
            .iter()
            .map(|class| (class, self.of(*class).count()));
        let counts = counts.filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(class, count)| format!("{count} {}", class.name()))
            .collect();
        if counts.is_empty() {
            return "nothing changed".to_owned();
        }
        let mut verdict = format!("{}: ", counts.join(", "));
        let bump = self.bump().name();
        match (self.next_version(), &self.versions) {
            (Some(next), [Some(old), new]) => {
                let _ = write!(verdict, "a {bump} release, at least {next} after {old}");
                if let (Some(true), Some(new)) = (self.version_is_too_small(), new) {
                    let _ = write!(verdict, ", but the new version is {}", printable(new));
                }
            }
            _ => {
                let _ = write!(verdict, "a {bump} release");
            }
        }
        verdict
    }

    /// The changes as JSON.
    pub fn json(&self) -> String {
        let changes: Vec<_> = Class::ALL
            .iter()
            .flat_map(|class| self.of(*class))
            .collect();
        let changes = changes.into_iter().map(|change| {
            json!({
                "class": change.rule.class().name(),
                "rule": change.rule.name(),
                "place": change.place,
                "message": change.message,
                "reason": change.rule.reason(),
            })
        });
        let changes: Vec<_> = changes.collect();
        let document = json!({
            "breaking": self.is_breaking(),
            "bump": self.bump().name(),
            "old-version": self.versions[0],
            "new-version": self.versions[1],
            "next-version": self.next_version(),
            "changes": changes,
        });
        serde_json::to_string_pretty(&document).expect("plain data is JSON") + "\n"
    }

    /// The changes as lists for release notes in Markdown.
    pub fn markdown(&self) -> String {
        let headings = ["Breaking changes", "Compatible changes", "Documentation"];
        let mut text = String::new();
        for (class, heading) in Class::ALL.iter().zip(headings) {
            let lines: Vec<String> = match class {
                Class::Documentation => {
                    let places = self.documentation().into_iter();
                    places
                        .map(|(place, message)| line(place, &format!("changed {message}")))
                        .collect()
                }
                _ => self.of(*class).map(Change::markdown).collect(),
            };
            if lines.is_empty() {
                continue;
            }
            let end = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{end}### {heading}\n\n");
            for line in lines {
                let _ = writeln!(text, "- {line}");
            }
        }
        text
    }
}

impl Change {
    /// The change as a line of Markdown.
    pub fn markdown(&self) -> String {
        line(&self.place, &self.message)
    }
}

fn line(place: &str, message: &str) -> String {
    let place = printable(&place.replace('`', "'"));
    format!("`{place}`: {}", escaped(&printable(message)))
}

/// Escapes text outside of backquotes, so that it isn't read as Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for char in text.chars() {
        match char {
            '`' => in_code = !in_code,
            '<' | '>' | '*' | '_' | '[' | ']' | '\\' | '&' | '#' | '|' if !in_code => {
                out.push('\\')
            }
            _ => {}
        }
        out.push(char);
    }
    if in_code {
        out.push('`');
    }
    out
}
