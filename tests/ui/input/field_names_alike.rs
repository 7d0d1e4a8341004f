use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "name", text, max_len = 80)]
    first_name: String,
    #[input(text, max_len = 80)]
    name: String,
}

fn main() {}
