//! Information in a token.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

/// When a token ends, if it is a JSON Web Token (RFC 7519) with the claim `exp`. The signature is not
/// checked: a token with a false end misleads only its owner.
pub fn expiry(token: &str) -> Option<Timestamp> {
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    // A NumericDate counts seconds since 1970 and may have a fraction.
    let seconds = claims.get("exp")?.as_f64()?;
    Timestamp::from_second(seconds as i64).ok()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    use super::expiry;

    #[test]
    fn only_web_tokens_have_an_end() {
        let claims = |text: &str| format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(text));
        for (token, end) in [
            (claims("{\"exp\":0}"), Some("1970-01-01T00:00:00Z")),
            (
                claims("{\"exp\":1999999999.9}"),
                Some("2033-05-18T03:33:19Z"),
            ),
            (claims("{\"exp\":1e300}"), None),
            (claims("{\"exp\":\"soon\"}"), None),
            (claims("[]"), None),
            (claims("{"), None),
            ("a.b.c".to_owned(), None),
            ("cio0123456789".to_owned(), None),
            (String::new(), None),
        ] {
            let found = expiry(&token).map(|time| time.to_string());
            assert_eq!(found.as_deref(), end, "{token}");
        }
    }
}
