//! Formats items that are tokens, with prettyplease, and then as rustfmt formats them.

use std::iter::Peekable;
use std::str::Lines;

use proc_macro2::TokenStream;

use super::calls::LINE;
use super::items::Item;

/// Formats items, each after an empty line.
pub(super) fn formatted(items: Vec<Item>) -> String {
    let mut out = String::new();
    for item in items {
        let texts = match item {
            Item::Text(text) => vec![text],
            Item::Tokens(tokens) => parts(tokens),
        };
        for text in texts {
            out.push('\n');
            out.push_str(&text);
        }
    }
    out
}

/// Formats the path of a type.
pub(super) fn path(path: &str) -> String {
    let path: syn::Path = syn::parse_str(path)
        .unwrap_or_else(|error| panic!("`{path}` is not a valid path: {error}"));
    let item = syn::parse_quote!(type Path = #path;);
    let lines = unparse(vec![item]);
    let words: Vec<&str> = lines.split_whitespace().skip(3).collect();
    let whole = words.join(" ");
    let whole = whole.trim_end_matches(';');
    whole.replace("< ", "<").replace(", >", ">")
}

/// Formats the items in a token stream separately, except that all `use` declarations stay together.
fn parts(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = match syn::parse2(tokens.clone()) {
        Ok(file) => file,
        Err(error) => panic!("clapspec generated invalid Rust ({error}): {tokens}"),
    };
    let mut texts: Vec<String> = Vec::new();
    let mut uses = Vec::new();
    for item in file.items {
        let is_use = matches!(item, syn::Item::Use(_));
        let has_members = matches!(item, syn::Item::Trait(_) | syn::Item::Impl(_));
        if is_use {
            uses.push(item);
            continue;
        }
        let text = joined(&unparse(vec![item]));
        texts.push(if has_members { spaced(&text) } else { text });
    }
    if !uses.is_empty() {
        texts.insert(0, one_line_uses(&unparse(uses)));
    }
    texts
}

fn unparse(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

/// Puts each list of imports on one line if it fits, for the same reason as [`joined`].
fn one_line_uses(text: &str) -> String {
    let mut out = String::new();
    for item in text.split_inclusive(";\n") {
        let names: Vec<&str> = item.lines().map(str::trim).collect();
        let line = names.join(" ").replace("{ ", "{").replace(", }", "}");
        let fits = line.chars().count() <= LINE;
        out.push_str(if fits { &line } else { item.trim_end() });
        out.push('\n');
    }
    out
}

/// Returns an arm on one line, if it consists of one expression and fits. `pattern` is what comes before its
/// arrow, and `rest` the lines after that.
fn one_line_arm(pattern: &str, rest: &Peekable<Lines<'_>>) -> Option<String> {
    let mut rest = rest.clone();
    let expression = rest.next()?.trim();
    let is_whole = rest.next()?.trim() == "}" && !expression.ends_with([';', '{', '(']);
    let line = format!("{pattern}=> {expression},");
    (is_whole && line.chars().count() <= LINE).then_some(line)
}

/// Puts each call of a handler on one line if it fits, for the same reason.
fn joined_chains(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        let fits = |call: &&str| line.len() + call.trim_start().len() <= LINE;
        if line.trim_start() == "handlers" {
            out.push_str(lines.next_if(fits).map_or("", str::trim_start));
        }
        out.push('\n');
    }
    out
}

/// Puts each function signature, and each arm of a match, on one line if it fits: prettyplease breaks lines
/// after 89 columns, but rustfmt only after 100.
fn joined(text: &str) -> String {
    let text = &joined_chains(text);
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        if let Some(arm) = line
            .strip_suffix("=> {")
            .and_then(|arm| one_line_arm(arm, &lines))
        {
            lines.nth(1);
            out.extend([arm.as_str(), "\n"]);
            continue;
        }
        let is_head = code.starts_with("fn ") || code.starts_with("pub fn ");
        if !(is_head && code.ends_with('(')) {
            out.extend([line, "\n"]);
            continue;
        }
        let close = format!("{})", &line[..line.len() - code.len()]);
        let rest: Vec<&str> =
            std::iter::from_fn(|| lines.next_if(|line| !line.starts_with(&close))).collect();
        let end = lines.next().unwrap_or_default();
        let arguments: Vec<&str> = rest.iter().map(|line| line.trim()).collect();
        let arguments = arguments.join(" ");
        let whole = format!(
            "{line}{}{}",
            arguments.trim_end_matches(','),
            end.trim_start()
        );
        if whole.chars().count() <= LINE {
            out.extend([whole.as_str(), "\n"]);
            continue;
        }
        for line in [&[line], &rest[..], &[end]].concat() {
            out.extend([line, "\n"]);
        }
    }
    out
}

/// Puts an empty line between the members of a trait or an implementation. A member begins with a doc
/// comment or `fn`, indented by one level. No text from the spec can look like this: the only literal
/// with line breaks is the JSON of a schema, which has no indentation.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut before = "{";
    for line in text.lines() {
        let begins = line.starts_with("    ///") || line.starts_with("    fn ");
        let follows = ["    ///", "    #["]
            .iter()
            .any(|head| before.starts_with(head))
            || before.ends_with('{');
        if begins && !follows {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}
