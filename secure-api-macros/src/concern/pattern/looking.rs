//! Patterns that look ahead or behind, which the `regex` crate does not read.

use super::{LARGEST, read};

/// Returns a pattern without its look-around, if it can be read then.
pub(super) fn without(text: &str) -> Option<String> {
    let mut rest = text.to_owned();
    while let Some(begin) = ["(?=", "(?!", "(?<=", "(?<!"].iter().find_map(|look| rest.find(look)) {
        let mut depth = 0_usize;
        let (mut is_escaped, mut is_class) = (false, false);
        let length = rest[begin..].find(|letter: char| {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => is_class = true,
                ']' => is_class = false,
                '(' if !is_class => depth += 1,
                ')' if !is_class => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        rest.replace_range(begin..=begin + length, "");
    }
    (rest != text && read(&rest).is_ok_and(|(_, size)| size <= LARGEST)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part that looks around goes, with its parentheses, and the rest is a pattern.
    #[test]
    fn what_looks_around_goes() {
        assert_eq!(without("^(?=.*[0-9])a{1,9}$").as_deref(), Some("^a{1,9}$"));
        assert_eq!(without(r"^(?!x\)[)])(?<=b(c))a$").as_deref(), Some("^a$"));
        assert_eq!(without("^a$"), None);
        assert_eq!(without("^(?=a"), None);
    }
}
