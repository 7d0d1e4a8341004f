use secure_api::prelude::*;

#[derive(Value)]
enum Status {}

fn main() {}
