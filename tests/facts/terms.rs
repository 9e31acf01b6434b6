//! The terms of a string: names and numbers that a row about it must repeat, since they have no synonyms.

use super::document::is_marker;

/// The code spans, addresses, placeholders, options and numbers of a string. If the text begins with a
/// link, the name of the link is a term too. No term is listed twice.
pub fn terms(text: &str) -> Vec<String> {
    let text = without_marker(text);
    let mut terms = Vec::new();
    if text.starts_with('[') {
        terms.extend(take(&mut text.to_owned(), "[", "]"));
    }
    let mut rest = text.to_owned();
    let mut code = take(&mut rest, "`", "`");
    code.extend(take(&mut rest, "<code>", "</code>"));
    // A code span such as `--force | -f` has several names.
    let names = code.iter().flat_map(|code| code.split(" | "));
    terms.extend(names.map(str::to_owned));
    terms.extend(addresses(&mut rest));
    terms.extend(take(&mut rest, "<em>", "</em>"));
    take(&mut rest, "<", ">");
    terms.extend(rest.split_whitespace().filter_map(word));
    for term in &mut terms {
        *term = term.trim_matches('`').to_owned();
    }
    let mut seen = Vec::new();
    terms.retain(|term| {
        let new = !term.is_empty() && !seen.contains(term);
        seen.push(term.clone());
        new
    });
    terms
}

/// A string without the marker of a list item before it.
fn without_marker(text: &str) -> &str {
    match text.split_once(' ') {
        Some((marker, rest)) if is_marker(marker) => rest.trim_start(),
        _ => text,
    }
}

/// Removes each pair of marks and the text between them, and returns these texts.
fn take(text: &mut String, open: &str, close: &str) -> Vec<String> {
    let mut taken = Vec::new();
    while let Some(start) = text.find(open) {
        let inner = start + open.len();
        let Some(length) = text[inner..].find(close) else {
            break;
        };
        taken.push(text[inner..inner + length].to_owned());
        text.replace_range(start..inner + length + close.len(), " ");
    }
    taken
}

/// Removes the addresses of links and returns them, except for those within the document.
fn addresses(rest: &mut String) -> Vec<String> {
    let mut addresses: Vec<String> = take(rest, "<http", ">")
        .iter()
        .map(|end| format!("http{end}"))
        .collect();
    addresses.extend(take(rest, "href=\"", "\""));
    // A space ends each address: a link may have a title between the address and the parenthesis.
    rest.push(' ');
    *rest = rest.replace("](", "] (").replace(')', " ) ");
    addresses.extend(take(rest, "] (", " "));
    addresses.retain(|address| !address.starts_with('#'));
    // The spec has absolute addresses. They contain the relative ones if these lack the `../`.
    let relative = addresses
        .iter()
        .map(|address| address.trim_start_matches("../").to_owned());
    relative.collect()
}

/// A word as a term: an option, a placeholder such as `_options_`, or a number.
fn word(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let name = word.trim_start_matches('-');
    let dashes = word.len() - name.len();
    let is_option = (1..=2).contains(&dashes) && name.starts_with(char::is_alphabetic);
    let is_number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let placeholder = word
        .strip_prefix('_')
        .and_then(|rest| rest.strip_suffix('_'));
    placeholder
        .or((is_option || is_number).then_some(word))
        .map(str::to_owned)
}

/// Whether a term occurs in a string, and not as a part of a longer word.
pub fn occurs(term: &str, text: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(term).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + term.len()..].chars().next();
        !before.is_some_and(in_word) && !after.is_some_and(in_word)
    })
}
