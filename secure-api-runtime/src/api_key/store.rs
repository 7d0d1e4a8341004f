//! The store of API keys, which an app implements on its database.

use std::future::Future;

use super::ApiKeyRecord;
use crate::{identity::CallerId, object::StoreError};

/// A store of API keys: a table with the fields of [`ApiKeyRecord`], its `id` unique.
///
/// Where it fails, the caller gets 503 and is not let in.
#[diagnostic::on_unimplemented(
    message = "SA112: `{Self}` is not a store of API keys",
    label = "no table of keys",
    note = "write `impl ApiKeyStore for {Self}`, on the table that keeps them"
)]
pub trait ApiKeyStore: Send + Sync + 'static {
    /// Adds the record of a new key.
    fn insert(&self, key: ApiKeyRecord) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Returns the record with this id, whether the key has ended or not.
    fn find(
        &self,
        id: &str,
    ) -> impl Future<Output = Result<Option<ApiKeyRecord>, StoreError>> + Send;

    /// Returns the records of an owner, the newest first.
    fn list(
        &self,
        owner: &CallerId,
    ) -> impl Future<Output = Result<Vec<ApiKeyRecord>, StoreError>> + Send;

    /// Sets the end of a key, in seconds since 1970, where it is earlier than that which it has.
    fn end(&self, id: &str, expires_at: i64)
    -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes the time at which a key was used, in seconds since 1970: at most once a minute for each key.
    fn used(&self, id: &str, at: i64) -> impl Future<Output = Result<(), StoreError>> + Send;
}
