//! Parsers for values that clap has no parser for.
//!
//! Each function can be used as a parser for clap: it takes a string and returns the value, or a message
//! that clap shows after "invalid value …:".

use std::time::Duration;

/// Units of time, each in nanoseconds.
const TIMES: &[(&str, u128)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
    ("w", 604_800_000_000_000),
];

/// Units of size in the order of their powers, with the letters of GNU coreutils ("Block size").
const SIZES: &str = "KMGTPE";

/// Parses a duration: numbers, each with a unit, such as `90s`, `1h30m` or `1.5d`.
///
/// # Errors
///
/// Returns an error for any other notation, and for a duration of more than 584 years, whose nanoseconds
/// don't fit into 64 bits.
pub fn duration(word: &str) -> Result<Duration, String> {
    let wanted = || "expected a duration such as `500ms`, `90s` or `1h30m`".to_owned();
    let mut rest = word;
    let mut total: u128 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, after) = rest.split_at(digits.ok_or_else(wanted)?);
        let unit = after.find(|c: char| !c.is_ascii_alphabetic());
        let (unit, after) = after.split_at(unit.unwrap_or(after.len()));
        let known = TIMES.iter().find(|(name, _)| *name == unit);
        let (_, nanoseconds) = known.ok_or_else(wanted)?;
        let part = decimal(number, *nanoseconds).ok_or_else(wanted)?;
        total = total.checked_add(part).ok_or_else(wanted)?;
        rest = after;
    }
    if word.is_empty() {
        return Err(wanted());
    }
    let total =
        u64::try_from(total).map_err(|_| "expected a duration of at most 584 years".to_owned())?;
    Ok(Duration::from_nanos(total))
}

/// Parses a number of bytes, in the notation of GNU coreutils: `10`, `4K` or `4KiB` for 4096, `4kB` for
/// 4000.
///
/// # Errors
///
/// Returns an error for any other notation, and for a number that doesn't fit into 64 bits.
pub fn size(word: &str) -> Result<u64, String> {
    let wanted = || "expected a size such as `512`, `10K` or `1.5MB`".to_owned();
    let digits = word.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = word.split_at(digits.unwrap_or(word.len()));
    let mut letters = unit.chars();
    let bytes = match letters.next() {
        None => 1,
        Some('B') if letters.as_str().is_empty() => 1,
        Some(letter) => {
            let power = SIZES.find(letter.to_ascii_uppercase()).ok_or_else(wanted)? as u32 + 1;
            match letters.as_str() {
                "" | "iB" => 1024_u128.pow(power),
                "B" => 1000_u128.pow(power),
                _ => return Err(wanted()),
            }
        }
    };
    let total = decimal(number, bytes).ok_or_else(wanted)?;
    u64::try_from(total).map_err(|_| "expected a size that fits into 64 bits".to_owned())
}

/// Multiplies `number`, which may have a decimal point, by `unit`, and rounds down.
fn decimal(number: &str, unit: u128) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // More digits would not fit into 128 bits. They change the result by at most 1 byte.
    let fraction = &fraction[..fraction.len().min(18)];
    let scale = 10_u128.pow(fraction.len() as u32);
    let whole = whole.parse::<u128>().ok()?.checked_mul(unit)?;
    let part = fraction.parse::<u128>().ok()?.checked_mul(unit)? / scale;
    whole.checked_add(part)
}

/// Parses a URL: a scheme, a colon and a part that depends on the scheme (RFC 3986, section 3).
///
/// # Errors
///
/// Returns an error if there is no scheme, nothing after it, or a character that is not allowed in a
/// URL.
pub fn url(word: &str) -> Result<String, String> {
    let wanted = "expected a URL such as `https://example.org/`";
    let (scheme, rest) = word.split_once(':').ok_or(wanted)?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    if !good || rest.trim_start_matches('/').is_empty() || rest.contains(bad) {
        return Err(wanted.to_owned());
    }
    Ok(word.to_owned())
}

/// Parses `KEY=VALUE`, split at the first equals sign.
///
/// # Errors
///
/// Returns an error if there is no equals sign, or no key before it.
pub fn key_value(word: &str) -> Result<(String, String), String> {
    match word.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected `KEY=VALUE`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{duration, key_value, size, url};
    use std::time::Duration;

    #[test]
    fn durations() {
        let nanoseconds = |word| duration(word).map(|time| time.as_nanos()).ok();
        assert_eq!(nanoseconds("500ms"), Some(500_000_000));
        assert_eq!(nanoseconds("1h30m"), Some(5_400_000_000_000));
        assert_eq!(nanoseconds("1.5s"), Some(1_500_000_000));
        assert_eq!(nanoseconds("0s"), Some(0));
        assert_eq!(nanoseconds("2w1d"), Some(15 * 86_400_000_000_000));
        assert_eq!(duration("1ns"), Ok(Duration::from_nanos(1)));
        for wrong in [
            "",
            "90",
            "s",
            "1x",
            "1.s",
            ".5s",
            "1..5s",
            "-1s",
            "1s ",
            "1S",
            "1h30",
            "9999999999w",
            "99999999999999999999999999999999999999999999w",
            "1é",
            "1.000000000000000000.5s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes() {
        for (word, bytes) in [
            ("0", 0),
            ("10", 10),
            ("10B", 10),
            ("4K", 4096),
            ("4k", 4096),
            ("4KiB", 4096),
            ("4kB", 4000),
            ("1.5M", 1_572_864),
            ("15E", 15 << 60),
            ("1.0001M", 1_048_680),
            ("0.12345G", 132_553_428),
            ("1.000000000000000001E", (1 << 60) + 1),
        ] {
            assert_eq!(size(word), Ok(bytes), "{word}");
        }
        for wrong in [
            "",
            "K",
            "-1",
            "1Q",
            "1KB2",
            "1 K",
            "16E",
            "1.",
            "1Ki",
            "1BB",
            "1Bytes",
            "0x1",
            "1é",
            "1.000000000000000000.",
        ] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn urls_and_pairs() {
        for right in [
            "https://example.org",
            "mailto:a@b",
            "file:///x",
            "git+ssh://x/y",
        ] {
            assert_eq!(url(right).as_deref(), Ok(right));
        }
        for wrong in [
            "",
            "example.org",
            "://x",
            "https://",
            "http:",
            "1x:y",
            "ht_tp://x",
            "http://a b",
            "a:\n",
        ] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
        assert_eq!(key_value("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(key_value("a="), Ok(("a".into(), String::new())));
        assert!(key_value("=b").is_err() && key_value("a").is_err());
    }
}
