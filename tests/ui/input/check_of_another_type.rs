use secure_api::prelude::*;

#[derive(Input)]
#[input(check = Stay::in_order)]
struct Booking {
    #[input(range = 1..=9)]
    first: u8,
    #[input(range = 1..=9, check = is_even)]
    last: u8,
}

struct Stay;

impl Stay {
    fn in_order(&self) -> Result<(), InvalidValue> {
        Ok(())
    }
}

fn is_even(number: &u8) -> bool {
    number % 2 == 0
}

fn main() {}
