use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = r"^(\w{1,200}\s){1,200}$")]
struct Text(String);

fn main() {}
