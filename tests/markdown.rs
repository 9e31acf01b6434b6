//! Pages in Markdown, as a parser of CommonMark reads them: their links lead somewhere, and they contain no
//! HTML but that of clapspec.

use std::collections::{BTreeMap, BTreeSet};

use clapspec::Part;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::{self, decoded};

/// What a page contains.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
    /// All tags but those with anchors.
    tags: BTreeSet<String>,
}

fn read(text: &str) -> Page {
    let mut page = Page::default();
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => page.links.push(decoded(&dest_url)),
            Event::Start(Tag::Image { .. }) => panic!("an image"),
            Event::Html(html) | Event::InlineHtml(html) => {
                let name = html.strip_prefix("<a id=\"");
                match name.and_then(|rest| rest.strip_suffix("\">")) {
                    Some(name) => {
                        let name = name.replace("&lt;", "<").replace("&gt;", ">");
                        let name = name.replace("&quot;", "\"").replace("&amp;", "&");
                        assert!(page.anchors.insert(name.clone()), "`{name}` is there twice");
                    }
                    None => drop(page.tags.insert(html.into_string())),
                }
            }
            _ => {}
        }
    }
    page
}

#[test]
fn links_lead_to_pages_and_items() {
    let (mut to_pages, mut to_items) = (0, 0);
    for (name, spec) in support::specs_and_examples() {
        let files = clapspec::generate(&spec, &[Part::Markdown]);
        let files = files.unwrap_or_else(|errors| panic!("{errors}"));
        let pages = files.iter().map(|file| {
            let path = file.path().trim_start_matches("markdown/");
            (path.trim_end_matches(".md").to_owned(), read(file.text()))
        });
        let pages: BTreeMap<String, Page> = pages.collect();
        // Some file systems don't distinguish capitals.
        let names: BTreeSet<String> = pages.keys().map(|name| name.to_lowercase()).collect();
        assert_eq!(names.len(), files.len(), "{name}: a file for each page");
        let mut reached = BTreeSet::from(["README".to_owned()]);
        for (here, page) in &pages {
            for link in &page.links {
                if ["http:", "https:", "mailto:"]
                    .iter()
                    .any(|scheme| link.starts_with(scheme))
                {
                    continue;
                }
                let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
                let path = path.trim_end_matches(".md").trim_end_matches(".html");
                let target = if path.is_empty() { here } else { path };
                let to = pages.get(target);
                let to = to.unwrap_or_else(|| panic!("{name}, {here}: no page {link}"));
                assert!(
                    anchor.is_empty() || to.anchors.contains(anchor),
                    "{name}, {here}: no item {link}"
                );
                to_items += usize::from(!anchor.is_empty());
                if !path.is_empty() {
                    to_pages += 1;
                    reached.insert(target.to_owned());
                }
            }
        }
        let all: BTreeSet<String> = pages.into_keys().collect();
        assert_eq!(reached, all, "{name}: every page is linked");
    }
    assert!(to_pages > 1000, "only {to_pages} links to pages");
    assert!(to_items > 50, "only {to_items} links to items");
}

#[test]
fn pages_contain_no_other_html() {
    let own = ["</a>", "<br>", "<em>", "</em>", "<strong>", "</strong>"];
    let mut pages = 0;
    for (name, spec) in support::specs_and_examples() {
        let files = clapspec::generate(&spec, &[Part::Markdown]);
        for file in files.unwrap_or_else(|errors| panic!("{errors}")) {
            for tag in read(file.text()).tags {
                assert!(
                    own.contains(&tag.as_str()),
                    "{name}, {}: {tag}",
                    file.path()
                );
            }
            pages += 1;
        }
    }
    assert!(pages > 300, "only {pages} pages");
}
