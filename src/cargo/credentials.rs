//! The keys of a registry in the text of a credentials file: finds them, and cuts them out.
//!
//! The rest of the text stays the same byte for byte. Every new text is parsed again, and its meaning is
//! compared with the expected one. So TOML in an unexpected form causes an error, and never a damaged
//! file.

use std::ops::Range;
use std::path::Path;

use jiff::Timestamp;
use toml::de::DeValue;

use super::registry::Registry;
use crate::document::inline;
use crate::document::{self, Table, Tree};
use crate::error::Error;
use crate::session;

/// The keys that cargo's logout removes from the table of a registry. The last one is not a secret, but
/// belongs to the second.
pub const KEYS: [&str; 3] = ["token", "secret-key", "secret-key-subject"];

/// The position of a key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The key, with the tables around it.
    pub path: Vec<String>,
    /// The position of the last part of the key.
    pub key: Range<usize>,
    /// The position of the value.
    pub value: Range<usize>,
    /// The position of the innermost inline table around the key.
    pub inline: Option<Range<usize>>,
    /// Whether the value is empty. Cargo can't use an empty token.
    pub is_empty: bool,
    /// When the token ends, if it has this information.
    pub until: Option<Timestamp>,
}

impl Spot {
    /// Whether the value grants access to the registry.
    pub fn is_secret(&self) -> bool {
        !self.is_empty && self.name() != KEYS[2]
    }

    /// Whether the value is a token, and not a secret key.
    pub fn is_token(&self) -> bool {
        !self.is_empty && self.name() == KEYS[0]
    }

    /// The last part of the key.
    fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// The tables around the key.
    pub fn tables(&self) -> Vec<&str> {
        let tables = self.path.len().saturating_sub(1);
        self.path[..tables].iter().map(String::as_str).collect()
    }
}

/// Finds the keys of a registry in `text`, the content of the file `path`.
///
/// For crates.io, these include the old `token` outside of all tables, and the keys in
/// `[registries.crates-io]`, which cargo ignores.
pub fn find(text: &str, path: &Path, registry: &Registry) -> Result<Vec<Spot>, Error> {
    let origin = path.display().to_string();
    let root = document::parse(text, &origin)?;
    spots(text, &root, registry, &origin)
}

/// The secrets of all registries in a credentials file.
#[derive(Debug, Default)]
pub struct Secrets {
    /// The registries that have a secret, with their keys. Crates.io comes first, the others by name.
    pub found: Vec<(Registry, Vec<Spot>)>,
    /// The registries whose keys have errors, which [`find`] returns. They don't hide the others.
    pub wrong: Vec<Registry>,
}

impl Secrets {
    /// Finds the secrets in `text`, the content of the file `path`.
    pub fn find(text: &str, path: &Path) -> Result<Self, Error> {
        let origin = path.display().to_string();
        let root = document::parse(text, &origin)?;
        let mut names = Vec::new();
        if let Some(table) = document::table_at(&root, &["registries"], &origin)? {
            names.extend(table.keys().map(|name| name.get_ref().to_string()));
        }
        names.retain(|name| name != Registry::CratesIo.name());
        names.sort();
        let named = names.into_iter().map(Registry::Named);
        let mut secrets = Self::default();
        for registry in [Registry::CratesIo].into_iter().chain(named) {
            match spots(text, &root, &registry, &origin) {
                Ok(spots) if spots.iter().any(Spot::is_secret) => {
                    secrets.found.push((registry, spots));
                }
                Ok(_) => {}
                Err(_) => secrets.wrong.push(registry),
            }
        }
        Ok(secrets)
    }
}

/// The spots of a registry, in the order of the text.
fn spots(
    text: &str,
    root: &Table<'_>,
    registry: &Registry,
    origin: &str,
) -> Result<Vec<Spot>, Error> {
    let mut spots = Vec::new();
    if *registry == Registry::CratesIo {
        collect(text, root, &["token"], origin, &mut spots)?;
        for key in KEYS {
            collect(
                text,
                root,
                &["registries", "crates-io", key],
                origin,
                &mut spots,
            )?;
        }
    }
    for key in KEYS {
        collect(text, root, &registry.key(key), origin, &mut spots)?;
    }
    spots.sort_by_key(|spot| spot.key.start);
    Ok(spots)
}

/// Adds the spot of `path`, if it exists.
fn collect(
    text: &str,
    root: &Table<'_>,
    path: &[&str],
    origin: &str,
    spots: &mut Vec<Spot>,
) -> Result<(), Error> {
    let Some((last, tables)) = path.split_last() else {
        return Ok(());
    };
    let Some(table) = document::table_at(root, tables, origin)? else {
        return Ok(());
    };
    let Some((key, value)) = table.get_key_value(*last) else {
        return Ok(());
    };
    let DeValue::String(secret) = value.get_ref() else {
        return Err(Error::Type {
            origin: origin.to_owned(),
            key: path.join("."),
            expected: "a string",
            found: document::type_name(value.get_ref()),
        });
    };
    spots.push(Spot {
        path: path.iter().map(|&key| key.to_owned()).collect(),
        key: key.span(),
        value: value.span(),
        inline: innermost_inline(text, root, tables),
        is_empty: secret.is_empty(),
        until: session::expiry(secret),
    });
    Ok(())
}

/// The position of the innermost of these nested tables that is written with braces.
pub fn innermost_inline(text: &str, root: &Table<'_>, tables: &[&str]) -> Option<Range<usize>> {
    let mut table = root;
    let mut innermost = None;
    for key in tables {
        let Some(value) = table.get(*key) else { break };
        let Some(inner) = value.get_ref().as_table() else {
            break;
        };
        // The span of a table is its braces, its header, or its part of a dotted key.
        if text[value.span()].starts_with('{') {
            innermost = Some(value.span());
        }
        table = inner;
    }
    innermost
}

/// Cuts `spots` out of `text`, and changes nothing else.
pub fn cut(text: &str, path: &Path, spots: &[Spot]) -> Result<String, Error> {
    let mut tables: Vec<Range<usize>> = spots.iter().filter_map(|s| s.inline.clone()).collect();
    tables.sort_by_key(|table| table.start);
    tables.dedup();
    let mut edits = Vec::new();
    for table in tables {
        let inside = spots.iter().filter(|s| s.inline.as_ref() == Some(&table));
        let keys: Vec<usize> = inside.map(|s| s.key.start).collect();
        edits.extend(inline::cuts(text, &table, &keys));
    }
    let statements = spots.iter().filter(|spot| spot.inline.is_none());
    edits.extend(statements.map(|spot| statement(text, spot)));
    let empty = |range| (range, String::new());
    let new = document::splice(text, edits.into_iter().map(empty).collect());

    let mut expected = tree(text, path)?;
    for spot in spots {
        let key: Vec<&str> = spot.path.iter().map(String::as_str).collect();
        expected.remove(&key);
    }
    match tree(&new, path).map(Tree::pruned) {
        Ok(meaning) if meaning == expected.pruned() => Ok(new),
        _ => Err(Error::Edit {
            path: path.to_owned(),
            line: spots
                .first()
                .map_or(1, |s| document::position(text, s.key.start).0),
            advice: "remove the token with an editor: delete its key and its value",
        }),
    }
}

/// The meaning of the text of a credentials file.
pub fn tree(text: &str, path: &Path) -> Result<Tree, Error> {
    let origin = path.display().to_string();
    Ok(Tree::of(&document::parse(text, &origin)?))
}

/// The lines of a statement. In TOML, only a comment may follow on the same line. The comment is kept,
/// at the position of the statement.
fn statement(text: &str, spot: &Spot) -> Range<usize> {
    let start = line_start(text, spot.key.start);
    let rest = &text[spot.value.end..];
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    match line.find('#') {
        Some(comment) => {
            let before = &text[start..spot.key.start];
            let indent = before.len() - before.trim_start_matches([' ', '\t']).len();
            start + indent..spot.value.end + comment
        }
        None => start..spot.value.end + line.len(),
    }
}

/// The start of the line around a position, after a byte order mark.
pub fn line_start(text: &str, at: usize) -> usize {
    match text[..at].rfind('\n') {
        Some(newline) => newline + 1,
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{KEYS, Secrets, cut, find};
    use crate::cargo::insert::put;
    use crate::cargo::registry::Registry;

    /// Ways to write the table of a registry `a`. `T`, `S` and `I` are replaced by its members.
    const FORMS: [&str; 14] = [
        "[registries.a]\nT\nS\nI\n",
        "[registries.a] # c\n  I # c\n\tS # s\n  T # t",
        "[ registries . \"a\" ]\nT\nI\nS\n[registries.b]\ntoken = 'x'\n",
        "[registries.a.sub]\nx = 1\n[registries.a]\nT\nS\nI\n",
        "[registries]\na.T\na.S\na.I\n",
        "[registries]\na . T # c\nb.token = 'x'\n'a'.S\n",
        "registries.a.I\nregistries.b.token = 'x'\nregistries.a.T\nregistries.a.S",
        "[registries]\na = { T, S, I }\n",
        "[registries]\na = {I,T,S}#c\nb = { token = 'x' }\n",
        "[registries]\na = { S, I, T }",
        "registries = { b = { token = 'x' }, a = { T }, c = 1 }\n",
        "registries = { a.T, a.S, a.I, b.token = ',}' }\n",
        "registries.a = { # t\n  T, # s\n  I, # c\n\n  S, # c\n}\n",
        "registries.a = {\n  I # c\n  , T # t\n  , S # c\n}\n",
    ];

    const VALUES: [&str; 6] = [
        "\"SECRET\"",
        "'SECRET'",
        "\"\"\"\nSECRET # } , \\\"\"\" \n\"\"\"",
        "'''SECRET\n[registries.a]\ntoken = 1'''''",
        "\"SECRET\\\\\\\" # , }\"",
        "\"\"",
    ];

    fn texts() -> impl Iterator<Item = String> {
        FORMS.into_iter().flat_map(|form| {
            VALUES.into_iter().flat_map(move |value| {
                let text = form
                    .replace('T', "token = VA")
                    .replace('S', "\"secret-key\" = VA")
                    .replace('I', "index = ['https://a.example/', { x = \"#}\" }]")
                    .replace("VA", value);
                let crlf = text.replace('\n', "\r\n");
                let bom = format!("\u{feff}{text}");
                [text, crlf, bom]
            })
        })
    }

    /// The keys of all registries can be cut at once, in every form.
    #[test]
    fn all_registries_can_be_cut_at_once() {
        let path = Path::new("credentials.toml");
        // In this text, a registry is not a table, which is an error.
        for text in texts().filter(|text| !text.contains("c = 1")) {
            let secrets = Secrets::find(&text, path).unwrap_or_else(|e| panic!("{e}: {text}"));
            let found = secrets.found;
            let names: Vec<&str> = found.iter().map(|(registry, _)| registry.name()).collect();
            if text.contains("= \"\"") && !text.contains("\"\"\"") {
                // An empty token doesn't count.
                assert!(!names.contains(&"a"), "{text}");
                continue;
            }
            let both = text.contains("b.token") || text.contains("b = {") || text.contains(".b]");
            let expected = if both { &["a", "b"][..] } else { &["a"][..] };
            assert_eq!(names, expected, "{text}");
            let spots: Vec<_> = found.into_iter().flat_map(|(_, spots)| spots).collect();
            let without = cut(&text, path, &spots).unwrap_or_else(|e| panic!("{e}: {text}"));
            let left = Secrets::find(&without, path).expect("still TOML");
            assert!(left.found.is_empty());
        }
    }

    /// In every form, a token can be cut and inserted without the error that asks for a manual change.
    /// Both functions check the meaning of the new text.
    #[test]
    fn every_form_of_a_table_can_be_edited() {
        let path = Path::new("credentials.toml");
        let registry = Registry::Named("a".to_owned());
        for text in texts() {
            let spots = find(&text, path, &registry).unwrap_or_else(|e| panic!("{e}: {text}"));
            assert!(!spots.is_empty(), "{text}");
            let without = cut(&text, path, &spots).unwrap_or_else(|e| panic!("{e}: {text}"));
            let left = find(&without, path, &registry).expect("still TOML");
            assert!(left.is_empty(), "{without}");
            for text in [&text, &without] {
                let with = put(text, path, &registry, "SECRET-new")
                    .unwrap_or_else(|e| panic!("{e}: {text}"));
                let spots = find(&with, path, &registry).expect("still TOML");
                assert_eq!(spots.len(), 1, "{with}");
                assert_eq!(spots[0].path[2], KEYS[0], "{with}");
            }
        }
    }
}
