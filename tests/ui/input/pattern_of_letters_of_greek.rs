use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = r"^\p{Greek}{1,20}$")]
struct Word(String);

fn main() {}
