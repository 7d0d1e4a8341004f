#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Adds a product.
#[post("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn add_product() -> Result<Created<Product>, StoreError> {
    let id = ProductId::new(1)?;
    let product = Product { id, name: String::new(), stock: 0 };
    Ok(Created::at::<get_order>(OrderId::new(1)?, product))
}

fn main() {}
