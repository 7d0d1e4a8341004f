//! The keys of one issuer.

use std::{collections::HashMap, sync::Arc};

#[cfg(feature = "discovery")]
use crate::token::published::{Published, PublishedKey};
use crate::token::{
    cache::Vouched,
    key::{self, Key, VerifyingKey},
    own::{OwnKey, OwnKeys},
    refusal::{Refusal, Unverified},
};

/// The keys of one issuer. No other issuer's token ever meets them.
pub(in crate::token) enum Keys {
    /// The only key serves tokens without `kid` too.
    One(Option<String>, VerifyingKey),
    Many(HashMap<String, VerifyingKey>),
    /// The app's own, and those that its tokens are signed with elsewhere.
    Own(Arc<OwnKeys>, HashMap<String, VerifyingKey>),
    #[cfg(feature = "discovery")]
    Published(Arc<Published>),
    /// The issuer's tokens are not verified here: it is asked about them.
    #[cfg(feature = "discovery")]
    None,
}

/// The key that a token is verified with.
pub(in crate::token) enum Found<'k> {
    Stated(&'k VerifyingKey),
    Own(Arc<OwnKey>),
    #[cfg(feature = "discovery")]
    Published(Arc<PublishedKey>),
}

impl Found<'_> {
    pub(in crate::token) fn key(&self) -> &VerifyingKey {
        match self {
            Self::Stated(key) => key,
            Self::Own(own) => own.verifying(),
            #[cfg(feature = "discovery")]
            Self::Published(published) => &published.key,
        }
    }

    /// Returns the end of the key, if it has one.
    pub(in crate::token) fn vouched(&self) -> Option<Arc<Vouched>> {
        match self {
            Self::Stated(_) | Self::Own(_) => None,
            #[cfg(feature = "discovery")]
            Self::Published(published) => Some(Arc::clone(&published.vouched)),
        }
    }
}

impl Keys {
    /// Returns the key that a token names. `looked` says that the issuer was asked for it and has answered, or failed to.
    pub(in crate::token) fn find(
        &self,
        id: Option<&str>,
        looked: bool,
    ) -> Result<Found<'_>, Unverified> {
        let stated = match (self, id) {
            #[cfg(feature = "discovery")]
            (Self::Published(keys), id) => return keys.find(id, looked).map(Found::Published),
            #[cfg(feature = "discovery")]
            (Self::None, _) => return Err(Unverified::Ask),
            (Self::One(_, key), None) => Some(key),
            (Self::One(own, key), Some(id)) => (own.as_deref() == Some(id)).then_some(key),
            (Self::Many(keys), Some(id)) => keys.get(id),
            (Self::Own(own, keys), Some(id)) => match (keys.get(id), own.find(id)) {
                (Some(key), _) => Some(key),
                (None, Some(own)) => return Ok(Found::Own(own)),
                (None, None) if looked => return Err(Refusal::OwnKey.into()),
                (None, None) => return Err(Unverified::Own),
            },
            (Self::Many(_) | Self::Own(..), None) => None,
        };
        Ok(Found::Stated(stated.ok_or(Refusal::NoKey)?))
    }

    /// Returns `true` if there is a key to verify with, or none is needed.
    pub(in crate::token) fn are_there(&self) -> bool {
        match self {
            #[cfg(feature = "discovery")]
            Self::Published(keys) => keys.are_there(),
            _ => true,
        }
    }

    /// Begins to fetch what has to be fetched.
    pub(in crate::token) fn start(&self) {
        #[cfg(feature = "discovery")]
        if let Self::Published(keys) = self {
            keys.start();
        }
    }

    /// Returns the keys of an app that signs its own users in: with others that its tokens are signed with elsewhere, each of
    /// which has an id.
    pub(super) fn of_own(
        own: Arc<OwnKeys>,
        issuer: &str,
        keys: Vec<Key>,
        report: &mut impl FnMut(&'static str, String, &'static str),
    ) -> Option<Self> {
        if keys.is_empty() {
            return Some(Self::Own(own, HashMap::new()));
        }
        // The app's own are public.
        if keys.iter().all(|key| key.algorithm.is_symmetric()) {
            mixed(issuer, report);
        }
        let elsewhere = match Self::check(issuer, keys, report)? {
            Self::One(Some(id), key) => HashMap::from([(id, key)]),
            Self::One(None, _) => {
                report(
                    "SA156",
                    format!("a key of the issuer {issuer} has no id, and there are others"),
                    "add `.id(\"…\")`, the `kid` that the issuer's tokens name it by",
                );
                return None;
            }
            Self::Many(keys) => keys,
            // Stated keys are none of these.
            _ => return None,
        };
        Some(Self::Own(own, elsewhere))
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
            mixed(issuer, report);
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
                Err(fault) => {
                    let problem = fault.problem(issuer, place);
                    report(problem.code, problem.text, problem.help);
                }
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

/// Reports an issuer with keys of both kinds.
fn mixed(issuer: &str, report: &mut impl FnMut(&'static str, String, &'static str)) {
    report(
        "SA154",
        format!("the issuer {issuer} has both shared secrets and public keys"),
        "keep one kind: with both, a public key can be passed off as a secret",
    );
}
