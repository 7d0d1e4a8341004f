//! The names of what is remembered: keyed hashes, which tell nothing to whoever reads the ledger.

use std::{fmt, hash::Hasher};

use siphasher::sip128::{Hasher128, SipHasher24};

use crate::{fingerprint::Fingerprint, secret::AppSecret};

/// The name of something that is remembered: 128 bits of a keyed hash, the same on every machine with the app's secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name([u8; 16]);

impl Name {
    /// Returns the name of this and another one together: of a limit and its caller. Both are keyed hashes, so nobody finds two
    /// pairs with one name.
    pub(crate) fn with(self, other: Self) -> Self {
        Self((u128::from_le_bytes(self.0) ^ u128::from_le_bytes(other.0)).to_le_bytes())
    }

    /// Returns it as the key of a map.
    pub(crate) fn fingerprint(self) -> Fingerprint {
        Fingerprint::of_hash(u128::from_le_bytes(self.0))
    }

    /// Returns its bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A name that was stored, as [`as_bytes`](Name::as_bytes) gives it.
impl From<[u8; 16]> for Name {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

/// The key that names are made with.
pub(super) struct Names(SipHasher24);

impl Names {
    pub(super) fn of(secret: &AppSecret) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(&secret.key("ledger: names")[..16]);
        Self(SipHasher24::new_with_key(&key))
    }

    /// Returns the name of texts in their order. (`ab`, `c`) and (`a`, `bc`) have different ones.
    pub(super) fn name<T: AsRef<[u8]>>(&self, texts: &[T]) -> Name {
        let mut hasher = self.0;
        for text in texts {
            let text = text.as_ref();
            hasher.write_u64(text.len() as u64);
            hasher.write(text);
        }
        Name(hasher.finish128().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(secret: u8) -> Names {
        Names::of(&AppSecret::of(&[secret; 32]))
    }

    #[test]
    fn only_the_same_texts_under_the_same_secret_have_the_same_name() {
        let name = names(7).name(&["ab", "c"]);
        assert_eq!(names(7).name(&["ab", "c"]), name);
        for other in [&["a", "bc"][..], &["abc"], &["c", "ab"], &["ab", "c", ""]] {
            assert_ne!(names(7).name(other), name);
        }
        assert_ne!(names(8).name(&["ab", "c"]), name);
    }
}
