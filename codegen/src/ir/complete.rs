//! What a shell completes. This is the generator's only list of the kinds that a spec can name.

use clapspec_runtime::model;

use super::Name;
use crate::text::kept::keep;

/// What a shell completes, if it doesn't follow from the kind of the value.
#[derive(Clone, Debug)]
pub(crate) enum Complete {
    /// One of the kinds that a spec can name.
    Named(model::Complete),
    /// Files with one of these extensions, and directories.
    Files(Vec<Name>),
    /// Values that the program itself offers, by their name.
    Values(Name),
}

/// A kind of value that a spec can name.
pub(crate) struct NamedCompletion {
    /// Its name in a spec.
    pub(crate) name: &'static str,
    /// A description, for the reference of the language.
    #[cfg_attr(not(feature = "cli"), expect(dead_code))]
    pub(crate) about: &'static str,
    pub(crate) complete: model::Complete,
}

const fn named(
    name: &'static str,
    about: &'static str,
    complete: model::Complete,
) -> NamedCompletion {
    NamedCompletion {
        name,
        about,
        complete,
    }
}

/// The kinds that a spec can name. Any other name is one of the program's own.
pub(crate) const COMPLETIONS: &[NamedCompletion] = &[
    named("none", "Nothing.", model::Complete::None),
    named("path", "Files and directories.", model::Complete::Path),
    named("file", "Files.", model::Complete::File),
    named("directory", "Directories.", model::Complete::Directory),
    named("program", "Programs.", model::Complete::Program),
    named(
        "command-line",
        "A program, then the arguments of that program.",
        model::Complete::CommandLine,
    ),
    named("user", "User names.", model::Complete::User),
    named("host", "Host names.", model::Complete::Host),
    named("url", "URLs.", model::Complete::Url),
    named("email", "Email addresses.", model::Complete::Email),
];

impl Complete {
    pub(super) fn model(&self) -> model::Complete {
        match self {
            Self::Named(complete) => *complete,
            Self::Files(extensions) => {
                let extensions = extensions.iter().map(|name| keep(name));
                model::Complete::Files(extensions.collect::<Vec<_>>().leak())
            }
            Self::Values(name) => model::Complete::Values(keep(name)),
        }
    }
}
