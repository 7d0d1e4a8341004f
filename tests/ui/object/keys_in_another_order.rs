#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}/products/{product}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_part(
    order: Authorized<Order>,
    Unowned(_product): Unowned<ProductId>,
) -> Authorized<Order> {
    order
}

#[post("/products/{product}/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn add(
    Unowned(product): Unowned<ProductId>,
    order: Authorized<Order>,
) -> Created<Authorized<Order>> {
    Created::at::<get_part>((product, order.id), order)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_part, add))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
