//! Strings for the runtime's model, which only accepts `&'static str`.

use std::cell::RefCell;
use std::collections::HashSet;

use super::{Inline, to_plain};

/// Converts text to a plain string for the model.
pub(crate) fn plain(inlines: &[Inline]) -> &'static str {
    keep(&to_plain(inlines))
}

thread_local! {
    /// The strings that were already leaked.
    static KEPT: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
}

/// Leaks a string, since the model only accepts `&'static str`, as in generated code. A spec has few
/// strings and the generator doesn't run long, so their memory is never freed. Equal strings are leaked
/// only once.
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
