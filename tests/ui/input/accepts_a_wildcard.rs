#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/logo", version = Version::V1.., role = Role::Customer, accepts("image/*"))]
async fn set_logo(logo: RawBody<4096>) -> NoContent {
    drop(logo);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_logo))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
