//! Programs, and what all commands share.

use super::args::{self, Arg};
use super::commands::{self, Command, Parents};
use super::node::{Keys, Node};
use super::rules;
use super::source::Source;
use super::words;

/// A program: its spec, with facts that command lines need.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) root: Command,
    pub(super) node: Node,
}

/// A set of options that commands share.
pub(super) struct Set {
    pub(super) name: String,
    pub(super) args: Vec<Arg>,
    pub(super) used: bool,
}

pub(super) fn program(source: &mut Source<'_>) -> Program {
    let name = words::name(source, "program");
    let mut keys: Keys = vec![("name".to_owned(), Node::text(name.clone()))];
    let mut add = |key: &str, node| keys.push((key.to_owned(), node));
    if source.chance(60) {
        add(
            "version",
            Node::text(*source.pick(&["cargo", "1.2.3", "0"])),
        );
    }
    if source.chance(20) {
        add("date", Node::plain("2026-02-28"));
    }
    if source.chance(20) {
        add("authors", Node::texts(["A <a@example.org>", "Ünal"]));
    }
    if source.chance(20) {
        add("env-prefix", Node::text("T"));
    }
    if source.chance(20) {
        source.has_files = true;
        source.has_contract = true;
        let files = ["user", "project", "system"].into_iter();
        let files = files.filter(|file| *file == "user" || source.chance(30));
        let files = files.map(|file| (file, Node::text(format!("t/{file}.toml"))));
        add("config-files", Node::map(files));
    }
    source.has_contract |= source.chance(20);
    for key in [
        "args-override-self",
        "next-line-help",
        "completions",
        "describe",
    ] {
        if source.chance(12) {
            add(key, Node::plain(true));
        }
    }
    documents(source, &mut add);
    let (mut sets, node) = all_sets(source);
    let parents = Parents::default();
    let (root, own) = commands::command(source, &name, &parents, &mut sets);
    keys.extend(own);
    if let Some(node) = node {
        // An unused set is an error.
        let Node::Map(entries) = node else {
            unreachable!()
        };
        let used = |name: &String| sets.iter().any(|set| set.used && set.name == *name);
        let entries: Keys = entries.into_iter().filter(|(name, _)| used(name)).collect();
        if !entries.is_empty() {
            keys.push(("sets".to_owned(), Node::Map(entries)));
        }
    }
    Program {
        name,
        root,
        node: Node::Map(keys),
    }
}

/// Adds the keys of documents: topics, and how documents are generated.
fn documents(source: &mut Source<'_>, add: &mut impl FnMut(&str, Node)) {
    if source.chance(12) {
        let count = 1 + source.below(2);
        let topics: Keys = (0..count).map(|_| topic(source)).collect();
        add("topics", Node::Map(topics));
    }
    let options: [(&str, &[&str]); 3] = [
        ("man", &["single-page"]),
        ("markdown", &["single-page", "front-matter"]),
        ("html", &["single-file"]),
    ];
    for (key, names) in options {
        if source.chance(8) {
            let chosen = names
                .iter()
                .map(|name| (*name, Node::plain(source.chance(70))));
            let mut chosen: Vec<(&str, Node)> = chosen.collect();
            if key == "html" && source.chance(40) {
                chosen.push(("source-url", Node::text("https://example.org/t?a=1&b=%20")));
            }
            add(key, Node::map(chosen));
        }
    }
}

fn topic(source: &mut Source<'_>) -> (String, Node) {
    let name = words::name(source, "topic");
    let title = *source.pick(&["Files", "The `--x` of \\fB", "日本 & <b>"]);
    let text = match words::blocks(source) {
        Node::Text(text) => text,
        _ => unreachable!(),
    };
    (name, Node::text(format!("# {title}\n\n{text}")))
}

fn all_sets(source: &mut Source<'_>) -> (Vec<Set>, Option<Node>) {
    let count = if source.chance(40) {
        1 + source.below(2)
    } else {
        0
    };
    let mut sets = Vec::new();
    let mut entries = Keys::new();
    for _ in 0..count {
        let name = words::name(source, "arg");
        let mut keys = Keys::new();
        let number = 1 + source.below(3);
        let mut list: Vec<Arg> = (0..number).map(|_| args::option(source, true)).collect();
        if source.chance(50) {
            let heading = words::line(source);
            keys.push(("heading".to_owned(), heading));
        }
        if source.chance(20) {
            keys.push(("optional".to_owned(), Node::plain(true)));
        }
        rules::add(source, &mut list, &[], true);
        let groups = rules::groups(source, &list, true);
        keys.push(("options".to_owned(), commands::options(&list)));
        keys.extend(groups.map(|groups| ("groups".to_owned(), groups)));
        entries.push((name.clone(), Node::Map(keys)));
        sets.push(Set {
            name,
            args: list,
            used: false,
        });
    }
    (sets, Some(Node::Map(entries)))
}
