#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(max_len = 20, unowned = "shelves are for everybody")]
pub struct Shelf(String);

#[get("/shelves/{shelf}/newest", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn newest(_shelf: Unowned<Shelf>) -> Option<Product> {
    None
}

#[get("/shelves/all/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn on_any(_product: Unowned<Shelf>) -> Option<Product> {
    None
}

#[get("/shelves/{shelf}/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn on_one(_product: Unowned<ProductId>, _shelf: Unowned<ProductId>) -> Option<Product> {
    None
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(newest, on_any, on_one))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
