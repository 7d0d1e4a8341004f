#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/films", version = Version::V1.., role = Role::Customer, timeout = Duration::from_secs(60))]
async fn add_film(film: StreamedBody<{ 500 * MIB }>) -> Accepted {
    drop(film);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(add_film))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
