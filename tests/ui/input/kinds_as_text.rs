#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/picture", version = Version::V1.., role = Role::Customer, kinds = ["image/png"])]
async fn set_picture(picture: RawBody<{ 2 * MIB }>) -> NoContent {
    drop(picture);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_picture))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
