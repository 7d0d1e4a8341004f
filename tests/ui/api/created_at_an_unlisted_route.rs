#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Places an order.
#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn create_order(caller: Caller<Role>) -> Result<Created<Authorized<Order>>, Denied> {
    let Ok(id) = OrderId::new(1) else { todo!() };
    let order = Order { id, note: String::new(), owner: caller.id().clone() };
    Ok(Created::at::<get_order>(id, Authorized::create(order, &caller)?))
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(create_order))]
pub struct Shop;

fn main() {}
