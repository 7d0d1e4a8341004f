#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(BasketView, role = Role::Customer, fields(first = Basket::first as OrderDetail))]
pub struct Basket {
    orders: Vec<Order>,
}

impl Basket {
    fn first(&self) -> Option<&Order> {
        self.orders.first()
    }
}

fn main() {}
