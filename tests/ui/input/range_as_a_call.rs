use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(range(1, 60))]
    days: u16,
}

fn main() {}
