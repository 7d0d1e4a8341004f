//! The words of a name, however it joins them.

/// Returns the words in small letters: `accessToken`, `access-token` and `Access_Token` are `access` and `token`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None::<char>;
    let letters: Vec<char> = name.chars().collect();
    for (place, &letter) in letters.iter().enumerate() {
        let after = letters.get(place + 1);
        // `APIKey` is `api` and `key`.
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase())
            });
        let was_joined = before.is_none_or(|before| !before.is_alphanumeric());
        if letter.is_alphanumeric() {
            match words.last_mut().filter(|_| !begins && !was_joined) {
                Some(word) => word.extend(letter.to_lowercase()),
                None => words.push(letter.to_lowercase().collect()),
            }
        }
        before = Some(letter);
    }
    words
}

/// Returns `true` if one of these stands in the words, each of one word or of several that follow each other.
pub(super) fn has(words: &[String], wanted: &[&str]) -> bool {
    let joined = format!(" {} ", words.join(" "));
    wanted.iter().any(|wanted| joined.contains(&format!(" {wanted} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_however_it_joins_its_words() {
        for name in ["accessToken", "access-token", "Access_Token", "ACCESS_TOKEN", "AccessToken"] {
            assert_eq!(words(name), ["access", "token"], "{name}");
        }
        assert_eq!(words("APIKey"), ["api", "key"]);
        assert_eq!(words("user[password]"), ["user", "password"]);
        assert!(has(&words("x-api-key"), &["api key"]));
        assert!(!has(&words("broken"), &["token"]));
    }
}
