#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
#[view(BasketView, role = Role::Customer, fields(product as ProductCard))]
pub struct Basket {
    product: Product,
}

fn main() {}
