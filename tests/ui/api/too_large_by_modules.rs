#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

/// Two generated halves, each of which would do.
mod first {
    use secure_api::__private::Listed;

    pub(crate) const SA018_PUT_ROUTES_ABOVE_THE_MODULE: Listed = &[super::list_products::SA018_PUT_ROUTES_ABOVE_THE_MODULE[0]; 2048];
}

mod second {
    use secure_api::__private::Listed;

    pub(crate) const SA018_PUT_ROUTES_ABOVE_THE_MODULE: Listed = &[super::list_products::SA018_PUT_ROUTES_ABOVE_THE_MODULE[0]; 2049];
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first, second))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
