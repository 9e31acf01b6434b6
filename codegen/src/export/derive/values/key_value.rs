
/// Parses `KEY=VALUE`, split at the first equals sign.
///
/// # Errors
///
/// Returns an error if there is no equals sign, or no key before it.
fn key_value(word: &str) -> Result<(String, String), String> {
    match word.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected `KEY=VALUE`".to_owned()),
    }
}
