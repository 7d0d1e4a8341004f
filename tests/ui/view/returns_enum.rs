#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub enum Outcome {
    Done,
    Failed,
}

#[post("/products", version = Version::V1.., role = Role::Customer)]
async fn run() -> Performed<Outcome> {
    Performed(Outcome::Done)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(run))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
