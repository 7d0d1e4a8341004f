//! The text of an API key: a prefix, a public id, 256 random bits, and a check sum that scanners for secrets know it by.

use std::fmt::Write as _;

use aws_lc_rs::{digest, error::Unspecified};

use crate::input::Secret;

/// Digits of the id, of 64 bits: nobody guesses one, and nothing depends on that.
const ID: usize = 16;
/// Digits of the secret, of 256 bits.
const SECRET: usize = 64;
/// Digits of the check sum.
const SUM: usize = 8;

/// An API key in the making, or as it was sent.
pub(super) struct KeyText<'t> {
    pub(super) id: &'t str,
    whole: &'t str,
}

impl<'t> KeyText<'t> {
    /// Reads what was sent; nothing for what was never made here with this prefix.
    pub(super) fn read(presented: &'t [u8], prefix: &str) -> Option<Self> {
        let whole = std::str::from_utf8(presented).ok()?;
        let (id, rest) = whole.strip_prefix(prefix)?.strip_prefix('_')?.split_once('_')?;
        let digits =
            |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let formed = id.len() == ID && rest.len() == SECRET + SUM && digits(id) && digits(rest);
        let (before, sum) = whole.split_at_checked(whole.len().checked_sub(SUM)?)?;
        (formed && sum == sum_of(before)).then_some(Self { id, whole })
    }

    /// Returns the digest that is kept of it (SHA-256). What it is made of cannot be guessed, so nothing slower is needed.
    pub(super) fn digest(&self) -> [u8; 32] {
        digest_of(self.whole)
    }
}

/// Makes a key: its id, its whole text and its digest.
pub(super) fn random(prefix: &str) -> Result<(String, Secret<String>, [u8; 32]), Unspecified> {
    let (mut id, mut secret) = ([0; ID / 2], [0; SECRET / 2]);
    aws_lc_rs::rand::fill(&mut id)?;
    aws_lc_rs::rand::fill(&mut secret)?;
    let id = hexadecimal(&id);
    let mut text = format!("{prefix}_{id}_{}", hexadecimal(&secret));
    text.push_str(&sum_of(&text));
    let digest = digest_of(&text);
    Ok((id, Secret::new(text), digest))
}

/// Returns `true` for a prefix: 2 to 20 small letters and digits, of which the first is a letter.
pub(super) const fn is_prefix(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if !bytes[index].is_ascii_lowercase() && (index == 0 || !bytes[index].is_ascii_digit()) {
            return false;
        }
        index += 1;
    }
    bytes.len() >= 2 && bytes.len() <= 20
}

fn digest_of(text: &str) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    // SHA-256 has 32 bytes.
    digest.as_ref().first_chunk().copied().unwrap_or_default()
}

fn sum_of(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_made_is_read() {
        let (id, text, digest) = random("shop").expect("randomness");
        let text = text.expose();
        let read = KeyText::read(text.as_bytes(), "shop").expect("a key");
        assert_eq!((read.id, read.digest()), (&*id, digest));
        assert_eq!(text.len(), "shop_".len() + ID + 1 + SECRET + SUM);
        let (other, again, _) = random("shop").expect("randomness");
        assert!(other != id && again.expose() != text);
    }

    #[test]
    fn what_was_changed_is_none() {
        let (_, text, _) = random("shop").expect("randomness");
        let text = text.expose();
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] = if changed[place] == b'a' { b'b' } else { b'a' };
            assert!(KeyText::read(&changed, "shop").is_none(), "{place}");
        }
        let upper = text.to_uppercase();
        for wrong in ["", "shop", "shop_", "shop__", &text[1..], &text[..text.len() - 1], &upper] {
            assert!(KeyText::read(wrong.as_bytes(), "shop").is_none(), "{wrong}");
        }
        assert!(KeyText::read(text.as_bytes(), "sho").is_none());
        assert!(KeyText::read(text.as_bytes(), "shops").is_none());
        assert!(KeyText::read(&[text.as_bytes(), b"\xFF"].concat(), "shop").is_none());
    }

    #[test]
    fn a_prefix_is_a_short_word() {
        assert!(is_prefix("shop") && is_prefix("a1") && is_prefix(&"a".repeat(20)));
        for wrong in ["", "a", "1a", "Shop", "my_shop", "shöp", &"a".repeat(21)] {
            assert!(!is_prefix(wrong), "{wrong}");
        }
    }
}
