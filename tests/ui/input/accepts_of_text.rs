#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/motto", version = Version::V1.., role = Role::Customer, accepts("text/markdown"))]
async fn set_motto(TextBody(motto): TextBody<200>) -> NoContent {
    drop(motto);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_motto))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
