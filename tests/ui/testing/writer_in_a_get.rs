#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, testing};
use shop::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(orders: Scoped<Order>) -> Page<Authorized<Order>> {
    let db = testing::writer!(Db::default());
    db.lock().expect("no panic under the lock").push("written by a GET".to_owned());
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
