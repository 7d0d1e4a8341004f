#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// A store whose reading half is itself.
pub struct Archive;

impl Store for Archive {
    type Read = Self;
    type Write = std::sync::Mutex<Vec<String>>;
    fn reader(&self) -> &Self {
        self
    }
    fn writer(&self, _: &Writing) -> &Self::Write {
        todo!()
    }
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(archive: Reader<Archive>, orders: Scoped<Order>) -> Page<Authorized<Order>> {
    drop(archive.writer());
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
