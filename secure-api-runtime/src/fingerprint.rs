//! A keyed hash of texts, for finding a token or a principal again without keeping it.
//!
//! SipHash-1-3 with 128 bits is what the maps of std withstand chosen keys by. Whoever does not know the key can neither
//! compute a fingerprint nor search for two texts that share one, and nobody is shown one: a text that is not known finds
//! nothing, and that is all there is to be seen. The key is random, and lives as long as the process.

use std::{
    hash::{BuildHasherDefault, Hash, Hasher},
    sync::OnceLock,
};

use aws_lc_rs::rand;
use siphasher::sip128::{Hasher128, SipHasher13};

/// The keyed hash of some texts, valid in this process only. Two words instead of one `u128`, which would be aligned to 16 bytes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint(u64, u64);

impl Fingerprint {
    /// Creates it of a keyed hash that was made elsewhere.
    pub(crate) fn of_hash(hash: u128) -> Self {
        Self(hash as u64, (hash >> 64) as u64)
    }

    /// Returns both halves, each of which is a keyed hash.
    pub(crate) fn halves(self) -> [u64; 2] {
        [self.0, self.1]
    }

    /// Returns its first half, which is a keyed hash as well.
    pub(crate) fn half(self) -> u64 {
        self.0
    }
}

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// The hasher of a map whose keys hold their hash.
#[derive(Default)]
pub(crate) struct Held(u64);

/// Builds it.
pub(crate) type BuildHeld = BuildHasherDefault<Held>;

impl Hasher for Held {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    /// Hashes a key that holds no hash, badly: those here hold one and are written as that.
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

/// Returns the fingerprint of texts in their order. (`ab`, `c`) and (`a`, `bc`) have different ones.
pub(crate) fn fingerprint<T: AsRef<[u8]>>(texts: &[T]) -> Fingerprint {
    static KEY: OnceLock<[u8; 16]> = OnceLock::new();
    let mut hasher = SipHasher13::new_with_key(KEY.get_or_init(random_key));
    for text in texts {
        let text = text.as_ref();
        hasher.write_u64(text.len() as u64);
        hasher.write(text);
    }
    let hash = hasher.finish128();
    Fingerprint(hash.h1, hash.h2)
}

/// Returns the fingerprint of a few bytes. It is never that of [`fingerprint`], which has another key.
pub(crate) fn short(bytes: &[u8]) -> Fingerprint {
    static KEY: OnceLock<[u8; 16]> = OnceLock::new();
    let hash = SipHasher13::new_with_key(KEY.get_or_init(random_key)).hash(bytes);
    Fingerprint(hash.h1, hash.h2)
}

/// Returns 128 random bits of the system.
///
/// # Panics
///
/// If the system gives none: a key that can be guessed is none.
pub(crate) fn random_key() -> [u8; 16] {
    let mut key = [0; 16];
    rand::fill(&mut key).expect("the system gives random bytes");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_texts_have_the_same_fingerprint() {
        assert_eq!(fingerprint(&["ab", "c"]), fingerprint(&["ab", "c"]));
        for other in [&["a", "bc"][..], &["abc"], &["c", "ab"], &["ab", "c", ""]] {
            assert_ne!(fingerprint(&["ab", "c"]), fingerprint(other));
        }
    }

    #[test]
    fn the_key_is_not_the_same_twice() {
        assert_ne!(random_key(), random_key());
    }
}
