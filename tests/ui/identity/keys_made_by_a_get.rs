#[path = "../shop.rs"]
mod shop;
use secure_api::api_key::{ApiKeyRecord, ApiKeyStore, ApiKeys};
use secure_api::prelude::*;
use shop::*;

pub struct Table;

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

// A GET that makes a key.
#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(_keys: ApiKeys<Table>, orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
