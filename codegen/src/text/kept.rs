//! Texts for the runtime's model, which keeps only texts that live as long as the program.

use std::cell::RefCell;
use std::collections::HashSet;

use super::{Inline, to_plain};

/// A text as the model has it.
pub(crate) fn plain(inlines: &[Inline]) -> &'static str {
    keep(&to_plain(inlines))
}

thread_local! {
    /// Texts that are kept already.
    static KEPT: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
}

/// The model keeps only texts that live as long as the program, as those of generated code do. A spec's
/// texts are few and the generator ends soon, so they are never given back.
pub(crate) fn keep(text: &str) -> &'static str {
    if text.is_empty() {
        return "";
    }
    KEPT.with_borrow_mut(|kept| match kept.get(text) {
        Some(known) => known,
        None => {
            let new: &'static str = Box::leak(text.into());
            kept.insert(new);
            new
        }
    })
}
