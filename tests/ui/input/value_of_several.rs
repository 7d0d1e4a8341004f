use secure_api::prelude::*;

#[derive(Value)]
struct Tags(Vec<String>);

fn main() {}
