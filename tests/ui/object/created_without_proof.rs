#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(db: Writer<Db>, caller: Caller<Role>) -> Result<Created<Order>, StoreError> {
    let id = OrderId::new(7)?;
    let order = Order { id, note: String::new(), owner: caller.id().clone() };
    db.lock().map_err(|_| "a thread panicked")?.push(order.note.clone());
    Ok(Created::at::<get_order>(id, order))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, create_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
