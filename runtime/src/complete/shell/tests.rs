//! Requests and answers of shells, where real shells don't show each detail, or can't be had.

use std::ffi::OsString;

use super::super::offers::{Heading, Offer, Offers};
use super::{Request, Shell};

fn read(shell: Shell, words: &[&str]) -> Request {
    let words: Vec<OsString> = words.iter().map(Into::into).collect();
    Request::read(shell, &words).expect("a request")
}

/// The answer of a shell to these values for an empty token.
fn answer(shell: Shell, values: &[&str]) -> Vec<String> {
    let offer = |value: &&str| Offer::new(*value, "", Heading::Values);
    let offers = Offers {
        list: values.iter().map(offer).collect(),
        ..Offers::default()
    };
    let request = read(shell, &["80", "="]);
    let answer = request.answer(offers);
    answer.lines().skip(1).map(str::to_owned).collect()
}

/// about_Quoting_Rules and about_Parsing: single quotes are doubled, and typographic ones too. A comma
/// separates elements.
#[test]
fn powershell_quotes() {
    let values = [
        "main",
        "my branch",
        "it's",
        "$x",
        "a,b",
        "a\u{2019}b",
        "{x}",
        "@file",
        "a;b",
    ];
    let texts = answer(Shell::PowerShell, &values);
    let inserted = texts
        .iter()
        .map(|line| line.split('\t').next().unwrap_or_default());
    assert_eq!(
        inserted.collect::<Vec<_>>(),
        [
            "main ",
            "'my branch' ",
            "'it''s' ",
            "'$x' ",
            "'a,b' ",
            "'a\u{2019}\u{2019}b' ",
            "'{x}' ",
            "'@file' ",
            "'a;b' ",
        ]
    );
    // Each of the three fields has text, which PowerShell requires.
    assert!(
        texts
            .iter()
            .all(|line| line.split('\t').all(|field| !field.is_empty()))
    );
}

/// Each argument of PowerShell has a sign before it, so that empty ones are passed.
#[test]
fn powershell_passes_empty_arguments() {
    let request = read(Shell::PowerShell, &["80", "=show", "=", "==x"]);
    assert_eq!(request.words, ["show", ""]);
    assert_eq!(request.token, "=x");
}

/// A word that is not Unicode doesn't stop the rest.
#[cfg(unix)]
#[test]
fn earlier_words_may_be_anything() {
    use std::os::unix::ffi::OsStringExt;
    let word = OsString::from_vec(vec![b'a', 0xff]);
    let words = ["80".into(), word.clone(), "b".into()];
    let request = Request::read(Shell::Zsh, &words).expect("a request");
    assert_eq!(
        (request.words, request.token.as_str()),
        (vec![word.clone()], "b")
    );
    assert!(Request::read(Shell::Zsh, &["80".into(), word]).is_none());
}

#[test]
fn nushell_quotes() {
    let values = ["main", "a b", "it's", "it's `x`", "1", "--x=a b", "$x"];
    let json = answer(Shell::Nushell, &values).concat();
    for inserted in [
        "main ",
        "'a b' ",
        "\\\"it's\\\" ",
        "\\\"it's `x`\\\" ",
        "'1' ",
        "'--x=a b' ",
        "'$x' ",
    ] {
        assert!(
            json.contains(&format!("\"value\":\"{inserted}\"")),
            "{inserted}: {json}"
        );
    }
}

/// The words before the cursor, and the one at it, as bash reads them.
fn split(line: &str) -> (Vec<String>, String) {
    let request = read(Shell::Bash, &["80", line, "", "9", "5"]);
    let words = request
        .words
        .iter()
        .map(|word| word.to_string_lossy().into_owned());
    let token = match request.is_redirection {
        true => format!("> {}", request.token),
        false => request.token,
    };
    (words.collect(), token)
}

/// The line that a single candidate makes of a typed one. bash replaces the part after `replaced`.
fn inserted(line: &str, replaced: &str, value: &str) -> String {
    let request = read(Shell::Bash, &["80", line, replaced, "9", "5"]);
    let offers = Offers {
        list: vec![Offer::new(value, "", Heading::Values)],
        ..Offers::default()
    };
    let answer = request.answer(offers);
    answer.lines().nth(1).expect("a candidate").to_owned()
}

/// What bash would expand is quoted, even if it is typed.
#[test]
fn bash_expands_nothing_that_is_typed() {
    for (line, replaced, value, expected) in [
        ("demo $d", "$d", "$dollar", "\\$dollar "),
        ("demo \"$d", "$d", "$dollar", "\\$dollar"),
        ("demo ~r", "~r", "~root", "\\~root "),
        ("demo x*", "x*", "x*y", "x\\*y "),
        ("demo #h", "#h", "#hash", "\\#hash "),
        ("demo !b", "!b", "!bang", "\\!bang "),
        ("demo $(a b)", "$(a b)", "$(a b)z", "\\$\\(a\\ b\\)z "),
        ("demo --x=$d", "$d", "--x=$dollar", "\\$dollar "),
        // Other text stays as it is typed.
        ("demo my\\ b", "my\\ b", "my branch", "my\\ branch "),
        ("demo a:b", "b", "a:bc", "bc "),
        ("demo a\"b c\"d", "a\"b c\"d", "ab cde", "a\"b c\"de "),
        // A quote at the start is doubled, because bash drops one.
        ("demo '", "", "'x", "''\\''x"),
        ("demo \"", "", "!x", "\"\"'!'\"x"),
    ] {
        assert_eq!(inserted(line, replaced, value), expected, "{line}");
    }
}

#[test]
fn bash_lines_are_split() {
    for (line, words, token) in [
        ("demo", &[][..], "demo"),
        ("demo ", &[], ""),
        ("demo a b", &["a"], "b"),
        ("demo  'a b'  c", &["a b"], "c"),
        ("demo \"a \\\" \\x $y\" ", &["a \" \\x $y"], ""),
        ("demo a\\ b\\", &[], "a b"),
        ("demo $'a\\'b' c", &["a'b"], "c"),
        ("demo '' ", &[""], ""),
        ("demo a\"b c\"'d e'f", &[], "ab cd ef"),
        ("demo 'open quo", &[], "open quo"),
        ("demo $(a b) `c d` e", &["$(a b)", "`c d`"], "e"),
        ("demo $(a $(b c) d) e", &["$(a $(b c) d)"], "e"),
        ("A=1 B='x y' demo a", &[], "a"),
        ("demo \"$(echo \"a b\")\" c", &["$(echo \"a b\")"], "c"),
        ("demo ${x:-a b} c", &["${x:-a b}"], "c"),
        ("demo <(echo a b) c", &["<(echo a b)"], "c"),
        ("demo a {fd}>out b", &["a"], "b"),
        ("demo $'a\\tb\\u00e9' c", &["a\tbé"], "c"),
        ("demo $(open quo", &[], "$(open quo"),
        ("demo A=1 b", &["A=1"], "b"),
        ("demo a > out", &["a"], "> out"),
        ("demo a 2>&1 b", &["a"], "b"),
        ("demo <in a", &[], "a"),
        ("demo a>", &["a"], "> "),
        ("demo \"a>b\" c", &["a>b"], "c"),
        ("demo é\t日本", &["é"], "日本"),
    ] {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(split(line), (words, token.to_owned()), "{line}");
    }
}
