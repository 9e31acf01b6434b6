//! `docs/src/clap-parity.md` lists every method of clap's builder with its counterpart in a spec.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use syn::punctuated::Punctuated;
use syn::{Attribute, ImplItem, Item, Meta, Token, Type, Visibility};

use crate::support;

/// The types of clap that have a table. The table of `ValueParser` also has the other parsers.
const TYPES: [&str; 7] = [
    "Command",
    "Arg",
    "ArgGroup",
    "PossibleValue",
    "ValueHint",
    "ArgAction",
    "ValueParser",
];

/// For each type, the names of its public methods and variants.
type Names = BTreeMap<&'static str, BTreeSet<String>>;

/// Every method has a row, and every row names an existing method.
#[test]
fn every_method_of_clap_has_a_row() {
    let (version, source) = clap();
    let page = page();
    let release = version.rsplit_once('.').expect("a version").0;
    assert!(
        page.contains(&format!("clap {release} ")),
        "docs/src/clap-parity.md is not about clap {release}"
    );
    let errors = errors(&page, &names(&source));
    assert!(
        errors.is_empty(),
        "docs/src/clap-parity.md and clap {version} differ:\n{}",
        errors.join("\n")
    );
}

/// The comparison finds each row that is removed, duplicated, or about a method that doesn't exist.
#[test]
fn errors_in_a_table_are_found() {
    let names = names(&clap().1);
    let page = page();
    let mut rows = 0;
    for name in TYPES {
        let heading = format!("\n## {name}\n");
        let (before, after) = page.split_once(&heading).expect("a table");
        let changed = |row: &str, to: &str| {
            let page = format!("{before}{heading}{}", after.replacen(row, to, 1));
            errors(&page, &names)
        };
        for row in rows_of(&page, name) {
            let mut missing: Vec<String> = names_in(row)
                .map(|method| format!("{name}: `{method}` has no row"))
                .collect();
            missing.sort();
            assert_eq!(changed(row, ""), missing);
            rows += 1;
        }
        let row = rows_of(&page, name).next().expect("a row");
        let method = names_in(row).next().expect("a name");
        assert_eq!(
            changed(row, &format!("{row}\n| `{method}` | |")),
            [format!("{name}: `{method}` has two rows")]
        );
        assert_eq!(
            changed(row, &format!("{row}\n| `nothing` | |")),
            [format!("{name}: `nothing` is not in clap")]
        );
    }
    assert!(rows > 100, "only {rows} rows were found");
}

/// Hidden, deprecated and unstable methods need no row.
#[test]
fn hidden_deprecated_and_unstable_methods_are_skipped() {
    let attributes = |text| {
        let item: syn::ItemFn = syn::parse_str(text).expect("a function");
        item.attrs
    };
    for text in [
        r#"#[inline] fn f() {}"#,
        r#"#[doc = "hidden"] fn f() {}"#,
        r#"#[doc(alias = "hidden")] fn f() {}"#,
        r#"#[cfg(feature = "env")] fn f() {}"#,
        r#"#[cfg(any(not(feature = "unstable-v5"), feature = "help"))] fn f() {}"#,
        r#"#[cfg_attr(feature = "string", doc = "hidden")] fn f() {}"#,
    ] {
        assert!(is_offered(&attributes(text)), "{text}");
    }
    for text in [
        r#"#[inline] #[doc(hidden)] fn f() {}"#,
        r#"#[deprecated(note = "old")] fn f() {}"#,
        r#"#[cfg_attr(feature = "deprecated", deprecated(note = "old"))] fn f() {}"#,
        r#"#[cfg(feature = "unstable-ext")] fn f() {}"#,
        r#"#[cfg(all(feature = "env", feature = "unstable-ext"))] fn f() {}"#,
        r#"#[cfg(test)] fn f() {}"#,
    ] {
        assert!(!is_offered(&attributes(text)), "{text}");
    }
}

fn page() -> String {
    fs::read_to_string(support::root().join("docs/src/clap-parity.md")).expect("the page")
}

/// The errors in the tables of a page, sorted by type and name.
fn errors(page: &str, names: &Names) -> Vec<String> {
    let mut errors = Vec::new();
    for name in TYPES {
        let in_clap = &names[name];
        let mut on_page = BTreeSet::new();
        let mut found = BTreeSet::new();
        for method in rows_of(page, name).flat_map(names_in) {
            if !on_page.insert(method.to_owned()) {
                found.insert(format!("{name}: `{method}` has two rows"));
            }
        }
        for method in in_clap.difference(&on_page) {
            found.insert(format!("{name}: `{method}` has no row"));
        }
        for method in on_page.difference(in_clap) {
            found.insert(format!("{name}: `{method}` is not in clap"));
        }
        errors.extend(found);
    }
    errors
}

/// The rows of a type's table.
fn rows_of<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let heading = format!("## {name}");
    page.lines()
        .skip_while(move |line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter(|line| line.starts_with("| `"))
}

/// The names in the first column of a row.
fn names_in(row: &str) -> impl Iterator<Item = &str> {
    let column = row.split('|').nth(1).unwrap_or_default();
    column.split('`').skip(1).step_by(2)
}

/// The version of clap's builder in `Cargo.lock`, and the directory of its source.
fn clap() -> (String, PathBuf) {
    let lock = fs::read_to_string(support::root().join("Cargo.lock")).expect("the lock file");
    let (_, package) = lock
        .split_once("name = \"clap_builder\"\nversion = \"")
        .expect("clap_builder is locked");
    let version = package.split('"').next().unwrap_or_default();

    // Packages for other platforms may not be available offline.
    let about = support::cargo().arg("-vV").output().expect("cargo runs");
    let about = String::from_utf8(about.stdout).expect("text");
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let output = support::cargo()
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", host.expect("the host")])
        .current_dir(support::root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let manifest = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .find(|package| package["name"] == "clap_builder" && package["version"] == version)
        .and_then(|package| package["manifest_path"].as_str())
        .expect("clap_builder is a package");
    let directory = Path::new(manifest).parent().expect("a directory");
    (version.to_owned(), directory.join("src"))
}

/// The public names in a directory of source code.
fn names(source: &Path) -> Names {
    let mut names = TYPES.map(|name| (name, BTreeSet::new())).into();
    collect(source, &mut names);
    for (name, found) in &names {
        assert!(found.len() > 3, "`{name}` was not found in clap");
    }
    names
}

fn collect(directory: &Path, names: &mut Names) {
    for entry in fs::read_dir(directory).expect("clap's source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("source code");
            for item in syn::parse_file(&text).expect("Rust").items {
                collect_item(item, names);
            }
        }
    }
}

fn collect_item(item: Item, names: &mut Names) {
    match item {
        Item::Impl(item) if item.trait_.is_none() && is_offered(&item.attrs) => {
            let Type::Path(path) = *item.self_ty else {
                return;
            };
            let of = path.path.segments.last().expect("a name").ident.to_string();
            let Some(found) = names.get_mut(of.as_str()) else {
                return;
            };
            for item in item.items {
                if let ImplItem::Fn(method) = item {
                    if is_public(&method.vis) && is_offered(&method.attrs) {
                        found.insert(method.sig.ident.to_string());
                    }
                }
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            if let Some(found) = names.get_mut(item.ident.to_string().as_str()) {
                let variants = item.variants.into_iter();
                let offered = variants.filter(|variant| is_offered(&variant.attrs));
                found.extend(offered.map(|variant| variant.ident.to_string()));
            }
        }
        Item::Struct(item) if is_public(&item.vis) && is_offered(&item.attrs) => {
            let name = item.ident.to_string();
            let parses_values = name.ends_with("ValueParser") || name.ends_with("ValuesParser");
            if parses_values && !TYPES.contains(&name.as_str()) {
                let found = names.get_mut("ValueParser").expect("a type");
                found.insert(name);
            }
        }
        _ => {}
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item with these attributes is for users: not hidden, deprecated or unstable.
fn is_offered(attributes: &[Attribute]) -> bool {
    !attributes.iter().any(|attribute| hides(&attribute.meta))
}

/// Whether an attribute makes an item hidden, deprecated or unstable.
fn hides(attribute: &Meta) -> bool {
    let parts = parts(attribute);
    is(attribute, "deprecated")
        || is(attribute, "doc") && parts.iter().any(|part| is(part, "hidden"))
        || is(attribute, "cfg") && parts.iter().any(is_unstable)
        || is(attribute, "cfg_attr") && parts.iter().skip(1).any(hides)
}

/// Whether a condition holds only in clap's own tests or with unstable features.
fn is_unstable(condition: &Meta) -> bool {
    match condition {
        Meta::Path(_) => is(condition, "test"),
        Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(value),
                ..
            }) => pair.path.is_ident("feature") && value.value().starts_with("unstable"),
            _ => false,
        },
        Meta::List(_) if is(condition, "all") => parts(condition).iter().any(is_unstable),
        Meta::List(_) if is(condition, "any") => parts(condition).iter().all(is_unstable),
        Meta::List(_) => false,
    }
}

fn is(meta: &Meta, name: &str) -> bool {
    meta.path().is_ident(name)
}

/// The arguments in the parentheses of an attribute.
fn parts(meta: &Meta) -> Vec<Meta> {
    let Meta::List(list) = meta else {
        return Vec::new();
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    parts.map_or_else(|_| Vec::new(), |parts| parts.into_iter().collect())
}
