use secure_api::prelude::*;

#[derive(Input)]
struct Charge {
    #[input(range = 0..=9)]
    amount: NumberText<f64>,
    nanos: NumberText<u64>,
    #[input(range = 0..=300)]
    cents: NumberText<u8>,
}

fn main() {}
