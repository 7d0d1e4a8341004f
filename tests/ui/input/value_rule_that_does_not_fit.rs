use secure_api::prelude::*;

#[derive(Value)]
#[value(max_len = 3, range = 1..=3)]
struct Quantity(u32);

fn main() {}
