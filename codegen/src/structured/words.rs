//! Names and texts.

use super::node::Node;
use super::source::Source;

/// Names that mean something to Rust, clap or a shell, and names that are hard to spell.
const NAMES: &[&str] = &[
    "file",
    "self",
    "super",
    "crate",
    "gen",
    "async",
    "await",
    "type",
    "try",
    "dyn",
    "abstract",
    "box",
    "macro",
    "union",
    "String",
    "Vec",
    "Option",
    "Some",
    "None",
    "Ok",
    "Self",
    "Values",
    "Define",
    "Command",
    "Choice",
    "Handlers",
    "Output",
    "run",
    "dispatch",
    "command",
    "define",
    "take",
    "values",
    "handlers",
    "name",
    "below",
    "matches",
    "args",
    "external",
    "new",
    "default",
    "to-string",
    "from-str",
    "is-empty",
    "as-ref",
    "into-iter",
    "len",
    "drop",
    "clone",
    "fmt",
    "main",
    "std",
    "core",
    "clap",
    "true",
    "false",
    "fn",
    "struct",
    "loop",
    "static",
    "move",
    "ref",
    "where",
    "yield",
    "u8",
    "bool",
    "str",
    "2fa",
    "64bit",
    "no-color",
    "no",
    "snake_case",
    "CamelCase",
    "ALL-CAPS",
    "a-b-c",
    "x1-2",
    "x12",
    "no-no",
    "group",
    "verbose",
    // Two of these, as a command and its option or an option and its choice, form a name that exists in
    // Rust's standard library, its prelude or the runtime.
    "exit",
    "code",
    "lazy",
    "lock",
    "partial",
    "eq",
    "into",
    "iterator",
    "from",
    "to",
    "owned",
    "as",
    "mut",
    "contract",
    "question",
    "ended",
    "object",
    "serialize",
    "serializer",
    "roles",
    "console",
    "failure",
    "success",
    "declined",
    "configured",
    "secret",
    "exit-code",
    "f-a-i-l-u-r-e",
    "CONFIG",
    "handle",
    "asked",
    "ask",
    "fmt-display",
    "try-from",
    "error",
];

/// Parts of other names.
const SYLLABLES: &[&str] = &[
    "ka", "lo", "mi", "no", "re", "su", "ta", "vi", "1", "X", "_", "-",
];

/// Generates a name, which is usually unique in this scope.
pub(super) fn name(source: &mut Source<'_>, scope: &str) -> String {
    for _ in 0..20 {
        let name = match source.below(10) {
            0..5 => (*source.pick(NAMES)).to_owned(),
            5 if scope == "arg" => letter(source).to_string(),
            _ => spelled(source),
        };
        if source.take(scope, &name) || source.chance(2) {
            return name;
        }
    }
    // When no numbers are left, the same name is generated again and again.
    let mut number = 0;
    while !source.take(scope, &format!("n{number}x")) {
        number += 1;
    }
    format!("n{number}x")
}

fn spelled(source: &mut Source<'_>) -> String {
    let count = 2 + source.below(4);
    let name: String = (0..count).map(|_| *source.pick(SYLLABLES)).collect();
    let name = name.trim_matches(['-', '_']);
    match name {
        "" => "x".to_owned(),
        name => name.to_owned(),
    }
}

/// Generates a short name.
pub(super) fn letter(source: &mut Source<'_>) -> char {
    const LETTERS: &[u8] =
        b"abcdefgijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZhVabcdefgijklmnopqrstuvwxyz0";
    char::from(*source.pick(LETTERS))
}

const LINES: &[&str] = &[
    "Do it",
    "Say what is done",
    "Überall größer",
    "日本語の説明",
    "🦀 in `code`",
    "a *b* **c** \\* d",
    "`` ` ``",
    "100 % {n} of $HOME \"quoted\"",
    "with \\<angle\\> brackets",
    "tab\there",
    "back\\slash",
    ".TH line",
    "'br",
    "https://example.org/",
    "[a link](https://example.org/)",
    "é ｗ \u{301}",
    "zero\u{200b}width",
    "soft\u{ad}hyphen",
    "#[doc]",
    "*/ /*",
    "-- dashes --",
    "3.141592653589793",
    "Ends here.",
    "trailing ",
    " leading",
    "r#\"raw\"#",
    "a_b_c __d__",
    "|a|b|",
    "~~x~~",
    "&amp;",
];

/// Generates a one-line string. In rare cases, the text is invalid.
pub(super) fn line(source: &mut Source<'_>) -> Node {
    if source.chance(30) {
        return Node::text(*source.pick(LINES));
    }
    if source.chance(1) && source.chance(20) {
        return Node::text(*source.pick(&[
            "",
            " ",
            "\n",
            "a\n\nb",
            "<b>x</b>",
            "[`--gone`]",
            "\u{7f}",
        ]));
    }
    Node::text(format!("{} {}", source.pick(&LINES[..4]), spelled(source)))
}

const BLOCKS: &[&str] = &[
    "One.\n\nTwo.",
    "- a\n- b\n\n  c",
    "1. one\n2. two",
    "```\ncode {n}\n\tmore\n```",
    "> quoted\n> text",
    "    indented",
    "a\\\nb",
    "# Heading\n\ntext",
    "Long long long long long long long long long long long \
     long long long long long long long long line",
    "x\n---\ny",
];

/// Generates text with paragraphs.
pub(super) fn blocks(source: &mut Source<'_>) -> Node {
    match source.chance(40) {
        // The last three texts contain headings and rules, which are errors in some places.
        true => Node::text(BLOCKS[source.below(BLOCKS.len() - 3)]),
        false => Node::text(format!(
            "{}.\n\n{}.",
            LINES[source.below(4)],
            source.pick(&LINES[..9])
        )),
    }
}

/// Generates the name of a release.
pub(super) fn release(source: &mut Source<'_>) -> Node {
    Node::text(*source.pick(&[
        "1.0",
        "0.9",
        "2.0.0",
        "v3",
        "1.10.2-rc.1",
        "next",
        "2026-11",
    ]))
}
