#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn create_order(caller: Caller<Role>, Json(new): Json<NewOrder>) -> Result<Created<Authorized<Order>>, Denied> {
    let order = Order { id: OrderId::new(1).expect("one"), note: new.note, owner: caller.id().clone() };
    let order = Authorized::create(order, &caller)?;
    Ok(Created(order))
}

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}


#[api(roles = Role, versions = Version, limit = BROWSE, routes(create_order, get_order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
