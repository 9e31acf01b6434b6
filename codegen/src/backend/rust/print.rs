//! Tokens as text that people read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::Statement;

/// Stands in tokens for statements that are printed without prettyplease.
const PLACEHOLDER: &str = "__statements!(";

/// Statements that are laid out by [`calls`](super::calls), by the number of their placeholder.
#[derive(Default)]
pub(super) struct Bodies(Vec<Vec<Statement>>);

impl Bodies {
    /// Keeps statements; the tokens stand for them.
    pub(super) fn add(&mut self, statements: Vec<Statement>) -> TokenStream {
        let number = Literal::usize_unsuffixed(self.0.len());
        self.0.push(statements);
        quote!(__statements!(#number);)
    }
}

/// Items, formatted, with an empty line between each two.
pub(super) fn items(items: Vec<TokenStream>, bodies: &Bodies) -> String {
    let texts: Vec<String> = items.into_iter().flat_map(parts).collect();
    with_bodies(&texts.join("\n"), bodies)
}

/// Puts the statements in the place of their placeholders.
fn with_bodies(text: &str, bodies: &Bodies) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches(' ');
        let number = code.strip_prefix(PLACEHOLDER).and_then(|rest| rest.split(')').next());
        match number.and_then(|number| bodies.0.get(number.parse::<usize>().ok()?)) {
            Some(statements) => {
                let indent = line.len() - code.len();
                out.extend(statements.iter().map(|statement| statement.print(indent)));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The items that one stream of tokens holds. Lines of `use` stay together.
fn parts(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = match syn::parse2(tokens.clone()) {
        Ok(file) => file,
        Err(error) => panic!("clapspec made Rust that does not parse ({error}): {tokens}"),
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
        let text = unparse(vec![item]);
        texts.push(if has_members { spaced(&text) } else { text });
    }
    if !uses.is_empty() {
        texts.insert(0, unparse(uses));
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

/// Puts an empty line between the members of a trait or an implementation. A member begins with
/// documentation or `fn`, indented by one step; no text of the spec can stand there, since literals
/// have no line breaks.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut before = "{";
    for line in text.lines() {
        let begins = line.starts_with("    ///") || line.starts_with("    fn ");
        let follows = before.starts_with("    ///") || before.ends_with('{');
        if begins && !follows {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}
