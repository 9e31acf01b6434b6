//! The kinds of values: the one list of them in the generator.

pub(crate) use clapspec_runtime::model::{Exists, PathKind};

use clapspec_runtime::model;
use clapspec_runtime::model::Custom;

use super::Choice;
use crate::text::kept::keep;

/// What kind of value it is.
#[derive(Debug)]
pub(crate) enum Kind {
    String,
    Path(PathKind, Exists),
    /// A text that is never shown.
    Secret,
    Integer {
        min: i64,
        max: i64,
    },
    Float {
        min: f64,
        max: f64,
    },
    Boolean,
    Url,
    Duration,
    Size,
    KeyValue,
    /// A Rust type, by its path.
    Rust(String),
    /// One of these.
    Choice {
        choices: Vec<Choice>,
        ignore_case: bool,
    },
}

/// A kind of value that a spec can name.
pub(crate) struct Named {
    /// Its name in a spec.
    pub(crate) name: &'static str,
    /// What it is, for the reference of the language.
    #[cfg_attr(not(feature = "cli"), expect(dead_code))]
    pub(crate) about: &'static str,
    /// The kind itself. A path must exist, or not.
    pub(crate) kind: fn(Exists) -> Kind,
}

/// The kinds that a spec can name. Other types are named by their Rust path.
pub(crate) const KINDS: &[Named] = &[
    Named {
        name: "string",
        about: "Any text.",
        kind: |_| Kind::String,
    },
    Named {
        name: "path",
        about: "The path of a file or directory.",
        kind: |exists| Kind::Path(PathKind::Any, exists),
    },
    Named {
        name: "file",
        about: "The path of a file.",
        kind: |exists| Kind::Path(PathKind::File, exists),
    },
    Named {
        name: "directory",
        about: "The path of a directory.",
        kind: |exists| Kind::Path(PathKind::Directory, exists),
    },
    Named {
        name: "integer",
        about: "A whole number of 64 bits.",
        kind: |_| Kind::Integer {
            min: i64::MIN,
            max: i64::MAX,
        },
    },
    Named {
        name: "float",
        about: "A number.",
        kind: |_| Kind::Float {
            min: f64::NEG_INFINITY,
            max: f64::INFINITY,
        },
    },
    Named {
        name: "boolean",
        about: "`true` or `false`.",
        kind: |_| Kind::Boolean,
    },
    Named {
        name: "url",
        about: "An address, such as `https://example.org/`.",
        kind: |_| Kind::Url,
    },
    Named {
        name: "duration",
        about: "A span of time: `500ms`, `90s`, `1h30m`.",
        kind: |_| Kind::Duration,
    },
    Named {
        name: "size",
        about: "A number of bytes: `512`, `10K`, `4kB`.",
        kind: |_| Kind::Size,
    },
    Named {
        name: "key-value",
        about: "`KEY=VALUE`.",
        kind: |_| Kind::KeyValue,
    },
];

impl Kind {
    /// The kind as the runtime has it. A type of the program's own is not known here.
    pub(crate) fn model(&self) -> model::Kind {
        match self {
            Self::String => model::Kind::Text,
            Self::Path(kind, exists) => model::Kind::Path(*kind, *exists),
            Self::Secret => model::Kind::Secret,
            Self::Integer { min, max } => model::Kind::Integer {
                min: *min,
                max: *max,
            },
            Self::Float { min, max } => model::Kind::Float {
                min: keep(&limit(*min)),
                max: keep(&limit(*max)),
            },
            Self::Boolean => model::Kind::Boolean,
            Self::Url => model::Kind::Url,
            Self::Duration => model::Kind::Duration,
            Self::Size => model::Kind::Size,
            Self::KeyValue => model::Kind::KeyValue,
            Self::Rust(path) => model::Kind::Custom(Custom::unknown(keep(path))),
            Self::Choice { ignore_case, .. } => model::Kind::Choice {
                ignore_case: *ignore_case,
            },
        }
    }
}

/// A limit of a number: nothing where there is none.
fn limit(number: f64) -> String {
    match number.is_finite() {
        true => number.to_string(),
        false => String::new(),
    }
}
