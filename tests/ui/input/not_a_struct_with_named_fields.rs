use secure_api::prelude::*;

#[derive(Input)]
struct NewNote(String);

fn main() {}
