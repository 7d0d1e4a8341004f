use secure_api::prelude::*;

#[derive(Value)]
#[value(unowned = "a unit is nobody's")]
enum Unit {
    #[value(name = "km/h")]
    KilometresPerHour,
    Knots,
}

fn main() {}
