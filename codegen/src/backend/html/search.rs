//! The data of the search, as a script, since pages opened from disk can't read other files.

use super::write::address;
use crate::backend::schema::json::quoted;
use crate::page::document::Document;
use crate::text;

/// Writes an entry for each page: its address, its title, what it is about, and the names of its options and
/// variables.
pub(super) fn index(documents: &[Document]) -> String {
    let mut lines = String::from("globalThis.searchEntries = [\n");
    for document in documents {
        let values = [
            address(document),
            text::to_plain(&document.title).replace('`', ""),
            text::to_plain(&document.about).replace('`', ""),
            names(document).join(" "),
        ];
        let values = values.map(|value| quoted(&value)).join(",");
        lines += &format!("[{values}],\n");
    }
    lines + "];\n"
}

/// The anchors of a document's options and variables, each once. Of several names of an option, the longest
/// one is enough.
fn names(document: &Document) -> Vec<&str> {
    let names = document
        .items()
        .filter_map(|item| item.anchors.iter().max_by_key(|name| name.len()));
    let names = names.map(String::as_str);
    names
        .filter(|name| name.starts_with('-') || name.starts_with("variable-"))
        .collect()
}
