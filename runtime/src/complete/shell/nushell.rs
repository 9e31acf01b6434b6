//! Nushell: a list of records in JSON, on the line after the header.

use super::super::offers::Offers;
use crate::text::push_json;

pub(super) fn answer(offers: &Offers) -> String {
    let mut out = "clapspec 1\n[".to_owned();
    for (at, offer) in offers.list.iter().enumerate() {
        out.push_str(if at == 0 {
            "{\"value\":"
        } else {
            ",{\"value\":"
        });
        let after = if offer.is_open() { "" } else { " " };
        push_json(&mut out, &format!("{}{after}", quoted(&offer.token)));
        out.push_str(",\"description\":");
        push_json(&mut out, &offer.description());
        out.push('}');
    }
    out.push_str("]\n");
    out
}

/// Removes the quotes from a word, which may end within one. Nushell passes words as they are typed.
pub(super) fn unquoted(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut quote = None;
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (Some('"'), '\\') => out.extend(chars.next()),
            (_, c) => out.push(c),
        }
    }
    out
}

/// Quotes a token so that Nushell reads it as one string and doesn't expand it. Only double quotes have
/// escapes, and what is in backquotes is expanded.
fn quoted(token: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:@%+".contains(c);
    let looks_like_a_string = token.contains(|c: char| c.is_alphabetic()) || token.starts_with('-');
    // Two periods at the start of a name are a parent directory, and more are expanded.
    if token.chars().all(plain) && looks_like_a_string && !token.contains("..") {
        return token.to_owned();
    }
    match token.contains('\'') {
        false => format!("'{token}'"),
        true => format!("\"{}\"", token.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
