#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Support, rule = Role::Admin, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

#[post("/products", version = Version::V1.., role = Role::Support, view = ProductCard)]
async fn create(product: Json<NewOrder>) -> Created<Product> {
    let id = product_id();
    Created::at::<get_product>(id, named(id, product.0.note))
}

fn product_id() -> ProductId {
    todo!()
}

fn named(id: ProductId, name: String) -> Product {
    Product { id, name, stock: 0 }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_product, create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
