#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(ApiError)]
enum ShopError<'a> {
    #[problem(status = 409, title = "Out of stock")]
    OutOfStock(&'a str),
}

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Result<Authorized<Order>, ShopError> {
    Ok(order)
}

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn cancel_order(_order: Authorized<Order>) -> Result<NoContent, ShopError> {
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, cancel_order))]
struct Shop;

fn main() {
    drop(Shop::app());
}
