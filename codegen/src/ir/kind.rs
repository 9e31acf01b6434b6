//! The kinds of values. This is the generator's only list of them.

pub(crate) use clapspec_runtime::model::{Exists, PathKind};

use clapspec_runtime::model;
use clapspec_runtime::model::Custom;

use super::Choice;
use crate::text::kept::keep;

/// The kind of a value.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    String,
    Path(PathKind, Exists),
    /// A string that is never shown.
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
    /// One of these choices.
    Choice {
        choices: Vec<Choice>,
        ignore_case: bool,
    },
}

/// A kind of value that a spec can name.
pub(crate) struct Named {
    /// Its name in a spec.
    pub(crate) name: &'static str,
    /// A description, for the reference of the language.
    #[cfg_attr(not(feature = "cli"), expect(dead_code))]
    pub(crate) about: &'static str,
    /// Creates the kind. Only paths use the parameter.
    pub(crate) kind: fn(Exists) -> Kind,
}

/// The kinds that a spec can name. For other types, a spec has their Rust path.
pub(crate) const KINDS: &[Named] = &[
    Named {
        name: "string",
        about: "Any string.",
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
        about: "A 64-bit integer.",
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
        about: "A duration: `500ms`, `90s`, `1h30m`.",
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
    /// Converts it to the runtime's model. The generator doesn't know the program's own Rust types.
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

/// Formats a limit of a number. An infinite limit means no limit, and becomes an empty string.
fn limit(number: f64) -> String {
    match number.is_finite() {
        true => number.to_string(),
        false => String::new(),
    }
}
