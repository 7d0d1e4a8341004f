use secure_api::prelude::*;

#[derive(Value)]
#[value(range = ..=100)]
struct Percent(u8);

fn main() {}
