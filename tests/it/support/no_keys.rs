//! API keys of which there are none, for an app that would take some.

use secure_api::{
    api_key::{ApiKeyRecord, ApiKeyStore},
    prelude::*,
};

/// A store without keys.
pub(crate) struct NoKeys;

impl ApiKeyStore for NoKeys {
    async fn insert(&self, _: ApiKeyRecord) -> Result<(), StoreError> {
        Ok(())
    }

    async fn find(&self, _: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(None)
    }

    async fn list(&self, _: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        Ok(Vec::new())
    }

    async fn end(&self, _: &str, _: i64) -> Result<(), StoreError> {
        Ok(())
    }

    async fn used(&self, _: &str, _: i64) -> Result<(), StoreError> {
        Ok(())
    }
}
