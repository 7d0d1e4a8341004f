use secure_api::prelude::*;

#[derive(Input)]
pub struct Search {
    #[input(min = 1, max = 10)]
    pub count: u32,
}

fn main() {}
