use super::{is_inside, nearest};

#[test]
fn similar_names_are_found() {
    let keys = || ["term.color", "build.jobs", "x"].into_iter();
    for (word, expected) in [
        ("term.colors", Some("term.color")),
        ("trem.color", Some("term.color")),
        ("build.job", Some("build.jobs")),
        ("something.else", None),
        ("", None),
    ] {
        assert_eq!(nearest(word, keys()), expected, "{word}");
    }
    assert!(is_inside("term.color", "term"));
    assert!(!is_inside("terminal.color", "term") && !is_inside("term", "term"));
}

/// A value is set at its key and can be read again, in every notation of the tables around it.
#[test]
fn values_are_put_into_tables_of_every_kind() {
    for before in [
        "",
        "a = { x = 1 }\n",
        "a = {}\n",
        "a.x = 1\n",
        "a.b.x = 1\n",
        "a = { b.x = 1 }\n",
        "a = { b = { x = 1 } }\n",
        "[a]\nx = 1\n",
        "[a]\nb.x = 1\n",
        "[a.b]\nx = 1\n",
        "[a.b.c.d]\n",
        "[a]\nb = { c = { x = 1 } }\n",
        "[[z]]\nx = 1\n",
        "[a]\n\"b\" = { \"c\" = { \"d\" = 1 } } # mine\n",
    ] {
        let mut document: toml_edit::DocumentMut = before.parse().expect("valid TOML");
        if super::edit::put(document.as_table_mut(), "a.b.c.e", 7.into()).is_err() {
            panic!("{before}");
        }
        let after = document.to_string();
        let read: toml_edit::DocumentMut = after.parse().unwrap_or_else(|e| panic!("{after}: {e}"));
        let value = super::edit::get(read.as_table(), "a.b.c.e");
        let value = value.and_then(toml_edit::Item::as_integer);
        assert_eq!(value, Some(7), "{before:?} became {after:?}");
        assert!(
            !before.contains("x = 1") || after.contains("x = 1"),
            "{after}"
        );
    }
}
