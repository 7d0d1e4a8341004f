use secure_api::prelude::*;

#[derive(Value)]
struct Money {
    cents: u64,
}

fn main() {
    let _ = |money: Money| money.cents;
}
