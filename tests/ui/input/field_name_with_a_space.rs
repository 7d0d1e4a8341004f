use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "first name", text, max_len = 80)]
    first_name: String,
}

fn main() {}
