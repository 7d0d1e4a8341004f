use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::Mutex;

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Reads what it could write.
#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_stores: Service<BTreeMap<u8, Arc<Mutex<Db>>>>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
