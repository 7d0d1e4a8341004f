#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn create_order(caller: Caller<Role>, Json(new): Json<NewOrder>) -> Created<Authorized<Order>> {
    let order = Order { id: OrderId::new(1).expect("one"), note: new.note, owner: caller.id().clone() };
    let order = Authorized::create(order, &caller).expect("allowed");
    Created(order)
}


#[api(roles = Role, versions = Version, limit = BROWSE, routes(create_order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
