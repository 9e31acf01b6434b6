//! Credential providers: which ones cargo asks for the token of a registry. They are described in
//! <https://doc.rust-lang.org/cargo/reference/registry-authentication.html>.

use std::env::consts::OS;

use super::config::{Config, Source};
use super::registry::Registry;
use crate::error::{Error, plain};
use crate::user;

/// Cargo's default provider, which reads files and variables.
const TOKEN: &str = "cargo:token";

/// The provider that runs a program, which prints a token. Cargo can't log out of it.
const FROM_STDOUT: &str = "cargo:token-from-stdout";

/// The provider for asymmetric keys, which needs a nightly cargo.
const PASETO: &str = "cargo:paseto";

/// Cargo's providers for the credential store of an operating system. Cargo skips them on other systems.
const OF_A_SYSTEM: [(&str, &str); 3] = [
    ("cargo:libsecret", "linux"),
    ("cargo:macos-keychain", "macos"),
    ("cargo:wincred", "windows"),
];

/// The most provider names that are shown.
const SHOWN: usize = 4;

/// A provider that cargo asks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Provider {
    /// Its program, with aliases resolved. The arguments are not kept, because they may contain a
    /// secret.
    program: String,
    /// Its name in the configuration.
    name: String,
    /// Where it is configured.
    source: Option<Source>,
}

/// The providers of a registry, in the order in which cargo asks them.
#[derive(Clone, Debug)]
pub struct Providers {
    /// The providers.
    all: Vec<Provider>,
    /// The dotted key that sets them.
    key: String,
}

impl Providers {
    /// The providers of a registry: its own, or those for all registries, of which cargo asks the last
    /// first.
    pub fn of(registry: &Registry, config: &Config<'_>) -> Result<Self, Error> {
        let own = registry.key("credential-provider");
        if let Some(found) = config.command(&own)? {
            let provider = Provider::new(found.value, found.source, config)?;
            return Ok(Self {
                all: provider.into_iter().collect(),
                key: own.join("."),
            });
        }
        let key = ["registry", "global-credential-providers"];
        let mut all = Vec::new();
        for found in config.joined_list(&key)?.into_iter().rev() {
            let words = found.value.split_whitespace().map(str::to_owned);
            all.extend(Provider::new(words.collect(), found.source, config)?);
        }
        if all.is_empty() {
            all.push(Provider {
                program: TOKEN.to_owned(),
                name: TOKEN.to_owned(),
                source: None,
            });
        }
        let key = key.join(".");
        Ok(Self { all, key })
    }

    /// Whether the registry has a provider of its own.
    pub fn is_own(registry: &Registry, config: &Config<'_>) -> Result<bool, Error> {
        let own = config.command(&registry.key("credential-provider"))?;
        Ok(own.is_some())
    }

    /// Why cargo ignores tokens in files and variables, if it does.
    pub fn ignores_tokens(&self) -> Option<String> {
        let is_token = |provider: &Provider| provider.program == TOKEN;
        match self.all.iter().any(is_token) {
            true => None,
            false => Some(format!(
                "`{TOKEN}` is not in `{}`, so cargo ignores this token",
                plain(&self.key)
            )),
        }
    }

    /// The names of the programs that may have a token, in one line; `None` if there are none.
    pub fn asked(&self) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for provider in self.may_have_token() {
            let name = plain(&provider.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > SHOWN {
            let more = names.len() - SHOWN;
            names.truncate(SHOWN);
            names.push(format!("{more} more"));
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// How to sign out of the providers.
    pub fn remedy(&self, registry: &Registry, is_configured: bool) -> String {
        let name = plain(registry.name());
        let printing = self
            .may_have_token()
            .find(|each| each.program == FROM_STDOUT);
        if let Some(provider) = printing {
            let how = match &provider.source {
                Some(Source::Variable(variable)) => format!("unset {variable}"),
                Some(source) => format!("remove it from `{}` in {source}", plain(&self.key)),
                None => format!("remove it from `{}`", plain(&self.key)),
            };
            return format!("cargo can't log out of `{}`; {how}", plain(&provider.name));
        }
        let name = user::shell_word(&name);
        match is_configured {
            true => format!("run `cargo logout --registry {name}`"),
            false => format!(
                "run `cargo logout --registry {name}` in the project that configures its index"
            ),
        }
    }

    /// The providers that may have a token on this operating system.
    fn may_have_token(&self) -> impl Iterator<Item = &Provider> {
        self.all
            .iter()
            .filter(|provider| provider.may_have_token(OS))
    }
}

impl Provider {
    /// The provider that a command names, directly or by an alias. Cargo resolves one alias, but no
    /// alias of an alias, and none with the name of one of its own providers.
    fn new(words: Vec<String>, source: Source, config: &Config<'_>) -> Result<Option<Self>, Error> {
        let Some(name) = words.first().cloned() else {
            return Ok(None);
        };
        let is_built_in = [TOKEN, FROM_STDOUT, PASETO].contains(&name.as_str())
            || OF_A_SYSTEM.iter().any(|(built_in, _)| *built_in == name);
        let alias = match words.len() == 1 && !is_built_in {
            // Cargo treats a dot in the name as a separator of keys.
            true => {
                let parts = name.split('.');
                let path: Vec<&str> = ["credential-alias"].into_iter().chain(parts).collect();
                config.command(&path)?
            }
            false => None,
        };
        let program = alias.and_then(|alias| alias.value.into_iter().next());
        Ok(Some(Self {
            program: program.unwrap_or_else(|| name.clone()),
            name,
            source: Some(source),
        }))
    }

    /// Whether it may have a token on the operating system with this name.
    fn may_have_token(&self, os: &str) -> bool {
        let mut of_a_system = OF_A_SYSTEM.into_iter();
        match of_a_system.find(|(name, _)| *name == self.program) {
            Some((_, system)) => system == os,
            None => self.program != TOKEN && self.program != PASETO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Provider;

    #[test]
    fn stores_are_used_on_their_own_system() {
        for (program, systems) in [
            ("cargo:token", &[][..]),
            ("cargo:paseto", &[]),
            ("cargo:libsecret", &["linux"]),
            ("cargo:macos-keychain", &["macos"]),
            ("cargo:wincred", &["windows"]),
            ("cargo:token-from-stdout", &["linux", "macos", "windows"]),
            ("cargo-credential-1password", &["linux", "macos", "windows"]),
        ] {
            let provider = Provider {
                program: program.to_owned(),
                name: String::new(),
                source: None,
            };
            for os in ["linux", "macos", "windows"] {
                assert_eq!(
                    provider.may_have_token(os),
                    systems.contains(&os),
                    "{program}"
                );
            }
        }
    }
}
