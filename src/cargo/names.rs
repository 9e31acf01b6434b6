//! Under which names cargo looks for the token of a registry: those that have its index.

use std::collections::{BTreeMap, BTreeSet};
use std::env;

use super::config::Config;
use super::registry::{Registry, derived};
use crate::error::Error;

/// The names of all registries that have an index, by that. Found once: a configuration may have thousands.
#[derive(Debug, Default)]
pub struct Names {
    /// Those of variables, in small letters.
    of_variables: BTreeMap<String, BTreeSet<String>>,
    /// Those of files and arguments.
    of_files: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// The names that a configuration and the environment have. What is wrong with an index is for who asks
    /// about that registry.
    pub fn new(config: &Config<'_>) -> Self {
        let mut names = Self::default();
        for (variable, value) in env::vars_os() {
            let name = variable
                .to_str()
                .and_then(|variable| derived(variable, "index"));
            if let (Some(name), Some(index)) = (name, value.to_str()) {
                let of = names.of_variables.entry(canonical(index)).or_default();
                of.insert(name);
            }
        }
        for name in config.registries() {
            if let Ok(Some(index)) = config.string(&["registries", &name, "index"]) {
                let of = names.of_files.entry(canonical(&index.value)).or_default();
                of.insert(name);
            }
        }
        names
    }

    /// The names under which cargo looks for the token of a registry. Those of variables come before all
    /// others. Cargo refuses more than one.
    pub fn of(&self, registry: &Registry, config: &Config<'_>) -> Result<Vec<String>, Error> {
        let own = || vec![registry.name().to_owned()];
        let Some(index) = registry.index(config)? else {
            return Ok(own());
        };
        let index = canonical(&index);
        let names = self.of_variables.get(&index).or(self.of_files.get(&index));
        Ok(names.map_or_else(own, |names| names.iter().cloned().collect()))
    }

    /// Whether a variable with a token belongs to a name that a variable gives to an index.
    pub fn is_of_variable(&self, variable: &str) -> bool {
        let name = derived(variable, "token");
        let mut all = self.of_variables.values();
        name.is_some_and(|name| all.any(|names| names.contains(&name)))
    }
}

/// An address as cargo compares it: one slash at the end means nothing, and for registries in git neither
/// does `.git`, nor capitals at GitHub.
fn canonical(index: &str) -> String {
    let index = index.trim();
    let index = index.strip_suffix('/').unwrap_or(index);
    let Some((scheme, rest)) = index.split_once("://") else {
        return index.to_owned();
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    if scheme.contains('+') {
        return format!("{scheme}://{host}/{path}");
    }
    let path = path.strip_suffix(".git").unwrap_or(path);
    match host == "github.com" {
        true => format!("https://{host}/{}", path.to_lowercase()),
        false => format!("{scheme}://{host}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn addresses_are_compared_as_cargo_does() {
        for (one, other, same) in [
            (
                "sparse+https://a.example/i/",
                "sparse+https://A.example/i",
                true,
            ),
            (
                "sparse+https://a.example/i",
                "sparse+https://a.example/I",
                false,
            ),
            ("https://a.example/i.git", "https://a.example/i", true),
            (
                "sparse+https://a.example/i.git",
                "sparse+https://a.example/i",
                false,
            ),
            (
                "https://GitHub.com/Org/Index",
                "http://github.com/org/index.git",
                true,
            ),
            ("https://a.example/Org", "https://a.example/org", false),
            ("https://a.example", "https://a.example/", true),
        ] {
            assert_eq!(canonical(one) == canonical(other), same, "{one} {other}");
        }
    }
}
