#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Debug, Clone)]
#[value(min_len = 3, max_len = 3, pattern = "[A-Z]*", unowned = "todo")]
struct Currency(String);

#[get("/currencies/{currency}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_cheapest(Unowned(_currency): Unowned<Currency>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_cheapest))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
