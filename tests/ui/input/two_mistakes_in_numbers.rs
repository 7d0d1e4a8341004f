use secure_api::prelude::*;

#[derive(Input)]
pub struct NewItem {
    #[input(text, min_len = 9, max_len = 3)]
    pub name: String,
    #[input(range = 5..=1)]
    pub quantity: u32,
}

fn main() {}
