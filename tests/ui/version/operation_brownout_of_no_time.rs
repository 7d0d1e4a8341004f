#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Admin,
         deprecated(since = "2026-06-01", sunset = "2027-01-01",
                    brownout("2026-12-01T10:00Z", "0m")))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
