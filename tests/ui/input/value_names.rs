use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    Paid,
    #[value(name = "paid")]
    Settled,
    #[value(name = "in transit")]
    InTransit,
}

fn main() {}
