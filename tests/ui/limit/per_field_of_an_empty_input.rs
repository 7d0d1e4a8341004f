#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Knock {}

#[post("/codes", version = Version::V1.., role = Role::Customer, limit = Limit::per_field("email", 5).per_hour())]
async fn send_code(Json(_knock): Json<Knock>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(send_code))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
