//! Whether crates.io is replaced by another source.

use super::config::Config;
use crate::error::Error;

/// The keys of a source that say where it is.
const LOCATIONS: [&str; 4] = ["registry", "local-registry", "directory", "git"];

/// How many replacements are followed. A longer chain is a circle.
const MOST_STEPS: usize = 100;

/// Refuses to take crates.io for granted where the configuration replaces it, as cargo does: whoever types
/// the token of a mirror must not save it as that of crates.io.
pub fn check_crates_io(config: &Config<'_>) -> Result<(), Error> {
    let mut name = "crates-io".to_owned();
    for _ in 0..MOST_STEPS {
        let Some(next) = config.string(&["source", &name, "replace-with"])? else {
            break;
        };
        name = next.value;
    }
    let mut is_moved = name != "crates-io";
    for key in LOCATIONS {
        is_moved |= config.string(&["source", "crates-io", key])?.is_some();
    }
    if !is_moved {
        return Ok(());
    }
    let is_registry = config.string(&["registries", &name, "index"])?.is_some();
    Err(Error::Replaced { name, is_registry })
}
