use secure_api::prelude::*;

#[derive(Input)]
pub struct Payment {
    #[input(range = "EUR 0.01"..="EUR 5000.00")]
    amount: Money,
}

fn main() {}
