#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Search {
    #[input(max_len = 80)]
    text: String,
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn find(orders: Scoped<Order>, Query(search): Search) -> Page<Authorized<Order>> {
    drop(search.text);
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
