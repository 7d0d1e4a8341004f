#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
#[input(tag = "kind")]
pub enum Delivery {
    Pickup,
    Parcel {
        #[input(range = 0..=100, role = [Role::Support, Role::Admin])]
        discount: Nullable<u8>,
    },
}

fn main() {}
