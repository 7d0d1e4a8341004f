//! The record of an API key: everything but the key.

use std::fmt;

use crate::identity::CallerId;

/// The record of an API key. The key itself is in none: of its 256 random bits a digest (SHA-256) is kept, from which nobody
/// gets back.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyRecord {
    /// The id, 16 digits that stand in the key. It is no secret.
    pub id: String,
    /// The digest of the key.
    pub digest: [u8; 32],
    /// The name that its owner gave it.
    pub name: String,
    /// The caller whom it speaks for, who also ends it.
    pub owner: CallerId,
    /// The roles that it has, by name.
    pub roles: Vec<String>,
    /// The OAuth scopes that it has.
    pub scopes: Vec<String>,
    /// The time at which it was made, in seconds since 1970.
    pub created_at: i64,
    /// The time at which it ends, in seconds since 1970.
    pub expires_at: i64,
    /// The time at which it was last used, to a minute; `None` before its first use.
    pub last_used_at: Option<i64>,
}

// Nobody needs the digest in a log, and whose it is neither.
impl fmt::Debug for ApiKeyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeyRecord")
            .field("id", &self.id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
