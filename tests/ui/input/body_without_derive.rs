#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Note {
    pub done: bool,
}

#[post("/notes", version = Version::V1.., role = Role::Customer)]
async fn create(_body: Json<Note>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
