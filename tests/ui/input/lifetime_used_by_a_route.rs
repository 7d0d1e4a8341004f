#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Search<'a> {
    #[input(max_len = 40)]
    title: std::borrow::Cow<'a, str>,
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn find(_: Query<Search<'_>>, orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
