#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

impl BelongsTo<Order> for Order {
    fn belongs_to(&self, _: &Order) -> bool {
        true
    }
}

#[get("/orders/{order}/parts/{part}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_part(order: Authorized<Order>, part: Authorized<Order>) -> Authorized<Order> {
    drop(order);
    part
}

#[post("/orders/{order}/parts", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_part(order: Authorized<Order>) -> Created<Authorized<Order>> {
    Created::at::<get_part>(order.id, order)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_part, create_part))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
