use secure_api::prelude::*;

struct Serial(Uuid);

#[derive(Value)]
struct Label(Serial);

fn main() {
    let _ = |serial: Serial| serial.0;
}
