use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    Paid,
    #[value(name = "paid")]
    Settled,
    #[value(name = "100% there")]
    InTransit,
}

fn main() {}
