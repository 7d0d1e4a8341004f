use secure_api::prelude::*;

#[derive(Value)]
#[value(max_len = 9)]
struct Name(String);

fn main() {
    let _ = secure_api::input::decode_body::<Name>(b"");
}
