#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
pub async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail, limit = BROWSE)]
pub async fn create_order(caller: Caller<Role>) -> Result<Created<Authorized<Order>>, Denied> {
    let (id, order) = order_of(&caller);
    Ok(Created::at(id, Authorized::create(order, &caller)?))
}

fn order_of(caller: &Caller<Role>) -> (OrderId, Order) {
    todo!("{caller:?}")
}

fn main() {}
