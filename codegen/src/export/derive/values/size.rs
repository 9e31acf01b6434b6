
/// Units of size in the order of their powers, with the letters of GNU coreutils ("Block size").
const SIZES: &str = "KMGTPE";

/// Parses a number of bytes, in the notation of GNU coreutils: `10`, `4K` or `4KiB` for 4096, `4kB` for
/// 4000.
///
/// # Errors
///
/// Returns an error for any other notation, and for a number that doesn't fit into 64 bits.
fn size(word: &str) -> Result<u64, String> {
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
