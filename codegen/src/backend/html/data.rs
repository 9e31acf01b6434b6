//! What templates get.

use std::collections::BTreeMap;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

/// Converts data to a value for templates.
pub(super) fn value(data: impl Serialize) -> Value {
    Value::from(Serde(data))
}

/// What the templates `page.html` and `single.html` get. Values that are HTML are not escaped when they are shown.
#[cfg(feature = "cli")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "templates")]
#[allow(dead_code)] // Only its schema is used.
pub(crate) struct Templates {
    /// The program.
    program: ProgramData,
    /// The page. In `single.html`, the one that lists all others.
    page: Page,
    /// All pages, in `single.html`.
    pages: Option<Vec<Page>>,
    /// The stylesheet, in `single.html`.
    style: Option<String>,
    /// The script, in `single.html`.
    script: Option<String>,
    /// The hash of the script for a Content-Security-Policy, in `single.html`.
    script_hash: Option<String>,
}

/// The program, as `program`.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct ProgramData {
    pub(super) name: String,
    /// Its version, if the spec contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    pub(super) topics: Vec<Node>,
    /// The address of the page that lists the others.
    pub(super) index: String,
    /// The address of the file that contains all pages, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) single_file: Option<String>,
    /// The values of its keys that begin with `x-`, by the rest of the keys.
    pub(super) x: BTreeMap<String, String>,
}

/// A page, as `page`. Values of the type [`Value`] are HTML, and all others are text.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Page {
    /// `index`, `command` or `topic`.
    pub(super) subject: &'static str,
    /// The name of its file, without an ending.
    pub(super) name: String,
    /// Its title.
    pub(super) label: String,
    /// The name of the command, without those of its parents.
    pub(super) path_label: String,
    /// Its title, as HTML.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub(super) title: Value,
    /// One line about it, or an empty string.
    pub(super) description: String,
    /// The same line as a sentence, as HTML.
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub(super) about: Value,
    /// The address of the page in Markdown.
    pub(super) markdown: String,
    /// The URL of its source, if the spec says where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    /// The commands that it is below.
    pub(super) path: Vec<Link>,
    /// The commands around it.
    pub(super) tree: Vec<Node>,
    pub(super) sections: Vec<Section>,
    /// The values of the command's keys that begin with `x-`, by the rest of the keys.
    pub(super) x: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<Link>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) heading: String,
    /// The level of its heading: 2, or 3 for a part of the section before it; in the single file, one more.
    pub(super) level: usize,
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    pub(super) html: Value,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) href: String,
}

/// A page in the list of pages.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Node {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) is_current: bool,
    pub(super) nodes: Vec<Node>,
}
