#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(StateView, role = Role::Customer, variants(Open, Closed))]
pub enum State {
    Open,
    Closed,
}

fn main() {}
