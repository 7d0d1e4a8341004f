use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = "[A-Z]{3}", unowned = "")]
struct Currency(String);

fn main() {}
