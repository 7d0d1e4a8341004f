#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

type Wanted = Option<OrderId>;

#[derive(Input)]
pub struct Filter {
    pub order: Wanted,
}

#[get("/notes", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_notes(mine: Scoped<Order>, Query(filter): Query<Filter>) -> Page<Authorized<Order>> {
    drop(filter);
    mine.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_notes))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
