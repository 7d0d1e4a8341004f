use secure_api::prelude::*;

#[derive(Value)]
enum Unit {
    #[value(name = "km/h")]
    KilometresPerHour,
    Knots,
}

fn main() {}
