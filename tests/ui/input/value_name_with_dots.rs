use secure_api::prelude::*;

#[derive(Value)]
#[value(unowned = "a direction is nobody's")]
enum Direction {
    #[value(name = "..")]
    Up,
    Down,
}

fn main() {}
