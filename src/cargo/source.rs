//! Whether crates.io is replaced by another source.

use super::config::Config;
use crate::error::Error;

/// The keys that set the address of a source.
const LOCATIONS: [&str; 4] = ["registry", "local-registry", "directory", "git"];

/// The most replacements that are followed. A longer chain is a cycle.
const MOST_STEPS: usize = 100;

/// Returns an error if the configuration replaces crates.io, as cargo does. Otherwise, users could save
/// the token of a mirror as the token of crates.io.
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
