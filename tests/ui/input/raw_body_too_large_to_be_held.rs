#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/film", version = Version::V1.., role = Role::Customer, accepts("video/mp4"))]
async fn set_film(film: RawBody<{ 500 * MIB }>) -> NoContent {
    drop(film);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_film))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
