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

/// Removes the quotes around a word, or before one that is still being typed.
pub(super) fn unquoted(word: &str) -> &str {
    let quote = word.chars().next().filter(|c| "'\"`".contains(*c));
    let inner = quote.and_then(|quote| word.strip_prefix(quote));
    let (Some(quote), Some(inner)) = (quote, inner) else {
        return word;
    };
    inner.strip_suffix(quote).unwrap_or(inner)
}

/// Quotes a token so that Nushell reads it as one string. A string in backquotes is the only one without
/// escapes that may contain both other quotes.
fn quoted(token: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:@%+".contains(c);
    let looks_like_a_string = token.contains(|c: char| c.is_alphabetic()) || token.starts_with('-');
    if token.chars().all(plain) && looks_like_a_string {
        return token.to_owned();
    }
    match (token.contains('\''), token.contains('`')) {
        (false, _) => format!("'{token}'"),
        (true, false) => format!("`{token}`"),
        (true, true) => format!("\"{}\"", token.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
