#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Many { items }, None))]
pub enum Payment<T> {
    Many { items: Vec<T> },
    None,
}

fn main() {
    let _ = Role::Customer;
}
