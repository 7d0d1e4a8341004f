//! The one secret of an app, and the keys that are derived from it.

use std::fmt;

use aws_lc_rs::{
    error::Unspecified,
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
};

/// Fewest bytes of an app's secret: as many as the hash has that keys are derived by.
pub(crate) const SHORTEST: usize = 32;

/// The secret from which everything is derived that the machines of one app read of each other: sealed cursors, nonces,
/// the names of what is remembered.
///
/// Each purpose has a key of its own (HKDF with SHA-256, RFC 5869), so that what is made for one is nothing to another.
pub(crate) struct AppSecret(Prk);

/// 32 bytes.
struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        SHORTEST
    }
}

impl AppSecret {
    /// Creates the secret of this process alone; nothing where the system gives no randomness.
    pub(crate) fn random() -> Option<Self> {
        let mut secret = [0; SHORTEST];
        aws_lc_rs::rand::fill(&mut secret).ok()?;
        Some(Self::of(&secret))
    }

    /// Creates it of bytes that nobody can guess. Two machines with the same bytes have the same keys.
    pub(crate) fn of(secret: &[u8]) -> Self {
        Self(Salt::new(HKDF_SHA256, b"secure-api").extract(secret))
    }

    /// Returns the key of a purpose.
    pub(crate) fn key(&self, purpose: &str) -> Result<[u8; SHORTEST], Unspecified> {
        let mut key = [0; SHORTEST];
        self.0.expand(&[purpose.as_bytes()], Bytes32)?.fill(&mut key)?;
        Ok(key)
    }
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = |secret: &[u8], purpose: &str| AppSecret::of(secret).key(purpose).expect("a key");
        let one = key(&[7; 32], "cursors");
        assert_eq!(key(&[7; 32], "cursors"), one);
        assert_ne!(key(&[7; 32], "nonces"), one);
        assert_ne!(key(&[8; 32], "cursors"), one);
        let random = || AppSecret::random().expect("a secret").key("cursors").expect("a key");
        assert_ne!(random(), random());
    }

    #[test]
    fn it_is_not_told() {
        assert_eq!(format!("{:?}", AppSecret::of(&[7; 32])), "AppSecret");
    }
}
