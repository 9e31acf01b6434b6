use super::setting::Setting;
use super::{is_inside, nearest};

fn setting() -> Setting {
    Setting::new("key", "id", "--option", "Help")
}

#[test]
fn a_name_that_is_near() {
    let keys = || ["term.color", "build.jobs", "x"].into_iter();
    for (word, near) in [
        ("term.colour", Some("term.color")),
        ("trem.color", Some("term.color")),
        ("build.job", Some("build.jobs")),
        ("something.else", None),
        ("", None),
    ] {
        assert_eq!(nearest(word, keys()), near, "{word}");
    }
    assert!(is_inside("term.color", "term"));
    assert!(!is_inside("terminal.color", "term") && !is_inside("term", "term"));
}

#[test]
fn who_takes_an_option() {
    let mut setting = setting();
    setting.taken_by("build").taken_by("remote add");
    let taken = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        setting.is_taken_by(&names)
    };
    assert!(taken(&["build"]) && taken(&["build", "all"]) && taken(&["remote", "add"]));
    assert!(!taken(&["builder"]) && !taken(&["remote"]) && !taken(&[]));
}

#[test]
fn what_is_accepted() {
    let mut count = setting();
    count.count(3);
    let mut range = setting();
    range.integer_range(-1, 5);
    let mut share = setting();
    share.float("0.0", "");
    let mut when = setting();
    when.choice("auto", "")
        .choice("always", "")
        .choice_alias("yes");
    when.choice("secretly", "").hidden_choice().ignore_case();
    for (setting, good, bad) in [
        (&count, &["0", "3"][..], &["4", "-1", "x"][..]),
        (&range, &["-1", "5"], &["6", "1.5", ""]),
        (&share, &["0", "1e9"], &["-0.5", "nan", "inf"]),
        (&when, &["auto", "YES", "secretly"], &["", "never"]),
    ] {
        for word in good {
            assert_eq!(setting.check(word), Ok(()), "{word}");
        }
        for word in bad {
            assert!(setting.check(word).is_err(), "{word}");
        }
    }
    assert_eq!(when.wanted(), "`auto` or `always`");
    assert_eq!(range.wanted(), "a whole number from -1 to 5");
    assert_eq!(share.wanted(), "a number, 0.0 or more");
}

#[test]
fn a_secret_is_in_no_message() {
    let mut token = setting();
    token.secret().integer_range(0, 9);
    let words = ["hunter2".to_owned()];
    let said = token.value(&words).expect_err("no number");
    assert!(!said.contains("hunter2"), "{said}");
    assert_eq!(token.shown(&words), "(secret)");
}

/// A value is put where its name says, whatever the tables around it look like, and is there after.
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
        let mut document: toml_edit::DocumentMut = before.parse().expect("right");
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
