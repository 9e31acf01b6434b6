//! Properties that hold for every spec: no input makes clapspec panic, every valid spec can be
//! generated, and no text in a spec is interpreted as markup of an output format.
//!
//! `PROPTEST_CASES=20000 cargo test --test all model::` tries more cases.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clapspec::schema::File;
use clapspec::{Code, GeneratedFile, Part};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support;
use crate::support::mutation::mutant;

/// Checks a spec in a single file, and generates everything from it if it is valid.
fn generate(text: &str) -> Option<Vec<GeneratedFile>> {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    fs::write(&path, text).expect("written");
    match clapspec::generate(&path, Part::ALL) {
        Ok(outputs) => Some(outputs),
        Err(errors) => {
            assert!(!errors.is_ok());
            // Render the report in both ways, since it may quote any text.
            errors.render(true, 100);
            errors.render(false, 40);
            None
        }
    }
}

/// Text for a spec: any characters, and pieces that have a meaning in some format.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        select(vec![
            ".TH",
            "\n.SH X\n",
            "'br",
            "\\fB",
            "\\",
            "\\n(.x",
            "*/",
            "\"#",
            "{n}",
            "${x}",
            "$(x)",
            "`",
            "[`--flag`]",
            "<b>",
            "*",
            "_",
            "# ",
            "- ",
            "1. ",
            "> ",
            "    ",
            "\n\n",
            "|",
            "&lt;",
            "https://example.org/",
            "é",
            "ｗ",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The schema accepts every spec that the check accepts, and rejects those with unknown keys.
    #[test]
    fn check_and_schema_agree(text in mutant()) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("cli.yaml");
        fs::write(&path, &text).expect("written");
        let report = clapspec::check(&path);
        if let Some(found) = support::schema::errors(File::Program, &text) {
            prop_assert!(!report.is_ok() || found.is_empty(), "{found:#?}\n{text}");
            let unknown = report.codes().any(|code| code == Code::UnknownKey);
            prop_assert!(!unknown || !found.is_empty(), "{report}\n{text}");
        }
    }

}

proptest! {
    // Each case generates everything from 14 specs.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases / 4,
        ..ProptestConfig::default()
    })]

    /// Any text is allowed wherever a spec may have text, and it stays text.
    #[test]
    fn texts_stay_texts(texts in prop::collection::vec(text(), 14)) {
        let quote = |(at, text): (usize, &String)| {
            // An example calls the program; the rest of its line may be anything.
            let text = if at == 11 { format!("tool # {text}") } else { text.clone() };
            serde_json::to_string(&text).expect("JSON")
        };
        let quoted: Vec<String> = texts.iter().enumerate().map(quote).collect();
        let keys = [
            "version: {0}\nabout: {1}\ndescription: {2}\n",
            "arguments: { file: { value: {3}, help: {4}, description: {5} } }\n",
            "options: { flag: { help: {6}, heading: {7} }, mode: { value: M, default: {8}, help: {9} }, kind: { value: K, choices: [{12}, other], help: X, env: {13} } }\n",
            "examples: [{ about: {10}, run: {11} }]\n",
        ];
        // Try each text alone, so that a rejected text doesn't hide the others.
        for (at, text) in quoted.iter().enumerate() {
            let mut spec = "name: tool\n".to_owned() + &keys.concat();
            for other in 0..quoted.len() {
                let value = match other {
                    other if other == at => text.as_str(),
                    11 => "tool",
                    _ => "X",
                };
                spec = spec.replace(&format!("{{{other}}}"), value);
            }
            if let Some(outputs) = generate(&spec) {
                assert_only_known_requests(&outputs);
            }
        }
    }
}

/// Asserts that no text became a request or a heading in a man page.
fn assert_only_known_requests(outputs: &[GeneratedFile]) {
    for page in outputs
        .iter()
        .filter(|output| output.path().starts_with("man/"))
    {
        for line in page.text().lines() {
            let name = line
                .strip_prefix('.')
                .map(|rest| rest.split(' ').next().unwrap_or_default());
            let known = [
                "\\\"", "TH", "nh", "ad", "SH", "SS", "TP", "IP", "PP", "RS", "RE", "nf", "fi",
                "br", "sp",
            ];
            assert!(name.is_none_or(|name| known.contains(&name)), "{line}");
            assert!(!line.starts_with('\''), "{line}");
            assert!(
                line.is_ascii() && !line.contains(|c: char| c.is_control()),
                "{line:?}"
            );
        }
        let headings = page.text().lines().filter(|line| line.starts_with(".SH "));
        let names: Vec<&str> = headings.map(|line| &line[4..]).collect();
        let expected = [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "ARGUMENTS",
            "OPTIONS",
            "ENVIRONMENT",
            "EXAMPLES",
        ];
        assert_eq!(names, expected);
    }
}

/// Help and man page list the same options, for every command of every spec.
#[test]
fn help_and_man_page_list_the_same_options() {
    let mut compared = 0;
    for (name, spec) in support::specs() {
        let outputs =
            clapspec::generate(&spec, Part::ALL).unwrap_or_else(|errors| panic!("{errors}"));
        for help in outputs
            .iter()
            .filter(|output| output.path().starts_with("help/"))
        {
            let page = Path::new(help.path()).with_extension("1");
            let page = format!(
                "man/{}",
                page.file_name().expect("a name").to_string_lossy()
            );
            // A topic has its page in another section, and has no options.
            let Some(page) = outputs.iter().find(|output| output.path() == page) else {
                let topic = Path::new(&page).with_extension("7");
                let is_topic = |output: &GeneratedFile| Path::new(output.path()) == topic;
                assert!(outputs.iter().any(is_topic), "{name}: {}", help.path());
                continue;
            };
            let (in_help, in_page) = (options_of_help(help.text()), options_of_page(page.text()));
            assert_eq!(in_help, in_page, "{name}: {}", help.path());
            assert!(in_help.contains("--help"), "{name}: {}", help.path());
            compared += in_help.len();
        }
    }
    assert!(compared > 100, "only {compared} options");
}

/// The names of options at the beginning of entries: `  -s, --long <VALUE>  …`.
fn options_of_help(help: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // Options come after the usage line and before the sections at the end.
    let options = help.split("\nUsage: ").nth(1).unwrap_or_default();
    let options = options.split("\nExamples:\n").next().unwrap_or_default();
    // The options of a default command are on its own page.
    let options = options.split("\nOptions of `").next().unwrap_or_default();
    for line in options.lines() {
        let entry = line.trim_start();
        let indent = line.len() - entry.len();
        if (2..=6).contains(&indent) && entry.starts_with('-') && !entry.starts_with("- ") {
            let words = entry.split("  ").next().unwrap_or_default();
            let words = words.split([',', ' ']).filter(|word| word.starts_with('-'));
            // A value may directly follow the name: `--color[=<WHEN>]`, `--color=<WHEN>`.
            let names_alone = words.map(|word| word.split(['[', '=']).next().unwrap_or_default());
            let bare = |word: &str| match word.strip_suffix("...") {
                Some(bare) => bare.to_owned(),
                None => word.to_owned(),
            };
            names.extend(names_alone.map(bare));
        }
        if let Some(aliases) = entry
            .strip_prefix("[aliases: ")
            .or(entry.strip_prefix("[alias: "))
        {
            names.extend(aliases.trim_end_matches(']').split(", ").map(str::to_owned));
        }
    }
    names
}

/// The names of options in the tags of entries, which are the lines after `.TP`.
fn options_of_page(page: &str) -> BTreeSet<String> {
    let options = page.split("\n.SH OPTIONS\n").nth(1).unwrap_or_default();
    let options = options.split("\n.SH ").next().unwrap_or_default();
    let lines: Vec<&str> = options.lines().collect();
    let marks = lines
        .windows(2)
        .filter(|pair| pair[0] == ".TP")
        .map(|pair| pair[1]);
    let names = marks.flat_map(|mark| mark.split("\\fB").skip(1));
    names
        .map(|name| {
            name.split("\\fR")
                .next()
                .unwrap_or_default()
                .replace("\\-", "-")
        })
        .filter(|name| name.starts_with('-'))
        .collect()
}
