#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod orders {
    use super::*;

    #[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
    pub async fn list(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
        scoped.page(Vec::new())
    }
}

#[get("/orders/newest", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn orders(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
    scoped.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(orders::list))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
