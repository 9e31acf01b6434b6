//! Values of configuration files as clap's defaults.
//!
//! To clap a default is not given: it conflicts with nothing, and nothing is there that needs it. What
//! a file says counts as given where something is required, so such rules are left out.

#[cfg(feature = "config")]
use clap::{Arg, builder::ValueParser};

#[cfg(feature = "config")]
pub(super) use crate::config::{is_configured, word_of};

/// The argument with the value that a file has for its setting; nothing when there is none.
#[cfg(feature = "config")]
pub(super) fn with_value(arg: &Arg, setting: &str) -> Option<Arg> {
    let words = crate::config::injected(setting)?;
    let words = words.iter().map(|word| super::when::keep(word));
    let words: Vec<&'static str> = words.collect();
    // A word of a file is one value, whatever stands in it.
    let arg = arg.clone().required(false).value_delimiter(None);
    // Whether a path exists was looked at, with the place in the file at hand.
    let arg = match arg.get_value_parser().type_id() == ValueParser::path_buf().type_id() {
        true => arg.value_parser(ValueParser::path_buf()),
        false => arg,
    };
    Some(arg.default_values(words))
}

#[cfg(not(feature = "config"))]
pub(super) fn is_configured(_: &str) -> bool {
    false
}

#[cfg(not(feature = "config"))]
pub(super) fn word_of(_: &str) -> Option<String> {
    None
}
