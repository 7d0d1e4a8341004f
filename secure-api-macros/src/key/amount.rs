//! Sizes, times and numbers that stand in a text, as `"16kb"` and `"5 min"`, as the code that is meant.

/// Returns the number that a text is about, in bytes where it has a unit of them: `80` of `"80"`, `2 * MIB` of `"2MB"`.
pub(crate) fn size(text: &str) -> Option<String> {
    let (number, unit) = parts(text)?;
    Some(match unit.as_str() {
        "g" | "gb" | "gib" => format!("{number} * 1024 * MIB"),
        "k" | "kb" | "kib" => format!("{number} * KIB"),
        "m" | "mb" | "mib" => format!("{number} * MIB"),
        _ => number.to_string(),
    })
}

/// Returns the time that a text is about: `Duration::from_secs(300)` of `"5 min"`.
pub(crate) fn time(text: &str) -> Option<String> {
    let (number, unit) = parts(text)?;
    let seconds = match unit.trim_end_matches('s') {
        "" | "sec" | "second" => 1,
        "m" if unit == "ms" => return Some(format!("Duration::from_millis({number})")),
        "milli" | "millisecond" => return Some(format!("Duration::from_millis({number})")),
        "m" | "min" | "minute" => 60,
        "h" | "hr" | "hour" => 3600,
        "d" | "day" => 86_400,
        _ => return None,
    };
    Some(format!("Duration::from_secs({})", number.checked_mul(seconds)?))
}

/// Returns the decimal number in a text, without what stands around it: `0.01` of `"EUR 0.01"`. A comma parts thousands for some
/// and stands before the fraction for others, so that nobody knows the number.
pub(crate) fn decimal(text: &str) -> Option<String> {
    let is_around = |letter: char| !letter.is_ascii_digit() && letter != '-';
    let number = text.trim_matches(is_around).replace('_', "");
    number.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| number)
}

/// Parts a text into its number and its unit, in lower case.
fn parts(text: &str) -> Option<(u64, String)> {
    let text = text.trim();
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = text[digits.len()..].trim().to_ascii_lowercase();
    Some((digits.trim().replace('_', "").parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text is the code of its number, in its unit.
    #[test]
    fn texts_are_read_with_their_units() {
        let sizes = ["80", "16kb", "5 MiB", "1G", "1_000"].map(size);
        let sizes = sizes.each_ref().map(|size| size.as_deref().unwrap_or_default());
        assert_eq!(sizes, ["80", "16 * KIB", "5 * MIB", "1 * 1024 * MIB", "1000"]);
        let times = ["30", "30s", "5 min", "2h", "250ms", "soon"].map(time);
        let times = times.each_ref().map(|time| time.as_deref().unwrap_or("none"));
        assert_eq!(
            times,
            [
                "Duration::from_secs(30)",
                "Duration::from_secs(30)",
                "Duration::from_secs(300)",
                "Duration::from_secs(7200)",
                "Duration::from_millis(250)",
                "none"
            ]
        );
        assert_eq!(decimal("EUR 0.01").as_deref(), Some("0.01"));
        assert_eq!(decimal("-5 EUR").as_deref(), Some("-5"));
        assert_eq!(["much", "1,5", "1,500"].map(decimal), [None, None, None]);
    }
}
