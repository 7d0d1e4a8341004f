use secure_api::prelude::*;

#[derive(Value)]
enum Payment {
    Cash,
    Card(u64),
}

fn main() {
    let _ = (Payment::Cash, Payment::Card(1));
}
