//! `-h`, `--help`, the man page, Markdown and the site state the same facts about every option of every spec.
//!
//! `-h` has each fact in brackets, in a few words; the others have it as a sentence. The table below
//! maps the sentences to the short forms, so that a missing fact is noticed.

mod read;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use clapspec::Part;
use read::{of_html, of_long, of_man, of_markdown, of_short, title};
use regex_lite::Regex;

use crate::support::{self, harness};

/// Each sentence, and its short form in brackets. Each `{}` is replaced by a captured value, without the
/// backquotes of code spans.
const FACTS: &[(&str, &str)] = &[
    (
        r"^Takes all following arguments, including options\.$",
        "and all following arguments",
    ),
    (
        r"^From its first value on, takes all following arguments, including options\.$",
        "and all following arguments",
    ),
    (
        r"^May be given several times; only the first (\d+) times count\.$",
        "up to {} times",
    ),
    (r"^May be given several times\.$", "may be repeated"),
    (r"^Takes (.+)\.$", "{}"),
    (
        r"^Several values may be given at once, separated by (.+)\.$",
        "delimiter: {}",
    ),
    (r"^The values end at (.+)\.$", "ends at {}"),
    (r"^Comes after `--`\.$", "after --"),
    (r"^Without a value, (.+) is used\.$", "without a value: {}"),
    (r"^From (-?[0-9.]+ to -?[0-9.]+)\.$", "from {}"),
    (r"^At least (-?[0-9.]+)\.$", "at least {}"),
    (r"^At most (-?[0-9.]+)\.$", "at most {}"),
    (r"^It must exist\.$", "must exist"),
    (r"^It must not exist yet\.$", "must not exist"),
    (r"^A duration with units, such as .+\.$", "such as 90s"),
    (r"^A number of bytes; .+\.$", "such as 10K"),
    (r"^Case is ignored\.$", "case-insensitive"),
    (r"^Required\.$", "required"),
    (r"^Default with (.+): (.+)\.$", "default with {}: {}"),
    (
        r"^May also be set by (\S+) in a configuration file.*\.$",
        "config: {}",
    ),
    (
        r"^Can't be used with any other option or argument\.$",
        "alone",
    ),
    (r"^Can't be used with (.+)\.$", "not with {}"),
    (
        r"^Requires at least one of these: (.+)\.$",
        "needs one of {}",
    ),
    (r"^Requires (.+)\.$", "needs {}"),
    (r"^Required with (.+)\.$", "required with {}"),
    (
        r"^Required unless (.+) (?:is|are) given\.$",
        "required unless {}",
    ),
    (r"^Overrides an earlier (.+)\.$", "overrides {}"),
    (
        r"^If it is given several times, the last one counts\.$",
        "the last one counts",
    ),
    // An option group may say what its members are for.
    (
        r"^(?:[^.]+: o|O)ne of these is required: (.+)\.$",
        "one of {}",
    ),
    (
        r"^(?:[^.]+: a|A)t least one of these is required: (.+)\.$",
        "one or more of {}",
    ),
    (
        r"^May be given several times, with (.+) in total\.$",
        "repeated: {}",
    ),
    (r"^Can only be used with (.+)\.$", "only with {}"),
    (r"^This or (.+) is required\.$", "required, or {}"),
    (r"^Must be the first argument\.$", "first argument"),
    (
        r"^Must come before the name of the subcommand\.$",
        "before the subcommand",
    ),
    (
        r"^With it, the command can't be undone\.$",
        "can't be undone",
    ),
    (r"^With it, the command makes changes\.$", "makes changes"),
    (
        r"^With it, the command changes nothing\.$",
        "changes nothing",
    ),
    (r"^New in release (.+)\.$", "since {}"),
];

#[test]
fn help_man_page_markdown_and_site_state_the_same_facts() {
    let (mut compared, mut in_markdown, mut seen) = (0, 0, BTreeSet::new());
    for (name, spec) in support::specs() {
        let parts = [Part::Help, Part::Man, Part::Markdown, Part::Html];
        let outputs = clapspec::generate(&spec, &parts);
        let outputs = outputs.unwrap_or_else(|errors| panic!("{errors}"));
        // A page with all commands has the same contents again.
        let is_page = |path: &str| path.ends_with(".1") && path != "man/tool-all.1";
        let pages = outputs.iter().filter(|it| is_page(it.path()));
        for page in pages {
            let help = page.path().replace("man/", "help/").replace(".1", ".txt");
            let help = outputs.iter().find(|it| it.path() == help).expect("help");
            let title = title(page.text());
            let printed = harness::program()
                .arg(&name)
                .args(&title)
                .arg("-h")
                .output();
            let printed = printed.expect("the harness runs").stdout;
            let short = of_short(&String::from_utf8_lossy(&printed));
            let (long, man) = (of_long(help.text()), of_man(page.text()));
            let markdown = page
                .path()
                .replace("man/", "markdown/")
                .replace(".1", ".md");
            let markdown = outputs.iter().find(|it| it.path() == markdown);
            let markdown = markdown.map(|page| of_markdown(page.text()));
            let site = page.path().replace("man/", "html/").replace(".1", ".html");
            let site = outputs.iter().find(|it| it.path() == site).expect("a page");
            let html = of_html(site.text());
            for (option, facts) in &long {
                let context = format!("{name} {title:?} {option}");
                assert_eq!(Some(facts), html.get(option), "{context}, in HTML");
                assert_eq!(Some(facts), man.get(option), "{context}, in the man page");
                // With `single-page`, the page has no file of its own.
                if let Some(markdown) = &markdown {
                    assert_eq!(Some(facts), markdown.get(option), "{context}, in Markdown");
                    in_markdown += 1;
                }
                // Some options are not in `-h`, and a program may define its own `-h`.
                if let Some(brief) = short.get(option) {
                    assert_eq!(facts, brief, "{context}, in -h");
                    compared += 1;
                }
                seen.extend(facts.iter().map(|fact| row(fact)));
            }
        }
    }
    assert!(compared > 300, "only {compared} options");
    assert!(in_markdown > 300, "only {in_markdown} options in Markdown");
    let unseen: Vec<&str> = FACTS.iter().map(|(_, brief)| *brief).collect();
    let unseen: Vec<_> = unseen
        .iter()
        .filter(|brief| !seen.contains(**brief))
        .collect();
    assert!(unseen.is_empty(), "no spec has: {unseen:?}");
}

/// The short form in the table that matches a fact.
fn row(fact: &str) -> String {
    let is = |brief: &str| {
        let parts: Vec<String> = brief.split("{}").map(regex_lite::escape).collect();
        let pattern = format!("^{}$", parts.join(".*"));
        Regex::new(&pattern).expect("a pattern").is_match(fact)
    };
    let rows = FACTS.iter().map(|(_, brief)| *brief);
    // The row `{}` would match every fact.
    let counts = fact.contains(" value");
    let rows = rows.filter(|brief| *brief != "{}" || counts);
    let mut rows: Vec<&str> = rows.filter(|brief| is(brief)).collect();
    rows.sort_by_key(|brief| *brief == "{}");
    rows.first()
        .map_or_else(String::new, |brief| (*brief).to_owned())
}

/// The short form of a sentence. `None` if it is not in the table.
fn brief(sentence: &str) -> Option<String> {
    static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let facts = FACTS.iter();
        let pattern = |pattern| Regex::new(pattern).expect("a pattern");
        facts.map(|(it, brief)| (pattern(it), *brief)).collect()
    });
    for (pattern, brief) in &*PATTERNS {
        if let Some(found) = pattern.captures(sentence) {
            let mut text = (*brief).to_owned();
            for value in found.iter().skip(1).flatten() {
                // In the short form, “`a`, `b` and `c`” is “a, b, c”.
                let names = Regex::new("`,? (?:and|or) `").expect("a pattern");
                let value = names.replace_all(value.as_str(), "`, `").replace('`', "");
                text = text.replacen("{}", &value, 1);
            }
            return Some(text);
        }
    }
    None
}
