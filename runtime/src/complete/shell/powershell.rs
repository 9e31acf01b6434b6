//! PowerShell: lines of the form `text to insert⇥list entry⇥description`.

use super::super::offers::Offers;

pub(super) fn answer(offers: &Offers) -> String {
    let mut out = "clapspec 1\n".to_owned();
    for offer in &offers.list {
        let after = if offer.is_open() { "" } else { " " };
        let shown = offer.shown();
        let help = offer.description();
        // PowerShell rejects empty texts.
        let help = if help.is_empty() { shown } else { &help };
        out.push_str(&format!(
            "{}{after}\t{shown}\t{help}\n",
            quoted(&offer.token)
        ));
    }
    out
}

/// Quotes a token as about_Quoting_Rules describes. PowerShell also reads typographic quotation marks as
/// quotes, and a comma separates elements of a list.
fn quoted(token: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:+\\".contains(c);
    if token.chars().all(plain) {
        return token.to_owned();
    }
    let mut out = String::from("'");
    for c in token.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}
