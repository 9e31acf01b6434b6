
/// Parses a URL: a scheme, a colon and a part that depends on the scheme (RFC 3986, section 3).
///
/// # Errors
///
/// Returns an error if there is no scheme, nothing after it, or a character that is not allowed in a
/// URL.
fn url(word: &str) -> Result<String, String> {
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
