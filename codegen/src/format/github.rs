//! Workflow commands of GitHub Actions, which become annotations in a pull request.

use super::whole_message;
use crate::Report;
use crate::source::printable;

/// Formats a report as workflow commands, one line for each error and warning.
pub fn github(report: &Report) -> String {
    let mut lines = String::new();
    for finding in report.findings() {
        let path = property(&finding.path);
        let place = finding.start.zip(finding.end);
        let place = place.map_or_else(String::new, |(start, end)| {
            format!(
                ",line={},col={},endLine={},endColumn={}",
                start.line, start.column, end.line, end.column
            )
        });
        lines.push_str(&format!(
            "::{} file={path}{place},title={}::{}\n",
            finding.severity,
            property(finding.code.name()),
            data(&whole_message(&finding))
        ));
    }
    lines
}

/// Escapes the message of a command, which must be one line.
fn data(text: &str) -> String {
    let text = printable(text).replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which would end at a comma or at two colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("100%\nof: a, b"), "100%25%0Aof: a, b");
        assert_eq!(property("a,b::c%\n"), "a%2Cb%3A%3Ac%25%0A");
        assert_eq!(data("\x1b[31m"), "\u{fffd}[31m");
    }
}
