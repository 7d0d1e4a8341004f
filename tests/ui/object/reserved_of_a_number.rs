use secure_api::prelude::*;

#[derive(Value)]
#[value(key, range = 1..=1000, reserved("new"))]
pub struct OrderId(u32);

fn main() {}
