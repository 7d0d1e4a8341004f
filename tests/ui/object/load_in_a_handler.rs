#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

// Whoever asks gets the order, whosever it is.
#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn first_order(db: Reader<Db>, scoped: Scoped<Order>) -> Result<Page<Authorized<Order>>, StoreError> {
    let first = Order::load(&db, OrderId::new(1)?).await?;
    Ok(scoped.page(first.into_iter().collect()))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
