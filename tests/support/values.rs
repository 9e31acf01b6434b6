//! Handwritten value parsers, for the programs in `tests/programs`.

use std::path::PathBuf;
use std::time::Duration;

/// Parses a duration, such as `500ms`, `90s`, `1h30m` or `1.5d`.
pub fn duration(word: &str) -> Result<Duration, String> {
    let wrong = || format!("`{word}` is not a duration such as `90s` or `1h30m`");
    let mut total: u128 = 0;
    let mut rest = word;
    loop {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let (number, tail) = rest.split_at(rest.len() - number.len());
        let after = tail.trim_start_matches(|c: char| c.is_ascii_lowercase());
        let unit = match tail.strip_suffix(after) {
            Some("ns") => 1,
            Some("us") => 1_000,
            Some("ms") => 1_000_000,
            Some("s") => 1_000_000_000,
            Some("m") => 60 * 1_000_000_000,
            Some("h") => 60 * 60 * 1_000_000_000,
            Some("d") => 24 * 60 * 60 * 1_000_000_000,
            Some("w") => 7 * 24 * 60 * 60 * 1_000_000_000,
            _ => return Err(wrong()),
        };
        let part = times(number, unit).ok_or_else(wrong)?;
        total = total.checked_add(part).ok_or_else(wrong)?;
        rest = after;
        if rest.is_empty() {
            let nanoseconds = total.try_into().map_err(|_| wrong())?;
            return Ok(Duration::from_nanos(nanoseconds));
        }
    }
}

/// Parses a number of bytes, such as `512`, `4K` or `4KiB` (4096), `4kB` (4000) or `1.5M`.
pub fn size(word: &str) -> Result<u64, String> {
    let wrong = || format!("`{word}` is not a size such as `512`, `10K` or `1.5MB`");
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &word[..word.len() - unit.len()];
    let power = |letter: &str| {
        let at = "kmgtpe".find(&letter.to_lowercase()).ok_or_else(wrong)?;
        Ok::<u32, String>(at as u32 + 1)
    };
    let unit = match unit.split_at_checked(1) {
        None if unit.is_empty() => 1,
        Some(("B", "")) => 1,
        Some((letter, "" | "iB")) => 1024_u128.pow(power(letter)?),
        Some((letter, "B")) => 1000_u128.pow(power(letter)?),
        _ => return Err(wrong()),
    };
    let bytes = times(number, unit).ok_or_else(wrong)?;
    bytes.try_into().map_err(|_| wrong())
}

/// Multiplies a decimal number by `unit`, and rounds down.
fn times(number: &str, unit: u128) -> Option<u128> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(part) {
        return None;
    }
    let digits: u128 = format!("{whole}{part}").parse().ok()?;
    Some(digits.checked_mul(unit)? / 10_u128.pow(part.len() as u32))
}

/// Parses an address: a scheme, a colon, and a rest that is not empty and has no spaces.
pub fn url(word: &str) -> Result<String, &'static str> {
    let (scheme, rest) = word.split_once(':').ok_or("a scheme is missing")?;
    let mut letters = scheme.chars();
    let begins = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let good = begins && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let bad = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    if good && rest.contains(|c| c != '/') && !rest.contains(bad) {
        Ok(word.to_owned())
    } else {
        Err("it must be an address such as https://example.org")
    }
}

/// Parses `KEY=VALUE`.
pub fn pair(word: &str) -> Result<(String, String), &'static str> {
    match word.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("it must be KEY=VALUE"),
    }
}

pub fn existing_file(path: PathBuf) -> Result<PathBuf, String> {
    match path.metadata() {
        Ok(found) if found.is_dir() => Err("it is a directory".into()),
        Ok(_) => Ok(path),
        Err(error) => Err(error.to_string()),
    }
}

pub fn existing_directory(path: PathBuf) -> Result<PathBuf, String> {
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(path),
        Ok(_) => Err("it is not a directory".into()),
        Err(error) => Err(error.to_string()),
    }
}

pub fn new_path(path: PathBuf) -> Result<PathBuf, &'static str> {
    match path.symlink_metadata() {
        Ok(_) => Err("it already exists"),
        Err(_) => Ok(path),
    }
}
