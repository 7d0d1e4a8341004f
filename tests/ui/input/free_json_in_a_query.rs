#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct Filter {
    wanted: FreeJson<4096, 4, 100>,
}

#[put("/settings", version = Version::V1.., role = Role::Customer)]
async fn configure(_filter: Query<Filter>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(configure))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
