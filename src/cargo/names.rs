//! The names under which cargo looks for the token of a registry. All of them have the same index.

use std::collections::{BTreeMap, BTreeSet};
use std::env;

use super::config::Config;
use super::registry::{Registry, derived};
use crate::error::Error;

/// The names of all registries that have an index, by that index. They are collected once, because a
/// configuration may have thousands of them.
#[derive(Debug, Default)]
pub struct Names {
    /// The names from variables, in lower case.
    of_variables: BTreeMap<String, BTreeSet<String>>,
    /// The names from files and arguments.
    of_files: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// Collects the names in a configuration and the environment. An invalid index is ignored here, and
    /// reported for its registry.
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

    /// The names under which cargo looks for the token of a registry. Names from variables take
    /// precedence over others. Cargo rejects a registry with several names.
    pub fn of(&self, registry: &Registry, config: &Config<'_>) -> Result<Vec<String>, Error> {
        let own = || vec![registry.name().to_owned()];
        let Some(index) = registry.index(config)? else {
            return Ok(own());
        };
        let index = canonical(&index);
        let names = self.of_variables.get(&index).or(self.of_files.get(&index));
        Ok(names.map_or_else(own, |names| names.iter().cloned().collect()))
    }

    /// Whether a variable with a token belongs to a name from a variable with an index.
    pub fn is_of_variable(&self, variable: &str) -> bool {
        let name = derived(variable, "token");
        let mut all = self.of_variables.values();
        name.is_some_and(|name| all.any(|names| names.contains(&name)))
    }
}

/// Normalizes an address as cargo does to compare it. A slash at the end is ignored. For a registry in
/// git, so is `.git`, and for GitHub, the case of letters.
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
    fn addresses_are_compared_as_in_cargo() {
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
