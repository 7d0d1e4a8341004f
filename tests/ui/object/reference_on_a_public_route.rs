#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Complaint {
    #[input(items = 1..=3)]
    pub orders: Vec<Option<Ref<Order>>>,
}

#[post("/complaints", version = Version::V1.., public = "anybody may complain")]
async fn complain(Json(complaint): Json<Complaint>) -> Accepted {
    drop(complaint);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(complain))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
