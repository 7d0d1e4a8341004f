#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/orders/{order}", version = Version::V1.., role = Role::Customer)]
mod orders {
    use super::*;

    #[get("/again/{order}", view = OrderDetail)]
    async fn show(_order: Authorized<Order>) -> Authorized<Order> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
