//! Reads the facts about each option back from help, man pages, Markdown and the site.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex_lite::Regex;

use super::{brief, row};

/// For each option or argument, by its name, the short forms of the facts about it.
pub type Facts = BTreeMap<String, BTreeSet<String>>;

/// The name of the page's command, from its synopsis, in words.
pub fn title(page: &str) -> Vec<String> {
    let synopsis = page.split(".SH SYNOPSIS\n").nth(1).expect("a synopsis");
    let title = synopsis.trim_start_matches("\\fB").split("\\fR").next();
    let title = title.unwrap_or_default().replace("\\-", "-");
    title.split(' ').map(str::to_owned).collect()
}

/// The entries of a help text: the names, and the text after them.
fn entries(help: &str) -> Vec<(String, String)> {
    let body = help.split("\nUsage: ").nth(1).unwrap_or(help);
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut in_list = false;
    for line in body.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if indent == 0 && !text.is_empty() {
            // Use only lists of options and arguments.
            let other = [
                "Examples:",
                "Exit status:",
                "Output:",
                "Topics:",
                "Commands:",
            ];
            in_list = !other.contains(&text) && !text.contains("s of `");
            continue;
        }
        let begins = (2..=6).contains(&indent)
            && text.starts_with(['-', '+', '<', '['])
            && !text.starts_with("- ");
        match entries.last_mut() {
            _ if !in_list => {}
            _ if begins => {
                let names = text.split("  ").next().unwrap_or_default();
                entries.push((
                    names.to_owned(),
                    text[names.len()..].trim().to_owned() + "\n",
                ));
            }
            Some((_, below)) => *below += &format!("{text}\n"),
            None => {}
        }
    }
    entries
}

/// The name by which an entry is compared: the first long name of an option, or the name of an argument.
fn key(names: &str) -> String {
    // Help shows `+<NAME>`, and man pages `+NAME`.
    let names = &names.replacen("+<", "+", 1);
    let own = names.split([',', ' ', '=']).map(|name| {
        let name = name.split("[=").next().unwrap_or(name);
        name.trim_matches(['<', '>', '[', ']', '.'])
    });
    let own: Vec<&str> = own.filter(|name| !name.is_empty()).collect();
    let is_option = |name: &&&str| names.starts_with('-') && name.starts_with('-');
    let long = own.iter().find(|name| is_option(name) && name.len() > 2);
    let option = long.or(own.iter().find(is_option));
    let first = own.iter().find(|name| **name != "--");
    option.or(first).copied().unwrap_or_default().to_owned()
}

/// Adds the facts of an entry.
fn insert(all: &mut Facts, names: &str, mut facts: BTreeSet<String>) {
    if !names.starts_with('-') {
        // The brackets around the name of an argument show this.
        facts.remove("required");
    }
    all.insert(key(names), facts);
}

/// The facts in the output of `-h`.
pub fn of_short(help: &str) -> Facts {
    let mut all = Facts::new();
    let bracket = Regex::new(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]").expect("a pattern");
    for (names, text) in entries(help) {
        let text = text.replace('\n', " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let facts = bracket
            .captures_iter(&text)
            .map(|found| found[1].replace('`', ""));
        let facts = facts.filter(|fact| {
            let own = [
                "alias",
                "possible values",
                "deprecated",
                "default: ",
                "env: ",
            ];
            !own.iter().any(|begin| fact.starts_with(begin)) && !row(fact).is_empty()
        });
        insert(&mut all, &names, facts.collect());
    }
    all
}

/// The facts in the output of `--help`.
pub fn of_long(help: &str) -> Facts {
    let mut all = Facts::new();
    for (names, text) in entries(help) {
        let mut facts = BTreeSet::new();
        for paragraph in text.split("\n\n") {
            facts.extend(facts_in(&paragraph.replace('\n', " ")));
        }
        insert(&mut all, &names, facts);
    }
    all
}

/// The facts in a man page.
pub fn of_man(page: &str) -> Facts {
    let mut all = Facts::new();
    let lists = ["ARGUMENTS", "OPTIONS"].map(|heading| {
        let after = page
            .split(&format!("\n.SH {heading}\n"))
            .nth(1)
            .unwrap_or_default();
        after.split("\n.SH ").next().unwrap_or_default()
    });
    for list in lists {
        // The values of an option have entries of their own.
        let mut depth = 0;
        let outer = list.lines().filter(|line| {
            depth += i32::from(line.starts_with(".RS")) - i32::from(line.starts_with(".RE"));
            depth == 0
        });
        let list = outer.collect::<Vec<_>>().join("\n");
        for entry in list.split(".TP\n").skip(1) {
            let mut lines = entry
                .lines()
                .filter(|line| !line.starts_with('.'))
                .map(plain);
            let names = lines.next().unwrap_or_default().replace('`', "");
            let text = lines.collect::<Vec<_>>().join(" ").replace("One of: ", "");
            insert(&mut all, &names, facts_in(&text));
        }
    }
    all
}

/// The facts in a page of Markdown, as another parser reads it.
pub fn of_markdown(page: &str) -> Facts {
    let mut all = Facts::new();
    let names = Regex::new("^(?:`[^`]+`(?:, )?)+").expect("a pattern");
    // The text of the heading or item that is being read, and how deep in lists it is.
    let (mut text, mut depth, mut is_heading, mut in_entries) = (String::new(), 0, None, false);
    for event in Parser::new_ext(page, Options::ENABLE_GFM) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                text.clear();
                is_heading = Some(level);
            }
            Event::End(TagEnd::Heading(level)) => {
                if level == HeadingLevel::H2 {
                    in_entries = ["Arguments", "Options"].contains(&text.as_str());
                }
                is_heading = None;
            }
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if depth == 1 => text.clear(),
            Event::End(TagEnd::Item) if depth == 1 && in_entries => {
                let names = names.find(&text).map_or("", |found| found.as_str());
                let help = text[names.len()..].trim_start_matches([':', ' ']);
                let help = help.trim_end().replace("One of: ", "");
                insert(&mut all, &names.replace('`', ""), facts_in(&help));
            }
            // The values of an option are in a list of their own.
            Event::Text(words) if depth < 2 => text += &words,
            Event::Code(words) if depth < 2 && is_heading.is_none() => {
                text += &format!("`{words}`");
            }
            Event::End(TagEnd::Paragraph) if depth < 2 => text.push(' '),
            Event::SoftBreak => text.push(' '),
            _ => {}
        }
    }
    all
}

/// The facts in a page of the site.
pub fn of_html(page: &str) -> Facts {
    let mut all = Facts::new();
    let anchor = Regex::new(" <a class=\"link\".*").expect("a pattern");
    let values = Regex::new("(?s)<ul>.*?</ul>").expect("a pattern");
    let mark = Regex::new("<[^>]*>").expect("a pattern");
    let text = |html: &str| {
        let html = html
            .replace("<code>", "`")
            .replace("</code>", "`")
            .replace('\n', " ");
        let text = mark
            .replace_all(&html, "")
            .replace("&#39;", "'")
            .replace("&quot;", "\"");
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    for section in page.split("<h2 id=\"").skip(1) {
        if !section.starts_with("arguments\"") && !section.starts_with("options\"") {
            continue;
        }
        for entry in section.split("<dt").skip(1) {
            let (names, help) = entry.split_once("</dt>").expect("a term");
            let names = anchor.replace(names.split_once('>').expect("a tag").1, "");
            // The values of an option are in a list of their own.
            let help = text(&values.replace_all(help, ""));
            let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
            let help = help.replace("One of: ", "");
            insert(&mut all, &text(&names).replace('`', ""), facts_in(&help));
        }
    }
    all
}

/// The short forms of the sentences in a string that are facts.
fn facts_in(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let starts = text.match_indices(". ").map(|(at, _)| at + 2);
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    let ends = text.match_indices('.').map(|(at, _)| at + 1);
    // A period may also be within a sentence.
    let ends = ends.filter(|end| text[*end..].is_empty() || text[*end..].starts_with(' '));
    let ends: Vec<usize> = ends.collect();
    let mut after = 0;
    for start in starts {
        let mut ends = ends.iter().filter(|end| **end > start && start >= after);
        let fact = ends.find_map(|end| Some((*end, brief(&text[start..*end])?)));
        if let Some((end, fact)) = fact {
            after = end;
            found.insert(fact);
        }
    }
    found
}

/// A line of a man page without markup. Bold text is code.
fn plain(line: &str) -> String {
    let mut text = line
        .replace("\\fB", "`")
        .replace("\\fI", "")
        .replace("\\fR", "\u{1}");
    // End a code span only where bold text ends.
    let mut out = String::new();
    let mut bold = false;
    for c in text.drain(..) {
        match c {
            '`' => {
                bold = true;
                out.push('`');
            }
            '\u{1}' if std::mem::take(&mut bold) => out.push('`'),
            '\u{1}' => {}
            c => out.push(c),
        }
    }
    let marks = [
        ("\\-", "-"),
        ("\\(aq", "'"),
        ("\\(ga", "`"),
        ("\\(dq", "\""),
        ("\\(ti", "~"),
        ("\\(ha", "^"),
        ("\\&", ""),
        ("\\e", "\\"),
        ("\\~", " "),
    ];
    marks
        .iter()
        .fold(out, |text, (mark, sign)| text.replace(mark, sign))
}
