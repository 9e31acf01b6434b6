//! The host of an authorization server, and the address at which it revokes tokens.

use std::net::{IpAddr, Ipv6Addr};

/// A host with an optional port, and no other part of a URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host {
    /// The host and port in the form of a URL.
    authority: String,
    /// Whether its name can only mean this machine, so HTTPS is not needed.
    pub allows_http: bool,
    /// Whether it is this machine, so no proxy is used.
    pub is_loopback: bool,
}

impl Host {
    /// Parses a host. It has only letters, digits, dots and dashes, or is an IPv6 address in brackets. A
    /// port may follow.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (text, None),
        };
        let is_digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        if !port.is_none_or(|port| is_digits(port) && port.parse().is_ok_and(|port: u16| port > 0))
        {
            return None;
        }
        let inner = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        let address = match inner {
            Some(inner) => Some(IpAddr::V6(inner.parse::<Ipv6Addr>().ok()?)),
            None if is_name(name) => name.parse().ok(),
            None => return None,
        };
        let lower = name.to_ascii_lowercase();
        let is_local = lower == "localhost";
        Some(Self {
            allows_http: is_local || lower == "127.0.0.1" || lower == "[::1]",
            is_loopback: is_local || address.is_some_and(|address| address.is_loopback()),
            authority: text.to_ascii_lowercase(),
        })
    }

    /// The URL at which tokens are revoked (RFC 7009). It uses HTTPS, except on this machine.
    pub fn revocation(&self) -> String {
        let scheme = if self.allows_http { "http" } else { "https" };
        format!("{scheme}://{}/oauth/revoke", self.authority)
    }
}

/// Whether a string can be the name of a host, or an IPv4 address.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    !name.is_empty() && name.len() <= 253 && name.chars().all(allowed) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn only_hosts_are_accepted() {
        for (text, url) in [
            ("ably.com", "https://ably.com/oauth/revoke"),
            ("Ably.COM:8443", "https://ably.com:8443/oauth/revoke"),
            ("localhost", "http://localhost/oauth/revoke"),
            ("LOCALHOST:80", "http://localhost:80/oauth/revoke"),
            ("127.0.0.1:1", "http://127.0.0.1:1/oauth/revoke"),
            ("[::1]", "http://[::1]/oauth/revoke"),
            ("[::1]:65535", "http://[::1]:65535/oauth/revoke"),
            ("127.0.0.2", "https://127.0.0.2/oauth/revoke"),
            ("[::2]:1", "https://[::2]:1/oauth/revoke"),
            (
                "localhost.evil.example",
                "https://localhost.evil.example/oauth/revoke",
            ),
            ("my-local.example", "https://my-local.example/oauth/revoke"),
        ] {
            let host = Host::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(host.revocation(), url);
        }
        for text in [
            "",
            ":",
            ":1",
            "a:",
            "a:0",
            "a:65536",
            "a:-1",
            "a:+1",
            "a:1:2",
            "a/b",
            "a/",
            "u@a",
            "a?b",
            "a#b",
            "a b",
            "a\n",
            "a\\b",
            "http://a",
            "[::1",
            "::1",
            "[::1]x",
            "[a]",
            "[::1]:",
            ".",
            "a%2eb",
            "ä.example",
            "a_b",
        ] {
            assert_eq!(Host::parse(text), None, "{text}");
        }
    }
}
