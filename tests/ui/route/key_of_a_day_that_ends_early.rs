#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone)]
#[value(unowned = "a day is of nobody")]
pub struct Day(Date);

#[get("/days/{first}-{last}", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn days(_first: Unowned<Day>, _last: Unowned<Day>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(days))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
