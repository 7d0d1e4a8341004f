#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}/products/{product}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>, product: uuid::Uuid) -> Authorized<Order> {
    drop(product);
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
