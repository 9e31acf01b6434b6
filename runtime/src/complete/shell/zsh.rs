//! zsh: lines of the form `token⇥list entry⇥heading⇥open`.

use super::super::offers::{Heading, Offers};
use super::{columns, header};

pub(super) fn answer(offers: &Offers, token: &str, columns: usize) -> String {
    let mut out = header(offers, token);
    let list = &offers.list;
    let lists = columns::described(
        list.iter().map(|it| (it.shown(), it.description())),
        columns,
    );
    for (offer, shown) in list.iter().zip(lists) {
        let heading = match offer.heading {
            Heading::Commands => "commands",
            Heading::Files => "files",
            Heading::Options => "options",
            Heading::Topics => "topics",
            Heading::Values => "values",
        };
        let token = &offer.token;
        out.push_str(&format!(
            "{token}\t{shown}\t{heading}\t{}\n",
            if offer.is_open() { "open" } else { "" }
        ));
    }
    if let Some(expected) = &offers.expected {
        let words: Vec<&str> = expected.split_whitespace().collect();
        out.push_str(&format!(
            "\t{}\tmessage\t\n",
            crate::text::printable(&words.join(" "))
        ));
    }
    out
}
