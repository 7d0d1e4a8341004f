use secure_api::prelude::*;

#[derive(Value)]
#[value(key, max_len = 5000)]
pub struct Title(String);

fn main() {}
