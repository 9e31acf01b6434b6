//! fish: lines of the form `token⇥description`. fish adds no space after `=`, `/` and `,` itself.

use super::super::offers::Offers;
use super::header;

pub(super) fn answer(offers: &mut Offers, token: &str) -> String {
    let mut out = header(offers, token);
    for offer in &offers.list {
        out.push_str(&format!("{}\t{}\n", offer.token, offer.description()));
    }
    out
}
