#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create(_body: Json<NewOrder>) -> Created<Authorized<Order>> {
    Created::at::<order>(7, order())
}

fn order() -> Authorized<Order> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
