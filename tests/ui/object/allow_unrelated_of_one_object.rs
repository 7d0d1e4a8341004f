#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/{product}/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail,
      allow(unrelated, reason = "a product belongs to nobody"))]
async fn get_order(
    Unowned(_product): Unowned<ProductId>,
    order: Authorized<Order>,
) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
