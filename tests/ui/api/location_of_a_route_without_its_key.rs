#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order() -> Option<Authorized<Order>> {
    None
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(caller: Caller<Role>) -> Result<Created<Authorized<Order>>, Denied> {
    let Ok(id) = OrderId::new(1) else { todo!() };
    let order = Order { id, note: String::new(), owner: caller.id().clone() };
    Ok(Created::at::<get_order>(id, Authorized::create(order, &caller)?))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, create_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
