#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct NewWidget {
    settings: FreeJson<0, 4, 100>,
}

#[post("/widgets", version = Version::V1.., role = Role::Customer)]
async fn configure(_widget: Json<NewWidget>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(configure))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
