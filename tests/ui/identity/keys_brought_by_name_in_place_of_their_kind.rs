#[path = "../shop.rs"]
mod shop;
use secure_api::{api_key::ApiKeys, prelude::*};
use shop::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, by = [Bearer, ApiKeys], view = OrderSummary)]
async fn list_orders(orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

/// The keys as another part of the program names them.
pub type Keys<S> = ApiKeys<S>;
