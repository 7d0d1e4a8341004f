#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Link {
    #[input(pattern = "^[0-9a-f]{64}$")]
    pub token: Secret<String>,
}

/// Confirms an address by the link that was mailed.
#[get("/products", version = Version::V1.., public = "who follows a link has no token yet", view = ProductCard,
      limit = Limit::per_address(5).per_minute(), credential)]
async fn confirm(_: Query<Link>) -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}
