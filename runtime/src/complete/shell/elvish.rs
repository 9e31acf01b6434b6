//! elvish: lines of the form `token⇥list entry⇥text after the token`.

use super::super::offers::Offers;
use super::columns;

pub(super) fn answer(offers: &Offers, columns: usize) -> String {
    let list = &offers.list;
    let lists = columns::described(
        list.iter().map(|it| (it.shown(), it.description())),
        columns,
    );
    let mut out = "clapspec 1\n".to_owned();
    for (offer, shown) in list.iter().zip(lists) {
        let after = if offer.is_open() { "" } else { " " };
        out.push_str(&format!("{}\t{shown}\t{after}\n", offer.token));
    }
    out
}
