//! Keys that can be guessed: what somebody typed, and what a loop would find.

/// Fewest different bytes of a key. Of 32 random bytes about 30 differ, of 32 random hexadecimal digits 14.
const DIFFERENT: usize = 8;

/// Returns why a key can be guessed. A key that somebody chose with care passes: randomness cannot be seen.
pub(super) fn guessed(key: &[u8]) -> Option<&'static str> {
    let mut seen = [false; 256];
    key.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    if seen.iter().filter(|seen| **seen).count() < DIFFERENT {
        return Some("it has fewer than 8 different bytes");
    }
    let half = key.len() / 2;
    if (1..=half).any(|period| key.iter().zip(&key[period..]).all(|(one, next)| one == next)) {
        return Some("it repeats itself");
    }
    let mut steps = key.windows(2).map(|pair| pair[1].wrapping_sub(pair[0]));
    let first = steps.next();
    if steps.all(|step| Some(step) == first) {
        return Some("it counts up or down");
    }
    is_typed(key).then_some("it looks typed")
}

/// The kind of a letter or a digit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Small,
    Capital,
    Digit,
}

/// Returns `true` for text as somebody types it, in words or in digits: its letters and digits, without what separates them, change their kind less than once in ten.
/// A capital that begins a word is one of the word's letters. Random text, hexadecimal or base64, changes its kind with every second.
fn is_typed(key: &[u8]) -> bool {
    if !key.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) {
        return false;
    }
    let text: Vec<u8> = key.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    let begins_word = |at: usize| {
        let rest = text.get(at + 1..at + 3);
        rest.is_some_and(|rest| rest.iter().all(u8::is_ascii_lowercase))
    };
    let class = |at: usize| match text[at] {
        b'0'..=b'9' => Class::Digit,
        b'A'..=b'Z' if !begins_word(at) => Class::Capital,
        _ => Class::Small,
    };
    let changes = (1..text.len()).filter(|at| class(*at) != class(at - 1)).count();
    // Text of signs alone has nothing to count.
    text.len() * 2 > key.len() && changes * 10 < text.len()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::{super::AppSecret, *};

    #[test]
    fn what_somebody_typed_is_guessed() {
        for (key, why) in [
            (&b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"[..], "different"),
            (b"01010101010101010101010101010101", "different"),
            (b"quick-horses1quick-horses1quick-h", "repeats"),
            (b"abcdefghijklmnopqrstuvwxyz{|}~\x7f\x80", "counts"),
            (b"thirty-two bytes of test secret!", "typed"),
            (b"CorrectHorseBatteryStapleAndFriends", "typed"),
            (b"super-secret-jwt-token-with-at-least-32-characters-long", "typed"),
            (b"CHANGE_ME_BEFORE_GOING_LIVE_PLEASE_2026", "typed"),
            (b"31415926535897932384626433832795", "typed"),
        ] {
            let told = guessed(key);
            assert!(told.is_some_and(|told| told.contains(why)), "{key:?}: {told:?}");
        }
        let counted: Vec<u8> = (1..=32).collect();
        assert_eq!(guessed(&counted), Some("it counts up or down"));
    }

    /// Ten thousand keys of each form that generators print, the same ones each time.
    #[test]
    fn what_is_random_is_not() {
        let secret = AppSecret::of(b"the same ones each time");
        for number in 0..10_000 {
            let key = secret.key(&format!("{number}"));
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            let (base64, short) = (STANDARD.encode(key), STANDARD.encode(&key[..24]));
            for key in [&key[..], hex.as_bytes(), base64.as_bytes(), short.as_bytes()] {
                assert_eq!(guessed(key), None, "{key:?}");
            }
        }
    }
}
