#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

type Orders = Scoped<Order>;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    Page::new(Vec::new())
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(orders: Orders) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(list_products, list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
