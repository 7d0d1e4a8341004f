#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Version)]
pub enum Edition {
    V1,
    V2,
    #[version(preview)]
    V3,
}

#[post("/orders/{order}/review", version = Edition::V3, role = Role::Customer)]
async fn review(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/checkout", version = Edition::V2.., role = Role::Customer,
       after(review, within = Duration::from_secs(600)))]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[get("/products", version = Edition::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Edition, limit = BROWSE, routes(review, checkout, list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
