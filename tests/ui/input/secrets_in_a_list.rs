use secure_api::prelude::*;

#[derive(Input)]
pub struct Imported {
    #[input(items = 0..=9, each(max_len = 80))]
    pub api_keys: Vec<String>,
}

fn main() {}
