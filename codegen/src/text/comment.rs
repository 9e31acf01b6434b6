//! YAML comments that were probably meant to be text.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Sources, Span, Spanned};

/// Warns if a string without quotes ends where a comment begins. An author who writes `#5` rarely means
/// a comment.
pub(crate) fn check(text: &Spanned<String>, sources: &Sources, problems: &mut Diagnostics) {
    let Span { file, .. } = text.span;
    let written = sources.text(text.span);
    if written.is_empty() || written.starts_with(['"', '\'', '|', '>']) {
        return;
    }
    let end = text.span.range().end;
    let rest = sources.file(file).text.get(end..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let comment = line.trim_start();
    let is_text = |after: &str| after.starts_with(|c: char| !c.is_whitespace() && c != '#');
    if comment.len() == line.len() || !comment.strip_prefix('#').is_some_and(is_text) {
        return;
    }
    let start = end + (line.len() - comment.len());
    let span = Span::new(file, start..start + comment.trim_end().len());
    problems
        .warning(
            Code::CommentInText,
            span,
            "this is a comment, not part of the text",
        )
        .help("if it is part of the text, put the text in quotes: '…'; if not, write a space after `#`");
}
