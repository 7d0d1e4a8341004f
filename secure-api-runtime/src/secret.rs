//! Secrets: those that an app is given, the one of its own, and the keys that are derived from it.

mod given;
mod guessed;

use std::{borrow::Cow, fmt};

use aws_lc_rs::{
    aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    hmac,
};

pub(crate) use given::SecretFault;
pub use given::{NamesOrigin, SecretBytes};

/// Fewest bytes of an app's secret: as many as the hash has that keys are derived by.
pub(crate) const SHORTEST: usize = 32;

/// The text in the place of what is there and is not told.
pub(crate) const UNTOLD: &str = "(not shown)";

/// Returns a URL without its user and its query, either of which may be a key; another text as it is.
pub(crate) fn without_secrets(text: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = text.split_once("://") else { return Cow::Borrowed(text) };
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let user = authority.rfind('@');
    let query = path.find(['?', '#']);
    if user.is_none() && query.is_none() {
        return Cow::Borrowed(text);
    }
    let host = &authority[user.unwrap_or(0)..];
    let (user, end) = (user.map_or("", |_| UNTOLD), query.unwrap_or(path.len()));
    let query = query.map_or_else(String::new, |_| format!("?{UNTOLD}"));
    Cow::Owned(format!("{scheme}://{user}{host}{}{query}", &path[..end]))
}

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
    /// Creates the secret of this process alone.
    ///
    /// # Panics
    ///
    /// If the system gives no randomness: a secret that can be guessed is none.
    pub(crate) fn random() -> Self {
        let mut secret = [0; SHORTEST];
        aws_lc_rs::rand::fill(&mut secret).expect("the system gives random bytes");
        Self::of(&secret)
    }

    /// Creates it of bytes that nobody can guess. Two machines with the same bytes have the same keys.
    pub(crate) fn of(secret: &[u8]) -> Self {
        Self(Salt::new(HKDF_SHA256, b"secure-api").extract(secret))
    }

    /// Returns the key of a purpose.
    pub(crate) fn key(&self, purpose: &str) -> [u8; SHORTEST] {
        let mut key = [0; SHORTEST];
        let purpose = [purpose.as_bytes()];
        let expanded = self.0.expand(&purpose, Bytes32);
        // HKDF refuses no length below 255 hashes.
        expanded.and_then(|bytes| bytes.fill(&mut key)).expect("32 bytes are one hash");
        key
    }
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret")
    }
}

/// A seal of one purpose: what is sealed is authenticated, and cannot be read.
///
/// AES-256-GCM-SIV (RFC 8452) with a nonce made from what is sealed: the same content is the same bytes each time.
pub(crate) struct Seal {
    key: LessSafeKey,
    nonce: hmac::Key,
}

impl Seal {
    /// Creates the seal of a purpose. Machines with the same secret open what the others sealed.
    pub(crate) fn of(secret: &AppSecret, purpose: &str) -> Self {
        let key = secret.key(&format!("{purpose}: seal"));
        let nonce = secret.key(&format!("{purpose}: nonce"));
        let key = UnboundKey::new(&AES_256_GCM_SIV, &key).expect("the cipher's keys have 32 bytes");
        Self { key: LessSafeKey::new(key), nonce: hmac::Key::new(hmac::HMAC_SHA256, &nonce) }
    }

    /// Seals a content, to be opened by whoever states the same `bound_to`.
    pub(crate) fn seal(&self, bound_to: &[u8], mut content: Vec<u8>) -> Option<Vec<u8>> {
        let mut nonce = hmac::Context::with_key(&self.nonce);
        nonce.update(bound_to);
        nonce.update(&content);
        let nonce: [u8; NONCE_LEN] = *nonce.sign().as_ref().first_chunk()?;
        let sealed = Nonce::assume_unique_for_key(nonce);
        self.key.seal_in_place_append_tag(sealed, Aad::from(bound_to), &mut content).ok()?;
        Some([&nonce[..], &content].concat())
    }

    /// Opens what was sealed for the same `bound_to`; nothing for anything else.
    pub(crate) fn open(&self, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, content) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let (nonce, mut content) = (Nonce::assume_unique_for_key(*nonce), content.to_vec());
        let opened = self.key.open_in_place(nonce, Aad::from(bound_to), &mut content).ok()?.len();
        content.truncate(opened);
        Some(content)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = |secret: &[u8], purpose: &str| AppSecret::of(secret).key(purpose);
        let one = key(&[7; 32], "cursors");
        assert_eq!(key(&[7; 32], "cursors"), one);
        assert_ne!(key(&[7; 32], "nonces"), one);
        assert_ne!(key(&[8; 32], "cursors"), one);
        let random = || AppSecret::random().key("cursors");
        assert_ne!(random(), random());
    }

    #[test]
    fn it_is_not_told() {
        assert_eq!(format!("{:?}", AppSecret::of(&[7; 32])), "AppSecret");
    }
}
