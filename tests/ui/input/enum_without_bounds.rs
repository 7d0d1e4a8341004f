use secure_api::prelude::*;

#[derive(Input)]
#[input(tag = "kind")]
enum Delivery {
    Pickup,
    Parcel {
        street: String,
        #[input(range = 0..=300)]
        floor: u8,
        #[input(max_len = 9)]
        pin: String,
    },
}

fn main() {}
