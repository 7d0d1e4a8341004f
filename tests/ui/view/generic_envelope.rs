#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[derive(Resource)]
#[view(FoundView, role = Role::Customer, fields(count, found))]
pub struct Found<T> {
    count: u32,
    found: Vec<T>,
}

fn main() {
    let _ = Role::Customer;
}
