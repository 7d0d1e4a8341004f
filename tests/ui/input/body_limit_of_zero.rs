#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/notes", version = Version::V1.., role = Role::Customer, body_limit = 0)]
async fn note(Json(_body): Json<NewOrder>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
