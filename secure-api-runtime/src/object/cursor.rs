//! Cursors: the end of a page as a sealed text that only this app can open, bound to the operation and the caller that
//! it was made for.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::secret::{AppSecret, Seal};

/// Longest cursor, in characters.
pub(crate) const LONGEST: usize = 2048;

/// The key that seals and opens cursors. The same position is the same text each time, so that a page that did not change
/// has the same bytes.
pub(crate) struct CursorKey(Seal);

impl CursorKey {
    /// Creates the key of an app. Machines with the same secret read each other's cursors.
    pub(crate) fn of(secret: &AppSecret) -> Self {
        Self(Seal::of(secret, "cursor"))
    }

    /// Seals texts for those who state the same `owner`.
    pub(crate) fn seal(&self, owner: &[&str], texts: &[String]) -> Option<String> {
        let text = URL_SAFE_NO_PAD.encode(self.0.seal(&joined(owner), joined(texts))?);
        (text.len() <= LONGEST).then_some(text)
    }

    /// Opens what was sealed for the same `owner`; nothing for anything else.
    pub(crate) fn open(&self, owner: &[&str], cursor: &str) -> Option<Vec<String>> {
        if cursor.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        separated(&self.0.open(&joined(owner), &sealed)?)
    }
}

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey")
    }
}

/// Joins texts with their lengths before them: (`ab`, `c`) and (`a`, `bc`) are not the same.
fn joined<T: AsRef<str>>(texts: &[T]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for text in texts.iter().map(AsRef::as_ref) {
        bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

fn separated(mut bytes: &[u8]) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<8>() {
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let (text, rest) = rest.split_at_checked(length)?;
        texts.push(String::from_utf8(text.to_vec()).ok()?);
        bytes = rest;
    }
    bytes.is_empty().then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> CursorKey {
        CursorKey::of(&AppSecret::of(&[7; 32]))
    }

    // R91
    #[test]
    fn a_cursor_is_read_by_whom_it_was_made_for_and_by_nobody_else() {
        let texts = ["2026-01-01".to_owned(), "id-7".to_owned()];
        let owner = ["list", "https://issuer.example", "alice"];
        let cursor = key().seal(&owner, &texts).expect("a cursor");
        assert_eq!(key().open(&owner, &cursor), Some(texts.to_vec()));
        assert_eq!(key().seal(&owner, &texts), Some(cursor.clone()), "it is the same each time");
        for other in [["list", "https://issuer.example", "bob"], ["find", owner[1], "alice"]] {
            assert_eq!(key().open(&other, &cursor), None);
        }
        let other = CursorKey::of(&AppSecret::of(&[8; 32]));
        assert_eq!(other.open(&owner, &cursor), None);
        assert!(!cursor.contains("aWQtN"), "it can be read: {cursor}");
    }

    // R91
    #[test]
    fn a_cursor_that_was_changed_is_none() {
        let owner = ["list", "", ""];
        let cursor = key().seal(&owner, &["7".to_owned()]).expect("a cursor");
        for place in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(key().open(&owner, &changed), None, "{changed}");
        }
        for cursor in ["", "AAAA", "=", "ä", &"A".repeat(LONGEST + 1), &cursor[..30]] {
            assert_eq!(key().open(&owner, cursor), None);
        }
    }
}
