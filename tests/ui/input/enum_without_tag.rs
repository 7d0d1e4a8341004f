use secure_api::prelude::*;

#[derive(Input)]
enum Delivery {
    Pickup,
    Parcel {
        #[input(max_len = 80)]
        street: String,
    },
}

#[derive(Input)]
struct Order {
    delivery: Option<Delivery>,
}

fn main() {}
