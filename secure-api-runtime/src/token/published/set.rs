//! Sets of published keys (RFC 7517, section 5).

use std::{collections::BTreeMap, sync::Arc};

use super::jwk::PublishedKey;
use crate::{
    outbound::Fault,
    token::{cache::Vouched, json},
};

/// The keys that an issuer published together.
#[derive(Default)]
pub(super) struct KeySet(Vec<Arc<PublishedKey>>);

/// The members of a set that were left out, by the reason: the place of the first, beginning with 1, and their number.
pub(super) type LeftOut = BTreeMap<&'static str, (usize, usize)>;

impl KeySet {
    /// Reads a set. Members that cannot be used are left out.
    pub(super) fn read(document: &[u8]) -> Result<(Self, LeftOut), Fault> {
        let fault = Fault::Document("the answer is no set of keys");
        let mut document = json::object(document).ok_or(fault.clone())?;
        let Some(serde_json::Value::Array(members)) = document.remove("keys") else {
            return Err(fault);
        };
        let (mut keys, mut left_out) = (Vec::<PublishedKey>::new(), LeftOut::new());
        for (place, member) in members.iter().enumerate() {
            let read = PublishedKey::read(member).and_then(|key| {
                let known = key.id.is_some() && keys.iter().any(|other| other.id == key.id);
                if known { Err("has the id of another one") } else { Ok(key) }
            });
            match read {
                Ok(key) => keys.push(key),
                Err(why) => left_out.entry(why).or_insert((place + 1, 0)).1 += 1,
            }
        }
        // Where there are several, a token names one.
        if keys.len() > 1 {
            keys.retain(|key| key.id.is_some());
        }
        Ok((Self(keys.into_iter().map(Arc::new).collect()), left_out))
    }

    /// Returns the key that a token names. The only key serves tokens that name none.
    pub(super) fn find(&self, id: Option<&str>) -> Option<&Arc<PublishedKey>> {
        match (id, &*self.0) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(id), keys) => keys.iter().find(|key| key.id.as_deref() == Some(id)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts a newer set in the place of this one, vouched for until a time. Tokens of a key that is there no longer end now.
    /// Returns the ids of those, if anything changed.
    pub(super) fn replace(&mut self, newer: Self, until: i64) -> Option<Vec<String>> {
        let known = |key: &Arc<PublishedKey>| self.0.iter().find(|old| old.is(key)).cloned();
        let newer: Vec<_> = newer.0.into_iter().map(|key| known(&key).unwrap_or(key)).collect();
        let stays = |old: &Arc<PublishedKey>| newer.iter().any(|key| Arc::ptr_eq(key, old));
        let (mut changed, had) = (newer.len() != self.0.len(), !self.0.is_empty());
        let mut withdrawn = Vec::new();
        for gone in self.0.iter().filter(|old| !stays(old)) {
            gone.vouched.set(Vouched::NEVER);
            withdrawn.extend(gone.id.clone());
            changed = true;
        }
        // The first set of all is a change, though there be nothing in it.
        changed |= !had;
        newer.iter().for_each(|key| key.vouched.set(until));
        self.0 = newer;
        changed.then_some(withdrawn)
    }

    /// Tells the log that these keys count from now on, and once for each reason that others do not: the issuer decides how
    /// many they are.
    pub(super) fn tell(&self, issuer: &str, left_out: &LeftOut) {
        for (why, (first, count)) in left_out {
            tracing::warn!(target: "secure_api::token", issuer, why, count, first, "keys of an issuer were left out");
        }
        let keys = self.len();
        if keys == 0 {
            tracing::error!(
                target: "secure_api::token", issuer,
                "an issuer publishes no key that can be used; its tokens are answered by 503"
            );
        } else {
            tracing::info!(target: "secure_api::token", issuer, keys, "the keys of an issuer changed");
        }
    }
}
