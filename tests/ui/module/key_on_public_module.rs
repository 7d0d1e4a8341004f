#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/messages", version = Version::V1.., public = "anybody may write to us")]
mod messages {
    use super::*;

    #[post("/", idempotency_key)]
    async fn leave() -> Accepted {
        Accepted
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(messages))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
