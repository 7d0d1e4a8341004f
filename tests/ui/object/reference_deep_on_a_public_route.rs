#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Item {
    pub order: Option<Ref<Order>>,
    #[input(items = 0..=3, depth = 5)]
    pub items: Vec<Item>,
}

#[derive(Input)]
pub struct Complaint {
    #[input(items = 1..=3)]
    pub items: Vec<Item>,
}

/// Complains.
#[post("/complaints", version = Version::V1.., public = "anybody may complain")]
async fn complain(_: Json<Complaint>) -> Accepted {
    Accepted
}

fn main() {}
