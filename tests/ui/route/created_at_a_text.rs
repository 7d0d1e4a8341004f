#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail, limit = BROWSE)]
pub async fn add_order(caller: Caller<Role>) -> Result<Created<Authorized<Order>>, Denied> {
    Ok(Created::at("/orders/7", Authorized::create(order_of(&caller), &caller)?))
}

fn order_of(caller: &Caller<Role>) -> Order {
    todo!("{caller:?}")
}

fn main() {}
