//! API keys: what the shop keeps of them, and what their owners see.

use secure_api::{
    api_key::{ApiKeyRecord, ApiKeyStore},
    prelude::*,
};
use sqlx::{Row, SqlitePool, sqlite::SqliteRow};

use crate::db::Db;

/// The id of a key, which is no secret.
#[derive(Value, Clone)]
#[value(pattern = "^[0-9a-f]{16}$", unowned = "each handler asks for the keys of the caller alone")]
pub struct ApiKeyId(pub String);

/// A key that is to be made.
#[derive(Input)]
pub struct NewApiKey {
    /// The name that its owner knows it by, as of the program that it is for.
    #[input(min_len = 1, max_len = 80)]
    pub label: String,
}

/// A key that was just made: the only time that its text is shown.
#[derive(Resource)]
#[view(ApiKeyOnce, public, fields(id, key, ends_at))]
pub struct IssuedApiKey {
    /// Its id.
    pub id: String,
    /// The text to send as `X-Api-Key`.
    pub key: String,
    /// The time at which it ends.
    pub ends_at: Timestamp,
}

/// A key, as its owner sees it later.
#[derive(Resource)]
#[view(ApiKeyLine, public, fields(id, name, made_at, ends_at, used_at))]
pub struct ApiKeySummary {
    /// Its id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// The time at which it was made.
    pub made_at: Timestamp,
    /// The time at which it ends, or did.
    pub ends_at: Timestamp,
    /// The time at which it was used last, to the minute.
    pub used_at: Option<Timestamp>,
}

/// The table of keys.
pub struct ApiKeyTable {
    read: SqlitePool,
    write: SqlitePool,
}

impl ApiKeyTable {
    /// Returns the table in this database.
    pub fn of(db: &Db) -> Self {
        let (read, write) = db.halves();
        Self { read, write }
    }
}

impl ApiKeyStore for ApiKeyTable {
    async fn insert(&self, key: ApiKeyRecord) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO api_keys (id, digest, name, owner, roles, scopes, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(key.id)
        .bind(key.digest.to_vec())
        .bind(key.name)
        .bind(key.owner)
        .bind(key.roles.join(" "))
        .bind(key.scopes.join(" "))
        .bind(key.created_at)
        .bind(key.expires_at)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn find(&self, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM api_keys WHERE id = ?").bind(id);
        row.fetch_optional(&self.read).await?.map(record).transpose()
    }

    async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM api_keys WHERE owner = ? ORDER BY created_at DESC, id");
        rows.bind(owner).fetch_all(&self.read).await?.into_iter().map(record).collect()
    }

    async fn end(&self, id: &str, expires_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE api_keys SET expires_at = min(expires_at, ?) WHERE id = ?")
            .bind(expires_at)
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn used(&self, id: &str, at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE api_keys SET last_used_at = ? WHERE id = ?")
            .bind(at)
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(())
    }
}

/// Reads a row.
fn record(row: SqliteRow) -> Result<ApiKeyRecord, StoreError> {
    let words = |column| -> Result<Vec<String>, sqlx::Error> {
        let text: String = row.try_get(column)?;
        Ok(text.split_whitespace().map(str::to_owned).collect())
    };
    let digest: Vec<u8> = row.try_get("digest")?;
    Ok(ApiKeyRecord {
        id: row.try_get("id")?,
        digest: digest.try_into().map_err(|_| "a digest has another length")?,
        name: row.try_get("name")?,
        owner: row.try_get("owner")?,
        roles: words("roles")?,
        scopes: words("scopes")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
        last_used_at: row.try_get("last_used_at")?,
    })
}

impl TryFrom<ApiKeyRecord> for ApiKeySummary {
    type Error = StoreError;

    fn try_from(key: ApiKeyRecord) -> Result<Self, StoreError> {
        Ok(Self {
            id: key.id,
            name: key.name,
            made_at: Timestamp::from_second(key.created_at)?,
            ends_at: Timestamp::from_second(key.expires_at)?,
            used_at: key.last_used_at.map(Timestamp::from_second).transpose()?,
        })
    }
}
