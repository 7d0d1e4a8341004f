#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input, Clone, Copy)]
pub enum Shipping {
    Standard,
    Express,
}

#[derive(Resource)]
#[view(ParcelCard, role = Role::Customer, fields(shipping))]
pub struct Parcel {
    shipping: Shipping,
}

fn main() {}
