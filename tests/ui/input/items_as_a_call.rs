use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(items(min = 1, max = 5), each(max_len = 20))]
    guests: Vec<String>,
}

fn main() {}
