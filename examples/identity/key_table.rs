//! The table of API keys, which lasts as long as the example runs. The parcels have the same one. `examples/shop/api_key.rs` is one in a
//! database.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use secure_api::{
    api_key::{ApiKeyRecord, ApiKeyStore},
    prelude::*,
};

/// The table of keys by their ids. It has digests, and no key.
#[derive(Default)]
pub struct Table(Mutex<BTreeMap<String, ApiKeyRecord>>);

impl Table {
    fn rows(&self) -> Result<MutexGuard<'_, BTreeMap<String, ApiKeyRecord>>, StoreError> {
        Ok(self.0.lock().map_err(|_| "a thread panicked while it wrote")?)
    }
}

impl ApiKeyStore for Table {
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
