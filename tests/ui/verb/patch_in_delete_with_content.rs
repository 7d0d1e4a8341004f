#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Change {
    #[input(max_len = 9)]
    pub note: Patched<String>,
}

#[delete("/products", version = Version::V1.., role = Role::Customer,
         allow(content, reason = "the clients of the old API send a change"))]
async fn clear(_change: Patch<Change>) -> NoContent {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
