use secure_api::prelude::*;

#[derive(Input)]
#[input(check = Stay::is_in_order)]
pub struct Stay {
    #[input(range = 1..=365)]
    first: u16,
    #[input(range = 1..=365)]
    last: u16,
}

impl Stay {
    fn is_in_order(&self) -> bool {
        self.first < self.last
    }
}

fn main() {}
