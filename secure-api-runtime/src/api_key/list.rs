//! The half of an app's API keys that reads.

use std::fmt;

use super::{ApiKeyRecord, ApiKeyStore, ApiKeys};
use crate::{identity::CallerId, object::StoreError};

/// The API keys of an app, to be listed: an argument of handlers, those of GET too, where the app has
/// [`api_keys`](crate::app::AppBuilder::api_keys). [`ApiKeys`] is what makes and ends them. A unit test of a handler makes one of
/// those: `ApiKeyList::from(keys)`.
pub struct ApiKeyList<S>(ApiKeys<S>);

impl<S: ApiKeyStore> ApiKeyList<S> {
    /// Returns the records of an owner's keys, the newest first, those included that have ended.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        self.0.list(owner).await
    }
}

impl<S> From<ApiKeys<S>> for ApiKeyList<S> {
    fn from(keys: ApiKeys<S>) -> Self {
        Self(keys)
    }
}

impl<S> fmt::Debug for ApiKeyList<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeyList").finish_non_exhaustive()
    }
}
