//! The keys of one issuer.

use std::collections::HashMap;

use crate::token::key::{self, Key, VerifyingKey};

/// The keys of one issuer. No other issuer's token ever meets them.
pub(in crate::token) enum Keys {
    /// The only key serves tokens without `kid` too.
    One(Option<String>, VerifyingKey),
    Many(HashMap<String, VerifyingKey>),
}

impl Keys {
    /// Returns the key that a token names.
    pub(in crate::token) fn find(&self, id: Option<&str>) -> Option<&VerifyingKey> {
        match (self, id) {
            (Self::One(_, key), None) => Some(key),
            (Self::One(own, key), Some(id)) => (own.as_deref() == Some(id)).then_some(key),
            (Self::Many(keys), Some(id)) => keys.get(id),
            (Self::Many(_), None) => None,
        }
    }

    pub(super) fn check(
        issuer: &str,
        keys: Vec<Key>,
        report: &mut impl FnMut(&'static str, String, &'static str),
    ) -> Option<Self> {
        let count = keys.len();
        if count == 0 {
            report(
                "SA152",
                format!("the issuer {issuer} has no key"),
                "add `.key(Key::es256_pem(…))`, or another kind of key",
            );
            return None;
        }
        let symmetric = keys.iter().filter(|key| key.algorithm.is_symmetric()).count();
        if symmetric > 0 && symmetric < count {
            report(
                "SA154",
                format!("the issuer {issuer} has both shared secrets and public keys"),
                "keep one kind: with both, a public key can be passed off as a secret",
            );
        }
        let mut usable = Vec::new();
        for (position, key) in keys.into_iter().enumerate() {
            let place = position + 1;
            match key.id.as_deref() {
                Some(id) if !key::is_id(id) => report(
                    "SA156",
                    format!("key {place} of the issuer {issuer} has an id that no token can name"),
                    "use 1 to 128 letters, digits and `-._~:=+/`",
                ),
                None if count > 1 => report(
                    "SA156",
                    format!("key {place} of the issuer {issuer} has no id, and there are others"),
                    "add `.id(\"…\")`, the `kid` that the issuer's tokens name it by",
                ),
                _ => {}
            }
            match key.material {
                Ok(material) => usable.push((key.id, VerifyingKey::new(key.algorithm, material))),
                Err(fault) => report(
                    "SA153",
                    format!("key {place} of the issuer {issuer} {}", fault.text()),
                    "use the issuer's public key for that algorithm, or a secret of 32 random bytes",
                ),
            }
        }
        if count == 1 {
            return usable.pop().map(|(id, key)| Self::One(id, key));
        }
        let mut by_id = HashMap::new();
        for (id, key) in usable {
            // A key without an id is reported above.
            let Some(id) = id else { continue };
            if by_id.contains_key(&id) {
                report(
                    "SA156",
                    format!("two keys of the issuer {issuer} have the id `{id}`"),
                    "give each key the `kid` that the issuer's tokens name it by",
                );
            }
            by_id.insert(id, key);
        }
        Some(Self::Many(by_id))
    }
}
