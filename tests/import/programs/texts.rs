//! Texts that YAML or Markdown would read as something else.

use clap::{Arg, Command};

pub fn command() -> Command {
    let option = |id: &'static str, help: &'static str| Arg::new(id).long(id).help(help);
    Command::new("texts")
        .about("yes")
        .long_about(
            "yes\n\nUsage:\n    texts <FILE> --ab\n\n1. is no list\n# is no heading\n\n* one\n* two\n  more\n\n\
             a_b *c* _d_ <e> [f](g) & &amp; \\* `code *x*` `open\ttab",
        )
        .after_help("EXAMPLES:\n  texts --ab x")
        .arg(option("ab", "- begins with a dash"))
        .arg(option("cd", "null"))
        .arg(option("ef", "12").default_value("012"))
        .arg(option("gh", "a: b # c").default_value("no").env("TEXTS_GH"))
        .arg(option("ij", "\"quoted\" 'twice' {x} [y] @z %w !v").value_name("A: B"))
        .arg(option("kl", "See <https://example.org/a>, *.rs and **/*.toml."))
        .arg(option("mn", "Ends with etc.").long_help("Ends with etc.\n\nTwo\nlines."))
        .arg(
            option("op", "Several\nlines")
                .long_help("Nothing like the short help.\n\n  indented\n    more\n\nlast"),
        )
        .arg(option(
            "qr",
            "A first sentence of the usual length, which is followed by more than fits in one line. The second one \
             says what the first one left out, at length.",
        ))
        .arg(option("st", "colors \u{1b}[1mbold\u{1b}[0m"))
}
