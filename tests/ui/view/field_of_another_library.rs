#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use std::time::SystemTime;

#[derive(Resource)]
#[view(ParcelView, role = Role::Customer, fields(weight, sent_at))]
pub struct Parcel {
    weight: u32,
    sent_at: Option<SystemTime>,
}

fn main() {}
