#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

// The arguments stand in another order than the path, and what is between the two objects belongs to nobody.
type Second = Authorized<Order>;

#[patch("/orders/{order}/products/{product}/swaps/{other}", version = Version::V1.., role = Role::Customer,
        view = OrderDetail)]
async fn swap(
    other: Second,
    Unowned(_product): Unowned<ProductId>,
    order: Authorized<Order>,
) -> Authorized<Order> {
    drop(other);
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(swap))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
