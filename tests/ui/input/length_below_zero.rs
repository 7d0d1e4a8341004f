use secure_api::prelude::*;

#[derive(Input)]
pub struct NewItem {
    #[input(max_len = -1)]
    pub name: String,
}

fn main() {}
