//! The headings of help.

/// The part of the help that a heading begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Section {
    /// The beginning, which has no heading.
    Start,
    Description,
    Commands,
    Arguments,
    /// With its heading, unless that is the usual one.
    Options(Option<String>),
    /// The options of all commands.
    Inherited,
    Aliases,
    /// An unknown heading. Options or commands may follow.
    Unknown(String),
    /// Sections that the import skips, such as examples.
    Other,
}

/// How the headings of sections begin that the import skips.
const OTHER: [&str; 7] = [
    "example",
    "environment",
    "exit",
    "see also",
    "note",
    "learn more",
    "bugs",
];

impl Section {
    /// The part that a heading begins.
    pub(super) fn of(heading: &str) -> Self {
        let text = heading.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let is = |words: &[&str]| words.contains(&text.as_str());
        if is(&[
            "options",
            "flags",
            "optional arguments",
            "available options",
        ]) || text.starts_with("usage of ")
        {
            Self::Options(None)
        } else if has(&["global", "inherited"]) && has(&["option", "flag"]) {
            Self::Inherited
        } else if has(&["option", "flag"]) {
            Self::Options(Some(heading.to_owned()))
        } else if is(&["topics"]) || has(&["command"]) && text.split_whitespace().count() < 4 {
            Self::Commands
        } else if is(&[
            "args",
            "arguments",
            "positional arguments",
            "positionals",
            "parameters",
        ]) {
            Self::Arguments
        } else if is(&["description", "about", "name"]) {
            Self::Description
        } else if is(&["alias", "aliases"]) {
            Self::Aliases
        } else if OTHER.iter().any(|word| text.starts_with(word)) {
            Self::Other
        } else {
            Self::Unknown(heading.to_owned())
        }
    }
}
