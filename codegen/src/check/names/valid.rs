//! Which names are valid.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::Name;
use crate::source::Span;

/// What has a name.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Program,
    /// A command or its alias.
    Command(&'static str),
    Option,
    Other(&'static str),
}

impl Of {
    fn what(self) -> &'static str {
        match self {
            Self::Program => "a program",
            Self::Option => "an option",
            Self::Command(what) | Self::Other(what) => what,
        }
    }

    /// Signs that a name may contain besides `-` and `_`, each with its description.
    fn sign(self) -> Option<char> {
        match self {
            Self::Command(_) => Some(':'),
            Self::Option => Some('.'),
            Self::Program | Self::Other(_) => None,
        }
    }
}

/// The maximum length of a name, in characters.
const LONGEST: usize = 100;

/// Returns whether this can be the name of a command.
#[cfg(feature = "import")]
pub(crate) fn is_command_name(name: &str) -> bool {
    is_valid(name, Of::Command("a command"))
}

/// Returns whether this can be the name of an option, without its dashes: a long or a short one.
#[cfg(feature = "cli")]
pub(crate) fn is_option_name(name: &str) -> bool {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) => is_short_name(letter),
        _ => is_valid(name, Of::Option),
    }
}

fn is_valid(name: &str, of: Of) -> bool {
    let sign = of.sign();
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    // `_` at the beginning marks commands that are meant for other programs.
    let start = match of {
        Of::Command(_) => name.trim_start_matches('_'),
        _ => name,
    };
    let mut chars = name.chars();
    start.starts_with(is_letter)
        && name.ends_with(is_letter)
        && chars.all(|c| is_letter(c) || c == '-' || c == '_' || sign == Some(c))
        && name.len() <= LONGEST
}

/// Checks a name.
pub(super) fn check_name(name: &Name, of: Of, problems: &mut Diagnostics) {
    if is_valid(name, of) {
        return;
    }
    let message = format!("`{}` is not a valid name for {}", **name, of.what());
    let bare = name.trim_start_matches('-');
    if name.starts_with('-') && !bare.is_empty() {
        let diagnostic = problems.error(Code::NameWithDashes, name.span, message);
        match name.span.is_empty() {
            true => diagnostic
                .help("rename the file or directory, so that its name begins with a letter"),
            false => diagnostic.suggest("write the name without dashes", name.span, bare),
        };
        return;
    }
    let signs = match of.sign() {
        Some(sign) => format!("`-`, `_` and `{sign}`"),
        None => "`-` and `_`".to_owned(),
    };
    let diagnostic = problems.error(Code::NotAName, name.span, message);
    if let Some(c) = name.chars().find(|c| !c.is_ascii_graphic() && *c != ' ') {
        let code = u32::from(c);
        diagnostic.help(format!(
            "use only letters a to z, digits, {signs}; this name contains U+{code:04X}"
        ));
    } else {
        diagnostic.help(format!(
            "use at most {LONGEST} letters a to z, digits, {signs}, with a letter or digit at both ends"
        ));
    }
}

/// The signs that a short name may be. They have no meaning in shells or in the syntax of options.
const SIGNS: &str = "%+,./:@^_";

fn is_short_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || SIGNS.contains(letter)
}

/// Checks a short name, written without its dash.
pub(super) fn short_name(letter: char, span: Span, problems: &mut Diagnostics) {
    if !is_short_name(letter) {
        problems
            .error(
                Code::NotAShortName,
                span,
                format!("`-{letter}` is not a valid short name"),
            )
            .help(format!(
                "use a letter, a digit, or one of these signs: {SIGNS}"
            ));
    }
}

/// Checks the name of an environment variable.
pub(super) fn variable(name: &Name, problems: &mut Diagnostics) {
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !good {
        problems
            .error(
                Code::NotAVariable,
                name.span,
                format!(
                    "`{}` is not a valid name for an environment variable",
                    **name
                ),
            )
            .help("use letters, digits and `_`, and don't begin with a digit: `MY_TOKEN`");
    }
}
