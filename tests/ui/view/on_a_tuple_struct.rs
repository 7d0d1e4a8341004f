#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(PairView, role = Role::Customer, fields(text))]
pub struct Pair(String, u32);

fn main() {}
