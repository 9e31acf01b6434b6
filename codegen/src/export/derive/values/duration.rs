
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

/// Parses a duration: numbers, each with a unit, such as `90s`, `1h30m` or `1.5d`.
///
/// # Errors
///
/// Returns an error for any other notation, and for a duration of more than 584 years, whose nanoseconds
/// don't fit into 64 bits.
fn duration(word: &str) -> Result<std::time::Duration, String> {
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
    Ok(std::time::Duration::from_nanos(total))
}
