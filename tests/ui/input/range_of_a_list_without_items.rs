use secure_api::prelude::*;

#[derive(Input)]
struct Rated {
    #[input(range = 1..=5)]
    stars: Vec<u8>,
}

fn main() {}
