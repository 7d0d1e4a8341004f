use secure_api::prelude::*;

type Note = String;

#[derive(Input)]
struct NewOrder {
    note: Option<Note>,
}

fn main() {}
