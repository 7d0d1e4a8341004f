#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create(_body: Json<NewOrder>) -> Created<Authorized<Order>> {
    Created::at::<get_order>(7, order())
}

fn order() -> Authorized<Order> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
