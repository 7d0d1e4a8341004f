use secure_api::prelude::*;

#[derive(Input)]
struct Card {
    #[input(max_len = 4)]
    last4: String,
    #[input(max_len = 40)]
    holder: Option<String>,
}

#[derive(Input)]
struct Voucher {
    #[input(max_len = 4)]
    last4: String,
}

#[derive(Input)]
#[input(untagged)]
enum Payment {
    Card(Card),
    Voucher(Voucher),
}

#[derive(Input)]
struct Order {
    payment: Payment,
}

fn main() {}
