#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(Unowned(product): Unowned<ProductId>) -> Option<Product> {
    let _ = product;
    None
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(Json(_body): Json<NewOrder>) -> Result<Created<Authorized<Order>>, StoreError> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(get_product, create_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
