//! The name that was meant by one that is unknown.

/// Returns the help for an unknown name: the name that was probably meant, or all that are known.
pub(crate) fn nearest(name: &str, known: &[&str]) -> String {
    match meant(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let all: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there are {}", all.join(", "))
        }
    }
}

/// Returns the known name that was probably meant: the nearest by edit distance, or the only one with this prefix.
pub(crate) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    /// Words of other libraries, each with ours.
    const SAME: &[(&str, &str)] = &[
        ("auth", "role"),
        ("requires", "role"),
        ("rate_limit", "limit"),
        ("throttle", "limit"),
        ("regex", "pattern"),
        ("matches", "pattern"),
        ("length", "max_len"),
        ("len", "max_len"),
        ("maxlength", "max_len"),
        ("max_length", "max_len"),
        ("min_length", "min_len"),
        ("rename", "name"),
        ("count", "items"),
        ("max_items", "items"),
        ("max_size", "max_bytes"),
        ("size", "max_bytes"),
        ("discriminator", "tag"),
        ("code", "status"),
        ("message", "title"),
        ("inherits", "includes"),
        ("implies", "includes"),
        ("idempotent", "idempotency_key"),
        ("etag", "if_match"),
        ("endpoints", "routes"),
        ("handlers", "routes"),
    ];
    let same = SAME.iter().find(|(other, _)| *other == name).map(|(_, ours)| *ours);
    if let Some(ours) = same.and_then(|ours| known.iter().find(|known| **known == ours)) {
        return Some(ours);
    }
    let mut begun = known.iter().filter(|candidate| name.len() > 1 && candidate.starts_with(name));
    if let (Some(candidate), None) = (begun.next(), begun.next()) {
        return Some(candidate);
    }
    let scored =
        known.iter().map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate));
    let (distance, candidate) = scored.min()?;
    (distance <= 1 + name.len() / 4).then_some(candidate)
}
