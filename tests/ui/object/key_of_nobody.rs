use secure_api::prelude::*;

#[derive(Value)]
#[value(key, range = 1..=1000, unowned = "numbers are on public display")]
pub struct OrderId(u32);

fn main() {}
