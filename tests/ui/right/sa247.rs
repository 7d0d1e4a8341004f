//! Keys of the app's own form are told from other credentials by their kind: limits per key, the inventory and `testing::verify` know
//! them by it. So the kind that says where they stand is one of keys. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::api_key::{ApiKeyRecord, ApiKeyStore};
use secure_api::app::App;
use secure_api::identity::{Credential, Kind};
use secure_api::prelude::*;

/// The keys of Acme's clients, as a kind of another name.
pub enum Other {}

impl Credential for Other {
    const KIND: Kind = Kind::header("AcmeKey", "x-acme-key");
}

/// The keys of Acme's clients.
pub enum AcmeKey {}

impl Credential for AcmeKey {
    const KIND: Kind = ApiKey::in_header("x-acme-key");
}

struct Table;

impl ApiKeyStore for Table {
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

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().api_keys(ApiKeys::new("shop", Table).sent_as::<Other>()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Shop::app().api_keys(ApiKeys::new("shop", Table).sent_as::<AcmeKey>()).build()
}
