#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn list_orders(orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[put("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail, if_match = list_orders)]
async fn put_order(order: Authorized<Order>, Json(_new): Json<NewOrder>) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, list_orders, put_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
