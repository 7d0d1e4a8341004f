use secure_api::prelude::*;

#[derive(Value)]
struct Sku(String);

fn main() {}
