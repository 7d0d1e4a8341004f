use secure_api::prelude::*;

#[derive(Value)]
#[value(unowned = "sizes are on public display", key)]
pub enum Size {
    Small,
    Large,
}

fn main() {}
