use secure_api::prelude::*;

#[derive(Value)]
pub enum State {
    Open,
    Open,
}

fn main() {
    println!("{}", State::Open.as_str());
}
