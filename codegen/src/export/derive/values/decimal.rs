
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
