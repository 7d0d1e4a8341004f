use secure_api::prelude::*;

#[derive(Input)]
struct Card {
    #[input(max_len = 4)]
    last4: String,
}

#[derive(Input)]
struct Voucher {
    #[input(max_len = 9)]
    code: String,
}

#[derive(Input)]
#[input(untagged, ordered, reason = "cards are what most customers pay with")]
enum Payment {
    Card(Card),
    Voucher(Voucher),
}

fn main() {}
