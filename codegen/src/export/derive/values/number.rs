
/// Parses a number between two limits.
fn number(word: &str, min: f64, max: f64) -> Result<f64, String> {
    match word.parse::<f64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => Err(format!("expected a number from {min} to {max}")),
    }
}
