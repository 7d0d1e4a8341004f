//! Credentials that the app keeps itself: the table of API keys, and the badges of couriers.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use secure_api::{
    api_key::{ApiKeyRecord, ApiKeyStore},
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
};

/// The issuer that vouches for lockers, visitors and badges.
pub(crate) const PKI: &str = "https://pki.parcels.example";

/// The table of keys by their ids. It has digests, and no key.
#[derive(Default)]
pub(crate) struct KeyTable(Mutex<BTreeMap<String, ApiKeyRecord>>);

impl KeyTable {
    fn rows(&self) -> Result<MutexGuard<'_, BTreeMap<String, ApiKeyRecord>>, StoreError> {
        Ok(self.0.lock().map_err(|_| "a thread panicked while it wrote")?)
    }
}

impl ApiKeyStore for KeyTable {
    async fn insert(&self, key: ApiKeyRecord) -> Result<(), StoreError> {
        self.rows()?.insert(key.id.clone(), key);
        Ok(())
    }

    async fn find(&self, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(self.rows()?.get(id).cloned())
    }

    async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        Ok(self.rows()?.values().filter(|key| key.owner == *owner).cloned().collect())
    }

    async fn end(&self, id: &str, expires_at: i64) -> Result<(), StoreError> {
        if let Some(key) = self.rows()?.get_mut(id) {
            key.expires_at = key.expires_at.min(expires_at);
        }
        Ok(())
    }

    async fn used(&self, id: &str, at: i64) -> Result<(), StoreError> {
        if let Some(key) = self.rows()?.get_mut(id) {
            key.last_used_at = Some(at);
        }
        Ok(())
    }
}

/// The badge of a courier, as the reader at a locker reads it.
pub(crate) enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

/// The source that knows badges.
pub(crate) struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        match presented {
            b"badge-7" => Ok(Principal::new(PKI, "badge-7").roles(["courier"])),
            _ => Err(Refused::invalid("nobody has this badge")),
        }
    }
}
