#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/film", version = Version::V1.., role = Role::Customer, accepts("video/mp4"), body_limit = 64 * MIB)]
async fn set_film(film: StreamedBody<{ 64 * MIB }>) -> NoContent {
    drop(film);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_film))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
