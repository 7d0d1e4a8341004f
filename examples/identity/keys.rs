//! API keys: who makes one.

use secure_api::{
    api_key::{ApiKeyError, ApiKeys, Grant},
    prelude::*,
    session::Session,
};

use crate::{
    key_table::Table,
    role::{Role, Version},
};

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
