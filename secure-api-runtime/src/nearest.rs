//! The name that was probably meant where one was written that nothing has.

/// The names that are listed where none is near.
const LISTED: usize = 12;

/// Returns a question for the name that was probably meant, or the list of those that there are.
pub(crate) fn nearest(name: &str, known: &[&str]) -> String {
    nearest_behind("", name, known)
}

/// Returns the same for names that all begin alike, by what is behind that.
pub(crate) fn nearest_behind(begin: &str, name: &str, known: &[&str]) -> String {
    let scored = known.iter().map(|one| (strsim::damerau_levenshtein(name, one), *one));
    if let Some((distance, meant)) = scored.min()
        && distance <= (name.chars().count() / 3).max(1)
    {
        return format!("did you mean `{begin}{meant}`?");
    }
    let listed: Vec<String> =
        known.iter().take(LISTED).map(|one| format!("`{begin}{one}`")).collect();
    match known.len().saturating_sub(LISTED) {
        _ if listed.is_empty() => "there is none".to_owned(),
        0 => format!("there are {}", listed.join(", ")),
        more => format!("there are {}, and {more} more", listed.join(", ")),
    }
}
