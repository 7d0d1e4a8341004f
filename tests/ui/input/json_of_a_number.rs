use secure_api::prelude::*;

#[derive(Input)]
struct Asked {
    #[input(json, range = 1..=9)]
    marks: u8,
}

fn main() {}
