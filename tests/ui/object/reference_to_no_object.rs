#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Complaint {
    pub product: Ref<Product>,
}

#[post("/complaints", version = Version::V1.., role = Role::Customer)]
async fn complain(Json(complaint): Json<Complaint>) -> Accepted {
    drop(complaint);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(complain))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
