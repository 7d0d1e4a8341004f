use secure_api::prelude::*;

#[derive(Input)]
struct Asked {
    #[input(items = 1..=3, separated = ";", each(range = 1..=9))]
    marks: Vec<u8>,
    #[input(max_len = 9, separated = ",")]
    name: String,
}

fn main() {}
