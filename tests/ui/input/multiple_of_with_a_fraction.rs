use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 0.0..=9.5, multiple_of = 5)]
    weight: f64,
}

fn main() {}
