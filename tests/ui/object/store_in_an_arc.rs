#[path = "../shop.rs"]
mod shop;
use std::sync::Arc;

use secure_api::prelude::*;
use shop::{BROWSE, Role, Version};

pub struct Shelves;

impl Store for Shelves {
    type Read = Self;
    type Write = Self;
    fn reader(&self) -> &Self {
        self
    }
    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear(shelves: Arc<Shelves>) -> NoContent {
    drop(shelves);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
