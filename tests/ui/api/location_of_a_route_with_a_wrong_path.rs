#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/:product", version = Version::V1.., role = Role::Support, view = ProductCard)]
async fn get_product(product: Unowned<ProductId>) -> Option<Product> {
    drop(product);
    None
}

#[post("/products", version = Version::V1.., role = Role::Support, view = ProductCard)]
async fn create(product: Json<NewOrder>) -> Created<Product> {
    let id = product_id();
    Created::at::<get_product>(id, Product { id, name: product.0.note, stock: 0 })
}

fn product_id() -> ProductId {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_product, create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
