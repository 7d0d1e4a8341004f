use secure_api::prelude::*;

#[derive(Value)]
enum Direction {
    #[value(name = "..")]
    Up,
    Down,
}

fn main() {}
