#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn put_order(
    Json(new): Authorized<Order>,
    order: Json<NewOrder>,
) -> Result<NoContent, ShopError> {
    let (_id, _note) = (order.id, new.note);
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(put_order))]
struct Shop;

fn main() {
    drop(Shop::app());
}
