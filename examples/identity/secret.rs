//! Secrets that programs make: 256 random bits, and the digest by which one is known again.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The digest of a secret that nobody can guess.
pub struct Digest([u8; 32]);

impl Digest {
    /// Returns the digest of a secret.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret).into())
    }

    /// Returns `true` if this is the secret's, in a time that tells nothing of it.
    pub fn is_of(&self, secret: &str) -> bool {
        self.0.ct_eq(&Self::of(secret).0).into()
    }
}

/// Makes a secret: three random UUIDs, of 122 random bits each.
pub fn random() -> String {
    [(); 3].map(|()| Uuid::new_v4().simple().to_string()).concat()
}
