//! API keys: who makes one, and the table of them, which lasts as long as the example runs.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use secure_api::{
    api_key::{ApiKeyError, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant},
    prelude::*,
    session::Session,
};

use crate::role::{Role, Version};

/// A key, as its owner sees it once.
#[derive(Resource)]
#[view(NewKeyView, role = Role::Member, fields(id, key))]
pub struct NewKey {
    /// Its public id.
    id: String,
    /// The text to send as `X-Api-Key`.
    key: String,
}

/// A key that is to be made.
#[derive(Input)]
pub struct Wanted {
    /// The name that its owner knows it by.
    #[input(pattern = "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$")]
    label: String,
}

/// The mistakes of making a key.
#[derive(Debug, ApiError)]
pub enum KeyError {
    /// The maker has not what the key was to have.
    #[problem(status = 422, title = "The key cannot be made")]
    Refused,
    /// The table.
    #[problem(transparent)]
    Store(StoreError),
}

impl From<ApiKeyError> for KeyError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::Store(error) => Self::Store(error),
            _ => Self::Refused,
        }
    }
}

/// Makes a key. No key does: one that made keys would never end.
#[post("/keys", version = Version::V1.., role = Role::Member, by = [Bearer, Session], view = NewKeyView)]
pub async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
    Json(wanted): Json<Wanted>,
) -> Result<Performed<NewKey>, KeyError> {
    let grant = Grant::new(&caller, wanted.label).roles([Role::Member]);
    let made = keys.make(grant, &clock).await?;
    Ok(Performed(NewKey { id: made.record.id, key: made.key.expose().clone() }))
}

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
