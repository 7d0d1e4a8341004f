use secure_api::prelude::*;

#[derive(Input)]
struct Term {
    #[input(range = 0..=9)]
    number: u8,
    factor: Option<Box<Factor>>,
}

#[derive(Input)]
struct Factor {
    term: Box<Term>,
}

fn main() {}
