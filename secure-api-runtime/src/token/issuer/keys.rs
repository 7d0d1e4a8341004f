//! The keys of one issuer.

use std::{collections::HashMap, sync::Arc};

#[cfg(feature = "discovery")]
use crate::token::published::{Published, PublishedKey};
use crate::token::{
    cache::Vouched,
    key::{self, Key, VerifyingKey},
    refusal::{Refusal, Unverified},
};

/// The keys of one issuer. No other issuer's token ever meets them.
pub(in crate::token) enum Keys {
    /// The only key serves tokens without `kid` too.
    One(Option<String>, VerifyingKey),
    Many(HashMap<String, VerifyingKey>),
    #[cfg(feature = "discovery")]
    Published(Arc<Published>),
}

/// The key that a token is verified with.
pub(in crate::token) enum Found<'k> {
    Stated(&'k VerifyingKey),
    #[cfg(feature = "discovery")]
    Published(Arc<PublishedKey>),
}

impl Found<'_> {
    pub(in crate::token) fn key(&self) -> &VerifyingKey {
        match self {
            Self::Stated(key) => key,
            #[cfg(feature = "discovery")]
            Self::Published(published) => &published.key,
        }
    }

    /// Returns the end of the key, if it has one.
    pub(in crate::token) fn vouched(&self) -> Option<Arc<Vouched>> {
        match self {
            Self::Stated(_) => None,
            #[cfg(feature = "discovery")]
            Self::Published(published) => Some(Arc::clone(&published.vouched)),
        }
    }
}

impl Keys {
    /// Returns the key that a token names. `looked` says that the issuer was asked for it and has answered, or failed to.
    #[cfg_attr(not(feature = "discovery"), expect(unused_variables, reason = "nobody is asked"))]
    pub(in crate::token) fn find(
        &self,
        id: Option<&str>,
        looked: bool,
    ) -> Result<Found<'_>, Unverified> {
        let stated = match (self, id) {
            #[cfg(feature = "discovery")]
            (Self::Published(keys), id) => return keys.find(id, looked).map(Found::Published),
            (Self::One(_, key), None) => Some(key),
            (Self::One(own, key), Some(id)) => (own.as_deref() == Some(id)).then_some(key),
            (Self::Many(keys), Some(id)) => keys.get(id),
            (Self::Many(_), None) => None,
        };
        Ok(Found::Stated(stated.ok_or(Refusal::NoKey)?))
    }

    /// Begins to fetch what has to be fetched.
    pub(in crate::token) fn start(&self) {
        #[cfg(feature = "discovery")]
        if let Self::Published(keys) = self {
            keys.start();
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
