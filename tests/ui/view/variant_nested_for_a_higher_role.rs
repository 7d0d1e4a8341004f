#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Order { order as OrderAudit }, Cash))]
pub enum Payment {
    Order { order: Box<Authorized<Order>> },
    Cash,
}

fn main() {}
