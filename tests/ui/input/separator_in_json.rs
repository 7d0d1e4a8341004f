#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Marks {
    #[input(items = 0..=5, separated = ",", each(max_len = 20))]
    pub tags: Vec<String>,
}

#[post("/marks", version = Version::V1.., role = Role::Customer)]
async fn mark(_marks: Json<Marks>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(mark))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
