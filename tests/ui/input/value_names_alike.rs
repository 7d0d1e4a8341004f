use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    #[value(name = "cancelled")]
    Cancelled,
    #[value(name = "cancelled")]
    Canceled,
}

fn main() {}
