//! fish: lines of the form `token⇥description`.

use super::super::offers::{Offer, Offers};
use super::header;

pub(super) fn answer(mut offers: Offers, token: &str) -> String {
    let mut out = header(&offers, token);
    // fish would expand a tilde at the start. Paths are completed by fish itself.
    offers.list.retain(|offer| !offer.token.starts_with('~'));
    for offer in &offers.list {
        out.push_str(&format!("{}\t{}\n", offer.token, offer.description()));
    }
    let matching = offers
        .list
        .iter()
        .filter(|offer| offer.token.starts_with(token));
    if let [
        Offer {
            token,
            delimiter: Some(delimiter),
            ..
        },
    ] = matching.collect::<Vec<_>>()[..]
    {
        // fish adds a space after a single candidate, but not after the start of two.
        out.push_str(&format!("{token}{delimiter}\tAnother value follows\n"));
    }
    out
}
