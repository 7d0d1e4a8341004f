use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = "^(?=.*[0-9]).{8,64}$")]
struct Code(String);

fn main() {}
