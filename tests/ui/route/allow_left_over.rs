#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

// The extractor went, and the exception stayed.
#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(extractor, reason = "the display sends its model in a header"))]
async fn list_products(_caller: Caller<Role>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
