#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, testing};
use shop::*;

#[get("/latest-order", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn latest_order(caller: Caller<Role>, db: Reader<Db>) -> Result<Authorized<Order>, StoreError> {
    let id = OrderId::new(1)?;
    let order = Order::load(&db, id).await?.ok_or("none")?;
    Ok(testing::authorized!(order, &caller))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(latest_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
